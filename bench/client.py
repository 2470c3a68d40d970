"""A person at a browser, as far as a server can tell."""

from __future__ import annotations

import http.client
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from bench.dataset.cast import PASSWORD, email_of

TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Ask:
    """One request, and the status that says it went well; ``form`` makes it a POST.

    ``done`` is called after the answer.
    """

    path: str
    form: dict[str, str] | None = None
    status: int = 200
    done: Callable[[], object] = lambda: None


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody signed in, or nobody."""

    cookie: str = ""
    token: str = ""


LONGEST, PAUSE = 60.0, 0.5
"""Seconds that an answer is waited for that is worked out beside its page; between two looks."""


def is_begun(page: bytes) -> bool:
    """Whether a page says how far its answer is, and not yet the answer."""
    return b"<progress" in page


class Client:
    """One kept connection."""

    def __init__(self, port: int, visitor: Visitor) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.visitor = visitor
        self.headers = {"Cookie": visitor.cookie, "Accept-Language": "en"}

    def send(self, ask: Ask) -> bytes:
        """Ask, and read the answer to its end; raises when it is not the one expected."""
        if ask.form is None:
            self.connection.request("GET", ask.path, headers=self.headers)
        else:
            body = urlencode({**ask.form, "csrf_token": self.visitor.token})
            headers = {**self.headers, "Content-Type": "application/x-www-form-urlencoded"}
            self.connection.request("POST", ask.path, body, headers)
        response = self.connection.getresponse()
        content = response.read()
        if response.status != ask.status:
            raise RuntimeError(f"{ask.path} answered {response.status}: {content[:300]!r}")
        ask.done()
        return content

    def close(self) -> None:
        """Hang up."""
        self.connection.close()


def sign_in(port: int, user_id: int) -> Visitor:
    """Sign in by the form, as a person does; keeps the cookie and a token for forms."""
    cookie, page = _fetch(port, "GET", "/sign-in", "", None)
    form = {"email": email_of(user_id), "password": PASSWORD, "csrf_token": _token(page)}
    cookie, _page = _fetch(port, "POST", "/sign-in", cookie, form)
    cookie, page = _fetch(port, "GET", "/me", cookie, None)
    return Visitor(cookie, _token(page))


def _token(page: str) -> str:
    found = TOKEN.search(page)
    if found is None:
        raise RuntimeError("the page has no form")
    return found[1]


def _fetch(
    port: int, method: str, path: str, cookie: str, form: dict[str, str] | None
) -> tuple[str, str]:
    """The cookie by now, and the page."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request(method, path, urlencode(form) if form else None, headers)
    response = connection.getresponse()
    page = response.read().decode()
    given = response.getheader("Set-Cookie")
    connection.close()
    return (given.partition(";")[0] if given else cookie), page
