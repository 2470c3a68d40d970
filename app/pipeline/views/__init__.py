"""The board and its lists, one deal, what happens to it; reviews and forecasts."""

from app.pipeline.views import (  # noqa: F401
    accuracy,
    approvals,
    beside,
    board,
    buying,
    closings,
    deals,
    deciding,
    flow,
    forecast,
    forecast_files,
    kept,
    lessons,
    meeting,
    minutes,
    moves,
    papers,
    quick,
    review,
    stages,
    targets,
    waterfall,
    wins,
)
from app.pipeline.views.blueprint import pipeline as pipeline
