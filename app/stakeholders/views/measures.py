"""The measures of the literature over a map, for those who want to hold it against the tables."""

from __future__ import annotations

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app import db
from app.access import account_or_404
from app.file_names import attachment, file_name
from app.paging import page_among
from app.stakeholders.map_facts import MapFacts
from app.stakeholders.map_queries import map_facts_of
from app.stakeholders.queries import deal_choices
from app.stakeholders.rules import TieKind
from app.stakeholders.views.blueprint import deal_asked, stakeholders
from app.stakeholders.views.people import SIZE
from app.stakeholders.views.power_map import day_asked
from app.web import _, day, label, list_place, list_sort, render, today

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@stakeholders.get("/accounts/<int:account_id>/map/measures")
def map_measures(account_id: int) -> ResponseReturnValue:
    """Degree, closeness, betweenness, constraint; of all ties or of one layer."""
    from app.stakeholders.measures_page import COLUMNS, columns_of, measure_rows

    account = account_or_404(account_id)
    facts, found, layer = _asked(account_id)
    sort, descending = list_sort(("name", *COLUMNS))
    if "sort" not in request.args:
        sort, descending = "betweenness", True
    deal_id, deal = deal_asked(account_id)
    return render(
        "stakeholders/measures.html",
        account=account,
        deal_id=deal_id,
        deal=deal,
        deals=deal_choices(db.session(), account_id),
        on=facts.on,
        is_past=facts.on < today(),
        layer=layer,
        layers=list(TieKind),
        found=found,
        columns=columns_of(found),
        page=page_among(
            measure_rows(facts, found, sort, descending=descending), list_place(), SIZE
        ),
        sort=sort,
        descending=descending,
    )


def _asked(account_id: int) -> tuple[MapFacts, Any, TieKind | None]:
    from app.stakeholders.measures_page import measured

    deal_id, _deal = deal_asked(account_id)
    facts = map_facts_of(db.session(), account_id, day_asked(), deal_id)
    named = request.args.get("layer")
    layer = TieKind(named) if named and named in [*TieKind] else None
    return facts, measured(facts, layer), layer


@stakeholders.get("/accounts/<int:account_id>/map/measures.xlsx")
def measures_file(account_id: int) -> ResponseReturnValue:
    """The same as a workbook."""
    from app.stakeholders.measures_page import COLUMNS, measures_workbook

    account = account_or_404(account_id)
    facts, found, layer = _asked(account_id)
    words = {key: _(column.name) for key, column in COLUMNS.items()}
    words |= {"sheet": _("Measures"), "name": _("Name"), "title": _("Title")}
    over = label(layer) if layer else _("all ties")
    title = f"{account.name} – {over} – {_('As known on %(day)s', day=day(facts.on, 'long'))}"
    response = Response(measures_workbook(title, facts, found, words), mimetype=XLSX)
    name = file_name("xlsx", account.name, _("Measures"), facts.on)
    response.headers["Content-Disposition"] = attachment(name)
    return response
