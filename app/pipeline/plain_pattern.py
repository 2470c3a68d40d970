"""The pattern in a plain table of results: any columns, a ridge on a logistic model, held out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log1p
from typing import TYPE_CHECKING

from app.later import Later
from app.pipeline.pattern import newton

if TYPE_CHECKING:
    import numpy as np
else:
    np = Later("numpy")

FOLDS = 10
MOST_WORDS = 30
"""A column with more different words than this tells rows apart, not deals: the rarer are one."""


def encoded(rows: Sequence[Sequence[str]], names: Sequence[str]) -> tuple[np.ndarray, list[str]]:
    """The columns as numbers: numbers on a log scale, words as one column each but the first.

    >>> design, columns = encoded([["1", "East"], ["3", "West"], ["3", "East"]], ["size", "region"])
    >>> design.shape, columns
    ((3, 2), ['size', 'region: West'])
    """
    columns, labels = [], []
    for place, name in enumerate(names):
        cells = [row[place].strip() for row in rows]
        numbers = _numbers(cells)
        if numbers is not None:
            columns.append(numbers)
            labels.append(name)
            continue
        words = [word for word, _count in Counter(cells).most_common(MOST_WORDS)]
        for word in sorted(words)[1:]:
            columns.append([float(cell == word) for cell in cells])
            labels.append(f"{name}: {word}")
    design = np.array(columns, dtype=float).T if columns else np.zeros((len(rows), 0))
    return design, labels


def _numbers(cells: Sequence[str]) -> list[float] | None:
    """Cells as numbers; None as soon as one is a word."""
    try:
        values = [float(cell) if cell else 0.0 for cell in cells]
    except ValueError:
        return None
    return [log1p(max(value, 0.0)) for value in values]


def cross_scored(design: np.ndarray, came: Sequence[bool]) -> tuple[list[float], list[float]]:
    """What a pattern says of each row that it has not seen, and the base rate it has seen.

    Every tenth row in turn is held out; the other nine tenths are learnt from.
    """
    results = np.array(came, dtype=float)
    folds = np.arange(len(results)) % FOLDS
    said, base = np.zeros(len(results)), np.zeros(len(results))
    for fold in range(min(FOLDS, len(results))):
        out = folds == fold
        seen = design[~out]
        means, scales = seen.mean(axis=0), seen.std(axis=0)
        scales[scales < 1e-9] = 1.0
        weights = newton(_with_level((seen - means) / scales), results[~out])
        said[out] = 1 / (1 + np.exp(-(_with_level((design[out] - means) / scales) @ weights)))
        base[out] = results[~out].mean()
    return said.tolist(), base.tolist()


def _with_level(design: np.ndarray) -> np.ndarray:
    return np.column_stack([np.ones(len(design)), design])
