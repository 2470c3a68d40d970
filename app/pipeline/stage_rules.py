"""What a company sets for its stages: names, milestones, norms, checklists, and what needs a yes.

Kept as JSON text under :data:`STAGE_RULES`; what is not set holds as [002] has it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

from app.pipeline.rules import GUIDES, Stage
from app.vocabulary import N_, Term

STAGE_RULES = "stage_rules"
MOST_ITEMS = 12


@dataclass(frozen=True, slots=True)
class Item:
    """A point of a checklist; ``key`` stays when its words change."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class StageRule:
    """What holds for one stage. Empty words mean the usual ones; without ``norm_days`` the
    norm is taken from the company's own history."""

    name: str = ""
    milestone: str = ""
    norm_days: int | None = None
    items: tuple[Item, ...] = ()


class Subject(Term):
    """What may need somebody's yes: the pre-sales project, and the contract [002]."""

    QUALIFICATION = "qualification", N_("Approval of the pre-sales project")
    SIGNATURE = "signature", N_("Approval of the contract")


@dataclass(frozen=True, slots=True)
class StageRules:
    """The rules of all stages, and which of the two approvals are wanted."""

    stages: Mapping[Stage, StageRule] = field(default_factory=dict)
    approvals: frozenset[Subject] = frozenset()

    def of(self, stage: Stage) -> StageRule:
        """A stage's rule, its checklist the usual one unless set."""
        return self.stages.get(stage) or StageRule(items=USUAL_ITEMS[stage])

    def milestone(self, stage: Stage) -> str:
        """What a stage is left by, as a message for the catalogues or the company's own words."""
        return self.of(stage).milestone or GUIDES[stage].milestone


def _items(*pairs: tuple[str, str]) -> tuple[Item, ...]:
    return tuple(Item(key, words) for key, words in pairs)


USUAL_ITEMS: dict[Stage, tuple[Item, ...]] = {
    Stage.PROSPECTING: _items(
        ("need", N_("The need is confirmed by somebody of theirs")),
        ("timetable", N_("We know their timetable")),
        ("budget", N_("We know the budget and who releases it")),
        ("decision", N_("We know how they decide, and on what")),
    ),
    Stage.QUALIFICATION: _items(
        ("roles", N_("Organisation and roles are on the map")),
        ("decider", N_("A way to the decider is known")),
        ("guide", N_("Somebody of theirs guides us")),
        ("go", N_("Go or no-go is decided")),
    ),
    Stage.PROPOSAL: _items(
        ("criteria", N_("We took part in shaping the criteria")),
        ("presented", N_("The solution was presented to the deciders")),
        ("support", N_("The decider’s view of us is known")),
        ("blocker", N_("Whoever opposes us is dealt with")),
    ),
    Stage.BIDDING: _items(
        ("scoring", N_("We know how bids are scored")),
        ("rivals", N_("We know who else bids, and at what price")),
        ("bid", N_("The bid is complete and checked by a second person")),
        ("handed_in", N_("The bid is handed in, or a negotiated offer made")),
    ),
    Stage.NEGOTIATION: _items(
        ("terms", N_("Price, payment and delivery are agreed")),
        ("reviewed", N_("The contract is reviewed on our side")),
        ("approved", N_("The contract is approved on their side")),
        ("signed", N_("The contract is signed")),
    ),
    Stage.DELIVERY: _items(
        ("plan", N_("The installation plan is agreed")),
        ("installed", N_("Installed and running")),
        ("trained", N_("Their people are trained")),
        ("accepted", N_("Acceptance is signed")),
    ),
}
"""What is done in each stage [002], as points to tick."""

SLOTS: dict[str, Subject] = {
    "qualification": Subject.QUALIFICATION,
    "negotiation": Subject.SIGNATURE,
}


def approval_for(start: Stage, wanted: Iterable[Subject]) -> Subject | None:
    """The approval that leaving a stage for a later one takes, if the company wants it.

    >>> approval_for(Stage.QUALIFICATION, [Subject.QUALIFICATION]).value
    'qualification'
    >>> approval_for(Stage.BIDDING, list(Subject)) is None
    True
    """
    found = SLOTS.get(start.value)
    return found if found in set(wanted) else None


def stage_rules_from(text: str | None) -> StageRules:
    """The rules as kept; the usual ones when none are.

    >>> stage_rules_from(None).of(Stage.BIDDING).items[0].key
    'scoring'
    """
    if text is None:
        return StageRules()
    kept = json.loads(text)
    stages = {Stage(name): _rule(**rule) for name, rule in kept["stages"].items()}
    return StageRules(stages, frozenset(Subject(one) for one in kept["approvals"]))


def _rule(
    name: str, milestone: str, norm_days: int | None, items: list[dict[str, str]]
) -> StageRule:
    return StageRule(name, milestone, norm_days, tuple(Item(**item) for item in items))


def stage_rules_text(rules: StageRules) -> str:
    """The rules as they are kept.

    >>> rules = StageRules({Stage.BIDDING: StageRule(name="Tender", norm_days=40)})
    >>> stage_rules_from(stage_rules_text(rules)) == rules
    True
    """
    stages = {stage.value: asdict(rule) for stage, rule in rules.stages.items()}
    approvals = sorted(rules.approvals)
    return json.dumps({"stages": stages, "approvals": approvals}, ensure_ascii=False)


def items_from(typed: str, before: Iterable[tuple[str, Item]]) -> tuple[Item, ...]:
    """A checklist from lines of text; ``before`` are the points as they were shown and as kept.

    A line that was there stays the same point. One whose words changed in its place keeps the
    key of that place, so that what was ticked stays ticked.

    >>> items_from("预算已知\\nRivals named", [("预算已知", Item("budget", "Budget known"))])
    (Item(key='budget', words='Budget known'), Item(key='Rivals named', words='Rivals named'))
    """
    lines = list(dict.fromkeys(line.strip() for line in typed.splitlines() if line.strip()))
    shown = dict(before)
    places = [item if words not in lines else None for words, item in shown.items()]
    found: list[Item] = []
    for place, line in enumerate(lines[:MOST_ITEMS]):
        old = places[place] if place < len(places) else None
        found.append(shown.get(line) or Item(old.key if old else line, line))
    return tuple(found)
