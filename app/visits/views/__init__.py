"""The pages of visits: the week, an account's, planning one, the log after it."""

from app.visits.views import lists, logs, plans
from app.visits.views.blueprint import visits

__all__ = ["lists", "logs", "plans", "visits"]
