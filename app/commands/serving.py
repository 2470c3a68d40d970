"""run, serve, migrate."""

from __future__ import annotations

import click
from sqlalchemy.orm import Session

from app.commands.common import Failure, answers, current, newest, open_engine, open_session
from app.config import Config, read_config
from app.db import make_engine
from app.migrate import migrate
from app.users.changes import new_first_token
from app.users.queries import has_administrator, has_users


def _serve(config: Config) -> None:
    from waitress import serve  # type: ignore[import-untyped]

    from app.background import keep_up
    from app.factory import create_app

    app = create_app(config)
    keep_up(app)
    click.echo(f"Banyan serves on http://{config.host}:{config.port}  (Ctrl+C ends it)")
    try:
        serve(
            app, host=config.host, port=config.port, threads=config.threads, ident=None, _quiet=True
        )
    except OSError as error:
        raise Failure(
            f"Port {config.port} cannot be used ({error.strerror}). Set PORT to another."
        ) from error


@click.command("serve")
def serve_verb() -> None:
    """Serve the app; the database must have been migrated."""
    config = read_config()
    engine = open_engine()
    with open_session(engine) as session:
        _say_first_token(session, config)
    engine.dispose()
    _serve(config)


@click.command("run")
@click.option(
    "--no-demo", is_flag=True, help="Start empty; the first visitor becomes administrator."
)
def run_verb(no_demo: bool) -> None:
    """Migrate, make the demo workspace the first time, and serve."""
    config = read_config()
    engine = open_engine()
    with open_session(engine) as session:
        is_new = not has_users(session)
    if is_new and not no_demo:
        from app.commands.demo import build

        build(engine)
    with open_session(engine) as session:
        _say_first_token(session, config)
        if not no_demo:
            _say_demo(session)
    engine.dispose()
    _serve(config)


def _say_first_token(session: Session, config: Config) -> None:
    if not has_administrator(session):
        click.echo("This workspace is empty. Become its first administrator at")
        click.echo(f"  http://{config.host}:{config.port}/first")
        click.echo(f"with the token  {new_first_token(session)}")


def _say_demo(session: Session) -> None:
    from app.demo.sign_ins import said

    for line in said(session):
        click.echo(line)


@click.command("migrate")
@click.option("--to", default="head", help="A revision, 'head', '-1' or 'base'.")
@answers(lambda answer: f"The database is at {answer['revision'] or 'nothing'}.")
def migrate_verb(to: str) -> dict[str, str | None]:
    """Bring the database to the newest shape, or to another."""
    engine = open_engine() if to == "head" else make_engine(read_config().database_url)
    if to != "head":
        migrate(engine, to)
    return {"revision": current(engine), "newest": newest()}
