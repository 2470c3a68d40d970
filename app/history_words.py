"""Changes of every feature in words: what was changed, which of its fields, from what to what.

This knows all features' vocabularies, as the shell knows all their pages; templates use
its filters.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Date, DateTime, Numeric
from sqlalchemy.types import TypeDecorator

from app.accounts import rules as accounts
from app.accounts.history_queries import ChangeRow, Names, target_of
from app.accounts.importance import DEFAULT_SCALE
from app.alerts import rules as alerts
from app.catalogue import gettext
from app.db import Base
from app.history_labels import COLUMNS, ENTITIES
from app.pipeline.losing import Factor
from app.pipeline.noting import Favours, NoteKind, Position
from app.pipeline.rules import Outcome, Stage
from app.pipeline.stage_rules import Subject
from app.plans.action_rules import ActionKind, Repeat
from app.plans.control import Watched
from app.plans.insights import Direction, InsightKind
from app.plans.review_rules import ReviewStatus
from app.plans.rules import Metric, Phase, PlanStatus, Stance
from app.records.communication import CommunicationKind
from app.records.contracts import Part, Point
from app.records.feedback import Use, Voice
from app.records.service import CaseKind, Verdict
from app.records.special_cases import Course, SpecialKind
from app.records.special_cases import Measure as CaseMeasures
from app.records.support import ExpenseKind, LoanKind
from app.stakeholders import rules as people
from app.users.rules import Level, Theme, UserRole
from app.visits.rules import Channel, Commitment, Went
from app.vocabulary import Degree, Term
from app.web import _, comma, day, label, moment, number, percent

TERMS: dict[tuple[str, str], type[Term | Degree]] = {
    ("lesson", "factor"): Factor,
    ("account", "kind"): accounts.AccountKind,
    ("alert", "kind"): alerts.Kind,
    ("alert", "level"): alerts.Level,
    ("alert", "event"): alerts.Event,
    ("alert", "verdict"): alerts.Verdict,
    ("account", "segment"): accounts.Segment,
    ("account", "chain_position"): accounts.ChainPosition,
    ("account", "buyer_kind"): accounts.BuyerKind,
    ("account", "ownership"): accounts.Ownership,
    ("account", "loyalty"): accounts.Loyalty,
    ("account", "relationship_stage"): accounts.RelationshipStage,
    ("appraisal", "aspect"): accounts.Aspect,
    ("appraisal", "judgement"): accounts.Judgement,
    ("key_test_answer", "test"): accounts.KeyTest,
    ("membership", "level"): Level,
    ("user", "role"): UserRole,
    ("user", "theme"): Theme,
    ("role_holding", "role"): people.Role,
    ("tie", "kind"): people.TieKind,
    ("coverage", "wanted_depth"): people.Depth,
    ("stakeholder", "style"): people.DecisionStyle,
    ("stakeholder", "approach"): people.Approach,
    ("rescue", "phase"): people.ContractPhase,
    ("rescue", "source"): people.HelpSource,
    ("opportunity", "stage"): Stage,
    ("opportunity", "outcome"): Outcome,
    ("opportunity", "buyer_stage"): Stage,
    ("approval", "subject"): Subject,
    ("checklist_tick", "stage"): Stage,
    ("contender", "position"): Position,
    ("deal_criterion", "favours"): Favours,
    ("deal_note", "kind"): NoteKind,
    ("loss_factor", "factor"): Factor,
    ("account_plan", "status"): PlanStatus,
    ("account_plan", "stance"): Stance,
    ("phase_text", "phase"): Phase,
    ("plan_answer", "phase"): Phase,
    ("plan_template", "stance"): Stance,
    ("insight", "kind"): InsightKind,
    ("insight", "direction"): Direction,
    ("goal", "metric"): Metric,
    ("action", "kind"): ActionKind,
    ("action", "contract_phase"): people.ContractPhase,
    ("action", "repeats"): Repeat,
    ("contract_part", "part"): Part,
    ("contract_part", "points"): Point,
    ("service_case", "kind"): CaseKind,
    ("service_case", "verdict"): Verdict,
    ("expense", "kind"): ExpenseKind,
    ("loan", "kind"): LoanKind,
    ("communication", "kind"): CommunicationKind,
    ("feedback", "voice"): Voice,
    ("feedback", "use"): Use,
    ("plan_review", "status"): ReviewStatus,
    ("watch", "measure"): Watched,
    ("visit", "channel"): Channel,
    ("visit", "commitment"): Commitment,
    ("visit", "went"): Went,
    ("special_case", "kind"): SpecialKind,
    ("special_case", "course"): Course,
    ("case_measure", "measure"): CaseMeasures,
}
TITLED_BY = {
    "alert": "kind",
    "case_measure": "measure",
    "special_case": "kind",
    "contract_part": "part",
    "key_test_answer": "test",
    "appraisal": "aspect",
    "phase_text": "phase",
    "factor_score": "factor",
    "approval": "subject",
    "loss_factor": "factor",
    "watch": "measure",
}
FACTORS = {factor.key: factor.label for factor in DEFAULT_SCALE.factors}
SUBJECTS = ("stakeholder_id", "from_id", "to_id", "user_id", "product_id")
NAMELESS = {"membership", "coverage", "tie", "role_holding", "opportunity_line"}
SHARES = {("rival", "share"), ("opportunity", "probability"), ("opportunity", "price_gap")}
SAID_IF_NO = {"is_yes"}
UNSAID = {"account_id", "case_id", "archived_at", "session_token"}


def entity_word(entity: str) -> str:
    """What kind of thing was changed."""
    return gettext(ENTITIES.get(entity, entity.replace("_", " ").capitalize()))


def column_word(column: str, entity: str = "") -> str:
    """What a field is called, by a name of its own in one kind of thing or the general one."""
    general = COLUMNS.get(column, column.replace("_", " ").capitalize())
    return gettext(COLUMNS.get(f"{entity}.{column}", general))


def subject(row: ChangeRow, names: Names) -> str:
    """Which one it was: by its own name, or by the names of those it joins."""
    titled = TITLED_BY.get(row.entity)
    if titled is not None:
        return str(value_word(row.entity, titled, row.title, names))
    if row.entity == "setting":
        return column_word(row.title)
    if row.entity not in NAMELESS:
        return row.title
    known = {**row.born, **{name: pair[1] for name, pair in row.columns.items()}}
    said = [value_word(row.entity, name, known[name], names) for name in SUBJECTS if name in known]
    return " – ".join(word for word in said if word)


def differences(row: ChangeRow, names: Names) -> list[tuple[str, str, str]]:
    """(field, old, new) in words, for every field worth saying."""
    if row.entity == "setting":
        return []
    own = subject(row, names)
    said = [
        (
            column_word(column, row.entity),
            value_word(row.entity, column, old, names),
            value_word(row.entity, column, new, names),
        )
        for column, (old, new) in row.columns.items()
        if column not in UNSAID and not (row.act == "created" and _goes_without_saying(column, new))
    ]
    return [line for line in said if line[1] != line[2] and line[2] != own]


def _goes_without_saying(column: str, value: Any) -> bool:
    """Whether a new row's field is as it is when nobody says anything."""
    return value is False and column not in SAID_IF_NO


