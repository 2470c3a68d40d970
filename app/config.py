"""What the environment may say, read once at start and checked with clear messages."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo, available_timezones

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = {"en": "English", "zh_Hans_CN": "简体中文"}
SECRETS = {"SECRET_KEY", "DATABASE_URL"}
"""Settings that may hold a password: terminals and logs name them and do not repeat them."""

Value = TypeVar("Value")


class ConfigError(ValueError):
    """One or more settings cannot be used; the message has a line for each."""


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one process. Built by :func:`read_config`."""

    host: str
    port: int
    database_url: str
    secret_key: str
    instance: Path
    language: str
    timezone: str
    https: bool
    trusted_proxies: int
    max_upload_mb: int
    threads: int
    log_level: str
    background_seconds: int
    public_url: str = ""
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_security: str = "starttls"
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_from: str = ""
    testing: bool = False

    @property
    def address(self) -> str:
        """Where people find the app, for links in letters."""
        return self.public_url or f"http://{self.host}:{self.port}"


def read_config(environ: Mapping[str, str] | None = None, *, testing: bool = False) -> Config:
    """Read and check the environment; raises ConfigError naming every setting that is wrong."""
    source = os.environ if environ is None else environ
    problems: list[str] = []

    def take(name: str, default: str, parse: Callable[[str], Value]) -> Value:
        text = source.get(name, "").strip() or default
        try:
            return parse(text)
        except ValueError as error:
            given = name if name in SECRETS else f"{name}={text!r}"
            problems.append(f"{given}: {error}")
            return parse(default)

    instance = Path(source.get("INSTANCE_PATH") or ROOT / "instance").expanduser().resolve()
    config = Config(
        host=take("HOST", "127.0.0.1", _host),
        port=take("PORT", "8000", _between(1, 65535)),
        database_url=take("DATABASE_URL", f"sqlite:///{instance / 'banyan.db'}", _database_url),
        secret_key=take("SECRET_KEY", "-" * 32, _secret) if source.get("SECRET_KEY") else "",
        instance=instance,
        language=take("DEFAULT_LANGUAGE", "en", _one_of(*LANGUAGES)),
        timezone=take("DEFAULT_TIMEZONE", "Asia/Shanghai", _timezone),
        https=take("HTTPS", "no", _yes_or_no),
        trusted_proxies=take("TRUSTED_PROXIES", "0", _between(0, 5)),
        max_upload_mb=take("MAX_UPLOAD_MB", "50", _between(1, 500)),
        threads=take("THREADS", "4", _between(1, 64)),
        log_level=take("LOG_LEVEL", "info", _one_of("debug", "info", "warning", "error")),
        background_seconds=take("BACKGROUND_SECONDS", "60", _between(0, 86_400)),
        public_url=take("PUBLIC_URL", "", _web_address),
        smtp_host=source.get("SMTP_HOST", "").strip(),
        smtp_port=take("SMTP_PORT", "587", _between(1, 65535)),
        smtp_security=take("SMTP_SECURITY", "starttls", _one_of("starttls", "tls", "none")),
        smtp_user=source.get("SMTP_USER", ""),
        smtp_password=source.get("SMTP_PASSWORD", ""),
        smtp_from=source.get("SMTP_FROM", "").strip(),
        testing=testing,
    )
    if problems:
        raise ConfigError("\n".join(problems))
    return config


def secret_key(config: Config) -> str:
    """The key that signs sessions: the one given, else one made and kept in the instance folder."""
    if config.secret_key:
        return config.secret_key
    make_instance(config)
    path = config.instance / "secret_key"
    if not path.exists():
        _make_key(path)
    return path.read_text(encoding="ascii").strip()


def make_instance(config: Config) -> None:
    """Make the instance folder; raises ConfigError where that cannot be."""
    try:
        config.instance.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(
            f"INSTANCE_PATH='{config.instance}': no folder can be made there ({error.strerror})"
        ) from error


def _make_key(path: Path) -> None:
    """Write a key aside and link it into place: of two workers that start at once, one wins."""
    aside = path.with_name(f"secret_key.{secrets.token_hex(4)}")
    with open(aside, "x", encoding="ascii", opener=_private) as kept:
        kept.write(secrets.token_urlsafe(48))
    try:
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        aside.unlink()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _host(text: str) -> str:
    if not text or any(letter.isspace() or letter == "/" for letter in text):
        raise ValueError("give an address such as 127.0.0.1, or 0.0.0.0 for every one")
    return text


def _between(least: int, most: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not text.isdigit() or not least <= int(text) <= most:
            raise ValueError(f"give a whole number from {least} to {most}")
        return int(text)

    return parse


def _one_of(*choices: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in choices:
            raise ValueError(f"give one of {', '.join(choices)}")
        return text

    return parse


def _yes_or_no(text: str) -> bool:
    return _one_of("yes", "no", "1", "0", "true", "false")(text.lower()) in {"yes", "1", "true"}


@cache
def _timezone(text: str) -> str:
    if text not in available_timezones():
        raise ValueError("give a time zone such as Asia/Shanghai")
    ZoneInfo(text)
    return text


def _web_address(text: str) -> str:
    if text and not text.startswith(("http://", "https://")):
        raise ValueError("give an address such as https://banyan.example")
    return text.rstrip("/")


def _secret(text: str) -> str:
    if len(text) < 32:
        raise ValueError("give at least 32 characters, or none and one is made")
    return text


def _database_url(text: str) -> str:
    """A SQLAlchemy address; plain PostgreSQL ones are given the driver that we install."""
    for prefix in ("postgres://", "postgresql://"):
        if text.startswith(prefix):
            text = "postgresql+psycopg://" + text.removeprefix(prefix)
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        url = make_url("nothing://")
    in_memory = url.drivername == "sqlite" and url.database in {None, "", ":memory:"}
    if url.drivername not in {"sqlite", "postgresql+psycopg"} or in_memory:
        raise ValueError("give sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME")
    return text
