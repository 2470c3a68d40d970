"""Retrospectives: lists, the record of a deal, three columns, the session, why and what next."""

from app.retrospectives.views import (  # noqa: F401
    causes,
    columns,
    foreseen,
    interviews,
    lists,
    live,
    notes,
    report,
    workspace,
)
from app.retrospectives.views.blueprint import retrospectives as retrospectives
