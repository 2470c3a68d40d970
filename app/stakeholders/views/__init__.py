"""The people of an account, one person, what happens to them, and the map."""

from app.stakeholders.views import (
    account_page,
    acts,
    bulk,
    exports,
    leaving,
    measures,
    our_side,
    people,
    person,
    portfolio,
    power_map,
    ties,
    values,
)
from app.stakeholders.views.blueprint import stakeholders

__all__ = [
    "account_page",
    "acts",
    "bulk",
    "exports",
    "leaving",
    "measures",
    "our_side",
    "people",
    "person",
    "portfolio",
    "power_map",
    "stakeholders",
    "ties",
    "values",
]
