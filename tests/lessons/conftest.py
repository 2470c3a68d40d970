"""No test sees the past that another has lived through."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.lessons.past_queries import KEPT


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    yield
    KEPT.clear()
