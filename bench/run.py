"""One run: the app and the floor side by side on one data set."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from sqlalchemy import select

from app.accounts.models import Account
from app.config import read_config
from app.db import make_engine
from app.factory import create_app
from bench.client import Ask, Visitor, sign_in
from bench.databases import Place
from bench.measuring import Series, Target, take_slice
from bench.people_file import write_people
from bench.selects import Weight, weigh
from bench.servers import APP, FLOOR, ROOT, Server, serving
from bench.subjects import Subject, subjects

FIRST_PAGE = "/sign-in"
CLIENTS = (1, 4)
IMPORTED = 10_000


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to measure."""

    rounds: int
    seconds: float


FULL, QUICK = Effort(rounds=7, seconds=0.5), Effort(rounds=1, seconds=0.05)


@dataclass
class Measured:
    """What is known of one subject."""

    subject: Subject
    weight: Weight
    series: dict[int, Series] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result:
    """What one run found; memory in MiB, time in seconds."""

    measured: list[Measured]
    floor: dict[int, Series]
    start_up: float
    idle_memory: float
    memory_after: float
    imported_in: float


@dataclass(frozen=True, slots=True)
class Stage:
    """A served data set with those who look at it."""

    server: Server
    visitors: dict[int, Visitor]
    found: list[Subject]
    url: str
    folder: Path

    def target(self, subject: Subject) -> Target:
        """Where to send a subject's requests."""
        return Target(self.server, self.visitors[subject.user_id], subject.take)


@contextmanager
def stage(url: str, folder: Path) -> Iterator[Stage]:
    """Serve a database as people do, and sign in those who are measured."""
    engine = make_engine(url)
    found = subjects(engine)
    engine.dispose()
    with serving(APP, url, folder, FIRST_PAGE) as server:
        people = {subject.user_id for subject in found}
        yield Stage(server, {one: sign_in(server.port, one) for one in people}, found, url, folder)


def weigh_all(on: Stage) -> list[Measured]:
    """Count each subject's SELECTs in this process, with an app of our own on the same data."""
    given = {"DATABASE_URL": on.url, "INSTANCE_PATH": str(on.folder), "LOG_LEVEL": "error"}
    app = create_app(read_config(given))
    weighed = [
        Measured(subject, weigh(app, on.visitors[subject.user_id], subject)) for subject in on.found
    ]
    app.extensions["engine"].dispose()
    return weighed


def run(
    make: Place, source: Path, folder: Path, effort: Effort, tell: Callable[[str], None]
) -> Result:
    """Everything that is measured on one data set."""
    start_up = _start_up(make("fresh", source), folder, effort)
    with (
        serving(FLOOR, make("floor", None), folder, "/") as floor,
        stage(make("app", source), folder) as on,
    ):
        idle = on.server.memory_mib()
        measured = weigh_all(on)
        bare = Target(floor, Visitor(), lambda: Ask("/"))
        for one in measured:
            take_slice(on.target(one.subject), 1, 0)  # the first one fills caches
        for number in range(effort.rounds):
            tell(f"round {number + 1} of {effort.rounds}")
            for one in measured:
                _measure(one, on.target(one.subject), bare, effort.seconds)
        after = on.server.memory_mib()
    imported_in = import_people(make("import", source), folder, IMPORTED)
    return Result(measured, _beside(measured), start_up, idle, after, imported_in)


def _measure(one: Measured, target: Target, bare: Target, seconds: float) -> None:
    for clients in CLIENTS:
        series = one.series.setdefault(clients, Series())
        series.beside.append(take_slice(bare, clients, seconds))
        series.slices.append(take_slice(target, clients, seconds))


def _beside(measured: list[Measured]) -> dict[int, Series]:
    """Every slice of the floor, as one series."""
    return {
        clients: Series([part for one in measured for part in one.series[clients].beside])
        for clients in CLIENTS
    }


def _start_up(url: str, folder: Path, effort: Effort) -> float:
    """From nothing to the first page, the middle of some tries."""
    tries = []
    for _ in range(min(effort.rounds, 3)):
        with serving(APP, url, folder, FIRST_PAGE) as server:
            tries.append(server.seconds)
    return median(tries)


def import_people(url: str, folder: Path, count: int) -> float:
    """Seconds that `banyan import people` takes for so many new people, all in all."""
    file = write_people(folder / "people.csv", account_names(url), count)
    words = [sys.executable, "-m", "app.cli", "import", "people", str(file), "--yes", "--json"]
    start = time.monotonic()
    settings = {"DATABASE_URL": url, "INSTANCE_PATH": str(folder)}
    done = subprocess.run(
        words, cwd=ROOT, env={**os.environ, **settings}, capture_output=True, check=False
    )
    seconds = time.monotonic() - start
    if done.returncode:
        raise RuntimeError(f"the import failed: {done.stderr.decode()[-2000:]}")
    told = json.loads(done.stdout)
    if told["new"] != count:
        raise RuntimeError(f"the import took in {told['new']} of {count}: {done.stdout[:500]!r}")
    return seconds


def account_names(url: str) -> list[str]:
    """Where the people who are imported work."""
    engine = make_engine(url)
    with engine.connect() as connection:
        names = list(connection.scalars(select(Account.name).order_by(Account.id).limit(40)))
    engine.dispose()
    return names
