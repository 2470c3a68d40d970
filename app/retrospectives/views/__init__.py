"""Retrospectives: lists, the record of a deal, three columns, the session, why and what next."""

from app.retrospectives.views import (  # noqa: F401
    causes,
    columns,
    interviews,
    lists,
    live,
    notes,
    workspace,
)
from app.retrospectives.views.blueprint import retrospectives as retrospectives
