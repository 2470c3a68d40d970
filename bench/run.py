"""One run: the app and the floor side by side on one data set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from app.config import read_config
from app.db import make_engine
from app.factory import create_app
from bench.client import Ask, Visitor, sign_in
from bench.databases import Place
from bench.measuring import Series, Target, fill, take_slice
from bench.selects import Weight, weigh
from bench.servers import APP, FLOOR, SIGNED_FLOOR, Server, serving
from bench.signed_floor import PATH, with_floor
from bench.subjects import Subject, subjects

FIRST_PAGE = "/sign-in"
CLIENTS = (1, 4)


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
    """What one run found; memory in MiB, time in seconds. ``signed`` is the floor of a
    signed-in page, measured as the pages are."""

    measured: list[Measured]
    signed: Measured
    floor: dict[int, Series]
    start_up: float
    start_up_cpu: float
    idle_memory: float
    memory_after: float


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
    return _weighed(on, on.found)


def _weighed(on: Stage, found: list[Subject]) -> list[Measured]:
    given = {"DATABASE_URL": on.url, "INSTANCE_PATH": str(on.folder), "LOG_LEVEL": "error"}
    app = with_floor(create_app(read_config(given)))
    weighed = [
        Measured(subject, weigh(app, on.visitors[subject.user_id], subject)) for subject in found
    ]
    app.extensions["engine"].dispose()
    return weighed


def run(
    make: Place, source: Path, folder: Path, effort: Effort, tell: Callable[[str], None]
) -> Result:
    """Everything that is measured on one data set."""
    start_up, start_cpu = _start_up(make("fresh", source), folder, effort)
    with (
        serving(FLOOR, make("floor", None), folder, "/") as floor,
        stage(make("app", source), folder) as on,
        serving(SIGNED_FLOOR, on.url, folder, FIRST_PAGE) as signed,
    ):
        idle = on.server.memory_mib()
        least = _signed_floor(on)
        measured = weigh_all(on)
        bare = Target(floor, Visitor(), lambda: Ask("/"))
        visitor = on.visitors[least.subject.user_id]
        targets = [(least, Target(signed, visitor, least.subject.take))]
        targets += [(one, on.target(one.subject)) for one in measured]
        for _one, target in targets:
            fill(target)
        for number in range(effort.rounds):
            tell(f"round {number + 1} of {effort.rounds}")
            for one, target in targets:
                _measure(one, target, bare, effort.seconds)
        after = on.server.memory_mib()
    return Result(measured, least, _beside(measured), start_up, start_cpu, idle, after)


def _signed_floor(on: Stage) -> Measured:
    """The floor of a signed-in page, as the first of those who are measured."""
    first = on.found[0]
    subject = Subject("its signed-in page", first.who, first.user_id, lambda: Ask(PATH))
    return _weighed(on, [subject])[0]


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


def _start_up(url: str, folder: Path, effort: Effort) -> tuple[float, float]:
    """From nothing to the first page, by the clock and of the processor: the middle of some."""
    tries = []
    for _ in range(min(effort.rounds, 3)):
        with serving(APP, url, folder, FIRST_PAGE) as server:
            tries.append((server.seconds, server.cpu_seconds() or 0.0))
    return median(one for one, _cpu in tries), median(cpu for _one, cpu in tries)
