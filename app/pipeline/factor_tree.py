"""What a company makes of the tree of causes: its own words, leaves it adds, and those it no
longer uses.

Kept as JSON text under :data:`FACTOR_TREE`; what is not set holds as [002] has it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.pipeline.losing import MOST_OWN, TREE, Cause, Factor, in_order
from app.vocabulary import N_, Reason, because

FACTOR_TREE = "factor_tree"


@dataclass(frozen=True, slots=True)
class FactorTree:
    """``words`` are what branches and leaves are called, by key, where not as usual; a key that
    the usual tree does not know is a leaf of the company's own. Leaves that are ``unused`` are
    asked of nobody any more and stay where they were said."""

    words: Mapping[str, str] = field(default_factory=dict)
    unused: frozenset[Factor] = frozenset()

    def called(self, term: Cause | Factor) -> str:
        """The company's word for a branch or a leaf; empty where the usual one holds."""
        return self.words.get(term.value, "")

    def named(self, term: Cause | Factor) -> str:
        """The company's word for a branch or a leaf, else the usual one, in English.

        >>> FactorTree({"offer-1": "No reference site"}).named(Factor("offer-1"))
        'No reference site'
        """
        return self.called(term) or term.label

    def leaves(self, cause: Cause) -> list[Factor]:
        """Every leaf of a branch, used or not."""
        numbers = range(1, MOST_OWN + 1)
        added = (key for number in numbers if (key := f"{cause}-{number}") in self.words)
        return [*TREE[cause], *map(Factor, added)]

    def every(self) -> list[Factor]:
        """Every leaf, used or not."""
        return [leaf for cause in Cause for leaf in self.leaves(cause)]

    def in_use(self) -> list[Factor]:
        """The leaves that people are asked about."""
        return [leaf for leaf in self.every() if leaf not in self.unused]

    def branches(self) -> dict[Cause, list[Factor]]:
        """The leaves in use by branch; no empty branch."""
        used = self.in_use()
        found = {cause: [leaf for leaf in used if leaf.cause is cause] for cause in Cause}
        return {cause: leaves for cause, leaves in found.items() if leaves}

    def next_own(self, cause: Cause) -> Factor | None:
        """The leaf that would be added next to a branch; None where it is full."""
        number = len(self.leaves(cause)) - len(TREE[cause]) + 1
        return Factor(f"{cause}-{number}") if number <= MOST_OWN else None


def tree_from(text: str | None) -> FactorTree:
    """The tree as kept; the usual one when none is.

    >>> tree_from(None).in_use() == list(in_order(Factor))
    True
    """
    if text is None:
        return FactorTree()
    kept = json.loads(text)
    return FactorTree(kept["words"], frozenset(map(Factor, kept["unused"])))


def tree_text(tree: FactorTree) -> str:
    """The tree as it is kept.

    >>> tree = FactorTree({"offer-1": "No reference site"}, frozenset({Factor.POLICY}))
    >>> tree_from(tree_text(tree)) == tree
    True
    """
    kept = {"words": dict(tree.words), "unused": in_order(tree.unused)}
    return json.dumps(kept, ensure_ascii=False)


def problems_naming(names: Iterable[str]) -> list[Reason]:
    """What stands against calling leaves so: two called the same could not be told apart."""
    counted = Counter(name.casefold() for name in names)
    twice = [name for name, times in counted.items() if times > 1]
    return [because(N_("Two causes are called “%(name)s”."), name=name) for name in twice]


def problems_using(tree: FactorTree) -> list[Reason]:
    """What stands against a tree: with no leaf in use nobody could say anything."""
    return [] if tree.in_use() else [because(N_("Leave at least one cause in use."))]
