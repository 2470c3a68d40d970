"""Small signs that lists repeat on every row: each is drawn once in a language and remembered.

A macro costs twenty times what looking its answer up does. Only what depends on nothing but
its values is drawn so: no words that a company may change, nothing of whoever reads.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache

from flask import current_app
from markupsafe import Markup

from app.catalogue import printer
from app.printing import Printer


def sign(part: str, name: str, *values: Hashable) -> Markup:
    """What the macro ``name`` of ``templates/parts/<part>.html`` draws for some values."""
    return _drawn(printer(), part, name, values)


@lru_cache(maxsize=4096)
def _drawn(_language: Printer, part: str, name: str, values: tuple[Hashable, ...]) -> Markup:
    parts = current_app.jinja_env.get_template(f"parts/{part}.html").module
    return Markup(getattr(parts, name)(*values))  # noqa: S704 - the macro has escaped it
