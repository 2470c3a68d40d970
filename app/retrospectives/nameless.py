"""What is told without saying who: names of ours and theirs give way to what stands for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

HAN, LATIN = re.compile(r"[㐀-鿿]{2,4}"), re.compile(r"[A-Za-z][A-Za-z'’-]*(?: [A-Za-z'’-]+)+")
"""The Chinese and the Latin part of a name, each long enough to be nobody else's."""
TWO_SIGNS = re.compile("欧阳|上官|司马|诸葛|司徒|东方|夏侯|皇甫|尉迟|公孙|慕容|令狐|端木|长孙")
TITLES = (
    "董事长|总经理|总监|院长|主任|科长|处长|局长|部长|经理|主管|厂长|所长|会长|书记|教授|医生|大夫|护士长|"
    "先生|女士|小姐|老师|工程师|总|董|工|院|主|处|科|局|姐|哥"
)
"""What follows a family name when somebody is spoken of; the longer first."""
POLITE = r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Director)\.? "
NOT_CALLED = frozenset("时师")
"""Family names that make other words after 小 and 老: an hour, a teacher."""


def forms_of(name: str) -> set[str]:
    """The patterns by which a name is known in a text: whole, its Chinese and its Latin part,
    that in either order, and the ways to speak of somebody by the family name alone.

    >>> any(re.fullmatch(one, "周主任") for one in forms_of("周倩 Zhou Qian"))
    True
    """
    whole = name.strip()
    forms = {_alone(whole)} if whole else set()
    for part in HAN.findall(name):
        forms |= {re.escape(part), *_by_family(part)}
    for part in LATIN.findall(name):
        words = part.split()
        forms |= {_alone(part), _alone(" ".join([*words[1:], words[0]]))}
        forms |= {_alone(POLITE + re.escape(word), is_pattern=True) for word in words}
    return forms


def _alone(text: str, *, is_pattern: bool = False) -> str:
    """A pattern of a text that is no part of a longer Latin word."""
    return rf"(?<![A-Za-z]){text if is_pattern else re.escape(text)}(?![A-Za-z])"


def _by_family(part: str) -> Iterable[str]:
    family = part[:2] if TWO_SIGNS.match(part) else part[:1]
    yield f"{family}(?:{TITLES})"
    if family not in NOT_CALLED:
        yield f"[小老]{family}"


def hider(called: Mapping[str, str], whole: str) -> Callable[[str], str]:
    """What hides names in parts of a text: each, however it is written, becomes what it is
    ``called`` instead; of those called alike by a family name the last counts.

    >>> text = "李明 told Ann Lee"
    >>> hider({"李明 Li Ming": "the decider", "Ann Lee": "one of us"}, text)(text)
    'the decider told one of us'
    """
    forms: dict[str, str] = {}
    for name, words in called.items():
        if _may_stand_in(whole, name):
            forms |= dict.fromkeys(forms_of(name), words)
    if not forms:
        return str
    found = re.compile("|".join(sorted(forms, key=len, reverse=True)))
    by_words = {
        words: re.compile("|".join(form for form, said in forms.items() if said == words))
        for words in forms.values()
    }

    def instead(match: re.Match[str]) -> str:
        text = match.group()
        return next(words for words, known in by_words.items() if known.fullmatch(text))

    return lambda text: found.sub(instead, text)


def _may_stand_in(whole: str, name: str) -> bool:
    """Whether any sign or word of a name is in a text: names that cannot be are not looked for."""
    starts = (part[0] for part in HAN.findall(name))
    return any(part in whole for part in (*starts, *name.split()))
