"""The pages of plans: the list, one plan, its phases, its goals, its actions."""

from app.plans.views import actions, goals, pages, phases, points
from app.plans.views.blueprint import plans

__all__ = ["actions", "goals", "pages", "phases", "plans", "points"]
