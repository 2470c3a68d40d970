"""A plain file of results: won or lost with what was known of each, without days or sellers."""

from __future__ import annotations

import gzip
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.commands.common import Failure
from app.exchange.reading import open_table
from app.exchange.stages import propose_stage
from app.pipeline.accuracy import brier, log_loss, reliability, skill
from app.pipeline.plain_pattern import cross_scored, encoded
from app.pipeline.rules import SIGNED, Outcome

RESULTS = ("opportunity result", "result", "outcome", "status", "won", "结果", "输赢")
TELLS_THE_END = ("elapsed", "closing", "stage change", "ratio", "days")
"""Words in the names of columns that only the end of a deal fills in: to learn from them would
be to know the future."""
KEYS = ("number", "id", "name", "编号")


def score_results(path: Path, leave_out: Sequence[str]) -> dict[str, Any]:
    """The pattern's score on a plain file, beside the base rate; and what was left out of it."""
    columns, rows = _read(path)
    result = _result_column(columns)
    used, left = _columns(columns, result, leave_out)
    won = [_is_won(row[result]) for row in rows]
    kept = [number for number, came in enumerate(won) if came is not None]
    design, names = encoded([[rows[number][one] for one in used] for number in kept],
                            [columns[one] for one in used])  # fmt: skip
    came = [bool(won[number]) for number in kept]
    said, base = cross_scored(design, came)
    return {
        "opinions": ["pattern"],
        "rows": len(rows),
        "columns": names,
        "left_out": left,
        "chances": [_row("pattern", said, came), _row("base_rate", base, came)],
    }


def _row(opinion: str, said: Sequence[float], came: Sequence[bool]) -> dict[str, Any]:
    pairs = list(zip(said, came, strict=True))
    rate = sum(came) / len(came)
    gain = skill(pairs)
    return {
        "opinion": opinion,
        "cases": len(pairs),
        "came": rate,
        "brier": brier(pairs),
        "base_brier": rate * (1 - rate),
        "skill": gain,
        "log_loss": log_loss(pairs),
        "beats_base_rate": gain is not None and gain > 0,
        "reliability": [
            {"said": one.said, "came": one.came, "cases": one.cases} for one in reliability(pairs)
        ],
    }


def _read(path: Path) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    with _plain(path) as file, open_table(file) as table:
        return table.columns, [cells for _number, cells in table.rows()]


@contextmanager
def _plain(path: Path) -> Iterator[Path]:
    """The file itself; a compressed one unpacked for as long as it is wanted."""
    if path.suffix != ".gz":
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / path.stem
        with gzip.open(path, "rb") as packed, file.open("wb") as out:
            shutil.copyfileobj(packed, out)
        yield file


def _result_column(columns: Sequence[str]) -> int:
    plain = [name.strip().lower() for name in columns]
    for name in RESULTS:
        if name in plain:
            return plain.index(name)
    raise Failure(f"No column tells the result; the file has {', '.join(columns)}.")


def _columns(
    columns: Sequence[str], result: int, leave_out: Sequence[str]
) -> tuple[list[int], list[str]]:
    """The columns to learn from, and the names of those left out."""
    unwanted = {name.strip().lower() for name in leave_out}
    used, left = [], []
    for place, name in enumerate(columns):
        plain = name.strip().lower()
        is_late = any(word in plain for word in TELLS_THE_END)
        if place == result:
            continue
        if plain in unwanted or is_late or plain.split()[-1] in KEYS:
            left.append(name)
        else:
            used.append(place)
    return used, left


def _is_won(word: str) -> bool | None:
    """Whether a word for a result means won; None when it is neither won nor lost."""
    plain = word.strip().lower()
    if plain in {"1", "yes", "true", "是", "win"}:
        return True
    if plain in {"0", "no", "false", "否", "loss"}:
        return False
    outcome = propose_stage(word).outcome
    return outcome in SIGNED if outcome in {*SIGNED, Outcome.LOST} else None
