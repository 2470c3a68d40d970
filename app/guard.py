"""The door: sign-in before every page, forgery tokens on every form, strict headers."""

from __future__ import annotations

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user
from flask_wtf import CSRFProtect
from sqlalchemy.exc import OperationalError
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from app import db
from app.users.sign_in import Person, find_person

CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
LETTERS = "app.overview.digest_views.stop"
"""The view that a letter's own address leads to: a mail program has no forgery token."""

HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def init_app(app: Flask) -> None:
    """Sign-in, forgery protection and headers for every response."""
    config = app.config["BANYAN"]
    login = LoginManager(app)
    login.session_protection = None
    login.user_loader(_load)
    CSRFProtect(app).exempt(LETTERS)
    app.before_request(_forms_only)
    app.before_request(_door)
    app.after_request(_headers)
    if config.trusted_proxies:
        hops = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def _load(claim: str) -> Person | None:
    """Who is here; nobody on the page that says that the database does not answer."""
    if "unreachable" in g:
        return None
    try:
        person = find_person(db.session(), claim)
    except OperationalError:
        g.unreachable = True
        raise
    if person is not None:
        db.session().info["user_id"] = person.id
    return person


def _forms_only() -> None:
    """Whatever is sent here is a form: in another shape its values would have other types."""
    if request.is_json and request.method not in {"GET", "HEAD", "OPTIONS"}:
        abort(415)


def _door() -> ResponseReturnValue | None:
    """Send those who have not signed in to the sign-in page, and back afterwards."""
    if request.endpoint is None or request.endpoint == "static":
        return None
    view = current_app.view_functions[request.endpoint]
    if getattr(view, "is_public", False) or current_user.is_authenticated:
        return None
    if (
        request.method != "GET"
        or request.headers.get("HX-Request")
        or request.path.endswith(".json")
    ):
        abort(401)
    return redirect(url_for("users.sign_in", next=request.full_path.rstrip("?")), 303)


def _headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "static":
        marked = "v" in request.args
        response.headers["Cache-Control"] = (
            "public, max-age=31536000, immutable" if marked else "public, max-age=300"
        )
    elif current_user.is_authenticated:
        response.headers.setdefault("Cache-Control", "private, no-store")
    if current_app.config["BANYAN"].https:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    response.headers["X-Request-Id"] = g.get("request_id", "")
    return response
