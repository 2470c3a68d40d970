"""How plans of an industry and a size begin: goals, actions and insights that others found good.

A template names no account and nobody. Days count from the start of the plan's period, so
that it fits any year; a goal's figures are left for the account's own records to give.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from app.accounts.rules import SizeClass
from app.plans.insights import InsightKind
from app.plans.rules import Metric, Stance
from app.vocabulary import N_


@dataclass(frozen=True, slots=True)
class GoalSketch:
    """A goal without its figures; days from the period's start, None: its own ends."""

    statement: str
    metric: str | None = None
    unit: str = ""
    start_day: int | None = None
    due_day: int | None = None


@dataclass(frozen=True, slots=True)
class ActionSketch:
    """An action; ``goal`` is the place of the goal it serves."""

    title: str
    how: str = ""
    due_day: int | None = None
    goal: int | None = None


@dataclass(frozen=True, slots=True)
class InsightSketch:
    """Something worth looking at in every account of the kind."""

    kind: str
    facet: str
    words: str


@dataclass(frozen=True, slots=True)
class Template:
    """A template; ``key`` is its id, or a word for one that comes with the product."""

    key: str
    name: str
    industry: str = ""
    size_class: str | None = None
    stance: str | None = None
    goals: tuple[GoalSketch, ...] = ()
    actions: tuple[ActionSketch, ...] = ()
    insights: tuple[InsightSketch, ...] = ()

    @property
    def is_built_in(self) -> bool:
        """Whether it comes with the product."""
        return not self.key.isdecimal()

    @property
    def content(self) -> dict[str, Any]:
        """What is kept of it as JSON."""
        return {
            "goals": [asdict(one) for one in self.goals],
            "actions": [asdict(one) for one in self.actions],
            "insights": [asdict(one) for one in self.insights],
        }


def sketches(
    content: dict[str, Any],
) -> tuple[tuple[GoalSketch, ...], tuple[ActionSketch, ...], tuple[InsightSketch, ...]]:
    """The goals, actions and insights as kept.

    >>> sketches(BUILT_IN[0].content)[0] == BUILT_IN[0].goals
    True
    """
    return (
        tuple(GoalSketch(**one) for one in content.get("goals", ())),
        tuple(ActionSketch(**one) for one in content.get("actions", ())),
        tuple(InsightSketch(**one) for one in content.get("insights", ())),
    )


GROWTH = GoalSketch(N_("Sell a tenth more than last year"), Metric.SALES, "", 0, None)
COVERED = GoalSketch(N_("Keep in touch with everybody who decides or blocks"), Metric.COVERAGE)
VISITED = GoalSketch(N_("Visit those who decide every month"), Metric.VISITS)
MARGIN = GoalSketch(N_("Hold the gross margin"), Metric.MARGIN)
SHARE = GoalSketch(N_("Win a larger share of what they spend"), Metric.SHARE, "%")
REVIEW = ActionSketch(N_("Hold a business review with their management"), "", 80, 0)
EXECUTIVES = ActionSketch(N_("Bring our executive to theirs"), "", 60, 1)

BUILT_IN = (
    Template(
        "hospital",
        N_("Hospital: by wards and tenders"),
        "医院",
        None,
        Stance.RAISE_SLOWLY,
        (GROWTH, SHARE, VISITED),
        (
            ActionSketch(N_("Walk the wards with the head nurses"), "", 30, 0),
            ActionSketch(N_("Learn the tender calendar and who writes the criteria"), "", 45, 1),
            REVIEW,
            EXECUTIVES,
        ),
        (
            InsightSketch(InsightKind.DRIVER, "inside", N_("Bed turnover")),
            InsightSketch(InsightKind.DRIVER, "outside", N_("How treatment is paid for")),
            InsightSketch(InsightKind.DRIVER, "inside", N_("Nurses on each shift")),
            InsightSketch(InsightKind.DRIVER, "outside", N_("Rank among the region’s hospitals")),
            InsightSketch(InsightKind.DRIVER, "inside", N_("Equipment that works")),
        ),
    ),
    Template(
        "chain",
        N_("Pharmacy chain: by shelf and turnover"),
        "连锁",
        None,
        Stance.BUILD_FAST,
        (GROWTH, MARGIN, COVERED),
        (
            ActionSketch(N_("Agree the year’s promotions with purchasing"), "", 40, 0),
            ActionSketch(N_("Train the shop managers"), "", 90, 0),
            REVIEW,
        ),
        (
            InsightSketch(InsightKind.DRIVER, "inside", N_("Sales for each metre of shelf")),
            InsightSketch(InsightKind.DRIVER, "inside", N_("Shops opened and closed")),
            InsightSketch(InsightKind.DRIVER, "outside", N_("Prescriptions that leave hospitals")),
            InsightSketch(InsightKind.DRIVER, "outside", N_("Online competitors")),
            InsightSketch(InsightKind.DRIVER, "inside", N_("Days of stock")),
        ),
    ),
    Template(
        "trade",
        N_("Distributor: by reach and credit"),
        "流通",
        None,
        Stance.GUARD_PROFIT,
        (GROWTH, MARGIN, COVERED),
        (
            ActionSketch(N_("Go through stock and credit together"), "", 30, 1),
            ActionSketch(N_("Map which counties they reach, and which nobody does"), "", 60, 0),
            REVIEW,
        ),
        (
            InsightSketch(InsightKind.DRIVER, "inside", N_("Reach into counties")),
            InsightSketch(InsightKind.DRIVER, "inside", N_("Days until they are paid")),
            InsightSketch(InsightKind.DRIVER, "outside", N_("Volume tenders")),
            InsightSketch(InsightKind.DRIVER, "inside", N_("Brands they hold")),
            InsightSketch(InsightKind.DRIVER, "outside", N_("What delivery costs")),
        ),
    ),
    Template(
        "watch",
        N_("Small account: hold it with little effort"),
        "",
        SizeClass.C,
        Stance.HOLD,
        (MARGIN, COVERED),
        (ActionSketch(N_("Call once a month, visit once a quarter"), "", 30, 1),),
    ),
)
"""What comes with the product; house convention."""


def fitting(templates: Iterable[Template], industry: str, size_class: str | None) -> list[Template]:
    """The templates, those of the account's industry and size first; none is left out."""
    return sorted(templates, key=lambda one: -_fit(one, industry, size_class))


def _fit(template: Template, industry: str, size_class: str | None) -> int:
    same_trade = bool(template.industry) and template.industry.casefold() in industry.casefold()
    same_size = template.size_class is not None and template.size_class == size_class
    return 2 * same_trade + same_size


def day_of(start: date, number: int | None, otherwise: date) -> date:
    """The day that a sketch means in a period, no later than its end.

    >>> day_of(date(2026, 1, 1), 30, date(2026, 12, 31))
    datetime.date(2026, 1, 31)
    """
    return otherwise if number is None else min(start + timedelta(days=number), otherwise)


def sketched(
    goals: Sequence[tuple[int, GoalSketch]],
    actions: Sequence[tuple[int | None, ActionSketch]],
    insights: Iterable[InsightSketch],
) -> dict[str, Any]:
    """The content of a template from a plan's own rows; actions find their goal by its place."""
    at = {goal_id: place for place, (goal_id, _sketch) in enumerate(goals)}
    served = tuple(
        ActionSketch(one.title, one.how, one.due_day, at.get(goal_id) if goal_id else None)
        for goal_id, one in actions
    )
    listed = tuple(sketch for _goal_id, sketch in goals)
    return Template("", "", goals=listed, actions=served, insights=tuple(insights)).content
