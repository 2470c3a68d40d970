"""Words in the language at hand, with the catalogue and the printer found once for each request.

The library looks for them anew at every word, which costs twenty times the word itself,
and a page has hundreds of words.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask, appcontext_popped, appcontext_pushed, current_app
from flask_babel import get_locale, get_translations
from flask_babel.speaklater import LazyString

from app.printing import Printer, printer_of
from app.vocabulary import Degree, Term

OWN: dict[type, Callable[[Any], str]] = {}
"""What a company calls the terms of a list, where it may name them; empty is the usual word."""

KEPT: ContextVar[NullTranslations | None] = ContextVar("catalogue", default=None)
PRINTER: ContextVar[Printer | None] = ContextVar("printer", default=None)


def init_app(app: Flask) -> None:
    """Let templates find words here; every context begins with nothing found."""
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: catalogue().ugettext(message),
        lambda one, many, num: catalogue().ungettext(one, many, num),
        newstyle=True,
    )
    appcontext_pushed.connect(_forget, app)
    appcontext_popped.connect(_forget, app)


def _forget(_sender: Flask, **_more: Any) -> None:
    KEPT.set(None)
    PRINTER.set(None)


def catalogue() -> NullTranslations:
    """The catalogue of the language at hand."""
    kept = KEPT.get()
    if kept is None:
        kept = get_translations()
        KEPT.set(kept)
    return kept


def printer() -> Printer:
    """Who prints dates and numbers in the language at hand."""
    kept = PRINTER.get()
    if kept is None:
        kept = printer_of(get_locale())
        PRINTER.set(kept)
    return kept


def gettext(message: str, **values: Any) -> str:
    """A message in the language at hand, with its values put in."""
    text: str = catalogue().ugettext(message)
    return text % values if values else text


def in_language(language: str, message: str) -> str:
    """A message in a language, whichever is at hand."""
    text: str = _loaded(current_app.config["BABEL_TRANSLATION_DIRECTORIES"], language).ugettext(
        message
    )
    return text


@cache
def _loaded(folder: str, language: str) -> NullTranslations:
    return Translations.load(folder, [language])


def ngettext(one: str, many: str, num: int, **values: Any) -> str:
    """The form of a message for a number, which is among its values as ``num``."""
    text: str = catalogue().ungettext(one, many, num)
    return text % {"num": num, **values}


def term_words(term: Term | Degree) -> str:
    """A term in the language at hand, or as the company calls it."""
    own = OWN.get(type(term))
    return (own(term) if own is not None else "") or gettext(term.label)


def lazy_gettext(message: str, **values: Any) -> Any:
    """A message that is put into a language when it is printed."""
    return LazyString(gettext, message, **values)
