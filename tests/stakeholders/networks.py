"""The published networks of the shared data, where they are at hand."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from app.stakeholders.rules import TieKind
from tests.stakeholders.map_cast import PowerMap, TieFact, drawn, person

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("BANYAN_SHARED_DATA") or ROOT.parent / "shared" / "data")


def rows(*path: str) -> list[dict[str, str]]:
    """The rows of a shared file; skips the test where there is none."""
    file = SHARED.joinpath(*path)
    if not file.exists():
        pytest.skip("the shared data is not here (BANYAN_SHARED_DATA)")
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def padgett(relation: str, kind: TieKind, without: str = "") -> PowerMap:
    """The Florentine families by one relation, on one layer; ``without`` leaves one out."""
    names = [row["name"] for row in rows("networks", "padgett_florentine", "nodes.csv")]
    numbers = {name: number for number, name in enumerate(names, 1) if name != without}
    ties = [
        TieFact(kind, numbers[row["source"]], numbers[row["target"]])
        for row in rows("networks", "padgett_florentine", "edges.csv")
        if row["relation"] == relation
    ]
    families = [person(number, name=name) for name, number in numbers.items()]
    return drawn(*families, *ties)


def lazega(relation: str, kind: TieKind) -> PowerMap:
    """The lawyers of a firm by one relation; partners are level 1, associates level 2."""
    lawyers = [
        person(int(row["id"]), level=int(row["status"]), department=f"Office {row['office']}")
        for row in rows("networks", "lazega_lawfirm", "nodes.csv")
    ]
    ties = [
        TieFact(kind, int(row["source"]), int(row["target"]))
        for row in rows("networks", "lazega_lawfirm", "edges.csv")
        if row["relation"] == relation
    ]
    return drawn(*lawyers, *ties)
