"""What every page shares: words, dates and money in the person's language, and the shell."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import (
    Flask,
    current_app,
    flash,
    g,
    has_request_context,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import (
    Babel,
    format_datetime,
    get_locale,
)
from flask_login import current_user
from markupsafe import Markup, escape
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers import Response

from app import catalogue, db
from app.catalogue import gettext, lazy_gettext, ngettext, printer, term_words
from app.config import LANGUAGES, ROOT
from app.history import changed_since
from app.paging import Place
from app.row_ids import possible_row, row_number
from app.signs import sign
from app.stale import UNSEEN, differences
from app.vocabulary import Degree, Reason, Term

_ = gettext
_l = lazy_gettext
_n = ngettext
HTMX = "HX-Request"
WAN = Decimal(10_000)


def init_app(app: Flask) -> None:
    """Languages, filters and template names."""
    babel = Babel(app, locale_selector=choose_language, timezone_selector=choose_timezone)
    app.extensions["babel_instance"] = babel
    catalogue.init_app(app)
    app.jinja_env.filters.update(
        label=label,
        why=why,
        day=day,
        moment=moment,
        money=money,
        number=number,
        percent=percent,
        score=score,
    )
    app.jinja_env.globals.update(
        icon=icon,
        sign=sign,
        asset=asset,
        today=today,
        languages=LANGUAGES,
        here=here,
        comma=comma,
        get_locale=get_locale,
    )


def choose_language() -> str:
    """The person's own choice, else what the browser asks for, else the workspace's."""
    if not has_request_context():
        return str(current_app.config["BANYAN"].language)
    chosen = getattr(current_user, "language", None) or request.cookies.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    for wanted, _quality in request.accept_languages:
        if wanted.lower().startswith("zh"):
            return "zh_Hans_CN"
        if wanted.lower().startswith("en"):
            return "en"
    return str(current_app.config["BANYAN"].language)


def choose_timezone() -> str:
    """The person's time zone, else the workspace's."""
    own = getattr(current_user, "timezone", None) if has_request_context() else None
    return own or str(current_app.config["BANYAN"].timezone)


def today() -> date:
    """Today where the person is."""
    if "today" not in g:
        g.today = db.now().astimezone(ZoneInfo(choose_timezone())).date()
    kept: date = g.today
    return kept


def company_today() -> date:
    """Today where the company is: for what must hold at once for all, wherever they are."""
    zone = ZoneInfo(str(current_app.config["BANYAN"].timezone))
    return db.now().astimezone(zone).date()


def speaks_chinese() -> bool:
    """Whether this page is in Chinese."""
    return printer().is_chinese


def label(term: Term | Degree | None, missing: str = "") -> str:
    """A term in the person's language."""
    return term_words(term) if term is not None else missing


def why(reason: Reason) -> str:
    """A reason as a sentence in the person's language, each value printed its own way."""
    return gettext(reason.message, **{name: _said(value) for name, value in reason.values.items()})


def _said(value: Any) -> Any:
    match value:
        case Reason():
            return why(value)
        case Term() | Degree():
            return label(value)
        case date():
            return day(value)
        case list() | tuple():
            return comma().join(str(_said(one)) for one in value)
        case float() | Decimal():
            return number(value, 2)
    return value


def comma() -> str:
    """What stands between the names of a list in the person's language."""
    return _("list separator|, ").split("|")[-1]


def day(value: date | datetime | None, style: str = "medium") -> str:
    """A date; an aware moment is shown in the person's zone. Nothing for None."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(ZoneInfo(choose_timezone())).date()
    return printer().day(value, style)


def moment(value: datetime | None) -> str:
    """A moment to the minute, in the person's zone."""
    return format_datetime(value, "short") if value else ""


def number(value: Any, places: int = 0) -> str:
    """A number with the person's separators and at most ``places`` decimals."""
    if value is None:
        return ""
    rounded = round(value, places) if places else round(value)
    return printer().number(rounded + 0)  # no "-0"


def score(value: Any, places: int = 3) -> str:
    """A score with just so many decimals, so that those of a column line up; ? where unknown."""
    if value is None:
        return "?"
    return printer().number(round(value, places) + 0, "#,##0." + "0" * places)


def percent(value: Any, places: int = 0) -> str:
    """A share of 0.0-1.0 as per cent."""
    if value is None:
        return ""
    pattern = "#,##0." + "0" * places + "%" if places else "#,##0%"
    return printer().percent(value, pattern)


