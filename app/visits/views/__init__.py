"""The pages of visits: the calendar, the plan of one, its brief, its log, the week proposed."""

from app.visits.views import (
    briefs,
    calendar_files,
    event_imports,
    executives,
    feeds,
    figures,
    lists,
    logs,
    offline,
    plans,
    proposals,
    settings,
)
from app.visits.views.blueprint import visits

__all__ = [
    "briefs",
    "calendar_files",
    "event_imports",
    "executives",
    "feeds",
    "figures",
    "lists",
    "logs",
    "offline",
    "plans",
    "proposals",
    "settings",
    "visits",
]
