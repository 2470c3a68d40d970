"""The plan's diagnosis as visits know it: questions still open, and answers brought home.

Plans stand above visits; the app puts its own in when it is composed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from sqlalchemy.orm import Session

KEY = "diagnosis:"


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer heard in a visit."""

    words: str
    on: date
    source: str
    user_id: int | None


class Diagnosis(Protocol):
    """What visits ask of the plan."""

    def open_questions(
        self, session: Session, account_id: int, on: date, *, in_chinese: bool
    ) -> list[tuple[str, str]]:
        """Keys and words of what the plan of a day has no answer to."""
        ...

    def keep(self, session: Session, account_id: int, key: str, heard: Heard) -> None:
        """Bring an answer home; nothing happens without a plan."""
        ...


def key_of(question_key: str | None) -> str | None:
    """The plan's own key of a visit's question; None for one from elsewhere.

    >>> key_of("diagnosis:diagnose-1"), key_of("role:guide:7")
    ('diagnose-1', None)
    """
    if question_key is None or not question_key.startswith(KEY):
        return None
    return question_key.removeprefix(KEY)
