"""How good forecasts were, as figures: the scores by group, and the sales velocity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from flask.typing import ResponseReturnValue

from app.pictures import rounded, sheet
from app.pipeline.scoring import ChanceScore
from app.pipeline.views.accuracy import groups_of, judged_for, velocities_of
from app.pipeline.views.blueprint import pipeline
from app.pipeline.views.forecast import asked
from app.web import _, label


@pipeline.get("/pipeline/accuracy/scores.<any(csv,xlsx):suffix>")
def scores_sheet(suffix: str) -> ResponseReturnValue:
    """Each opinion's score over all, by person, by stage and by horizon."""
    _past, scores = judged_for(asked())
    header = (_("Scored by"), _("Group"), _("Whose"), _("Cases"), _("Won"), _("Brier"), _("Skill"),
              _("Log loss"))  # fmt: skip
    whole = [*scores.whole, *scores.naive]
    grouped = [
        row
        for title, _head, groups in groups_of(scores)
        for group in groups
        for row in _scored(title, group.name, group.scores)
    ]
    return sheet(suffix, "scores", header, [*_scored(_("All"), "", whole), *grouped])


def _scored(by: str, group: str, scores: Iterable[ChanceScore]) -> Iterator[tuple[Any, ...]]:
    for one in scores:
        figures = (one.came, one.brier, one.skill, one.log_loss)
        cells = (None if one is None else rounded(one, 4) for one in figures)
        yield (by, group, label(one.opinion), one.cases, *cells)


@pipeline.get("/pipeline/accuracy/velocity.<any(csv,xlsx):suffix>")
def velocity_sheet(suffix: str) -> ResponseReturnValue:
    """What a day of selling brings in each currency, and what that is made of."""
    header = (_("Currency"), _("Open deals"), _("Mean value"), _("Share won"),
              _("Days to signature"), _("A day"))  # fmt: skip
    rows = (
        (one.currency, one.number, rounded(float(one.mean_value), 2), rounded(one.win_rate, 4),
         rounded(one.cycle_days, 1), None if one.a_day is None else rounded(one.a_day, 2))
        for one in velocities_of(asked())
    )  # fmt: skip
    return sheet(suffix, "velocity", header, rows)
