"""The power map's work beside its answers: the whole portfolio, and the drawing by the template."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bench.map_times import facts_of

PORTFOLIO, EACH, DRAWN = 1_000, 20, 50


def portfolio() -> Callable[[], object]:
    """So many maps of so many people, from their facts to what the overview shows."""
    from app.stakeholders.map_standing import standing_of
    from app.stakeholders.portfolio import need
    from app.stakeholders.power_map import answers

    facts = facts_of(EACH)
    standing_of(answers(facts))  # the libraries are loaded before the clock runs
    return lambda: [need(standing_of(answers(facts))[0]) for _ in range(PORTFOLIO)]


def looked_through(url: str, *, again: bool) -> Callable[[], object]:
    """The data set's maps by the background's own way, reading and writing; or the round after."""
    from app.db import make_engine
    from app.stakeholders.portfolio_jobs import refresh

    engine = make_engine(url)
    if again:
        refresh(engine)
    return lambda: refresh(engine)


def drawing(folder: Path) -> Callable[[], object]:
    """The page's own drawing of a map, laid out and ready, by its template."""
    from flask import render_template

    from app.config import read_config
    from app.factory import create_app
    from app.stakeholders.map_layout import Arrangement
    from app.stakeholders.map_page import map_page
    from app.stakeholders.rules import Role, Support

    given = {"DATABASE_URL": f"sqlite:///{folder}/none.db", "INSTANCE_PATH": str(folder)}
    app = create_app(read_config(given))
    page = map_page(facts_of(DRAWN), Arrangement.HIERARCHY, {})
    values = {"map": page, "all_roles": list(Role), "supports": list(Support)}

    def draw() -> object:
        with app.test_request_context():
            return render_template("stakeholders/map_drawing.html", **values)

    draw()  # the template is compiled once
    return draw
