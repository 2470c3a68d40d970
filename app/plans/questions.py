"""What each phase asks: the course's questions, and those of the company and of an industry.

A company may put its own list in place of the course's, phase by phase; an industry's
questions are asked after the company's. A question keeps its key when it is reworded, so
that answers given before stay its answers.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.plans.guide import QUESTIONS
from app.plans.rules import Phase
from app.vocabulary import N_, Reason, because

PLAN_QUESTIONS = "plan_questions"
EVERY_INDUSTRY = ""
MOST_ASKED = 14
"""More than this in one phase and nobody answers; house convention."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its words in English and, for a company's own, in Chinese."""

    key: str
    words: str
    words_zh: str = ""

    def said(self, *, in_chinese: bool) -> str:
        """The words for a reader; a company's question may have one language only."""
        return (self.words_zh or self.words) if in_chinese else (self.words or self.words_zh)


Asked = tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class QuestionBook:
    """What a company changed of the course's questions: (industry, phase) → its own list."""

    own: Mapping[tuple[str, Phase], Asked] = field(default_factory=dict)

    def of(self, industry: str, phase: Phase) -> Asked:
        """The list of one industry alone; the course's where the company has none of its own."""
        kept = self.own.get((industry, phase))
        if kept is not None:
            return kept
        return DEFAULTS[phase] if industry == EVERY_INDUSTRY else ()

    def asked(self, industry: str, phase: Phase) -> Asked:
        """All that is asked of an account in an industry.

        >>> len(QuestionBook().asked("Hospitals", Phase.FORECAST)) == len(DEFAULTS[Phase.FORECAST])
        True
        """
        common = self.of(EVERY_INDUSTRY, phase)
        return common + self.of(industry, phase) if industry != EVERY_INDUSTRY else common

    def industries(self) -> list[str]:
        """The industries that have questions of their own, by name."""
        return sorted({industry for industry, _phase in self.own if industry})


def _defaults(phase: Phase) -> Asked:
    return tuple(
        Question(f"{phase}-{place}", words) for place, words in enumerate(QUESTIONS[phase], start=1)
    )


DEFAULTS: dict[Phase, Asked] = {phase: _defaults(phase) for phase in Phase}


def book_from(text: str | None) -> QuestionBook:
    """The questions as kept; the course's alone when none are.

    >>> book = QuestionBook({("Hospitals", Phase.DIAGNOSE): (Question("own-1", "Beds?"),)})
    >>> book_from(book_text(book)) == book
    True
    """
    if text is None:
        return QuestionBook()
    return QuestionBook(
        {
            (industry, Phase(phase)): tuple(Question(*one) for one in listed)
            for industry, phase, listed in json.loads(text)
        }
    )


def book_text(book: QuestionBook) -> str:
    """The questions as they are kept."""
    rows = [
        (industry, phase, [(one.key, one.words, one.words_zh) for one in listed])
        for (industry, phase), listed in book.own.items()
    ]
    return json.dumps(rows, ensure_ascii=False)


def rewritten(book: QuestionBook, industry: str, phase: Phase, listed: Asked) -> QuestionBook:
    """The book with one list changed; a list like the course's own is not kept."""
    own = dict(book.own)
    usual = DEFAULTS[phase] if industry == EVERY_INDUSTRY else ()
    if listed == usual:
        own.pop((industry, phase), None)
    else:
        own[industry, phase] = listed
    return QuestionBook(own)


def new_key(words: str) -> str:
    """The key of a question asked for the first time; the same words give the same key.

    >>> new_key("Beds?")
    'own-cd30e155'
    """
    return f"own-{hashlib.sha256(words.encode()).hexdigest()[:8]}"


def problems_asking(listed: Sequence[Question]) -> list[Reason]:
    """Why a list of questions cannot be kept; empty when it can.

    >>> problems_asking([Question("own-1", "Beds?")])
    []
    """
    words = [one.words for one in listed if one.words]
    if len(set(words)) < len(words):
        return [because(N_("The same question stands there twice."))]
    return []
