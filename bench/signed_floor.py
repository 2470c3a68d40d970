"""The floor of a signed-in page: the app's own door, shell and words round the floor's table."""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask, render_template
from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader
from sqlalchemy import select

from app import db
from app.accounts.models import Account
from app.config import read_config
from app.factory import create_app
from bench.floor import ROWS

PATH = "/floor"
COLUMNS = (Account.id, Account.name, Account.city, Account.industry, Account.annual_revenue)


def with_floor(app: Flask) -> Flask:
    """The app with one page more: fifty rows, each with a link, for whoever is signed in."""
    own = FileSystemLoader(Path(__file__).parent / "templates")
    loaders: list[BaseLoader] = [loader for loader in (app.jinja_loader, own) if loader]
    app.jinja_loader = ChoiceLoader(loaders)
    app.add_url_rule(PATH, "floor", _page)
    return app


def _page() -> str:
    query = select(*COLUMNS).where(Account.archived_at.is_(None)).order_by(Account.name)
    rows = db.session().execute(query.limit(ROWS)).all()
    return render_template("signed_floor.html", rows=rows)


def main() -> None:
    """Serve it as `banyan serve` serves the app."""
    from waitress import serve

    app = with_floor(create_app(read_config()))
    serve(app, host="127.0.0.1", port=int(os.environ["PORT"]), threads=4, ident=None, _quiet=True)


if __name__ == "__main__":
    main()
