"""What is printed round a map that is drawn as a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.stakeholders.rules import Role


@dataclass(frozen=True, slots=True)
class MapWords:
    """What is printed round the map, in the reader's language; ``signs`` says what is on cards."""

    title: str
    subtitle: str
    roles: Mapping[Role, str]
    ties: Mapping[str, str]
    shows_judgement: bool
    signs: str = ""
    comma: str = ", "
