"""demo: build the demo workspace anew."""

from __future__ import annotations

import sys
from datetime import date
from typing import Any

import click
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.commands.common import answers, open_engine, open_session
from app.db import now
from app.demo.accounts import CUSTOMERS
from app.demo.build import fill
from app.demo.sign_ins import is_demo, said, sign_ins
from app.tables import METADATA
from app.users.queries import has_users


def build(engine: Engine, on: date | None = None) -> int:
    """Empty the workspace and fill it with the demo of a day; gives the number of rows."""
    label = "Building the demo workspace"
    with (
        Session(engine) as session,
        click.progressbar(length=len(CUSTOMERS), label=label, file=sys.stderr) as bar,
    ):
        for table in reversed(METADATA.sorted_tables):
            session.execute(table.delete())
        count = fill(session, on or now().date(), bar.update)
        session.commit()
    return count


def _said(answer: dict[str, Any]) -> str:
    return "\n".join([f"{answer['rows']:,} rows.", *answer["sign_in"]])


@click.command("demo")
@click.option("--yes", is_flag=True, help="Replace what is in the workspace without asking.")
@answers(_said)
def demo_verb(yes: bool) -> dict[str, Any]:
    """Build the demo workspace anew, in place of all that is there."""
    engine = open_engine()
    with open_session(engine) as session:
        is_real = has_users(session) and not is_demo(session)
    if is_real and not yes:
        click.confirm("This workspace is not the demo. Replace all of it?", abort=True, err=True)
    rows = build(engine)
    with open_session(engine) as session:
        return {"rows": rows, "sign_in": said(sign_ins(session))}
