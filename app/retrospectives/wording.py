"""Words that blame, and what could be said instead: about decisions and what was known then."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.vocabulary import N_

KNOWN = N_("What was known when it was decided, and what was not?")
SITUATION = N_("What made that the sensible thing to do at the time?")
FACT = N_("What happened, how often, and on which day?")
SYSTEM = N_("What would have had to be different for anybody in that place to do otherwise?")

WORDS: tuple[tuple[str, str], ...] = (
    (r"\b(?:\w+['’]s )?fault\b|\bto blame\b|\bblam(?:e|ed|ing)\b|\bguilty\b", SYSTEM),
    (r"\bshould(?:n['’]t)? have\b|\bought to have\b|\bobviously\b|\bof course\b", KNOWN),
    (r"\bfailed to\b|\bneglected\b|\bforgot\b|\bignored\b|\bdid(?:n['’]t| not) (?:bother|care)\b",
     SITUATION),
    (r"\blazy\b|\bcareless\b|\bincompetent\b|\bstupid\b|\buseless\b|\bunprofessional\b", SYSTEM),
    (r"\balways\b|\bnever\b|\bnobody ever\b|\bas usual\b", FACT),
    (r"的错|怪(?:他|她|你|谁|他们)|责任(?:在|全)|甩锅|背锅|拖后腿", SYSTEM),
    (r"早就?(?:该|应该)|本(?:来)?应该|明明|显然", KNOWN),
    (r"没(?:有)?(?:用心|上心|当回事)|忘(?:了|记)|不管不问|敷衍|糊弄", SITUATION),
    (r"懒|无能|没能力|不专业|不负责任?|不称职|太笨", SYSTEM),
    (r"总是|从来(?:不|没)|每次都|老是|又是(?:他|她|你)", FACT),
)  # fmt: skip
"""Patterns by what to ask instead; a short list, offered and never enforced."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A phrase as it was written, and the question that leads on from it."""

    phrase: str
    instead: str


def offers(text: str) -> list[Offer]:
    """What could be asked instead of blaming, in the order of the text; each question once.

    >>> [one.phrase for one in offers("It was Tom's fault, he should have called.")]
    ["Tom's fault", 'should have']
    """
    found: dict[str, tuple[int, str]] = {}
    for pattern, instead in WORDS:
        match = re.search(pattern, text, re.IGNORECASE)
        if match and (instead not in found or match.start() < found[instead][0]):
            found[instead] = (match.start(), match.group())
    ordered = sorted(found.items(), key=lambda pair: pair[1][0])
    return [Offer(phrase, instead) for instead, (_start, phrase) in ordered]
