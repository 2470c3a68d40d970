"""Retrospectives: lists, the record of a deal, the session with its notes."""

from app.retrospectives.views import (  # noqa: F401
    lists,
    live,
    notes,
    workspace,
)
from app.retrospectives.views.blueprint import retrospectives as retrospectives
