"""Stage histories: every move of a deal that another program kept, put in its place in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import select

from app.exchange.base import Importer, Row, differences
from app.exchange.deal_past import Standing
from app.exchange.known import Names, known_users
from app.exchange.meanings import Meanings
from app.exchange.report import Refused, RowState
from app.pipeline.models import Opportunity, StageMove
from app.pipeline.rules import LIVE, Outcome
from app.pipeline.spans import renew
from app.vocabulary import N_, because

UNKNOWN_DEAL = N_("There is no deal “%(name)s” that you may change. Import the deals first.")
UNKNOWN_MOVER = N_("“%(name)s” is none of our people: nobody is named for the move.")
STANDING = ("stage", "outcome", "stage_since", "opened_on", "closed_on", "delivered_on")
CHAINED = ("from_stage", "days")
MOVED = ("opportunity_id", "on", "to_stage", "outcome", *CHAINED)
CHUNK = 500


class MoveImport(Importer):
    """Moves of deals that are known. A move that is there already is the same move; after the
    file is read each deal's moves are one chain again, and the deal stands where it ends."""

    name_fields = ("deal",)

    def prepare(self) -> None:
        """Load the deals that rows may be of, and the people who may have moved them."""
        self.users = known_users(self.session)
        self.meanings = Meanings(self.choices, self.report, self.writer, Names())
        self.accounts = self.touchable_accounts()
        self.deals: dict[int | None, Names] = defaultdict(Names)
        self.kept: dict[int, Row] = {}
        columns = ("account_id", "external_id", "name", *STANDING)
        query = select(Opportunity.id, *(getattr(Opportunity, name) for name in columns))
        for row in self.session.execute(query.where(Opportunity.archived_at.is_(None))):
            kept = dict(zip(columns, row[1:], strict=True))
            if self.choices.editable is None or kept["account_id"] in self.choices.editable:
                self.kept[row[0]] = kept
                for scope in (kept["account_id"], None):
                    self.deals[scope].add(row[0], kept["external_id"], kept["name"])
        self.known: dict[int, list[Row]] = defaultdict(list)
        self.new: dict[int, list[Row]] = defaultdict(list)
        self._load_moves()

    def _load_moves(self) -> None:
        query = select(StageMove.id, *(getattr(StageMove, name) for name in MOVED))
        for row in self.session.execute(query.order_by(StageMove.on, StageMove.id)):
            kept = {"id": row[0], **dict(zip(MOVED, row[1:], strict=True))}
            self.known[kept["opportunity_id"]].append(kept)

    def take(self, number: int, values: Row) -> RowState:
        """Queue a move unless it is there already."""
        deal_id = self._deal(values)
        on = values.get("date")
        if on is None:
            raise Refused(because(N_("The row has no day.")))
        if on > self.choices.on:
            raise Refused(because(N_("%(day)s has not come yet."), day=on))
        stage, outcome = self.meanings.standing(values)
        self.once(number, (deal_id, on, stage, outcome))
        if any(_is_same(one, on, (stage, outcome)) for one in self.known[deal_id]):
            return RowState.SAME
        said = {name: values.get(name) or "" for name in ("evidence", "reason")}
        self.new[deal_id].append({
            "account_id": self.kept[deal_id]["account_id"], "opportunity_id": deal_id, "on": on,
            "to_stage": stage, "outcome": outcome, "user_id": self._mover(number, values), **said,
        })  # fmt: skip
        return RowState.NEW

    def _deal(self, values: Row) -> int:
        word = values.get("deal")
        if not word:
            raise Refused(because(N_("The row names no deal.")))
        scope = self.account_of(self.accounts, values) if values.get("account") else None
        found = self.deals[scope or self.choices.account_id].find(word)
        if found is None:
            raise Refused(self.deals[scope].missing(word, UNKNOWN_DEAL))
        return found

    def _mover(self, number: int, values: Row) -> int | None:
        word = values.get("owner")
        found = self.users.find(word.lower() if "@" in word else word) if word else None
        if word and found is None:
            self.report.warn(number, word, self.users.missing(word, UNKNOWN_MOVER))
        return found

    def send(self) -> None:
        """Nothing goes out before the whole file is read: a deal's moves may lie anywhere in it."""
        self.queued = 0

    def finish(self) -> None:
        """Chain each deal's moves anew, and let the deal stand where its chain ends."""
        ids = sorted(self.new)
        for start in range(0, len(ids), CHUNK):
            for deal_id in ids[start : start + CHUNK]:
                self._rechain(deal_id)
            self.writer.flush()
        if not self.writer.is_dry:
            renew(self.session.connection(), ids)

    def _rechain(self, deal_id: int) -> None:
        moves = sorted([*self.known[deal_id], *self.new[deal_id]], key=_place)
        chain(moves)
        for one in self.known[deal_id]:
            new = differences(one["was"], {name: one[name] for name in CHAINED})
            if new:
                self.writer.change(StageMove, one["id"], one["was"], new)
        at = {"at": self.choices.at}
        self.writer.add(StageMove, [{**one, **at} for one in self.new[deal_id]])
        kept = self.kept[deal_id]
        stands = differences(kept, standing_after(moves))
        if stands:
            self.writer.change(Opportunity, deal_id, kept, stands)


def _is_same(kept: Row, on: date, standing: Standing) -> bool:
    return (kept["on"], kept["to_stage"], kept["outcome"]) == (on, *standing)


def _place(move: Row) -> tuple[date, bool, int]:
    """By day; on one day the opening first, what ends the deal last."""
    is_opening = "id" in move and move["from_stage"] is None
    return move["on"], move["outcome"] not in LIVE, 0 if is_opening else 1


def chain(moves: Iterable[Row]) -> None:
    """Give each move where it came from and after how many days; ``was`` keeps what was told."""
    before: Row | None = None
    since: date | None = None
    for move in moves:
        move_was = {name: move.get(name) for name in CHAINED}
        move["from_stage"] = before["to_stage"] if before else None
        move["days"] = (move["on"] - since).days if since else None
        if "id" in move:
            move["was"] = move_was
        before = move
        if move["outcome"] in LIVE or since is None:
            since = move["on"]


def standing_after(moves: list[Row]) -> Row:
    """Where a deal stands after all its moves, in the deal's own columns."""
    last, first = moves[-1], moves[0]
    live = [one for one in moves if one["outcome"] in LIVE]
    decided: date | None = None
    for one in moves:
        is_open = one["outcome"] == Outcome.OPEN
        decided = None if is_open else decided or one["on"]
    values: dict[str, Any] = {
        "stage": last["to_stage"],
        "outcome": last["outcome"],
        "stage_since": live[-1]["on"] if live else last["on"],
        "opened_on": first["on"],
        "closed_on": decided,
        "delivered_on": last["on"] if last["outcome"] == Outcome.CLOSED else None,
    }
    return values
