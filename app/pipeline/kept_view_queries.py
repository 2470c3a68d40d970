"""What is asked of the database about kept views."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from app.pipeline.deal_models import SavedView
from app.pipeline.kept_views import ADDRESSES, ViewPage
from app.users.models import User


@dataclass(frozen=True, slots=True)
class ViewRow:
    """A kept view as it is offered."""

    id: int
    page: ViewPage
    name: str
    query: str
    owner: str
    is_mine: bool
    is_shared: bool
    is_default: bool

    @property
    def url(self) -> str:
        """Where it leads."""
        return f"{ADDRESSES[self.page]}?{self.query}&view={self.id}"


def views_for(session: Session, user_id: int, page: ViewPage | None = None) -> list[ViewRow]:
    """The views a person may use: their own first, then those that others share."""
    query = (
        select(SavedView, User.name.label("owner"))
        .join(User, User.id == SavedView.user_id)
        .where(or_(SavedView.user_id == user_id, SavedView.is_shared))
    )
    if page is not None:
        query = query.where(SavedView.page == page)
    rows = session.execute(query.order_by(SavedView.user_id != user_id, SavedView.name))
    return [
        ViewRow(
            view.id,
            ViewPage(view.page),
            view.name,
            view.query,
            owner,
            view.user_id == user_id,
            view.is_shared,
            view.is_default and view.user_id == user_id,
        )
        for view, owner in rows
    ]


def find_view(session: Session, user_id: int, view_id: int) -> SavedView | None:
    """A view, if the person's own."""
    found = session.get(SavedView, view_id)
    return found if found is not None and found.user_id == user_id else None


def make_default(session: Session, user_id: int, page: str, view_id: int | None) -> None:
    """Let one view of a person open with its page, or none."""
    session.execute(
        update(SavedView)
        .where(SavedView.user_id == user_id, SavedView.page == page)
        .values(is_default=SavedView.id == (view_id or 0))
    )
