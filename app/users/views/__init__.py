"""The door, each person's own page, and for administrators our people and the company."""

from app.users.views import company, door, invitations, people  # noqa: F401
from app.users.views.blueprint import users as users
