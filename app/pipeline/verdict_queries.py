"""The verdicts on each probability as they are kept."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.pipeline.forecast import Opinion
from app.pipeline.verdicts import VERDICTS, Verdict, verdicts_from
from app.users.queries import find_setting


def find_verdicts(session: Session) -> dict[Opinion, Verdict]:
    """The newest verdicts; none before the first."""
    return verdicts_from(find_setting(session, VERDICTS))
