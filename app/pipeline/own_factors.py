"""The company's tree of causes for the request at hand, and the field that chooses from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask import g, has_request_context
from wtforms import SelectField

from app import db
from app.catalogue import term_words
from app.forms import choices
from app.pipeline.factor_tree import FACTOR_TREE, FactorTree, tree_from
from app.pipeline.losing import Cause, Factor, in_order
from app.users.queries import find_setting


def factor_tree() -> FactorTree:
    """What the company makes of the tree of causes; asked for once a request."""
    if "factor_tree" not in g:
        g.factor_tree = tree_from(find_setting(db.session(), FACTOR_TREE))
    kept: FactorTree = g.factor_tree
    return kept


def own_words(term: Cause | Factor) -> str:
    """What the company calls a branch or a leaf; empty where the usual words hold, and off the
    pages."""
    return factor_tree().called(term) if has_request_context() else ""


def factor_choices(factors: Iterable[Factor], empty: Any = None) -> list[Any]:
    """Factors to choose from, as the tree lists them."""
    return choices(((one.value, term_words(one)) for one in in_order(factors)), empty=empty)


class FactorField(SelectField):
    """A choice among the factors in use, with the one that was chosen before; with ``empty``
    (its words) also none, with ``is_every`` also among those no longer used."""

    def __init__(
        self,
        label: Any,
        *,
        empty: Any = None,
        is_every: bool = False,
        validators: Sequence[Any] = (),
        **more: Any,
    ) -> None:
        self.empty, self.is_every = empty, is_every
        super().__init__(label, validators=list(validators), coerce=_factor, choices=[], **more)

    def process(self, *typed: Any, **more: Any) -> None:
        """Offer what may be chosen, now that it is known what was."""
        super().process(*typed, **more)
        tree, before = factor_tree(), _factor(self.object_data)
        offered = tree.every() if self.is_every else tree.in_use()
        self.choices = factor_choices([*offered, *([before] if before else [])], self.empty)


def _factor(value: Any) -> Factor | None:
    return Factor(value) if value else None
