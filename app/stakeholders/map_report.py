"""Everything a map answers, by name, and plain enough to be written as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from app.stakeholders.findings import findings
from app.stakeholders.power_map import MapAnswers
from app.stakeholders.rules import TieKind
from app.vocabulary import Degree, Reason, Term


def all_answers(answers: MapAnswers, layer: TieKind | None = None) -> dict[str, Any]:
    """Every answer and measure; ``layer`` narrows the measures to one layer."""
    shares = answers.sway.shares
    return {
        "on": answers.drawn.on,
        "findings": findings(answers),
        "roles": answers.roles,
        "ways_in": answers.ways_in,
        "reach": answers.access.strengths,
        "independent_routes": answers.routes,
        "dependences": answers.dependences,
        "sway": tuple(answers.sway.of(one) for one in shares),
        "lean": answers.lean,
        "worth_winning": answers.worth_winning,
        "key_people": answers.key_people,
        "our_ties": answers.our_ties,
        "opposition": answers.opposition,
        "standings": answers.standings,
        "groups": answers.groups,
        "contradictions": answers.contradictions,
        "measures": answers.measures(layer),
    }


def as_plain(value: Any) -> Any:
    """A value as JSON would have it: facts become mappings, reasons English sentences.

    >>> as_plain(Reason("%(who)s decides", {"who": "Li Wei"}))
    'Li Wei decides'
    """
    if isinstance(value, Reason):
        return _sentence(value)
    if isinstance(value, Term):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {one.name: as_plain(getattr(value, one.name)) for one in fields(value)}
    return _plain_many(value)


def _plain_many(value: Any) -> Any:
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return as_plain(value._asdict())
    if isinstance(value, Mapping):
        return {str(key): as_plain(one) for key, one in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [as_plain(one) for one in value]
    return value


def _sentence(reason: Reason) -> str:
    return str(Reason(reason.message, {key: _word(one) for key, one in reason.values.items()}))


def _word(value: Any) -> Any:
    if isinstance(value, Term | Degree):
        return value.label
    return as_plain(value)
