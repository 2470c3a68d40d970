"""The board and its lists, one deal, what happens to it; reviews and forecasts."""

from app.pipeline.views import (  # noqa: F401
    approvals,
    beside,
    board,
    buying,
    deals,
    deciding,
    forecast,
    meeting,
    minutes,
    moves,
    papers,
    quick,
    review,
    stages,
)
from app.pipeline.views.blueprint import pipeline as pipeline
