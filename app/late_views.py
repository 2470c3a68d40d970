"""Views whose modules are loaded when one of their addresses is first asked for.

To show one page a start would load some seven hundred modules. What every address leads to is
kept in the instance folder instead, by the code's content, as compiled templates are.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from flask import Blueprint, Flask

from app.config import ROOT
from app.later import LateCall

KEPT = "addresses.json"
WORDS = ("filters", "tests", "globals")
BY_FLASK = frozenset({"HEAD", "OPTIONS"})
"""Methods that Flask adds by itself."""


class Address(NamedTuple):
    """Where a view answers, and where it is found."""

    rule: str
    endpoint: str
    methods: list[str]
    defaults: dict[str, str | int]
    module: str
    name: str
    is_public: bool


class Word(NamedTuple):
    """What a blueprint gives to every template: a filter, a test or a global."""

    kind: str
    word: str
    module: str
    name: str


class Found(NamedTuple):
    """What the views of all pages say of themselves."""

    addresses: list[Address]
    words: list[Word]


def init_app(app: Flask, pages: Iterable[str]) -> None:
    """Give the app every address of the pages; their modules are loaded only to find these."""
    found = find(pages) if app.testing else _kept(Path(app.instance_path) / KEPT, pages)
    views: dict[str, LateCall] = {}
    for one in found.addresses:
        view = views.setdefault(one.endpoint, LateCall(one.module, one.name))
        view.is_public = one.is_public
        app.add_url_rule(one.rule, one.endpoint, view, methods=one.methods, defaults=one.defaults)
    for word in found.words:
        getattr(app.jinja_env, word.kind)[word.word] = LateCall(word.module, word.name)


def modules_of(pages: Iterable[str]) -> Iterator[str]:
    """The modules that hold views, from the names of modules and of packages of such.

    >>> list(modules_of(["app.health", "app.lessons.views"]))[:2]
    ['app.health', 'app.lessons.views.bids']
    """
    for page in pages:
        folder = ROOT / Path(*page.split("."))
        inside = sorted(file.stem for file in folder.glob("[!_]*.py"))
        yield from (f"{page}.{name}" for name in inside) if inside else (page,)


def blueprints_of(pages: Iterable[str]) -> list[Blueprint]:
    """Every blueprint with all its views; loads them all."""
    modules = [import_module(name) for name in modules_of(pages)]
    known = (value for module in modules for value in vars(module).values())
    return list(dict.fromkeys(value for value in known if isinstance(value, Blueprint)))


def find(pages: Iterable[str]) -> Found:
    """What the views say of themselves, as Flask understands it."""
    flask = Flask("app", static_folder=None)
    own = {kind: {**getattr(flask.jinja_env, kind)} for kind in WORDS}
    for blueprint in blueprints_of(pages):
        flask.register_blueprint(blueprint)
    words = [
        Word(kind, word, call.__module__, call.__name__)
        for kind in WORDS
        for word, call in getattr(flask.jinja_env, kind).items()
        if word not in own[kind]
    ]
    return Found(list(_addresses(flask)), words)


def _addresses(flask: Flask) -> Iterator[Address]:
    for rule in flask.url_map.iter_rules():
        view = flask.view_functions[rule.endpoint]
        yield Address(
            rule.rule,
            rule.endpoint,
            sorted((rule.methods or set()) - BY_FLASK),
            {**(rule.defaults or {})},
            view.__module__,
            view.__name__,
            getattr(view, "is_public", False),
        )


def _kept(file: Path, pages: Iterable[str]) -> Found:
    """What was found when the code was as it is; found anew, and kept, when it has changed.

    Where nobody may write, every start finds it.
    """
    code = _fingerprint()
    try:
        kept = json.loads(file.read_text("utf-8"))
        if kept["code"] == code:
            return Found([Address(*row) for row in kept["addresses"]], _words(kept["words"]))
    except (OSError, ValueError, KeyError, TypeError):
        pass  # not there, or not what we wrote
    found = find(pages)
    _keep(file, json.dumps({"code": code, **found._asdict()}))
    return found


def _words(rows: list[list[str]]) -> list[Word]:
    return [Word(*row) for row in rows]


def _keep(file: Path, text: str) -> None:
    own = file.with_suffix(f".{os.getpid()}")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        own.write_text(text, "utf-8")
        own.replace(file)  # at once: other workers read it while this one writes
    except OSError:
        return


def _fingerprint() -> str:
    """What the code is at this moment; two different codes never have the same."""
    known = hashlib.sha256()
    for file in sorted(map(str, (ROOT / "app").rglob("*.py"))):
        content = Path(file).read_bytes()
        known.update(f"{file}:{len(content)}:".encode())
        known.update(content)
    return known.hexdigest()
