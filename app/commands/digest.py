"""digest: the week's letters, for a scheduler to send."""

from __future__ import annotations

import smtplib
from typing import Any

import click

from app.commands.common import Failure, answers, open_engine, open_session
from app.config import read_config
from app.db import now


def _text(answer: dict[str, Any]) -> str:
    return (
        f"Week of {answer['monday']}: {len(answer['sent'])} sent, {len(answer['failed'])} failed."
    )


@click.command("digest")
@click.option("--to", default="", help="Only to this address.")
@answers(_text)
def digest_verb(to: str) -> dict[str, Any]:
    """Send everyone their week, once a week however often this is called.

    The mail server comes from SMTP_HOST, SMTP_PORT, SMTP_SECURITY (starttls, tls, none),
    SMTP_USER, SMTP_PASSWORD, SMTP_FROM; links begin with PUBLIC_URL.
    """
    from app.factory import create_app
    from app.mail import MailNotSetUpError
    from app.overview.digest import send_digests

    config = read_config()
    app = create_app(config)
    with open_session(open_engine()) as session:
        try:
            done = send_digests(app, session, now(), only=to.strip().lower())
        except MailNotSetUpError:
            raise Failure("No mail server is set: give SMTP_HOST.") from None
        except (OSError, smtplib.SMTPException) as error:
            raise Failure(f"The mail server {config.smtp_host} did not answer: {error}") from error
    return {"monday": done.monday, "sent": list(done.sent), "failed": list(done.failed)}
