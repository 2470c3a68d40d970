"""A workspace as one file, and back: every table as lines of JSON in a zip.

The archive belongs to no database: one made on SQLite restores into PostgreSQL and
the other way round. It goes with the schema revision that it was made at.
"""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, bindparam, func, insert, select

from app.tables import METADATA

LEFT_OUT = {"upload", "sign_in_attempt", "lease", "map_file", "map_summary"}
"""What is on its way, or can be had again."""
CHUNK = 2000
MANIFEST = "banyan.json"

Step = Callable[[str, int], None]


class ArchiveError(ValueError):
    """An archive that cannot be restored here; the message says why and what to do."""


def kept_tables() -> list[Table]:
    """The tables that an archive holds, parents before children."""
    return [table for table in METADATA.sorted_tables if table.name not in LEFT_OUT]


def row_count(engine: Engine) -> int:
    """How many rows an archive of this database would hold."""
    with engine.connect() as connection:
        return sum(
            connection.scalar(select(func.count()).select_from(table)) or 0
            for table in kept_tables()
        )


def write_archive(engine: Engine, path: Path, revision: str | None, step: Step) -> dict[str, int]:
    """Write every kept table to a new file; a half-written one never takes its name."""
    counts: dict[str, int] = {}
    partial = path.with_name(path.name + ".partial")
    with (
        zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive,
        engine.connect().execution_options(stream_results=True) as connection,
    ):
        for table in kept_tables():
            with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as out:
                counts[table.name] = _write_table(connection, table, out, step)
        archive.writestr(MANIFEST, json.dumps({"revision": revision, "counts": counts}))
    partial.replace(path)
    return counts


def _write_table(connection: Connection, table: Table, out: Any, step: Step) -> int:
    count = 0
    rows = connection.execute(select(table).order_by(*table.primary_key.columns))
    for part in rows.partitions(CHUNK):
        lines = (json.dumps([_out(value) for value in row], ensure_ascii=False) for row in part)
        out.write(("\n".join(lines) + "\n").encode())
        count += len(part)
        step(table.name, len(part))
    return count


def _out(value: Any) -> Any:
    match value:
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case bytes():
            return base64.b64encode(value).decode()
    return value


def read_manifest(path: Path) -> dict[str, Any]:
    """What an archive says of itself; ArchiveError when it is none of ours."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ArchiveError(f"{path.name} is not a Banyan backup.") from error
    return manifest


def read_archive(engine: Engine, path: Path, revision: str | None, step: Step) -> dict[str, int]:
    """Put an archive's rows in place of all that is there, in one transaction."""
    manifest = read_manifest(path)
    if manifest["revision"] != revision:
        raise ArchiveError(
            f"The backup was made at revision {manifest['revision']}, this database is at "
            f"{revision}: run `banyan migrate --to {manifest['revision']}` first."
        )
    with zipfile.ZipFile(path) as archive, engine.begin() as connection:
        for table in reversed(METADATA.sorted_tables):
            connection.execute(table.delete())
        counts = {
            table.name: _read_table(connection, table, archive, step) for table in kept_tables()
        }
        restart_numbers(connection)
    return counts


def _read_table(connection: Connection, table: Table, archive: zipfile.ZipFile, step: Step) -> int:
    """Fill a table; a column that points into its own table is filled once all rows are in."""
    readers = [_reader(column.type.python_type) for column in table.columns]
    own = [key.parent.name for key in table.foreign_keys if key.column.table is table]
    names = [column.name for column in table.columns]
    links: list[dict[str, Any]] = []
    count = 0
    for part in _parts(archive, f"{table.name}.jsonl"):
        rows = [
            {name: read(value) for name, read, value in zip(names, readers, line, strict=True)}
            for line in part
        ]
        for row in rows:
            if any(row[name] is not None for name in own):
                links.append({"row_id": row["id"], **{f"to_{name}": row[name] for name in own}})
                row.update(dict.fromkeys(own))
        connection.execute(insert(table), rows)
        count += len(rows)
        step(table.name, len(rows))
    if links:
        values: dict[str, Any] = {name: bindparam(f"to_{name}") for name in own}
        rejoin = table.update().where(table.c.id == bindparam("row_id")).values(**values)
        connection.execute(rejoin, links)
    return count


def _parts(archive: zipfile.ZipFile, name: str) -> Iterator[list[list[Any]]]:
    try:
        raw = archive.open(name)
    except KeyError as error:
        raise ArchiveError(f"The backup lacks {name}.") from error
    part: list[list[Any]] = []
    with io.TextIOWrapper(raw, encoding="utf-8") as lines:
        for line in lines:
            part.append(json.loads(line))
            if len(part) == CHUNK:
                yield part
                part = []
    if part:
        yield part


READERS: dict[type, Callable[[Any], Any]] = {
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    Decimal: Decimal,
    bytes: base64.b64decode,
}


def _reader(kind: type) -> Callable[[Any], Any]:
    read = READERS.get(kind)
    if read is None:
        return lambda value: value
    return lambda value: None if value is None else read(value)


def restart_numbers(connection: Connection) -> None:
    """PostgreSQL counts ids apart from rows; let it go on after the last."""
    if connection.dialect.name != "postgresql":
        return
    for table in kept_tables():
        if "id" in table.c:
            newest = select(func.coalesce(func.max(table.c.id), 0) + 1).scalar_subquery()
            sequence = func.pg_get_serial_sequence(f'"{table.name}"', "id")
            connection.execute(select(func.setval(sequence, newest, False)))  # noqa: FBT003
