"""Reasons as JSON, and back: kept in one language's keys, said later in any."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from app.stakeholders.role_gaps import RoleState
from app.stakeholders.rules import Confidence, Depth, Influence, Role, Support, TieKind
from app.vocabulary import Degree, Reason, Term

TERMS: dict[str, Any] = {
    kind.__name__: kind
    for kind in (Confidence, Depth, Influence, Role, RoleState, Support, TieKind)
}


def kept(reason: Reason) -> dict[str, Any]:
    """A reason as JSON holds it.

    >>> kept(Reason("%(name)s decides", {"name": "Li Wei"}))
    {'message': '%(name)s decides', 'values': {'name': 'Li Wei'}}
    """
    return {
        "message": reason.message,
        "values": {name: _kept_value(value) for name, value in reason.values.items()},
    }


def reason_from(data: Mapping[str, Any]) -> Reason:
    """A reason as it was before it was kept."""
    return Reason(
        data["message"], {name: _value_from(value) for name, value in data["values"].items()}
    )


def _kept_value(value: Any) -> Any:
    match value:
        case Reason():
            return {"reason": kept(value)}
        case Term() | Degree():
            return {"term": [type(value).__name__, value.value]}
        case date():
            return {"day": value.isoformat()}
        case Decimal():
            return {"amount": str(value)}
    return value


def _value_from(value: Any) -> Any:
    match value:
        case {"reason": inner}:
            return reason_from(inner)
        case {"term": [kind, said]}:
            return TERMS[kind](said)
        case {"day": said}:
            return date.fromisoformat(said)
        case {"amount": said}:
            return Decimal(said)
    return value
