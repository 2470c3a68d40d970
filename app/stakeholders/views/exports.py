"""The map as a file: for a slide, a wall, a workbook, another program; or for the customer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.utils import secure_filename
from werkzeug.wrappers import Response

from app import db
from app.access import account_or_404
from app.accounts.models import Account
from app.stakeholders.map_facts import MapFacts
from app.stakeholders.map_layout import Arrangement
from app.stakeholders.map_queries import map_facts_of
from app.stakeholders.rules import Role, TieKind
from app.stakeholders.views.blueprint import deal_asked, stakeholders
from app.stakeholders.views.power_map import FREE, day_asked, kept_asked, layout_asked
from app.web import _, day, label

if TYPE_CHECKING:
    from app.stakeholders.charts import MapWords
    from app.stakeholders.map_drawing import Drawing

TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "graphml": "application/graphml+xml",
}


@stakeholders.get("/accounts/<int:account_id>/map.<any(svg,png,pdf,pptx,xlsx,graphml):file_kind>")
def export(account_id: int, file_kind: str) -> ResponseReturnValue:
    """The map as one kind of file; ``?safe=1`` leaves out all that we judge."""
    account = account_or_404(account_id)
    deal_id, deal = deal_asked(account_id)
    facts = map_facts_of(db.session(), account_id, day_asked(), deal_id)
    is_safe = bool(request.args.get("safe"))
    body = _drawn(account, deal, facts, file_kind, is_safe=is_safe)
    response = Response(body, mimetype=TYPES[file_kind])
    response.set_etag(hashlib.sha256(body).hexdigest()[:32])
    name = secure_filename(f"{account.name} {facts.on}") or f"map {facts.on}"
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.{file_kind}")
    return response.make_conditional(request)


def _drawn(account: Account, deal: str, facts: MapFacts, kind: str, *, is_safe: bool) -> bytes:
    from app.stakeholders import map_files, map_workbook
    from app.stakeholders.map_page import map_page

    if is_safe:
        facts = map_files.customer_safe(facts)
    if kind == "xlsx":
        return map_workbook.map_workbook(account.name, facts)
    if kind == "graphml":
        return map_files.graphml(facts)
    layout = layout_asked()
    arrangement = Arrangement.HIERARCHY if layout == FREE else Arrangement(layout)
    drawing = map_page(facts, arrangement, kept_asked(account.id)).drawing
    return _picture(drawing, _words(account, deal, facts, is_safe=is_safe), kind)


def _words(account: Account, deal: str, facts: MapFacts, *, is_safe: bool) -> MapWords:
    from app.stakeholders.charts import MapWords

    what = _("Organisation") if is_safe else _("Power map")
    kinds = {kind.value: label(kind) for kind in TieKind}
    return MapWords(
        title=" – ".join(part for part in (account.name, deal, what) if part),
        subtitle=_("As known on %(day)s", day=day(facts.on, "long")),
        roles={role: label(role) for role in Role},
        ties={"reports_to": kinds["reports_to"]}
        if is_safe
        else {**kinds, "coverage": _("Our ties")},
        shows_judgement=not is_safe,
    )


def _picture(drawing: Drawing, words: MapWords, kind: str) -> bytes:
    from app.stakeholders import charts, map_slide

    if kind == "svg":
        page = render_template(
            "stakeholders/map_file.svg",
            drawing=drawing,
            words=words,
            ties=charts.TIE_STYLES,
            roles=charts.ROLE_COLOURS,
            supports=charts.SUPPORT_COLOURS,
        )
        return page.encode()
    if kind == "pptx":
        return map_slide.map_slide(drawing, words)
    size = charts.SLIDE if kind == "png" else charts.A3
    return _cached(
        f"{drawing!r}{words!r}{kind}",
        lambda: charts.figure_bytes(charts.map_figure(drawing, words, size), kind),
    )


def _cached(content: str, draw: Callable[[], bytes]) -> bytes:
    """What was drawn of the same content before, kept as a file; any worker's will do."""
    folder = Path(current_app.instance_path) / "cache" / "maps"
    file = folder / hashlib.sha256(content.encode()).hexdigest()
    if file.is_file():
        return file.read_bytes()
    folder.mkdir(parents=True, exist_ok=True)
    made = draw()
    part = file.with_suffix(f".{id(made)}")
    part.write_bytes(made)
    part.replace(file)
    for old in sorted(folder.iterdir(), key=lambda one: one.stat().st_mtime)[:-MOST_KEPT]:
        old.unlink(missing_ok=True)
    return made


MOST_KEPT = 200
