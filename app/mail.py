"""Letters by SMTP, as the environment says: plain text, with a way to be left alone."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from app.config import Config

PATIENCE_SECONDS = 20


class MailNotSetUpError(RuntimeError):
    """No SMTP server is named in the environment."""


def letter(config: Config, to: str, subject: str, body: str, stop: str = "") -> EmailMessage:
    """A letter; ``stop`` is the address by which a mail program unsubscribes in one click."""
    message = EmailMessage()
    message["From"] = config.smtp_from or f"banyan@{config.smtp_host}"
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = formatdate(usegmt=True)
    message["Message-ID"] = make_msgid(domain="banyan.invalid")
    message["Auto-Submitted"] = "auto-generated"
    if stop:
        message["List-Unsubscribe"] = f"<{stop}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(body)
    return message


@contextmanager
def post_office(config: Config) -> Iterator[smtplib.SMTP]:
    """A connection to the server, signed in where a name is given; encrypted as asked."""
    if not config.smtp_host:
        raise MailNotSetUpError
    safe = ssl.create_default_context()
    where = (config.smtp_host, config.smtp_port)
    if config.smtp_security == "tls":
        office: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=PATIENCE_SECONDS, context=safe)
    else:
        office = smtplib.SMTP(*where, timeout=PATIENCE_SECONDS)
    with office:
        if config.smtp_security == "starttls":
            office.starttls(context=safe)
        if config.smtp_user:
            office.login(config.smtp_user, config.smtp_password)
        yield office
