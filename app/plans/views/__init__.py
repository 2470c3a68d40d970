"""The pages of plans: the list, one plan, its phases, its goals, its actions."""

from app.plans.views import (
    actions,
    board,
    carried,
    diagnosis,
    feedback,
    fixes,
    forecast,
    goals,
    insights,
    pages,
    people,
    phases,
    points,
    portfolio,
    settings,
    strategy,
    white_space,
)
from app.plans.views.blueprint import plans

__all__ = [
    "actions",
    "board",
    "carried",
    "diagnosis",
    "feedback",
    "fixes",
    "forecast",
    "goals",
    "insights",
    "pages",
    "people",
    "phases",
    "plans",
    "points",
    "portfolio",
    "settings",
    "strategy",
    "white_space",
]
