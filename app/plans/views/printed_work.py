"""Goals and actions of a plan as sections of a document, with their pictures."""

from __future__ import annotations

from collections.abc import Sequence

from app.plans.goal_queries import GoalReport
from app.plans.out.document import GoalBar, Picture, Section, Table, TimeBar
from app.plans.queries import ActionRow
from app.plans.rules import Verdict
from app.plans.smart import Judgement
from app.plans.views.blueprint import measured
from app.web import _, day, label, money, today, why

SIGNS = {Verdict.PASS: "+", Verdict.STRETCH: "~", Verdict.UNKNOWN: "?", Verdict.FAIL: "–"}
"""How a letter prints where there is no colour."""


def goals_section(
    goals: Sequence[GoalReport],
    *,
    letters: bool = True,
    drawn: bool = True,
    owners: bool = True,
) -> Section:
    """Goals with where they stand, and the five letters."""
    heads = [_("Goal"), _("Now"), _("Target"), _("Due"), _("Stands")]
    rows = [
        [
            one.goal.statement,
            measured(one.progress.value, one.goal) or "?",
            measured(one.goal.target, one.goal) or "?",
            day(one.goal.due_on) or "?",
            label(one.progress.standing),
        ]
        for one in goals
    ]
    if owners:
        heads.insert(1, _("Owner"))
        for row, one in zip(rows, goals, strict=True):
            row.insert(1, one.goal.owner or "?")
    if letters:
        heads.append("SMART")
        for row, one in zip(rows, goals, strict=True):
            row.append(" ".join(_letter(letter) for letter in one.letters))
    numbers = frozenset({2, 3}) if owners else frozenset({1, 2})
    table = Table(tuple(heads), tuple(tuple(row) for row in rows), numbers)
    return Section(_("Goals"), table=table, picture=_goal_picture(goals) if drawn else None)


def _letter(judged: Judgement) -> str:
    return f"{judged.letter}{SIGNS[judged.verdict]}"


def _goal_picture(goals: Sequence[GoalReport]) -> Picture | None:
    bars = tuple(
        GoalBar(
            one.goal.statement,
            one.progress.share_done,
            one.progress.share_due,
            one.progress.standing,
            label(one.progress.standing),
        )
        for one in goals
        if one.progress.share_done is not None
    )
    alt = _("Goals on their way to the target; the mark is what the line asks for by now.")
    return Picture(alt, goals=bars) if bars else None


def judged_section(goals: Sequence[GoalReport]) -> Section:
    """What is wrong with the letters, and what would mend it."""
    rows = tuple(
        (one.goal.statement, label(letter.letter), why(reason), why(mend))
        for one in goals
        for letter in one.letters
        for reason, mend in zip(letter.reasons, letter.mends, strict=False)
    )
    heads = (_("Goal"), _("Letter"), _("What is the matter"), _("What would mend it"))
    return Section(_("What the five letters lack"), table=Table(heads, rows))


def actions_section(
    actions: Sequence[ActionRow], currency: str, *, drawn: bool = True, safe: bool = False
) -> Section:
    """Who does what by when, and for how much; a customer's copy knows no money and no result."""
    on = today()
    heads = [_("What"), _("Who"), _("Where"), _("Due"), _("Stands")]
    rows = [
        [one.title, one.owner or "?", one.place, day(one.due_on) or "?", label(one.lane(on))]
        for one in actions
    ]
    if not safe:
        heads += [_("Budget"), _("Spent")]
        for row, one in zip(rows, actions, strict=True):
            row += [money(one.budget, currency), money(one.spent, currency)]
    table = Table(tuple(heads), tuple(tuple(row) for row in rows), frozenset({5, 6}))
    return Section(_("Actions"), table=table, picture=_time_picture(actions) if drawn else None)


def _time_picture(actions: Sequence[ActionRow]) -> Picture | None:
    on = today()
    bars = []
    for one in actions:
        end = one.due_on or one.done_on
        if end is not None:
            lane = one.lane(on)
            start = min(one.starts_on or end, end)
            bars.append(TimeBar(one.title, start, end, lane.value, label(lane)))
    bars.sort(key=lambda bar: (bar.start, bar.end))
    alt = _("Actions on a line of time; the broken line is today.")
    return Picture(alt, times=tuple(bars), today=on) if bars else None
