"""What a company may type of the tree of causes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import DataRequired

from app.catalogue import gettext, in_language, term_words
from app.config import LANGUAGES
from app.forms import Form, long_text, text, with_fields
from app.pipeline.factor_tree import FactorTree, problems_naming, problems_using
from app.pipeline.losing import Cause, Factor
from app.web import why

WORDS, USED = "words_", "used_"


class TreeForm(Form):
    """What branches and leaves are called, and which leaves are in use."""

    tree = FactorTree()

    @property
    def adding(self) -> list[Factor]:
        """The leaf that may be added to each branch with room left."""
        return [leaf for cause in Cause if (leaf := self.tree.next_own(cause)) is not None]

    def typed(self) -> FactorTree:
        """The tree as typed; what is called as usual goes on to follow the language."""
        leaves = [*self.tree.every(), *self.adding]
        said = {term.value: self._said(term) for term in [*Cause, *leaves]}
        dropped = (leaf for leaf in self.tree.every() if not self[USED + leaf].data)
        return FactorTree({key: words for key, words in said.items() if words}, frozenset(dropped))

    def _said(self, term: Cause | Factor) -> str:
        words: str = self[WORDS + term].data
        is_usual = term in set(Factor) | set(Cause) and words in {term.label, gettext(term.label)}
        return "" if is_usual else words

    def stands(self) -> bool:
        """Whether the tree can be kept so; says why not."""
        if not self.validate():
            return False
        leaves = [*self.tree.every(), *self.adding]
        names = [self[WORDS + leaf].data or gettext(leaf.label) for leaf in leaves
                 if self[WORDS + leaf].data or leaf not in self.adding]  # fmt: skip
        problems = [*problems_naming(names), *problems_using(self.typed())]
        self.form_errors += [why(one) for one in problems]
        return not problems


def tree_form(tree: FactorTree) -> type[TreeForm]:
    """The form of a tree as it is kept, with a place to add to each branch."""
    adding = (leaf for cause in Cause if (leaf := tree.next_own(cause)) is not None)
    fields: dict[str, Any] = {WORDS + cause: text(_l("Group"), most=40) for cause in Cause}
    fields |= {WORDS + leaf: _named(leaf) for leaf in tree.every()}
    fields |= {USED + leaf: BooleanField(_l("In use")) for leaf in tree.every()}
    fields |= {WORDS + leaf: text(_l("One of our own"), most=80) for leaf in adding}
    return with_fields(TreeForm, {**fields, "tree": tree})


def _named(leaf: Factor) -> Any:
    wanted = [] if leaf in set(Factor) else [DataRequired(_l("Say what it is called."))]
    return text(_l("Cause"), most=80, validators=wanted)


def tree_data(tree: FactorTree) -> dict[str, Any]:
    """The tree as its form shows it, in the person's language."""
    terms: Iterable[Cause | Factor] = [*Cause, *tree.every()]
    shown: dict[str, Any] = {WORDS + term: term_words(term) for term in terms}
    return shown | {USED + leaf: leaf not in tree.unused for leaf in tree.every()}


class SheetForm(Form):
    """Rows pasted from a sheet."""

    rows = long_text(_l("Rows from a sheet"))


def known_terms() -> dict[str, Cause | Factor]:
    """Branches and leaves by their keys and by what they are called in each language."""
    terms: list[Cause | Factor] = [*Factor, *Cause]
    return {
        word.casefold(): term
        for term in terms
        for word in (term.value, *(in_language(one, term.label) for one in LANGUAGES))
    }
