"""What the wording of a goal gives away: vague words, several results, figures.

The word lists are house convention: words that two people would not read alike, in
English and Chinese. A direction ("increase", 提高) is vague only while no figure backs it.
"""

from __future__ import annotations

import re

ALWAYS_VAGUE = (
    "as much as possible|as soon as possible|asap|better|best effort|closer|deeper|soon|"
    "significantly|substantially|considerably|maximi[sz]e|optimi[sz]e|try|strive|somewhat|"
    "appropriate|proper|actively|good|various|etc"
)
DIRECTIONS = (
    "improve|enhance|strengthen|increase|raise|boost|grow|expand|develop|promote|"
    "reduce|lower|decrease|cut"
)
ALWAYS_VAGUE_ZH = (
    "尽量|尽快|尽可能|更好|更多|进一步|大力|积极|努力|争取|适当|明显|显著|大幅|"
    "优化|深化|加强|强化|搞好|做好|维护好|等等|若干"
)
DIRECTIONS_ZH = "提高|提升|改善|增加|加大|扩大|推进|促进|增长|降低|减少|缩短|压缩"

ENGLISH = re.compile(rf"\b(?:{ALWAYS_VAGUE})\b", re.IGNORECASE)
CHINESE = re.compile(ALWAYS_VAGUE_ZH)
ENGLISH_DIRECTION = re.compile(rf"\b(?:{DIRECTIONS})\b", re.IGNORECASE)
CHINESE_DIRECTION = re.compile(DIRECTIONS_ZH)
SEVERAL = re.compile(
    rf"(?:\b(?:and|while|plus)\b|[;&,、；，]|并且|同时|以及|并|且)\s*(?:also\s+|to\s+)?"
    rf"(?:(?:{DIRECTIONS}|win|open|sign)\b|{DIRECTIONS_ZH}|赢得|签订)",
    re.IGNORECASE,
)
DIGIT = re.compile(r"\d|[一二三四五六七八九十百千万两]+[家个台套人次成%％]")


def vague_words(statement: str, *, has_figures: bool) -> list[str]:
    """The words that can mean anything, in order, each once.

    >>> vague_words("Better sales as soon as possible", has_figures=True)
    ['Better', 'as soon as possible']
    >>> vague_words("提高销售额", has_figures=False), vague_words("提高销售额", has_figures=True)
    (['提高'], [])
    """
    patterns = [ENGLISH, CHINESE]
    if not has_figures:
        patterns += [ENGLISH_DIRECTION, CHINESE_DIRECTION]
    found = [match for pattern in patterns for match in pattern.finditer(statement)]
    found.sort(key=lambda match: match.start())
    return list(dict.fromkeys(match.group() for match in found))


def several_results(statement: str) -> bool:
    """Whether a second result is asked for in the same breath.

    >>> several_results("Raise sales and reduce cost"), several_results("提高份额并降低成本")
    (True, True)
    >>> several_results("Sell monitors and reagents for 2 million")
    False
    """
    return SEVERAL.search(statement) is not None


def has_figure(statement: str) -> bool:
    """Whether the wording holds a number.

    >>> has_figure("Win 3 wards"), has_figure("赢得三家医院"), has_figure("Win wards")
    (True, True, False)
    """
    return DIGIT.search(statement) is not None