SIGNS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "HKD": "HK$"}


def money(value: Any, currency: str = "CNY") -> str:
    """An amount with its currency; whole units, in 万元 where Chinese readers expect it."""
    if value is None:
        return ""
    amount, prints = Decimal(value), printer()
    sign = ("-" if amount < 0 else "") + SIGNS.get(currency, f"{currency} ")
    size = abs(amount)
    if prints.is_chinese and size >= WAN:
        pattern = "#,##0" if size >= 1000 * WAN else "#,##0.#"
        return f"{sign}{prints.number(size / WAN, pattern)}万"
    return f"{sign}{prints.number(round(size))}"


def icon(name: str) -> Markup:
    """An icon from the sprite; it says nothing to a screen reader, the text beside it does."""
    return _icons()(name)


@cache
def _icons() -> Callable[[str], Markup]:
    @cache
    def draw(name: str) -> Markup:
        sprite = escape(asset("vendor/icons.svg"))
        return Markup('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>').format(
            sprite, name
        )

    return draw


@cache
def asset(path: str) -> str:
    """The address of a static file, with a mark that changes with its content."""
    file = ROOT / "static" / path
    mark = hashlib.sha256(file.read_bytes()).hexdigest()[:10] if file.is_file() else "missing"
    return f"/static/{path}?v={mark}"


def asset_exists(path: str) -> bool:
    """Whether a static file is there; those from packages may be missing."""
    return Path(ROOT / "static" / path).is_file()


def render(template: str, status: int = 200, **values: Any) -> ResponseReturnValue:
    """A page."""
    return render_template(template, **values), status


def invalid(template: str, **values: Any) -> ResponseReturnValue:
    """The page again, with what was typed and what is wrong with it: 422."""
    return render(template, 422, **values)


def wants_fragment() -> bool:
    """Whether the page asks for a part of itself."""
    return request.headers.get(HTMX) == "true"


def see(endpoint: str, message: Any = None, *, undo: str = "", **values: Any) -> Response:
    """Go and see a page (303), with a toast that may offer to undo by posting to ``undo``."""
    if message:
        said: Any = {"text": str(message), "undo": undo} if undo else str(message)
        flash(said)
    anchor = values.pop("anchor", None)
    return redirect(url_for(endpoint, _anchor=anchor, **values), 303)


def list_place() -> Place:
    """Where in a list the address points: ``?after=ID`` or ``?before=ID``."""
    return Place(after=_row_id("after"), before=_row_id("before"))


def _row_id(name: str) -> int | None:
    value = request.args.get(name, type=row_number)
    return value if value is not None and value >= 0 else None


def list_sort(sorts: tuple[str, ...]) -> tuple[str, bool]:
    """The column a list is sorted by, and whether downwards: ``?sort=-city``."""
    wanted = request.args.get("sort", sorts[0])
    name = wanted.removeprefix("-")
    return (name, wanted.startswith("-")) if name in sorts else (sorts[0], False)


def here(**changed: Any) -> str:
    """This page's address with some of its words changed; None takes a word away."""
    words = {**request.args.to_dict(), **changed}
    assert request.endpoint is not None
    values = {**(request.view_args or {}), **words}
    return url_for(
        request.endpoint,
        **{name: value for name, value in values.items() if value not in (None, "")},
    )


def stale_page(form: Any, row: Any) -> ResponseReturnValue:
    """Both versions side by side (409): theirs as kept, yours as typed; nothing is lost."""
    opened = form.version.data or ""
    version = possible_row(opened) or row.version
    found = differences(form, row, changed_since(db.session(), row, version))
    chosen = UNSEEN.union(one.name for one in found if one.is_choice)
    typed = [pair for pair in request.form.items(multi=True) if pair[0] not in chosen]
    return render("stale.html", 409, row=row, differences=found, typed=typed)


def commit_or_stale(form: Any, row: Any) -> ResponseReturnValue | None:
    """Commit; a page with both versions when somebody was quicker by a moment."""
    session = db.session()
    try:
        session.commit()
    except StaleDataError:
        session.rollback()
        session.expire_all()
        session.refresh(row)
        return stale_page(form, row)
    return None


def text_reply(body: str, mimetype: str) -> Response:
    """A response that is not a page."""
    response = make_response(body)
    response.mimetype = mimetype
    return response
