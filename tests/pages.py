"""A test client that inspects each page it gets, so that no test needs to say so.

Every page parses, has one h1, a title that starts with it, unique ids, a name for every
control, a caption on every table, nothing inline; and asking for it wrote nothing.
"""

from __future__ import annotations

import warnings
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from app.users.models import User
from tests.postgres import ON_POSTGRESQL

HTML = "{http://www.w3.org/1999/xhtml}"
CONTROLS = ("input", "select", "textarea")
WRITES = ("INSERT", "UPDATE", "DELETE")


class Page:
    """A page as a person finds it."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        is_text = response.mimetype.startswith("text/") or "json" in response.mimetype
        self.text = response.get_data().decode("utf-8") if is_text else ""
        response.close()
        self.headers = response.headers
        self.is_html = response.mimetype == "text/html" and bool(self.text)

    @cached_property
    def tree(self) -> Element | None:
        """The page's elements; None of what is no page."""
        return self._parsed() if self.is_html else None

    def _parsed(self) -> Element:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            parser = html5lib.HTMLParser(namespaceHTMLElements=True)
            whole = "<html" in self.text[:200]
            tree = parser.parse(self.text) if whole else parser.parseFragment(self.text)
        known = {"unexpected-char-in-comment", "expected-doctype-but-got-start-tag"}
        wrong = [error for error in parser.errors if error[1] not in known]
        assert not wrong, f"the page is not well formed: {wrong[:3]}"
        return tree

    @property
    def is_whole(self) -> bool:
        """Whether this is a page and not a fragment of one."""
        return "<html" in self.text[:200]

    def all(self, tag: str) -> list[Element]:
        """Every element of a tag."""
        return [] if self.tree is None else list(self.tree.iter(HTML + tag))

    def words(self, tag: str) -> list[str]:
        """The text of every element of a tag, with single spaces."""
        return [" ".join("".join(element.itertext()).split()) for element in self.all(tag)]

    @property
    def h1(self) -> str:
        """The page's heading."""
        return self.words("h1")[0]

    def links(self) -> list[str]:
        """Where the page leads."""
        return [element.get("href", "") for element in self.all("a")]

    def acts(self) -> list[str]:
        """Where the buttons that send a form by themselves lead."""
        return [element.get("formaction", "") for element in self.all("button")]

    def field(self, name: str) -> str:
        """What a control holds."""
        for tag in CONTROLS:
            for element in self.all(tag):
                if element.get("name") == name:
                    return element.get("value", "") or "".join(element.itertext())
        raise AssertionError(f"no control is named {name}")


def inspect(page: Page) -> None:
    """Hold a page against the rules of the house."""
    assert page.tree is not None
    everything = list(page.tree.iter())
    ids = [element.get("id") for element in everything if element.get("id")]
    assert len(ids) == len(set(ids)), (
        f"ids twice: {sorted(one for one in ids if ids.count(one) > 1)}"
    )
    for element in everything:
        inline = [name for name in element.attrib if name == "style" or name.startswith("on")]
        assert not inline, f"{element.tag} has {inline}: the content policy forbids it"
    assert not page.all("style"), "an inline style sheet"
    assert all(script.get("src") for script in page.all("script")), "an inline script"
    _inspect_controls(page)
    for table in page.all("table"):
        assert table.find(f".//{HTML}caption") is not None, "a table without a caption"
        for head in table.iter(HTML + "th"):
            assert head.get("scope"), "a heading cell without a scope"
    for image in page.all("img"):
        assert image.get("alt") is not None, "a picture without words"
    if page.is_whole:
        _inspect_whole(page)


def _inspect_whole(page: Page) -> None:
    headings = page.words("h1")
    assert len(headings) == 1, f"{len(headings)} main headings"
    assert page.words("title")[0].startswith(headings[0]), "the title does not start with the h1"
    assert page.all("html")[0].get("lang"), "the page does not say its language"


def _inspect_controls(page: Page) -> None:
    labelled = {label.get("for") for label in page.all("label")}
    wrapped = {id(control) for label in page.all("label") for control in label.iter()}
    for tag in CONTROLS:
        for control in page.all(tag):
            if control.get("type") in {"hidden", "submit", "button"}:
                continue
            named = control.get("aria-label") or control.get("aria-labelledby")
            named = named or control.get("id") in labelled or id(control) in wrapped
            assert named, f"the control {control.get('name')} has no label"
    for button in page.all("button"):
        named = "".join(button.itertext()).strip() or button.get("aria-label")
        assert named, "a button without a name"
    for form in page.all("form"):
        if (form.get("method") or "get").lower() == "post":
            names = {element.get("name") for element in form.iter()}
            assert "csrf_token" in names, f"the form to {form.get('action')} can be forged"


class Browser:
    """A client that is somebody."""

    def __init__(self, app: Flask, user: User | None) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()
        self.statements: list[str] = []
        if user is not None:
            with self.client.session_transaction() as cookie:
                cookie["_user_id"] = f"{user.id}.{user.session_token}"
                cookie["_fresh"] = True

    @property
    def selects(self) -> int:
        """How many SELECTs the last request made."""
        return sum(sql.lstrip().startswith(("SELECT", "WITH")) for sql in self.statements)

    def get(self, url: str, **options: Any) -> Page:
        """Ask for a page: it is inspected, and must have written nothing."""
        page = self._ask("get", url, **options)
        written = [sql for sql in self.statements if sql.lstrip().startswith(WRITES)]
        assert not written, f"asking for {url} wrote: {written[0][:200]}"
        return page

    def post(self, url: str, data: Any = None, **options: Any) -> Page:
        """Send a form."""
        return self._ask("post", url, data=data or {}, **options)

    def _ask(self, method: str, url: str, **options: Any) -> Page:
        engine = self.app.extensions["engine"]
        self.statements = []

        def note(_c: Any, _cursor: Any, sql: str, *_rest: Any) -> None:
            self.statements.append(sql)

        event.listen(engine, "before_cursor_execute", note)
        try:
            page = Page(getattr(self.client, method)(url, **options))
        finally:
            event.remove(engine, "before_cursor_execute", note)
        if page.is_html and not ON_POSTGRESQL:  # the same page as on SQLite
            inspect(page)
        return page
