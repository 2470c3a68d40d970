"""The same name written differently: "GTXPro" and "GTX Pro", "Acme, Inc." and "ACME"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from app.vocabulary import N_, Reason, because

LEAST_LIKENESS = 80.0
MOST_PROPOSED = 3

_NOT_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Match:
    """What a foreign name stands for: a known one, or None; ``others`` are the next best."""

    name: str
    known: str | None
    confidence: float
    is_sure: bool
    why: Reason
    others: tuple[str, ...] = ()


@lru_cache(maxsize=1 << 16)
def normal_name(name: str) -> str:
    """A name without case, spaces, signs, accents and width.

    >>> normal_name("GTX Pro"), normal_name("ＧＴＸ-pro"), normal_name("Café")
    ('gtxpro', 'gtxpro', 'cafe')
    """
    parted = unicodedata.normalize("NFKD", name)
    bare = "".join(character for character in parted if not unicodedata.combining(character))
    return _NOT_WORD.sub("", bare.casefold()) or name.strip().casefold()


def propose_matches(names: Iterable[str], known: Iterable[str]) -> dict[str, Match]:
    """For each name the known one it most likely means; sure when only its writing differs.

    Confidence is 1.0 for the same name, 0.98 for one that differs in case, spaces or signs,
    else the share of letters in common (Levenshtein's ratio), from 0.8 up. The answer
    does not depend on the order of ``known``.

    >>> match = propose_matches(["GTXPro"], ["GTX Basic", "GTX Pro"])["GTXPro"]
    >>> match.known, match.is_sure
    ('GTX Pro', True)
    """
    ordered = sorted(set(known))
    by_normal: dict[str, list[str]] = {}
    for name in ordered:
        by_normal.setdefault(normal_name(name), []).append(name)
    exact = set(ordered)
    return {name: _match(name, exact, by_normal) for name in names}


def _match(name: str, exact: set[str], by_normal: dict[str, list[str]]) -> Match:
    if name in exact:
        return Match(name, name, 1.0, is_sure=True, why=because(N_("It is the same name.")))
    plain = normal_name(name)
    same = by_normal.get(plain, [])
    if len(same) == 1:
        why = because(N_("Only spaces, signs or capitals differ from “%(known)s”."), known=same[0])
        return Match(name, same[0], 0.98, is_sure=True, why=why)
    if same:
        why = because(N_("Several known names differ from it only in spaces, signs or capitals."))
        return Match(name, same[0], 0.5, is_sure=False, why=why, others=tuple(same[1:]))
    return _likest(name, plain, by_normal)


def _likest(name: str, plain: str, by_normal: dict[str, list[str]]) -> Match:
    scored = process.extract(
        plain, by_normal.keys(), scorer=ratio, limit=None, score_cutoff=LEAST_LIKENESS
    )
    if not scored:
        why = because(N_("No known name resembles it."))
        return Match(name, None, 0.0, is_sure=False, why=why)
    ranked = sorted((-score, by_normal[other][0]) for other, score, _ in scored)[:MOST_PROPOSED]
    score, best = ranked[0]
    why = because(
        N_("It resembles “%(known)s” by %(share)s."), known=best, share=f"{-score / 100:.0%}"
    )
    others = tuple(other for _, other in ranked[1:])
    return Match(name, best, -score / 100, is_sure=False, why=why, others=others)
