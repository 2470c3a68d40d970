"""Servers as people run them, on free ports, and what they use of the machine."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
APP = (sys.executable, "-m", "app.cli", "serve")
FLOOR = (sys.executable, "-m", "bench.floor")
SIGNED_FLOOR = (sys.executable, "-m", "bench.signed_floor")
PATIENCE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; ``seconds`` is how long its first page took, from nothing."""

    pid: int
    port: int
    seconds: float

    def cpu_seconds(self) -> float | None:
        """The processor time used so far; None where the system does not tell."""
        try:
            tasks = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
            return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9
        except (OSError, IndexError):
            return None

    def memory_mib(self) -> float:
        """The memory held, in MiB; 0 where the system does not tell."""
        try:
            status = Path(f"/proc/{self.pid}/status").read_text()
        except OSError:
            return 0.0
        lines = dict(line.split(":", 1) for line in status.splitlines())
        return int(lines["VmRSS"].split()[0]) / 1024


@contextmanager
def serving(
    words: Sequence[str], database_url: str, folder: Path, first_page: str
) -> Iterator[Server]:
    """Start a server, wait for its first page, and end it afterwards."""
    port = free_port()
    settings = {"DATABASE_URL": database_url, "INSTANCE_PATH": str(folder), "PORT": str(port)}
    settings |= {"BACKGROUND_SECONDS": "0"}  # pages are measured, not the maps' first round
    start = time.monotonic()
    with (folder / f"{port}.log").open("w") as log:
        process = subprocess.Popen(
            words, cwd=ROOT, env={**os.environ, **settings}, stdout=log, stderr=log
        )
    try:
        _wait(process, port, first_page)
        yield Server(process.pid, port, time.monotonic() - start)
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(process: subprocess.Popen[bytes], port: int, page: str) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        try:
            connection.request("GET", page)
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.02)
        finally:
            connection.close()
    raise RuntimeError(f"the server did not become ready: {process.args}")
