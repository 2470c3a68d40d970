"""What is told without saying who: names of ours and theirs give way to what stands for them."""

from __future__ import annotations

import re
from collections.abc import Mapping

PART = re.compile(r"[㐀-鿿]{2,}|[A-Za-z]+(?:[ -][A-Za-z]+)+")
"""The Chinese and the Latin part of a name, each long enough to be nobody else's."""


def parts_of(name: str) -> set[str]:
    """A name and its parts, as people write them.

    >>> sorted(parts_of("周倩 Zhou Qian"))
    ['Zhou Qian', '周倩', '周倩 Zhou Qian']
    """
    return {name.strip(), *PART.findall(name)} - {""}


def nameless(text: str, called: Mapping[str, str]) -> str:
    """A text in which every name, whole or in part, is what it is ``called`` instead.

    >>> nameless("李明 told Ann Lee", {"李明 Li Ming": "the decider", "Ann Lee": "one of us"})
    'the decider told one of us'
    """
    instead = {part: word for name, word in called.items() for part in parts_of(name)}
    if not instead:
        return text
    longest_first = sorted(instead, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first)))
    return pattern.sub(lambda found: instead[found.group()], text)
