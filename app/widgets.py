"""Controls written quickly: filters are drawn as often as the lists they stand above."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape
from wtforms.widgets import Select, html_params


class QuickSelect(Select):
    """A select box written at once; the library's takes each option through five calls."""

    def __call__(self, field: Any, **kwargs: Any) -> Markup:
        """The box with its options."""
        if field.has_groups():
            return super().__call__(field, **kwargs)
        kwargs.setdefault("id", field.id)
        kwargs.setdefault("required", bool(field.flags.required))
        options = "".join(map(_option, field.iter_choices()))
        return Markup(f"<select {html_params(name=field.name, **kwargs)}>{options}</select>")  # noqa: S704 - each part is escaped


def _option(one: Any) -> str:
    chosen = "selected " if one.selected else ""
    return f'<option {chosen}value="{escape(one.value)}">{escape(one.label or one.value)}</option>'


QUICK_SELECT = QuickSelect()
