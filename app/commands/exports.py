"""export: rows out of the workspace as CSV or XLSX, in the words that import takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from app.commands.common import Failure, answers, open_session
from app.exchange.export_rows import EXPORTS
from app.exchange.exporting import TooManyRows, csv_lines, write_xlsx

SUFFIXES = (".csv", ".xlsx")


def _said(answer: dict[str, Any]) -> str:
    return f"{answer['rows']:,} {answer['kind']}: {answer['file']}"


@click.command("export")
@click.argument("kind", type=click.Choice(list(EXPORTS)))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Replace a file that is there.")
@answers(_said)
def export_verb(kind: str, file: Path, yes: bool) -> dict[str, Any]:
    """Write all rows of a KIND to a FILE.csv or FILE.xlsx that imports back the same."""
    if file.suffix.lower() not in SUFFIXES:
        raise Failure("Give a file name that ends in .csv or .xlsx.")
    if file.exists() and not yes:
        raise Failure(f"{file} is there already; --yes replaces it.")
    if not file.parent.is_dir():
        raise Failure(f"There is no folder {file.parent}.")
    header, rows = EXPORTS[kind]
    count = 0

    def counted(session: Any) -> Any:
        nonlocal count
        for row in rows(session, None):
            count += 1
            yield row

    with open_session() as session:
        if file.suffix.lower() == ".xlsx":
            try:
                with file.open("wb") as stream:
                    write_xlsx(stream, header, counted(session))
            except TooManyRows as error:
                raise Failure("A sheet holds 1,048,575 rows at most; use a .csv file.") from error
        else:
            with file.open("w", encoding="utf-8", newline="") as text:
                text.writelines(csv_lines(header, counted(session)))
    return {"kind": kind, "file": str(file), "rows": count}
