"""Who and what is known already, by every name a file may call it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.exchange.names import Match, normal_name, propose_matches
from app.records.models import Product
from app.users.models import User
from app.vocabulary import N_, Reason, because


@dataclass
class Names:
    """Ids by external id, by name as written and by name however written; ambiguity is kept."""

    by_id: dict[str, int] = field(default_factory=dict)
    by_name: dict[str, int] = field(default_factory=dict)
    twice: set[str] = field(default_factory=set)
    shown: dict[int, str] = field(default_factory=dict)

    def add(self, row_id: int, external_id: str | None, *names: str) -> None:
        """Make a row known."""
        if external_id:
            self.by_id[external_id] = row_id
        for name in names:
            if not name:
                continue
            self.shown.setdefault(row_id, name)
            key = normal_name(name)
            if self.by_name.setdefault(key, row_id) != row_id:
                self.twice.add(key)

    def find(self, word: str) -> int | None:
        """The row that a word names: by external id, else by a name that only one bears."""
        if word in self.by_id:
            return self.by_id[word]
        key = normal_name(word)
        return None if key in self.twice else self.by_name.get(key)

    def likest(self, word: str) -> Match:
        """The name most like a word that is not known."""
        return propose_matches([word], self.shown.values())[word]

    def missing(self, word: str, message: str) -> Reason:
        """Why a word names nobody: two bear it, one is like it, or none is."""
        if normal_name(word) in self.twice:
            return because(N_("Two are called “%(name)s”: give the external id."), name=word)
        likest = self.likest(word)
        if likest.known:
            return because(
                N_("“%(name)s” is not known. Did you mean “%(other)s”?"),
                name=word,
                other=likest.known,
            )
        return because(message, name=word)


def known_accounts(session: Session, editable: Iterable[int] | None) -> Names:
    """Every account that may be touched, archived ones too."""
    names = Names()
    query = select(Account.id, Account.external_id, Account.name, Account.other_name)
    allowed = None if editable is None else set(editable)
    for row in session.execute(query.order_by(Account.id)):
        if allowed is None or row.id in allowed:
            names.add(row.id, row.external_id, row.name, row.other_name)
    return names


def known_users(session: Session) -> Names:
    """All our people; an e-mail address names one as well."""
    names = Names()
    query = select(User.id, User.external_id, User.email, User.name).order_by(User.id)
    for row in session.execute(query):
        names.add(row.id, row.external_id, row.name)
        if row.email:
            names.by_id.setdefault(row.email, row.id)
    return names


def known_products(session: Session) -> Names:
    """All products, by code too."""
    names = Names()
    query = select(Product.id, Product.external_id, Product.code, Product.name)
    for row in session.execute(query.order_by(Product.id)):
        names.add(row.id, row.external_id, row.name)
        if row.code:
            names.by_id.setdefault(row.code, row.id)
    return names
