"""The board and its lists, one deal, and what happens to it."""

from app.pipeline.views import board, deals, forecast, moves, review  # noqa: F401
from app.pipeline.views.blueprint import pipeline as pipeline
