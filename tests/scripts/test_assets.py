"""The icons' sprite."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import assets

NAMED = re.compile(r"\bicon\(['\"]([a-z0-9-]+)['\"]")


def test_a_symbol_has_the_icons_name_its_box_and_its_shapes(tmp_path: Path):
    icon = tmp_path / "bank.svg"
    icon.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="16" class="bi" viewBox="0 0 16 16">\n'
        '  <path d="m8 0 6 3"/>\n</svg>'
    )

    assert assets.symbol(icon) == (
        '<symbol id="bank" viewBox="0 0 16 16"><path d="m8 0 6 3"/></symbol>'
    )


def test_an_icon_that_does_not_exist_is_named(tmp_path: Path):
    with pytest.raises(assets.MissingFileError, match="icon no-such"):
        assets.symbol(tmp_path / "no-such.svg")


def test_every_icon_that_a_template_names_is_in_the_list():
    listed = set(assets.ICON_NAMES.read_text().split())

    named = {
        name
        for template in (assets.ROOT / "templates").rglob("*.html")
        for name in NAMED.findall(template.read_text())
    }

    assert named <= listed
