"""Is it a key account? Twelve tests; what nobody answered is unknown, and never no [000][004]."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.accounts.rules import KeyTest


@dataclass(frozen=True, slots=True)
class KeyScore:
    """How many of the twelve are answered yes, no, and not at all."""

    yes: int
    no: int
    unknown: int

    @property
    def share(self) -> float | None:
        """The share of the answered ones that are yes, 0-1; None before the first answer."""
        answered = self.yes + self.no
        return self.yes / answered if answered else None


def key_score(answers: Mapping[KeyTest, bool]) -> KeyScore:
    """The score of the answers given.

    >>> key_score({KeyTest.PROFIT: True, KeyTest.LOSS: False}).share
    0.5
    """
    yes = sum(answers.values())
    return KeyScore(yes, len(answers) - yes, len(KeyTest) - len(answers))
