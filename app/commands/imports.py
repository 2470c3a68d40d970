"""import: files of rows into the workspace, looked through first, undone as one."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from app.commands.common import Failure, as_json, columns, open_session
from app.db import now
from app.exchange.choices import Choices, NoAccount
from app.exchange.headers import guess_columns, guess_kind, left_out, missing
from app.exchange.importing import IMPORTERS, bring_in, learnt, look_through
from app.exchange.known import known_accounts, known_users
from app.exchange.parsing import mapping_of
from app.exchange.queries import batch_rows, find_batch
from app.exchange.reading import open_table
from app.exchange.report import Report, RowState
from app.exchange.tables import Table, UnreadableFile
from app.exchange.undoing import problems_undoing, undo
from app.users.changes import add_user
from app.users.queries import first_administrator
from app.users.rules import UserRole

IMPORTER = "import@localhost"


@click.group("import")
def import_verb() -> None:
    """Bring in rows from CSV, XLSX and vCard files; take an import back."""


def _options(command: Any) -> Any:
    for option in reversed((
        click.argument("file", type=click.Path(exists=True, path_type=Path)),
        click.option("--account", help="The account that rows without one belong to."),
        click.option("--map", "maps", multiple=True, metavar="FIELD=COLUMN", help="A column for a field, where names do not tell; FIELD= leaves it out."),
        click.option("--encoding", help="utf-8, gb18030, cp1252 …; guessed if left out."),
        click.option("--separator", help="Between cells; guessed if left out."),
        click.option("--sheet", help="Of a workbook; the first if left out."),
        click.option("--owner", help="E-mail or name of who owns new accounts; the first administrator if left out."),
        click.option("--no-account", type=click.Choice([one.value for one in NoAccount]), help="What to do with opportunities without an account."),
        click.option("--stage", "stages", multiple=True, metavar="THEIRS=OURS", help="What a stage of theirs is: a stage of ours, or :won, :lost, :withdrawn."),
        click.option("--product", "products", multiple=True, metavar="THEIRS=OURS", help="Which product of ours a name of theirs is."),
        click.option("--create-products", is_flag=True, help="Add products that are not known."),
        click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day the file was made; today if left out."),
        click.option("--dry-run", is_flag=True, help="Only tell what would happen."),
        click.option("--yes", is_flag=True, help="Import without asking, taking sure proposals."),
        click.option("--json", "wants_json", is_flag=True, help="Print the report as JSON."),
    )):  # fmt: skip
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
                sheet=given["sheet"],
            ) as table:
                report, batch_id = _run(session, table, kind, given)
        except UnreadableFile as error:
            raise Failure(str(error)) from error
    answer = {**report.as_dict(), "batch": batch_id, "dry_run": given["dry_run"]}
    click.echo(as_json(answer) if given["wants_json"] else said(report, batch_id))
    if report.asks and batch_id is None and not given["dry_run"]:
        raise SystemExit(1)


def _run(
    session: Session, table: Table, kind: str, given: dict[str, Any]
) -> tuple[Report, int | None]:
    kind = _true_kind(kind, table)
    choices = _choices(session, table, kind, given)
    bar = _Bar(table, "Reading")
    with bar:
        report = look_through(session, table, choices, bar.step)
    if given["dry_run"]:
        return report, None
    if "no_account" in report.asks:
        choices = _ask_no_account(choices, report, given)
    _confirm(report, given)
    with _Bar(table, "Importing") as bar:
        run = bring_in(session, table, choices, bar.step)
    return run.report, run.batch_id


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
    return Choices(
        kind=kind,
        on=on,
        at=now(),
        mapping=_mapping(table, kind, given["maps"]),
        owner_id=_owner(session, given["owner"]),
        account_id=_account(session, given["account"]),
        source=Path(given["file"]).name,
        stages=learnt(session, "stage") | dict(_pairs(given["stages"])),
        products=learnt(session, "product") | dict(_pairs(given["products"])),
        no_account=NoAccount(given["no_account"]) if given["no_account"] else None,
        creates_products=given["create_products"],
    )


def _mapping(table: Table, kind: str, maps: tuple[str, ...]) -> dict[str, int]:
    mapping = mapping_of(guess_columns(table.columns, kind))
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
            f"No column was found for {', '.join(lacking)}. Say which with --map FIELD=COLUMN; the file has {', '.join(table.columns)}."
        )
    for name in left_out(table.columns, set(mapping.values())):
        click.echo(f"Column “{name}” is left out.", err=True)
    return mapping


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


def _account(session: Session, word: str | None) -> int | None:
    if not word:
        return None
    accounts = known_accounts(session, None)
    found = accounts.find(word)
    if found is None:
        raise Failure(str(accounts.missing(word, "There is no account “%(name)s”.")))
    return found


def _ask_no_account(choices: Choices, report: Report, given: dict[str, Any]) -> Choices:
    from dataclasses import replace

    count = report.made["without an account"]
    if given["yes"] or not sys.stdin.isatty():
        raise Failure(
            f"{count:,} rows name no account. Answer with --no-account park, skip or refuse; nothing was imported."
        )
    answer = click.prompt(
        f"{count:,} rows name no account",
        type=click.Choice([one.value for one in NoAccount]),
        err=True,
    )
    return replace(choices, no_account=NoAccount(answer))


def _confirm(report: Report, given: dict[str, Any]) -> None:
    open_questions = {
        subject: words for subject, words in report.asks.items() if subject != "no_account"
    }
    for subject, words in open_questions.items():
        click.echo(f"Not sure about {subject}: {', '.join(words[:10])}", err=True)
    if not given["yes"]:
        click.echo(said(report, None), err=True)
        click.confirm("Import?", abort=True, err=True)


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
    for told in report.refused[:20]:
        why = " ".join(str(reason) for reason in told.reasons)
        lines.append(f"row {told.number}{f' ({told.name})' if told.name else ''}: {why}")
    if len(report.refused) > 20:
        lines.append(f"… and {len(report.refused) - 20:,} more refused rows; --json lists them.")
    lines += [
        f"row {told.number} ({told.name}): {' '.join(map(str, told.reasons))}"
        for told in report.warned[:20]
    ]
    lines += [str(note) for note in report.notes]
    if batch_id is not None:
        lines.append(f"Import {batch_id}; `banyan import undo {batch_id}` takes it back.")
    return "\n".join(lines)


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
