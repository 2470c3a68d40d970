"""What happens to special cases: they are opened or decided anew, with what is used."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.records.case_models import CaseMeasure, SpecialCase
from app.records.special_cases import Measure


def keep_measures(session: Session, case: SpecialCase, notes: Mapping[Measure, str]) -> None:
    """Keep how each measure is used; one without a word is used no longer."""
    session.flush()
    kept = {
        row.measure: row
        for row in session.scalars(select(CaseMeasure).where(CaseMeasure.case_id == case.id))
    }
    for measure, note in notes.items():
        row = kept.get(measure)
        if not note and row is not None:
            session.delete(row)
        elif note and row is None:
            ids = {"account_id": case.account_id, "case_id": case.id}
            session.add(CaseMeasure(**ids, measure=measure, note=note))
        elif row is not None:
            row.note = note
