"""What is different between two versions of a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

Content = dict[str, dict[str, dict[str, Any]]]
"""Table → row's id → column → value, as a version keeps them."""

LEFT_OUT = frozenset(
    {"id", "account_id", "plan_id", "version", "archived_at", "updated_at", "user_id", "review_id"}
)
"""Columns that say nothing of what a plan is about."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that is new, gone or changed: its columns as ``[old, new]``, and as it now is."""

    entity: str
    row_id: int
    act: str
    columns: dict[str, list[Any]]
    born: Mapping[str, Any]


def differences(old: Content, new: Content) -> list[Difference]:
    """From the older to the newer, table by table; an unknown table counts as empty.

    >>> differences({"goal": {"1": {"target": "5"}}}, {"goal": {"1": {"target": "6"}}})[0].columns
    {'target': ['5', '6']}
    """
    found: list[Difference] = []
    for entity in dict.fromkeys([*old, *new]):
        found += _of_table(entity, old.get(entity, {}), new.get(entity, {}))
    return found


def _of_table(
    entity: str, old: Mapping[str, Mapping[str, Any]], new: Mapping[str, Mapping[str, Any]]
) -> Iterator[Difference]:
    for key in sorted(old.keys() | new.keys(), key=int):
        before, after = old.get(key), new.get(key)
        columns = _changed(before or {}, after or {})
        if after is None:
            yield Difference(entity, int(key), "deleted", {}, before or {})
        elif columns or before is None:
            act = "changed" if before is not None else "created"
            yield Difference(entity, int(key), act, columns, after)


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The columns that differ; one that only one side knows counts as none on the other."""
    names = dict.fromkeys([*before, *after])
    pairs = {name: [before.get(name), after.get(name)] for name in names}
    return {name: pair for name, pair in pairs.items() if not _same(*pair)}


def _same(old: Any, new: Any) -> bool:
    """Whether two kept values mean the same: nothing and none do, 5 and 5.00 do.

    >>> _same(None, ""), _same("5", "5.00"), _same("5", "6")
    (True, True, False)
    """
    if old == new or (not old and not new):
        return True
    try:
        return Decimal(str(old)) == Decimal(str(new))
    except InvalidOperation:
        return False
