"""What a person may type of a strategy: how features rank and score, the position to own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional

from app.catalogue import gettext
from app.forms import Form, long_text, text
from app.plans.position import MOST_FEATURES, Feature, Ranks, Scores
from app.stakeholders.rules import Role


class PositionForm(Form):
    """The position to own, in one sentence."""

    position = long_text(_l("The position to own, in one sentence"), most=300)


class MarksForm(Form):
    """Places by role and scores by supplier; made by :func:`marks_form`."""

    features: Sequence[Feature]
    suppliers: Sequence[tuple[int | None, str]]

    def ranks(self) -> dict[Role, dict[str, int]]:
        """The places that were given."""
        return {role: self._given(f"place_{role}") for role in Role}

    def scores(self) -> dict[int | None, dict[str, int]]:
        """The scores that were given."""
        return {who: self._given(f"score_{who or 0}") for who, _name in self.suppliers}

    def _given(self, prefix: str) -> dict[str, int]:
        cells = {one.key: self[f"{prefix}_{place}"].data for place, one in enumerate(self.features)}
        return {key: value for key, value in cells.items() if value is not None}


def marks_form(
    listed: Sequence[Feature], named: Sequence[tuple[int | None, str]], **more: Any
) -> MarksForm:
    """A form with a cell for each feature and role, and each feature and supplier."""

    class OwnForm(MarksForm):
        features, suppliers = listed, named

    for place, feature in enumerate(listed):
        said = gettext(feature.label)
        for role in Role:
            words = _l("Place of %(feature)s for %(who)s", feature=said, who=gettext(role.label))
            setattr(OwnForm, f"place_{role}_{place}", _cell(words, len(listed), least=1))
        for who, name in named:
            words = _l("Score of %(feature)s for %(who)s", feature=said, who=name)
            setattr(OwnForm, f"score_{who or 0}_{place}", _cell(words, 10, least=0))
    return OwnForm(**more)


def _cell(words: Any, most: int, *, least: int) -> IntegerField:
    return IntegerField(words, [Optional(), NumberRange(least, most)])


def marks_data(listed: Sequence[Feature], ranks: Ranks, scores: Scores) -> dict[str, int]:
    """Ranks and scores as the form shows them."""
    at = {feature.key: place for place, feature in enumerate(listed)}
    filled = {
        f"place_{role}_{at[key]}": place
        for role, placed in ranks.items()
        for key, place in placed.items()
        if key in at
    }
    return filled | {
        f"score_{who or 0}_{at[key]}": score
        for who, given in scores.items()
        for key, score in given.items()
        if key in at
    }


class FeaturesForm(Form):
    """The company's list of features."""

    def listed(self, before: Sequence[Feature]) -> tuple[Feature, ...]:
        """What was typed; a feature that is renamed stays the same feature."""
        typed = (self._feature(place, before) for place in range(MOST_FEATURES))
        return tuple(one for one in typed if one is not None)

    def _feature(self, place: int, before: Sequence[Feature]) -> Feature | None:
        label = self[f"label_{place}"].data
        if not label:
            return None
        if place >= len(before):
            return Feature(label[:40], label)
        old = before[place]
        return old if label == gettext(old.label) else Feature(old.key, label)


for _place in range(MOST_FEATURES):
    setattr(FeaturesForm, f"label_{_place}", text(_l("Feature %(n)s", n=_place + 1), most=40))


def features_data(features: Sequence[Feature]) -> dict[str, str]:
    """The features as the form shows them, in the person's language."""
    return {f"label_{place}": gettext(one.label) for place, one in enumerate(features)}
