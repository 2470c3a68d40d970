"""Who and what is known already, by every name a file may call it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.exchange.names import Match, normal_name, propose_matches
from app.exchange.report import Refused
from app.records.models import Product
from app.users.models import User
from app.vocabulary import N_, Reason, because

MOST_PROPOSED = 300


@dataclass
class Names:
    """Ids by external id and by name however written; which names two bear is kept.

    ``also`` are other words that name one alone, such as an e-mail address or a code.
    """

    by_id: dict[str, int] = field(default_factory=dict)
    by_name: dict[str, int] = field(default_factory=dict)
    also: dict[str, int] = field(default_factory=dict)
    twice: set[str] = field(default_factory=set)
    shown: dict[int, str] = field(default_factory=dict)
    ids: dict[int, str] = field(default_factory=dict)
    proposed: dict[str, Match] = field(default_factory=dict)

    def add(self, row_id: int, external_id: str | None, *names: str) -> None:
        """Make a row known."""
        if external_id:
            self.by_id[external_id] = row_id
            self.ids[row_id] = external_id
        for name in filter(None, names):
            self.shown.setdefault(row_id, name)
            key = normal_name(name)
            if self.by_name.setdefault(key, row_id) != row_id:
                self.twice.add(key)

    def find(self, word: str) -> int | None:
        """The row that a word names: by id, e-mail or code, else by a name only one bears."""
        found = self.by_id.get(word, self.also.get(word))
        if found is not None:
            return found
        key = normal_name(word)
        return None if key in self.twice else self.by_name.get(key)

    def is_twice(self, word: str) -> bool:
        """Whether two bear a name."""
        return normal_name(word) in self.twice

    def match(self, external_id: str | None, *names: str | None) -> int | None:
        """The row that a row of a file is: by its id, else by a name whose id is not another.

        Raises Refused when a name fits two.
        """
        if external_id and external_id in self.by_id:
            return self.by_id[external_id]
        for name in filter(None, names):
            found = self.find(name)
            if found is None and not external_id and self.is_twice(name):
                raise Refused(self.missing(name, ""))
            if found is not None and not (external_id and found in self.ids):
                return found
        return None

    def missing(self, word: str, message: str) -> Reason:
        """Why a word names nobody: two bear it, one is like it, or none is."""
        if self.is_twice(word):
            return because(N_("Two are called “%(name)s”: give the external id."), name=word)
        likest = self.likest(word)
        if likest:
            return because(
                N_("“%(name)s” is not known. Did you mean “%(other)s”?"), name=word, other=likest
            )
        return because(message, name=word)

    def likest(self, word: str) -> str | None:
        """The name most like a word that is not known; looked for a few hundred times only."""
        if word not in self.proposed:
            if len(self.proposed) >= MOST_PROPOSED:
                return None
            self.proposed[word] = propose_matches([word], self.shown.values())[word]
        return self.proposed[word].known


def known_accounts(session: Session, among: Iterable[int] | None) -> Names:
    """Every account of those, archived ones too."""
    names = Names()
    query = select(Account.id, Account.external_id, Account.name, Account.other_name)
    allowed = None if among is None else set(among)
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
            names.also.setdefault(row.email, row.id)
    return names


def known_products(session: Session) -> Names:
    """All products, by code too."""
    names = Names()
    query = select(Product.id, Product.external_id, Product.code, Product.name)
    for row in session.execute(query.order_by(Product.id)):
        names.add(row.id, row.external_id, row.name)
        if row.code:
            names.also.setdefault(row.code, row.id)
    return names
