"""The people of an account, one person, what happens to them, and the map."""

from app.stakeholders.views import acts, exports, leaving, our_side, people, person, power_map, ties
from app.stakeholders.views.blueprint import stakeholders

__all__ = [
    "acts",
    "exports",
    "leaving",
    "our_side",
    "people",
    "person",
    "power_map",
    "stakeholders",
    "ties",
]
