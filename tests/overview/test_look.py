"""The parts that pages are made of: small, named icons, the same in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
STATIC = ROOT / "static"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
EVERYWHERE = {"tokens.css", "base.css", "shell.css", "parts.css", "print.css"}
MOST_CSS = 45_000  # house convention: what a first visit may cost in style
MOST_OF_ONE_FEATURE = 12_000
NAMED = re.compile(r"""icon\('([a-z0-9-]+)'""")
LOADED = re.compile(r"""(?:import|from) ["']\./([a-z_]+\.js)["']""")


def test_style_stays_small():
    sizes = {path.name: path.stat().st_size for path in STATIC.glob("*.css")}

    shared = sum(sizes.pop(name) for name in EVERYWHERE)

    assert shared < MOST_CSS
    assert max(sizes.values()) < MOST_OF_ONE_FEATURE, sizes


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_icons_that_templates_name_are_in_the_sprite(path: Path):
    kept = set((STATIC / "icons.txt").read_text("utf-8").split())

    named = set(NAMED.findall(path.read_text("utf-8")))

    assert named <= kept


def test_scripts_load_only_files_that_are_there():
    for path in STATIC.glob("*.js"):
        for name in LOADED.findall(path.read_text("utf-8")):
            assert (STATIC / name).is_file(), f"{path.name} loads {name}"


def test_style_and_scripts_name_no_colour_outside_the_tokens():
    for path in STATIC.glob("*.css"):
        if path.name in {"tokens.css", "shell.css", "print.css"}:
            continue
        colours = re.findall(r"(?<![\w-])#(?:[0-9a-f]{3}){1,2}\b", path.read_text("utf-8"))
        assert set(colours) <= {"#000"}, f"{path.name}: {colours}"  # black is a mask's


@pytest.mark.parametrize("language", ["en", "zh_Hans_CN"])
def test_the_pattern_page_shows_every_part(browser_for, ada, session, language: str):
    ada.language = language
    session.add(ada)
    session.commit()

    page = browser_for(ada).get("/pattern")

    assert page.status == 200
    for part in ("card", "tabs", "chip", "role", "sup", "pips", "bars", "meter", "wheel", "why"):
        assert re.search(rf'class="{part}\b', page.text), part


def test_a_role_says_in_words_what_its_shape_and_letter_say(browser_for, ada):
    page = browser_for(ada).get("/pattern")

    assert '<b class="role decider" role="img" title="Decider">D</b>' in page.text


def test_unknown_support_is_not_neutral(browser_for, ada):
    page = browser_for(ada).get("/pattern")

    assert '<b class="sup q" role="img" title="Support unknown"' in page.text
    assert '<b class="sup q" aria-hidden="true">?</b>' in page.text
    assert '<b class="sup " aria-hidden="true">0</b>Neutral' in page.text
