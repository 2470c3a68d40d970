"""Reasons as they are kept with what they once explained, and read back in any language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.pipeline.rules import Outcome, Stage
from app.vocabulary import Reason, Term

TERMS: dict[str, type[Term]] = {"stage": Stage, "outcome": Outcome}
"""The closed lists whose members may stand in a reason that is kept."""


def kept(reason: Reason) -> dict[str, Any]:
    """A reason as JSON takes it.

    >>> kept(Reason("%(day)s: won", {"day": date(2026, 3, 2)}))
    {'message': '%(day)s: won', 'values': {'day': {'day': '2026-03-02'}}}
    """
    values = {name: _kept(value) for name, value in reason.values.items()}
    return {"message": reason.message, "values": values}


def _kept(value: Any) -> Any:
    for name, kind in TERMS.items():
        if isinstance(value, kind):
            return {name: value.value}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value


def read(kept_reason: Mapping[str, Any]) -> Reason:
    """A reason that was kept, as it was.

    >>> read(kept(Reason("in %(stage)s", {"stage": Stage.BIDDING}))).values["stage"].label
    'Bidding'
    """
    values = {name: _read(value) for name, value in kept_reason["values"].items()}
    return Reason(kept_reason["message"], values)


def _read(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    ((name, inside),) = value.items()
    return date.fromisoformat(inside) if name == "day" else TERMS[name](inside)
