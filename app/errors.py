"""Pages for what goes wrong: each says what happened and what to do; never a trace."""

from __future__ import annotations

from flask import Flask, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from structlog import get_logger
from werkzeug.exceptions import HTTPException

from app.web import _l, render

TEXTS = {
    400: (_l("That request could not be read"), _l("Go back, check what was typed and try again.")),
    401: (_l("Please sign in"), _l("Your session has ended. Sign in and try again.")),
    403: (
        _l("Not yours to change"),
        _l("You may see this, but changing it takes more access. Ask the owner of the account."),
    ),
    404: (_l("Nothing here"), _l("The page does not exist, or you are not on its account's team.")),
    405: (_l("That cannot be done here"), _l("Go back and use the buttons of the page.")),
    409: (
        _l("Somebody was quicker"),
        _l("This was changed while you worked on it. Go back, reload and look at both versions."),
    ),
    413: (
        _l("That file is too large"),
        _l("Split it, or ask your administrator to raise the limit."),
    ),
    415: (
        _l("That kind of content is not taken here"),
        _l("Go back and use the form of the page."),
    ),
    422: (_l("Some of that cannot be used"), _l("Go back and check what was typed.")),
    429: (_l("Too many attempts"), _l("Wait a quarter of an hour and try again.")),
    500: (
        _l("Something broke on our side"),
        _l(
            "Nothing was saved by this step. Try again; if it stays, "
            "give your administrator the number below."
        ),
    ),
    503: (_l("Busy for a moment"), _l("Nothing was lost. Wait a few seconds and try again.")),
}


def init_app(app: Flask) -> None:
    """Register a page for every kind of error."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(StaleDataError, lambda _error: _page(409))
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(DataError, lambda _error: _page(400))
    app.register_error_handler(Exception, _unknown)


def _page(code: int) -> ResponseReturnValue:
    title, advice = TEXTS.get(code, TEXTS[400])
    if request.path.endswith(".json"):
        return jsonify(error=str(title)), code
    return render("errors/error.html", code, title=title, advice=advice, code=code)


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error.get_response()
    return _page(error.code)


def _forged(_error: CSRFError) -> ResponseReturnValue:
    title = _l("This form has grown old")
    advice = _l(
        "Go back, reload the page and send it again; what you typed is still in the page before."
    )
    return render("errors/error.html", 400, title=title, advice=advice, code=400)


def _database(error: OperationalError) -> ResponseReturnValue:
    get_logger().error("database", kind=type(error.orig).__name__)
    return _page(503)


def _unknown(error: Exception) -> ResponseReturnValue:
    if current_app.testing:
        raise error
    get_logger().exception("unhandled", kind=type(error).__name__)
    return _page(500)
