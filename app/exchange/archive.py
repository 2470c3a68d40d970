"""A workspace as one file, and back: every table as lines of JSON in a zip.

The archive belongs to no database: one made on SQLite restores into PostgreSQL and
the other way round. It knows the schema revision that it was made at, and one of an older
version is brought to the newest shape as a database of that version would be.
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

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Engine,
    MetaData,
    Table,
    bindparam,
    func,
    insert,
    select,
)
from sqlalchemy.exc import DatabaseError

from app.migrate import bring, newest, revision_of
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
        columns = {table.name: table.c.keys() for table in kept_tables()}
        manifest = {"revision": revision, "counts": counts, "columns": columns}
        archive.writestr(MANIFEST, json.dumps(manifest))
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
        sum(manifest["counts"].values())
        manifest["revision"] = str(manifest["revision"])
    except (OSError, KeyError, TypeError, AttributeError, ValueError, zipfile.BadZipFile) as error:
        raise ArchiveError(f"{path.name} is not a Banyan backup.") from error
    return manifest


def read_archive(engine: Engine, path: Path, step: Step) -> dict[str, int]:
    """Put an archive's rows in place of all that is there, in one transaction."""
    manifest = read_manifest(path)
    with zipfile.ZipFile(path) as archive, engine.begin() as connection:
        for table in reversed(METADATA.sorted_tables):
            connection.execute(table.delete())
        tables, columns = _tables_at(connection, manifest["revision"]), _columns(manifest)
        try:
            counts = {
                name: _read_table(connection, tables[name], columns[name], archive, step)
                for name in tables
                if name in columns
            }
        except (ValueError, KeyError, TypeError, DatabaseError, zipfile.BadZipFile) as error:
            raise ArchiveError(f"{path.name} is damaged: nothing was changed.") from error
        if revision_of(connection) != newest():
            bring(connection, "head")
        restart_numbers(connection)
    return counts


def _columns(manifest: dict[str, Any]) -> dict[str, list[str]]:
    """The columns of each table; archives made before they were noted have those of the tables."""
    noted: dict[str, list[str]] | None = manifest.get("columns")
    if noted is None and manifest["revision"] != newest():
        raise ArchiveError(
            f"The backup was made at revision {manifest['revision']}, by a Banyan that noted no "
            "columns: restore it with that version, then upgrade."
        )
    return noted or {table.name: table.c.keys() for table in kept_tables()}


def _tables_at(connection: Connection, revision: str) -> dict[str, Table]:
    """The tables of a revision by name; the database, which is empty, is brought there."""
    if revision == revision_of(connection):
        return {table.name: table for table in kept_tables()}
    if not revision.isdigit() or revision > (newest() or ""):
        raise ArchiveError(
            f"The backup was made at revision {revision}, by a newer Banyan than this "
            f"({newest()}): bring that version first."
        )
    bring(connection, revision)
    shape = MetaData()
    shape.reflect(connection)
    return {table.name: table for table in shape.sorted_tables}


def _read_table(
    connection: Connection, table: Table, names: list[str], archive: zipfile.ZipFile, step: Step
) -> int:
    """Fill a table; a column that points into its own table is filled once all rows are in."""
    readers = [_reader(table.c[name]) for name in names]
    to_itself = {key.parent.name for key in table.foreign_keys if key.column.table is table}
    own = [name for name in names if name in to_itself]
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


def _reader(column: Column[Any]) -> Callable[[Any], Any]:
    is_json = isinstance(column.type, JSON)  # which has no type of Python's own where reflected
    read = None if is_json else READERS.get(column.type.python_type)
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
