"""Causes of losses from rows of a sheet: what each would change of the company's tree."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.pipeline.factor_tree import FactorTree
from app.pipeline.losing import Cause, Factor
from app.vocabulary import N_, Reason, because

COLUMNS = {
    "group": ("group", "branch", "分组", "组", "类别", "大类"),
    "cause": ("cause", "factor", "reason", "原因", "丢单原因", "名称"),
    "name": ("name", "call it", "new name", "改称", "新名称", "我方叫法"),
    "in_use": ("in use", "used", "active", "启用", "在用", "是否启用"),
}
"""The columns, in their order where no header names them, and the words headers have."""
YES = frozenset({"yes", "y", "true", "1", "x", "✓", "是", "启用", "在用"})
NO = frozenset({"no", "n", "false", "0", "否", "停用", "不用"})
LONGEST, LONGEST_GROUP = 80, 40
MOST_ROWS = 500

Known = Mapping[str, Cause | Factor]
"""Branches and leaves by what they may be called, in small letters."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its number in what was pasted, and its cells by column."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Taken:
    """What a row does, or why it cannot be taken."""

    number: int
    said: Reason
    is_refused: bool = False


def lines_of(text: str) -> list[Line]:
    """The rows of a pasted text: tabs, semicolons or commas between its cells.

    >>> lines_of("Group;Cause\\nPrice;Too dear\\n")[0].cells
    {'group': 'Price', 'cause': 'Too dear'}
    """
    text = text.replace("；", ";")
    rows = list(csv.reader(text.splitlines(), delimiter=_separator(text)))
    filled = [
        (number, [cell.strip() for cell in row])
        for number, row in enumerate(rows, start=1)
        if any(cell.strip() for cell in row)
    ]
    header = _header(filled[0][1]) if filled else None
    names = header or list(COLUMNS)
    body = filled[1:] if header else filled
    return [
        Line(number, {name: cell for name, cell in zip(names, row, strict=False) if name})
        for number, row in body[:MOST_ROWS]
    ]


def _separator(text: str) -> str:
    first = text.strip().partition("\n")[0]
    return max("\t;,", key=lambda mark: (first.count(mark), mark == "\t"))


def _header(row: Sequence[str]) -> list[str] | None:
    found = [
        next((name for name, words in COLUMNS.items() if cell.casefold() in words), "")
        for cell in row
    ]
    return found if "group" in found and "cause" in found else None


def with_rows(
    tree: FactorTree, lines: Iterable[Line], known: Known
) -> tuple[FactorTree, list[Taken]]:
    """The tree with what rows say, and what became of each; one refused changes nothing."""
    told: list[Taken] = []
    seen: dict[str, int] = {}
    for line in lines:
        found = _taken(tree, line, {**known, **_own(tree)}, seen)
        if isinstance(found, Reason):
            told.append(Taken(line.number, found, is_refused=True))
        else:
            tree, said = found
            told.append(Taken(line.number, said))
    return tree, told


def _own(tree: FactorTree) -> dict[str, Cause | Factor]:
    terms: list[Cause | Factor] = [*Cause, *tree.every()]
    return {called.casefold(): term for term in terms if (called := tree.called(term))}


Outcome = tuple[FactorTree, Reason] | Reason
"""The tree with what a row says and that in words, or why it cannot be taken."""


def _taken(tree: FactorTree, line: Line, known: Known, seen: dict[str, int]) -> Outcome:
    group = line.cells.get("group", "")
    branch = known.get(group.casefold())
    if not isinstance(branch, Cause):
        return because(N_("“%(name)s” is none of the groups."), name=group[:LONGEST])
    cause, name = line.cells.get("cause", ""), line.cells.get("name", "")
    first = seen.setdefault(f"{branch} {cause.casefold()}", line.number)
    if first != line.number:
        return because(N_("It is there twice: see row %(row)s."), row=first)
    if not cause:
        return _renamed(tree, branch, name, LONGEST_GROUP)
    leaf = known.get(cause.casefold())
    if not isinstance(leaf, Factor):
        return _added(tree, branch, name or cause, _said(line, "in_use"))
    if leaf.cause is not branch:
        return because(N_("“%(name)s” is in another group."), name=cause)
    return _changed(tree, leaf, name, _said(line, "in_use"))


def _said(line: Line, name: str) -> bool | None:
    """Yes, no, or nothing that could be understood."""
    word = line.cells.get(name, "").casefold()
    return True if word in YES else False if word in NO else None


def _renamed(tree: FactorTree, term: Cause | Factor, name: str, most: int) -> Outcome:
    if not name:
        return because(N_("The row names no cause."))
    if len(name) > most:
        return because(N_("It is longer than %(most)s characters."), most=most)
    if name == tree.called(term):
        return tree, because(N_("“%(name)s” stays as it is."), name=name)
    called = replace(tree, words={**tree.words, term.value: name})
    return called, because(N_("“%(name)s” is what it is called from now on."), name=name)


def _added(tree: FactorTree, branch: Cause, name: str, is_used: bool | None) -> Outcome:
    leaf = tree.next_own(branch)
    if leaf is None:
        return because(N_("The group is full: nine of one’s own at most."))
    found = _renamed(tree, leaf, name, LONGEST)
    if isinstance(found, Reason):
        return found
    unused = found[0].unused | ({leaf} if is_used is False else set())
    return replace(found[0], unused=unused), because(N_("“%(name)s” is added."), name=name)


def _changed(tree: FactorTree, leaf: Factor, name: str, is_used: bool | None) -> Outcome:
    called = tree.named(leaf)
    found = _renamed(tree, leaf, name, LONGEST) if name else (
        tree, because(N_("“%(name)s” stays as it is."), name=called)
    )  # fmt: skip
    if isinstance(found, Reason) or is_used is None or is_used is (leaf not in tree.unused):
        return found
    unused = tree.unused - {leaf} if is_used else tree.unused | {leaf}
    message = N_("“%(name)s” is used again.") if is_used else N_("“%(name)s” is no longer used.")
    return replace(found[0], unused=unused), because(message, name=name or called)
