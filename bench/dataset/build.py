"""The data set of a scale: made once a day for the tables as they are, kept in bench/.data."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from app.db import make_engine, now
from app.migrate import migrate
from app.pipeline.spans import renew_all as renew_spans
from app.records.models import Product
from app.stakeholders.last_contact import renew_all
from bench.dataset.accounts import PRODUCTS, add_account
from bench.dataset.cast import ACCOUNTS_EACH, add_cast
from bench.dataset.deals import DEALS
from bench.dataset.rows import AT_ONCE, Rows

KEPT = Path(__file__).parent.parent / ".data"
ACCOUNTS = 2000


def dataset(scale: float, tell: Callable[[str], None], deals: int = DEALS) -> Path:
    """The SQLite file of a scale, with so many deals to an account, made now if it is not there;
    those of other days go."""
    on = now().date()
    KEPT.mkdir(exist_ok=True)
    name = f"scale-{scale:g}" if deals == DEALS else f"deals-{deals}-{scale:g}"
    kept = KEPT / f"{name}-{on}-{_mark()}.db"
    if not kept.exists():
        for old in KEPT.glob(f"{name}-*"):
            old.unlink()
        start = time.monotonic()
        accounts = round(ACCOUNTS * scale)
        rows = _make(kept.with_suffix(".part"), accounts=accounts, on=on, deals=deals)
        kept.with_suffix(".part").rename(kept)
        tell(f"made {rows:,} rows in {time.monotonic() - start:.0f} s: {kept.name}")
    return kept


def _mark() -> str:
    """What the data depends on: the migrations, and the files that fill the tables."""
    here = Path(__file__).parent
    folders = (here, here.parents[1] / "migrations" / "versions")
    sources = [source for folder in folders for source in sorted(folder.glob("*.py"))]
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:8]


def _make(path: Path, *, accounts: int, on: date, deals: int) -> int:
    for left in path.parent.glob(f"{path.name}*"):
        left.unlink()
    engine = make_engine(f"sqlite:///{path}")
    migrate(engine)
    with engine.begin() as connection:
        count = fill(connection, accounts=accounts, on=on, deals=deals)
    engine.dispose()
    return count


def fill(connection: Connection, *, accounts: int, on: date, deals: int = DEALS) -> int:
    """Write so many accounts into an empty database; gives the number of rows."""
    rows = Rows(connection)
    cast = add_cast(rows, max(accounts, ACCOUNTS_EACH))
    for number in range(PRODUCTS):
        rows.add(Product, external_id=f"S{number}", name=f"Product {number + 1}", series="Series A")
    for number in range(accounts):
        add_account(rows, number, cast, on, deals)
        rows.write(AT_ONCE)
    rows.write()
    renew_all(connection)
    renew_spans(connection)
    return sum(rows.counts.values())
