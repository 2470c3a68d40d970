"""What we and the buyer's people say of each factor is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.pipeline.losing import Factor
from app.retrospectives.changes import touch
from app.retrospectives.models import RetroInterview, Retrospective, RetroView


def say(
    session: Session,
    retro: Retrospective,
    said: Mapping[Factor, bool | None],
    *,
    at: datetime,
    user_id: int | None = None,
    interview_id: int | None = None,
) -> None:
    """Put what one voice says of the factors in place of what it said before."""
    touch(retro, at)
    voice = {"retrospective_id": retro.id, "user_id": user_id, "interview_id": interview_id}
    own = (getattr(RetroView, name).is_not_distinct_from(value) for name, value in voice.items())
    session.execute(delete(RetroView).where(*own))
    session.add_all(
        RetroView(**voice, factor=factor, counted=counted)
        for factor, counted in said.items()
        if counted is not None
    )


def keep_interview(
    session: Session,
    retro: Retrospective,
    interview: RetroInterview,
    said: Mapping[Factor, bool | None],
    at: datetime,
) -> None:
    """Keep an interview that was consented to, with what was said of each factor."""
    session.add(interview)
    session.flush()
    say(session, retro, said, at=at, interview_id=interview.id)


def drop_interview(
    session: Session, retro: Retrospective, interview: RetroInterview, at: datetime
) -> None:
    """Take an interview away, with all that was said in it: consent was withdrawn."""
    touch(retro, at)
    session.execute(delete(RetroView).where(RetroView.interview_id == interview.id))
    session.delete(interview)
