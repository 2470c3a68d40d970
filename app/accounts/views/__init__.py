"""The account list, an account's own pages, and what a company sets for them."""

from app.accounts.views import (  # noqa: F401
    appraisals,
    history,
    importance,
    key_tests,
    lists,
    profile,
    rivals,
    settings,
    team,
    values,
)
from app.accounts.views.blueprint import accounts as accounts
