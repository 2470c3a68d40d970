"""What to ask somebody on the buyer's side, so that they tell and we listen."""

from __future__ import annotations

from dataclasses import dataclass

from app.vocabulary import N_


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the guide; ``key`` is what its answer is kept under."""

    key: str
    words: str


GUIDE = (
    Asked("start", N_("How did the project begin, and who set what it would be decided by?")),
    Asked("choice", N_("What decided for the one you chose?")),
    Asked("ours", N_("What spoke for us, and what against?")),
    Asked("people", N_("Whom of yours should we have talked to, and when?")),
    Asked("price", N_("How did our price stand, for what it covered?")),
    Asked("work", N_("What in our way of working made it harder for you?")),
    Asked("doubts", N_("Did you have doubts about us, and since when?")),
    Asked("moment", N_("When was it settled, and could anything have changed it after?")),
    Asked("again", N_("What should we do differently next time?")),
)
"""Open questions, the harder ones late; after them one listens. House convention."""
KEYS = frozenset(one.key for one in GUIDE)
