"""import: files of rows into the workspace, looked through first, undone as one."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from app.accounts.rules import Segment
from app.commands.common import Failure, as_json, columns, open_session
from app.commands.import_options import OPTIONS
from app.db import now
from app.exchange.choices import BatchState, Choices, NoAccount
from app.exchange.graphs import PEOPLE, TIES
from app.exchange.habits import WAYS
from app.exchange.headers import guess_kind, left_out, missing
from app.exchange.importing import IMPORTERS, bring_in, learnt, look_through, new_batch
from app.exchange.known import known_accounts, known_users
from app.exchange.month_columns import of_kind
from app.exchange.parsing import subject_of
from app.exchange.queries import batch_rows, find_batch
from app.exchange.reading import open_table
from app.exchange.report import Report, RowState, Told
from app.exchange.tables import Table, UnreadableFile
from app.exchange.undoing import problems_undoing, undo
from app.exchange.uploads import guessed_mapping
from app.users.changes import add_user
from app.users.queries import first_administrator
from app.users.rules import UserRole

IMPORTER = "import@localhost"
SHOWN = 20


@click.group("import")
def import_verb() -> None:
    """Bring in rows from CSV, XLSX and vCard files; take an import back."""


def _options(command: Any) -> Any:
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def _verb(kind: str) -> None:
    @import_verb.command(kind, help=f"Import {kind}.")
    @_options
    def run(**given: Any) -> None:
        _import(kind, given)


for _kind in IMPORTERS:
    _verb(_kind)


def _import(kind: str, given: dict[str, Any]) -> None:
    with open_session() as session:
        try:
            with open_table(
                given["file"],
                encoding=given["encoding"],
                separator=given["separator"],
                sheet=given["sheet"] or _part_of_map(given["file"], kind),
            ) as table:
                rows = of_kind(table, kind, Path(given["file"]).name)
                report, batch_id = _run(session, rows, kind, given)
        except UnreadableFile as error:
            raise Failure(str(error)) from error
        if given["dry_run"]:
            session.rollback()
    answer = {**report.as_dict(), "batch": batch_id, "dry_run": given["dry_run"]}
    click.echo(as_json(answer) if given["wants_json"] else said(report, batch_id))


def _part_of_map(file: str, kind: str) -> str | None:
    """Which part of a map drawn elsewhere a kind of rows comes from."""
    is_map = Path(file).suffix.lower() in {".graphml", ".json"}
    return kind if is_map and kind in {PEOPLE, TIES} else None


def _run(
    session: Session, table: Table, kind: str, given: dict[str, Any]
) -> tuple[Report, int | None]:
    """Look, ask and import; with ``--yes`` in one go, which is undone where an answer lacks."""
    choices = _choices(session, table, _true_kind(kind, table), given)
    if given["dry_run"] or not given["yes"]:
        with _Bar(table, "Reading") as bar:
            report = look_through(session, table, choices, bar.step)
        if given["dry_run"]:
            return report, None
        choices = _ask(choices, report)
    with _Bar(table, "Importing") as bar:
        batch = new_batch(session, choices, BatchState.IMPORTING)
        report = bring_in(session, table, choices, batch, bar.step)
    if "no_account" in report.asks:
        raise Failure(
            f"{report.made['without an account']:,} rows name no account. "
            "Answer with --no-account park, skip or refuse; nothing was imported."
        )
    _tell_unsure(report)
    return report, batch.id


def _true_kind(kind: str, table: Table) -> str:
    """Our own people may come as `people`: a file that has agents and no account says so."""
    likely = guess_kind(table.columns)
    if kind == "people" and likely and likely[0].kind == "team" and likely[0].is_sure:
        click.echo("This file lists our own people; they are imported as the team.", err=True)
        return "team"
    return kind


def _choices(session: Session, table: Table, kind: str, given: dict[str, Any]) -> Choices:
    made = given["as_of"]
    on: date = made.date() if isinstance(made, datetime) else now().date()
    adds = given["create_accounts"] and kind in {"people", "sales"}
    account_id = _account(session, given["account"], adds=adds)
    return Choices(
        kind=kind,
        on=on,
        at=now(),
        mapping=_mapping(table, kind, given["maps"]),
        owner_id=_owner(session, given["owner"]),
        account_id=account_id,
        account_name=given["account"] or "" if account_id is None else "",
        creates_accounts=adds,
        source=Path(given["file"]).name,
        habits=_habits(given["reads"]),
        stages=learnt(session, "stage") | dict(_pairs(given["stages"])),
        products=learnt(session, "product") | dict(_pairs(given["products"])),
        no_account=NoAccount(given["no_account"]) if given["no_account"] else None,
        creates_products=given["create_products"],
        segment=Segment(given["segment"]) if given["segment"] else None,
    )


def _mapping(table: Table, kind: str, maps: tuple[str, ...]) -> dict[str, int]:
    mapping = guessed_mapping(table, kind)
    for field, column in _pairs(maps):
        if column == "":
            mapping.pop(field, None)
        elif column in table.columns:
            mapping[field] = table.columns.index(column)
        else:
            raise Failure(f"The file has no column “{column}”; it has {', '.join(table.columns)}.")
    lacking = missing(kind, set(mapping))
    if lacking:
        raise Failure(
            f"No column was found for {', '.join(lacking)}. Say which with --map FIELD=COLUMN; "
            f"the file has {', '.join(table.columns)}."
        )
    for name in left_out(table.columns, set(mapping.values())):
        click.echo(f"Column “{name}” is left out.", err=True)
    return mapping


def _habits(reads: tuple[str, ...]) -> dict[str, str]:
    habits = dict(_pairs(reads))
    for field, way in habits.items():
        ways = [choice for choice, _words in WAYS.get(subject_of(field), ())]
        if way not in ways:
            known = f"one of {', '.join(ways)}" if ways else "read in one way alone"
            raise Failure(f"“{field}” cannot be read as “{way}”: it is {known}.")
    return habits


def _pairs(words: tuple[str, ...]) -> list[tuple[str, str]]:
    pairs = [word.partition("=") for word in words]
    if any(not sign for _left, sign, _right in pairs):
        raise click.UsageError("Give pairs as LEFT=RIGHT.")
    return [(left.strip(), right.strip()) for left, _sign, right in pairs]


def _owner(session: Session, word: str | None) -> int:
    if word:
        found = known_users(session).find(word)
        if found is None:
            raise Failure(f"“{word}” is none of our people.")
        return found
    user = first_administrator(session)
    if user is None:
        user = add_user(session, name="Import", email=IMPORTER, role=UserRole.ADMINISTRATOR)
    return user.id


def _account(session: Session, word: str | None, *, adds: bool) -> int | None:
    """The account that a word names; None where it is to be added."""
    if not word:
        return None
    accounts = known_accounts(session, None)
    found = accounts.find(word)
    if found is None and not adds:
        raise Failure(str(accounts.missing(word, "There is no account “%(name)s”.")))
    return found


def _ask(choices: Choices, report: Report) -> Choices:
    """Show what would happen and ask what only a person can answer."""
    click.echo(said(report, None), err=True)
    _tell_unsure(report)
    if "no_account" in report.asks and sys.stdin.isatty():
        answer = click.prompt(
            f"{report.made['without an account']:,} rows name no account",
            type=click.Choice([one.value for one in NoAccount]),
            err=True,
        )
        choices = replace(choices, no_account=NoAccount(answer))
    click.confirm("Import?", abort=True, err=True)
    return choices


def _tell_unsure(report: Report) -> None:
    for subject, words in report.asks.items():
        if subject == "accounts":
            click.echo(
                f"Not known: {', '.join(words[:10])}; --create-accounts adds them.", err=True
            )
        elif subject != "no_account":
            click.echo(f"Not sure about {subject}: {', '.join(words[:10])}", err=True)


class _Bar:
    """A progress bar on the error stream."""

    def __init__(self, table: Table, label: str) -> None:
        stream = sys.stderr
        self.bar = click.progressbar(length=max(table.about_rows, 1), label=label, file=stream)

    def __enter__(self) -> _Bar:
        self.bar.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self.bar.__exit__(*error)

    def step(self, rows: int) -> None:
        """So many more rows are done."""
        self.bar.update(rows)


def said(report: Report, batch_id: int | None) -> str:
    """A report for a terminal."""
    rows = [(state.label, report.counts[state]) for state in RowState if report.counts[state]]
    lines = [columns(rows) if rows else "No rows."]
    lines += [f"  {name}: {count:,}" for name, count in report.made.items()]
    lines += [f"  {name}: {value:,}" for name, value in sorted(report.sums.items())]
    lines += _told(report.refused, report.counts[RowState.REFUSED], "refused")
    lines += _told(report.warned, report.made["warnings"], "taken with a loss")
    lines += [str(note) for note in report.notes]
    if batch_id is not None:
        lines.append(f"Import {batch_id}; `banyan import undo {batch_id}` takes it back.")
    return "\n".join(lines)


def _told(rows: list[Told], count: int, word: str) -> list[str]:
    lines = []
    for told in rows[:SHOWN]:
        name = f" ({told.name})" if told.name else ""
        lines.append(f"row {told.number}{name}: {' '.join(map(str, told.reasons))}")
    if count > SHOWN:
        lines.append(f"… and {count - SHOWN:,} more rows {word}; --json lists them.")
    return lines


@import_verb.command("list")
@click.option("--json", "wants_json", is_flag=True, help="Print the list as JSON.")
def list_batches(wants_json: bool) -> None:
    """List the imports, newest first."""
    with open_session() as session:
        rows = batch_rows(session)
    head = ("id", "at", "kind", "filename", "state", "rows", "undone_at")
    if wants_json:
        click.echo(as_json([{name: getattr(row, name) for name in head} for row in rows]))
    else:
        click.echo(columns([head, *(tuple(getattr(row, name) for name in head) for row in rows)]))


@import_verb.command("undo")
@click.argument("batch", type=int)
@click.option("--json", "wants_json", is_flag=True, help="Print the answer as JSON.")
def undo_batch(batch: int, wants_json: bool) -> None:
    """Take an import back."""
    with open_session() as session:
        found = find_batch(session, batch)
        if found is None:
            raise Failure(f"There is no import {batch}.")
        problems = problems_undoing(session, found)
        if problems:
            raise Failure(" ".join(map(str, problems)))
        count = undo(session, found, now())
    answer = {"batch": batch, "rows": count}
    click.echo(as_json(answer) if wants_json else f"{count:,} rows taken back.")
