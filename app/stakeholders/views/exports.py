"""The map as a file: for a slide, a wall, a workbook, another program; or for the customer.

What takes long to draw is drawn beside the request: the page says so and asks again.
"""

from __future__ import annotations

import hashlib
from typing import Any

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app import db
from app.access import account_or_404
from app.accounts.models import Account
from app.file_names import attachment, file_name
from app.stakeholders.drawing_jobs import FileState, Wanted, content_of, draw, state_of
from app.stakeholders.map_facts import MapFacts
from app.stakeholders.map_layout import Arrangement
from app.stakeholders.map_part import part_of
from app.stakeholders.map_queries import map_facts_of
from app.stakeholders.map_words import MapWords
from app.stakeholders.rules import Role, TieKind
from app.stakeholders.views.blueprint import deal_asked, stakeholders
from app.stakeholders.views.power_map import FREE, day_asked, kept_asked, layout_asked
from app.web import _, comma, day, label, render, see, wants_fragment

TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "graphml": "application/graphml+xml",
}
DRAWN = frozenset({"png", "pdf", "pptx"})
"""Kinds that take a tenth of a second or more, and are drawn beside the request."""
PICTURES = DRAWN | {"svg"}
PATH = "/accounts/<int:account_id>/map.<any(svg,png,pdf,pptx,xlsx,graphml):file_kind>"


@stakeholders.get(PATH)
def export(account_id: int, file_kind: str) -> ResponseReturnValue:
    """The map as one kind of file, or how far it is; ``?safe=1`` leaves out all that we judge."""
    account = account_or_404(account_id)
    deal_id, deal = deal_asked(account_id)
    facts = map_facts_of(db.session(), account_id, day_asked(), deal_id)
    if file_kind not in DRAWN:
        return _sent(_made_at_once(account, deal, facts, file_kind), account, facts, file_kind)
    wanted = _wanted(account, deal, facts, file_kind)
    state = state_of(db.session(), wanted.digest)
    if state is FileState.READY and not wants_fragment():
        body = content_of(db.session(), wanted.digest)
        return _sent(body or b"", account, facts, file_kind)
    values: dict[str, Any] = {
        "account": account,
        "state": state.name.lower(),
        "file_kind": file_kind,
    }
    page = "parts/drawing_state.html" if wants_fragment() else "stakeholders/drawing.html"
    return render(page, deal_id=deal_id, **values)


@stakeholders.post(PATH)
def draw_export(account_id: int, file_kind: str) -> ResponseReturnValue:
    """Have a file drawn; the page it leads to shows how far it is."""
    account = account_or_404(account_id)
    deal_id, deal = deal_asked(account_id)
    if file_kind in DRAWN:
        facts = map_facts_of(db.session(), account_id, day_asked(), deal_id)
        wanted = _wanted(account, deal, facts, file_kind)
        db.session().rollback()
        draw(current_app.extensions["engine"], account_id, wanted)
    words = request.args.to_dict()
    return see("stakeholders.export", account_id=account_id, file_kind=file_kind, **words)


def _is_safe() -> bool:
    return bool(request.args.get("safe"))


def _wanted(account: Account, deal: str, facts: MapFacts, kind: str) -> Wanted:
    from app.stakeholders.map_files import customer_safe

    layout, sheet = layout_asked(), request.args.get("sheet", "")
    shown = customer_safe(facts) if _is_safe() else facts
    drawn = part_of(shown) if kind in PICTURES else shown
    return Wanted(
        kind,
        sheet if sheet in {"a3", "slide"} else ("slide" if kind == "png" else "a3"),
        drawn,
        Arrangement.HIERARCHY if layout == FREE else Arrangement(layout),
        kept_asked(account.id),
        _words(account, deal, shown, drawn),
    )


def _words(account: Account, deal: str, facts: MapFacts, drawn: MapFacts) -> MapWords:
    is_safe, known = _is_safe(), _("As known on %(day)s", day=day(facts.on, "long"))
    count, shown = len(facts.people), len(drawn.people)
    part = _("%(shown)s of %(count)s people", shown=shown, count=count) if shown < count else ""
    what = _("Organisation") if is_safe else _("Power map")
    kinds = {kind.value: label(kind) for kind in TieKind}
    return MapWords(
        title=" – ".join(part for part in (account.name, "" if is_safe else deal, what) if part),
        subtitle=" · ".join(filter(None, (known, part))),
        roles={} if is_safe else {role: label(role) for role in Role},
        ties={"reports_to": kinds["reports_to"]}
        if is_safe
        else {**kinds, "coverage": _("Our ties")},
        shows_judgement=not is_safe,
        comma=comma(),
        signs=""
        if is_safe
        else _(
            "On a card: support from +2, champions, to −2, opposes (? unknown);"
            " dots: influence; bars: how deep our tie is"
        ),
    )


def _made_at_once(account: Account, deal: str, facts: MapFacts, kind: str) -> bytes:
    from app.stakeholders import charts, map_files, map_workbook
    from app.stakeholders.map_drawing import width_of
    from app.stakeholders.map_page import map_page

    wanted = _wanted(account, deal, facts, kind)
    if kind == "xlsx":
        return map_workbook.map_workbook(account.name, wanted.facts)
    if kind == "graphml":
        return map_files.graphml(wanted.facts)
    page = render_template(
        "stakeholders/map_file.svg",
        drawing=map_page(wanted.facts, wanted.arrangement, wanted.kept).drawing,
        words=wanted.words,
        em_width=width_of,
        ties=charts.TIE_STYLES,
        roles=charts.ROLE_COLOURS,
        supports=charts.SUPPORT_COLOURS,
    )
    return page.encode()


def _sent(body: bytes, account: Account, facts: MapFacts, kind: str) -> Response:
    response = Response(body, mimetype=TYPES[kind])
    response.set_etag(hashlib.sha256(body).hexdigest()[:32])
    name = file_name(kind, account.name, facts.on)
    response.headers["Content-Disposition"] = attachment(name)
    return response.make_conditional(request)
