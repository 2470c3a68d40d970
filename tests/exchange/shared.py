"""The real files of the shared data, where they are at hand; and made ones."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from app.exchange.reading import open_table
from app.exchange.tables import Table, UnreadableFile

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("BANYAN_SHARED_DATA") or ROOT.parent / "shared" / "data")


def shared(*path: str) -> Path:
    """A shared file or folder; skips the test where there is none."""
    file = SHARED.joinpath(*path)
    if not file.exists():
        pytest.skip("the shared data is not here (BANYAN_SHARED_DATA)")
    return file


def table(content: bytes | str, filename: str = "made.csv", **chosen: str) -> Table:
    """The table of a file with such contents."""
    raw = content.encode("utf-8") if isinstance(content, str) else content
    return open_table(io.BytesIO(raw), filename=filename, **chosen)


def rows_of(content: bytes | str, **chosen: str) -> list[tuple[int, tuple[str, ...]]]:
    """Every row of a file with such contents."""
    with table(content, **chosen) as opened:
        return list(opened.rows())


def refusal(content: bytes | str, **chosen: str) -> str:
    """Why a file with such contents is refused, when opened or read."""
    with pytest.raises(UnreadableFile) as caught:
        rows_of(content, **chosen)
    return str(caught.value)