def value_word(entity: str, column: str, value: Any, names: Names) -> str:
    """A value as people read it; empty for none."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    target = target_of(entity, column)
    if target is not None:
        return names.get((target, value)) or _("no longer there")
    kind = TERMS.get((entity, column))
    if kind is not None:
        return _term(kind, value)
    if (entity, column) == ("factor_score", "factor"):
        return gettext(FACTORS.get(value, value))
    return _plain(entity, column, value)


def _term(kind: type[Term | Degree], value: Any) -> str:
    try:
        return label(kind(int(value)) if issubclass(kind, Degree) else kind(value))
    except ValueError:
        return _several(kind, str(value))


def _several(kind: type[Term | Degree], text: str) -> str:
    """A list of members as it was kept; whatever is none of them stays as it is."""
    members = {str(member.value): member for member in kind}
    words = re.findall(r"\w+", text)
    return (
        comma().join(label(members[one]) for one in words) if members.keys() >= {*words} else text
    )


def _plain(entity: str, column: str, value: Any) -> str:
    """A value by the type of its column."""
    known = Base.metadata.tables.get(entity)
    if known is None or column not in known.c:
        return str(value)
    kind = known.c[column].type
    match kind.impl if isinstance(kind, TypeDecorator) else kind:
        case DateTime():
            return moment(datetime.fromisoformat(str(value)))
        case Date():
            return day(date.fromisoformat(str(value)))
        case Numeric() if (entity, column) in SHARES:
            return percent(Decimal(str(value)), 1)
        case Numeric():
            return number(Decimal(str(value)), 2)
    return str(value)
