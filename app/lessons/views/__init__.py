"""Lessons and their watches, and what wins and loses."""

from app.lessons.views import bids, watches, wins  # noqa: F401
from app.lessons.views import lessons as _lessons  # noqa: F401
from app.lessons.views.blueprint import lessons as lessons
