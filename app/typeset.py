"""Documents set by typst: a template of ours, and what people typed as data that stays inert."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from app.config import ROOT

TEMPLATES = ROOT / "templates" / "typeset"


def pdf_of(template: str, values: dict[str, Any]) -> bytes:
    """A template of templates/typeset as a PDF; ``values`` are its ``data``.

    Fonts come with a package, so that a document looks the same on every machine; nothing
    is taken from the network.
    """
    import typst

    made: bytes = typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=[str(fonts())],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(values, ensure_ascii=False)},
    )
    return made


@cache
def fonts() -> Path:
    """The folder of the fonts that Chinese and Latin are set in."""
    from pylopdf_fonts_zh_cn import sans_path

    return Path(sans_path()).parent
