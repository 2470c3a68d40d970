"""What a person chose about an import, before its rows are written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from app.accounts.rules import Segment
from app.vocabulary import N_, Term


class NoAccount(Term):
    """What to do with opportunities whose account the file does not name."""

    PARK = "park", N_("Keep them in an account of their own, to be sorted out")
    SKIP = "skip", N_("Leave them out")
    REFUSE = "refuse", N_("Refuse them")


class UnknownAccount(Term):
    """What to do with rows whose account is not known."""

    ADD = "add", N_("Add these accounts; they become yours")
    ONE = "one", N_("They all belong to one account")


class BatchState(Term):
    """Where an import stands."""

    CHECKING = "checking", N_("Being looked through")
    CHECKED = "checked", N_("Looked through, not imported yet")
    IMPORTING = "importing", N_("Being imported")
    DONE = "done", N_("Imported")
    FAILED = "failed", N_("Failed; nothing was imported")


@dataclass(frozen=True, slots=True)
class Choices:
    """How a file is to be read and written.

    ``mapping`` is field → column. ``habits`` overrule what columns show of themselves.
    ``stages`` and ``products`` are answers by foreign name: "stage:outcome", a product's
    name, or "" for none. ``account_id`` is the account of rows that name none; ``account_name``
    one that is still to be added for them. ``segment`` is that of new accounts whose row names
    none. ``visible`` is which accounts may be known of, ``editable`` which may be touched
    (None: every one).
    """

    kind: str
    on: date
    at: datetime
    mapping: dict[str, int]
    owner_id: int
    user_id: int | None = None
    account_id: int | None = None
    source: str = ""
    habits: dict[str, str] = field(default_factory=dict)
    stages: dict[str, str] = field(default_factory=dict)
    products: dict[str, str] = field(default_factory=dict)
    no_account: NoAccount | None = None
    takes_sure: bool = True
    creates_products: bool = False
    creates_accounts: bool = False
    account_name: str = ""
    segment: Segment | None = None
    visible: frozenset[int] | None = None
    editable: frozenset[int] | None = None
