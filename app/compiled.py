"""What templates are compiled to is kept, so that no page is slow again after each start."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from jinja2 import FileSystemBytecodeCache


def init_app(app: Flask) -> None:
    """Keep it in the instance folder, by the templates' content; workers share it.

    Where nobody may write there, templates are compiled at each start as before.
    """
    if app.testing:
        return
    folder = Path(app.instance_path) / "templates"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(folder))
