"""backup, restore."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from app.commands.common import Failure, answers, current, open_engine, open_session
from app.exchange.archive import ArchiveError, read_archive, read_manifest, row_count, write_archive
from app.users.queries import has_users


def _said(answer: dict[str, Any]) -> str:
    return (
        f"{sum(answer['rows'].values()):,} rows in {len(answer['rows'])} tables: {answer['file']}"
    )


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Replace a file that is there.")
@answers(_said)
def backup_verb(file: Path, yes: bool) -> dict[str, Any]:
    """Write the whole workspace to one FILE."""
    if file.exists() and not yes:
        raise Failure(f"{file} is there already; --yes replaces it.")
    if not file.parent.is_dir():
        raise Failure(f"There is no folder {file.parent}.")
    engine = open_engine()
    with click.progressbar(length=row_count(engine), label="Backing up", file=sys.stderr) as bar:
        rows = write_archive(engine, file, current(engine), lambda _table, done: bar.update(done))
    return {"file": str(file), "rows": rows}


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Replace what is in the workspace without asking.")
@answers(_said)
def restore_verb(file: Path, yes: bool) -> dict[str, Any]:
    """Put a backup FILE in place of all that is in the workspace."""
    engine = open_engine()
    try:
        manifest = read_manifest(file)
        with open_session(engine) as session:
            if has_users(session) and not yes:
                click.confirm(
                    "The workspace is not empty. Replace all of it?", abort=True, err=True
                )
        total = sum(manifest["counts"].values())
        with click.progressbar(length=total, label="Restoring", file=sys.stderr) as bar:
            rows = read_archive(engine, file, lambda _table, done: bar.update(done))
    except ArchiveError as error:
        raise Failure(str(error)) from error
    return {"file": str(file), "rows": rows}
