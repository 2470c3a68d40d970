"""run, serve, migrate."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import click
from sqlalchemy.orm import Session

from app.commands.common import (
    Failure,
    answers,
    as_json,
    current,
    newest,
    open_engine,
    open_session,
)
from app.config import Config, ConfigError, read_config
from app.db import make_engine
from app.demo.sign_ins import SignIn, said, sign_ins
from app.loading import undisturbed
from app.migrate import migrate
from app.users.changes import new_first_token
from app.users.queries import has_administrator, has_users

JSON = click.option("--json", "wants_json", is_flag=True, help="Say where and who as JSON.")


def _serve(config: Config, opening: Opening, *, wants_json: bool) -> None:
    from waitress import create_server  # type: ignore[import-untyped]

    with undisturbed():
        from app.background import keep_up
        from app.factory import create_app

        app = create_app(config)
    try:
        server = create_server(app, host=config.host, port=config.port, threads=config.threads,
                               ident=None)  # fmt: skip
    except OSError as error:
        raise Failure(
            f"{config.host}:{config.port} cannot be used ({error.strerror}). "
            "Set HOST or PORT to another."
        ) from error
    except ValueError as error:  # what the server says of a host without an address
        raise ConfigError(f"HOST={config.host!r}: there is no such address") from error
    keep_up(app)
    click.echo(as_json(asdict(opening)) if wants_json else "\n".join(lines_of(opening)))
    server.run()


@click.command("serve")
@JSON
def serve_verb(*, wants_json: bool) -> None:
    """Serve the app; the database must have been migrated."""
    config = read_config()
    engine = open_engine()
    with open_session(engine) as session:
        opening = opening_of(session, config)
    engine.dispose()
    _serve(config, opening, wants_json=wants_json)


@click.command("run")
@click.option(
    "--no-demo", is_flag=True, help="Start empty; the first visitor becomes administrator."
)
@JSON
def run_verb(*, no_demo: bool, wants_json: bool) -> None:
    """Migrate, make the demo workspace the first time, and serve."""
    config = read_config()
    engine = open_engine()
    with open_session(engine) as session:
        is_new = not has_users(session)
    if is_new and not no_demo:
        from app.commands.demo import build

        build(engine)
    with open_session(engine) as session:
        opening = opening_of(session, config, is_told=not no_demo)
    engine.dispose()
    _serve(config, opening, wants_json=wants_json)


@dataclass(frozen=True, slots=True)
class Opening:
    """What somebody at the terminal needs to come in: where; of an empty workspace the token that
    makes the first administrator; of the demo who can sign in."""

    address: str
    first_token: str | None
    sign_ins: tuple[SignIn, ...]


def opening_of(session: Session, config: Config, *, is_told: bool = False) -> Opening:
    """How to come in; a new token each time while nobody administers."""
    token = None if has_administrator(session) else new_first_token(session)
    address = f"http://{config.host}:{config.port}"
    return Opening(address, token, sign_ins(session) if is_told else ())


def lines_of(opening: Opening) -> list[str]:
    """An opening in lines for people."""
    lines = []
    if opening.first_token:
        lines = [
            "This workspace is empty. Become its first administrator at",
            f"  {opening.address}/first",
            f"with the token  {opening.first_token}",
        ]
    return [
        *lines,
        *said(opening.sign_ins),
        f"Banyan serves on {opening.address}  (Ctrl+C ends it)",
    ]


@click.command("migrate")
@click.option("--to", default="head", help="A revision, 'head', '-1' or 'base'.")
@answers(lambda answer: f"The database is at {answer['revision'] or 'nothing'}.")
def migrate_verb(to: str) -> dict[str, str | None]:
    """Bring the database to the newest shape, or to another."""
    from alembic.util import CommandError

    engine = open_engine() if to == "head" else make_engine(read_config().database_url)
    try:
        if to != "head":
            migrate(engine, to)
    except CommandError as error:
        engine.dispose()
        raise Failure(f"The database cannot be brought to {to!r}: {error}") from error
    return {"revision": current(engine), "newest": newest()}
