"""The `banyan` command: the same database, the same rules, for scripts and terminals.

Exit codes: 0 done, 1 the data or the state does not allow it, 2 the command was
called wrongly, 3 a setting cannot be used.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from app.config import ConfigError
from app.loading import undisturbed

# Each verb's module is loaded when the verb is called: `banyan --help` needs none of them.
VERBS = {
    "run": "app.commands.serving",
    "serve": "app.commands.serving",
    "migrate": "app.commands.serving",
    "demo": "app.commands.demo",
    "user": "app.commands.users",
    "accounts": "app.commands.figures",
    "pipeline": "app.commands.figures",
    "forecast": "app.commands.forecasts",
    "backtest": "app.commands.backtest",
    "map": "app.commands.power_map",
    "plan": "app.commands.plan",
    "visits": "app.commands.visits",
    "watches": "app.commands.watches",
    "alerts": "app.commands.alerts",
    "classes": "app.commands.classes",
    "digest": "app.commands.digest",
    "import": "app.commands.imports",
    "export": "app.commands.exports",
    "backup": "app.commands.archives",
    "restore": "app.commands.archives",
    "check": "app.commands.checks",
}


class Verbs(click.Group):
    """A group that knows its verbs by name and loads one when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every verb, in the order of a person's first day."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb, or None when there is no such word."""
        if cmd_name not in VERBS:
            return None
        with undisturbed():
            verb: click.Command = getattr(import_module(VERBS[cmd_name]), f"{cmd_name}_verb")
        return verb

    def invoke(self, ctx: click.Context) -> Any:
        """Run a verb; a setting that cannot be used is exit code 3, a file that cannot be, 1."""
        try:
            return super().invoke(ctx)
        except ConfigError as error:
            click.echo(str(error), err=True)
            raise SystemExit(3) from error
        except OSError as error:
            if error.filename is None:  # such as the end of a pipe, which click looks after
                raise
            raise click.FileError(str(error.filename), error.strerror) from error


@click.group(cls=Verbs)
def main() -> None:
    """Banyan 榕树, a key-account planning workbench.

    Settings come from the environment: DATABASE_URL, HOST, PORT, SECRET_KEY, INSTANCE_PATH …
    Every verb takes --json. Exit codes: 0 done, 1 the data or the state does not allow it,
    2 called wrongly, 3 a setting cannot be used.
    """


if __name__ == "__main__":
    main()
