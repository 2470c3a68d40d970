"""The app served as people run it, for tests that need a real address."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parent.parent
PATIENCE_SECONDS = 30
SECRET_KEY = "a key that is only for the tests"


@contextmanager
def serving(database_url: str, *, workers: int) -> Iterator[str]:
    """The address of a server over a migrated database: waitress for one worker, else gunicorn."""
    port = free_port()
    with tempfile.TemporaryDirectory() as instance:
        settings = {"DATABASE_URL": database_url, "INSTANCE_PATH": instance, "LOG_LEVEL": "error"}
        settings["SECRET_KEY"] = SECRET_KEY
        settings["BACKGROUND_SECONDS"] = "0"
        log = Path(instance) / "server.log"
        with log.open("w") as output:
            process = subprocess.Popen(
                command(port, workers),
                cwd=ROOT,
                env={**os.environ, **settings},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_until_ready(address, process, log)
            yield address
        finally:
            process.terminate()
            process.wait(PATIENCE_SECONDS)


def command(port: int, workers: int) -> Sequence[str]:
    """The words that start the server."""
    listen = f"127.0.0.1:{port}"
    if workers == 1:
        return [sys.executable, "-m", "waitress", f"--listen={listen}", "wsgi:app"]
    options = [f"--workers={workers}", f"--bind={listen}", "--threads=4", "--no-control-socket"]
    return [sys.executable, "-m", "gunicorn", *options, "wsgi:app"]


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_ready(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return once the app says that it can serve; raise with its log when it does not."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(f"{address}/healthz"):
                return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise RuntimeError(f"the server did not become ready:\n{log.read_text()[-4000:]}")
