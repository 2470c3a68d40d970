"""The `banyan` command: the same database, the same rules, for scripts and terminals.

Exit codes: 0 done, 1 the data or the state does not allow it, 2 the command was
called wrongly, 3 a setting cannot be used.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from flask import Flask
from flask.cli import FlaskGroup

from app.config import ConfigError, read_config


class Failure(click.ClickException):
    """What cannot be done, said in a line; exit code 1."""

    exit_code = 1


def make_app() -> Flask:
    """The app for the environment's settings; a wrong setting is exit code 3."""
    from app.factory import create_app  # late: `banyan --help` needs none of it

    try:
        return create_app(read_config())
    except ConfigError as error:
        click.echo(str(error), err=True)
        raise SystemExit(3) from error


@click.group(
    cls=FlaskGroup, create_app=make_app, add_default_commands=False, add_version_option=False
)
def main() -> None:
    """Banyan 榕树, a key-account planning workbench."""


def answers(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb ``--json``: it returns its answer, and prints lines of text otherwise."""

    @click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
    @wraps(command)
    def run(*args: Any, as_json: bool, **kwargs: Any) -> None:
        answer = command(*args, **kwargs)
        if as_json:
            click.echo(json.dumps(answer, ensure_ascii=False, indent=2, default=str))
        elif isinstance(answer, dict) and "text" in answer:
            click.echo(answer["text"])

    return run


if __name__ == "__main__":
    sys.exit(main())
