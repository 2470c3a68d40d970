"""Where we and our rivals stand from the customer's view, feature by feature [001].

Features are ranked by each kind of stakeholder; how well each supplier does is scored as the
customer sees it. From both come gaps, openings, and what is ours to own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.stakeholders.rules import Role
from app.vocabulary import N_, Reason, Term, because

FEATURES = "plan_features"
MOST_FEATURES = 16
US = None
"""The id of ourselves among suppliers; rivals go by theirs."""

HEAVY = 0.5
"""A feature in the upper half of the rankings matters; house convention."""
LEAD = 2
"""Points of ten that make a difference one can see; house convention."""
WEAK = 5
"""A feature at which nobody gets more than half the points is open; house convention."""


@dataclass(frozen=True, slots=True)
class Feature:
    """Something an account may want of a supplier; the key stays when the label changes."""

    key: str
    label: str


DEFAULT_FEATURES = (
    Feature("efficacy", N_("Efficacy")),
    Feature("safety", N_("Safety")),
    Feature("position", N_("Standing in the market")),
    Feature("experience", N_("Experience")),
    Feature("relation", N_("Relation")),
    Feature("trust", N_("Trust")),
    Feature("price", N_("Price")),
    Feature("side_effects", N_("Side effects")),
    Feature("brand", N_("Brand")),
    Feature("service", N_("Service")),
)
"""The course's ranking exercise [001]."""


def features_from(text: str | None) -> tuple[Feature, ...]:
    """The company's features as kept; the course's when none are.

    >>> features_from(features_text(DEFAULT_FEATURES)) == DEFAULT_FEATURES
    True
    """
    if text is None:
        return DEFAULT_FEATURES
    return tuple(Feature(key, label) for key, label in json.loads(text))


def features_text(features: Iterable[Feature]) -> str:
    """The features as they are kept."""
    return json.dumps([(one.key, one.label) for one in features], ensure_ascii=False)


Ranks = Mapping[Role, Mapping[str, int]]
Scores = Mapping[int | None, Mapping[str, int]]


def weights(features: Sequence[Feature], ranks: Ranks) -> dict[str, float]:
    """How much each feature matters, 0…1: the mean over the roles that gave a ranking.

    The first of n counts 1, the last 1/n; those that a role left out share the places it left,
    and count the mean of those (as ties do in ranks). A feature no role ranks is left out.

    >>> two = (Feature("trust", "Trust"), Feature("price", "Price"))
    >>> weights(two, {Role.DECIDER: {"trust": 1, "price": 2}})
    {'trust': 1.0, 'price': 0.5}
    """
    rankings = [placed for placed in ranks.values() if placed]
    return {
        feature.key: sum(_weight(feature, placed, len(features)) for placed in rankings)
        / len(rankings)
        for feature in features
        if any(feature.key in placed for placed in rankings)
    }


def _weight(feature: Feature, placed: Mapping[str, int], count: int) -> float:
    place = placed.get(feature.key)
    if place is not None:
        return (count - place + 1) / count
    return (count - len(placed) + 1) / (2 * count)


class Spot(Term):
    """What a feature is for us."""

    OWN = "own", N_("Ours to own")
    GAP = "gap", N_("Gap")
    OPENING = "opening", N_("Opening")


@dataclass(frozen=True, slots=True)
class Finding:
    """A feature that matters and what it is for us, with the reason."""

    feature: Feature
    spot: Spot
    reason: Reason
    weight: float


def findings(
    features: Sequence[Feature], ranks: Ranks, scores: Scores, names: Mapping[int, str]
) -> list[Finding]:
    """Gaps, openings and what is ours, of the features that matter, heaviest first.

    Ours to own: we lead the best rival by two points. A gap: a rival leads us by two. An
    opening: nobody scored gets more than five. What nobody scored is not judged.
    """
    heavy = weights(features, ranks)
    found = [
        one
        for feature in features
        if heavy.get(feature.key, 0.0) >= HEAVY
        and (one := _finding(feature, heavy[feature.key], scores, names))
    ]
    return sorted(found, key=lambda one: -one.weight)


def _finding(
    feature: Feature, weight: float, scores: Scores, names: Mapping[int, str]
) -> Finding | None:
    own = scores.get(US, {}).get(feature.key)
    theirs = {
        who: given[feature.key]
        for who, given in scores.items()
        if who is not None and feature.key in given
    }
    best = max(theirs, key=lambda who: theirs[who], default=None)
    if best is not None and own is not None and theirs[best] - own >= LEAD:
        reason = because(
            N_("%(rival)s leads us by %(points)d."),
            rival=names.get(best, ""),
            points=theirs[best] - own,
        )
        return Finding(feature, Spot.GAP, reason, weight)
    known = [*theirs.values(), *([own] if own is not None else [])]
    if known and max(known) <= WEAK:
        reason = because(N_("Nobody gets more than %(points)d of ten."), points=max(known))
        return Finding(feature, Spot.OPENING, reason, weight)
    if best is not None and own is not None and own - theirs[best] >= LEAD:
        reason = because(N_("We lead the best of them by %(points)d."), points=own - theirs[best])
        return Finding(feature, Spot.OWN, reason, weight)
    return None


def problems_ranking(places: Sequence[int], count: int) -> list[Reason]:
    """Why a ranking cannot be kept: places run from 1 to the number of features, each once.

    >>> problems_ranking([1, 2, 3], 10), [str(one) for one in problems_ranking([1, 1], 10)]
    ([], ['The same place is given twice.'])
    """
    if any(not 1 <= place <= count for place in places):
        return [because(N_("Places run from 1 to %(count)d."), count=count)]
    if len(set(places)) < len(places):
        return [because(N_("The same place is given twice."))]
    return []


WIDTH, HEIGHT, MARGIN = 640, 240, 12


@dataclass(frozen=True, slots=True)
class CanvasLine:
    """A supplier's line over the features: points of a polyline and of its dots.

    ``tint`` chooses its colour and dashes: 0 is ours, rivals take 1 to 4 in turn.
    """

    who: int | None
    tint: int
    points: str
    dots: tuple[tuple[float, float], ...]


def canvas_order(features: Sequence[Feature], ranks: Ranks, scores: Scores) -> list[Feature]:
    """The features that are ranked or scored, heaviest first."""
    heavy = weights(features, ranks)
    scored = {key for given in scores.values() for key in given}
    shown = [one for one in features if one.key in heavy or one.key in scored]
    return sorted(shown, key=lambda one: -heavy.get(one.key, 0.0))


def canvas(ordered: Sequence[Feature], scores: Scores) -> list[CanvasLine]:
    """A line for each supplier, from the feature that matters most to the one that does least.

    A feature without a score has no dot, and the line goes on past it.
    """
    step = WIDTH / max(len(ordered), 1)
    found = []
    for number, (who, given) in enumerate(scores.items()):
        tint = 0 if who is US else 1 + (number - 1) % 4
        dots = tuple(
            (round((place + 0.5) * step, 1), _height(given[feature.key]))
            for place, feature in enumerate(ordered)
            if feature.key in given
        )
        found.append(CanvasLine(who, tint, " ".join(f"{x},{y}" for x, y in dots), dots))
    return found


def _height(score: int) -> float:
    return round(HEIGHT - MARGIN - score / 10 * (HEIGHT - 2 * MARGIN), 1)
