"""Work that is no page: imports, answers, forecasts. Each has an aim, in seconds."""

from __future__ import annotations

import gc
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.alert_works import everyone, one
from bench.databases import Place
from bench.lesson_works import past, watched
from bench.map_times import SIZES, facts_of
from bench.map_works import drawing, looked_through, portfolio
from bench.record_works import reading
from bench.sales_file import write_sales
from bench.servers import ROOT

PEOPLE = 10_000
SALES = 100_000
DEALS = {200: 0.1, 10_000: 2.0}
MAP_AIMS = dict(zip(SIZES, (0.06, 0.4, 4.0), strict=True))


@dataclass(frozen=True, slots=True)
class Ground:
    """Where work is done: ``make`` gives a new database of the data set."""

    make: Place
    source: Path
    folder: Path

    def database(self, name: str) -> str:
        """The address of a copy of the data set."""
        return self.make(name, self.source)


@dataclass(frozen=True, slots=True)
class Work:
    """Something to be done within ``aim`` seconds; ``prepare`` gives what is timed.

    ``amount`` is how many it does, where that is worth telling by the second.
    """

    name: str
    aim: float
    prepare: Callable[[Ground], Callable[[], object]]
    amount: int = 0


@dataclass(frozen=True, slots=True)
class Took:
    """How long a work took, by the clock and of the processor."""

    work: Work
    seconds: float
    cpu: float


def works() -> list[Work]:
    """All of it, in the order of the report."""
    return [
        Work(f"{PEOPLE:,} people imported", 5.0, _people, PEOPLE),
        Work(f"{SALES:,} sales lines imported", 5.0, _sales, SALES),
        *(Work(f"a map of {size:,} people answered", MAP_AIMS[size], _map(size)) for size in SIZES),
        Work("1,000 maps of 20 people answered", 60.0, lambda _ground: portfolio()),
        Work("the data set's maps looked through", 60.0, _looked_through(again=False)),
        Work("and again when nothing changed", 1.0, _looked_through(again=True)),
        Work("every account watched, 1,000,000 sales lines", 60.0,
             lambda ground: everyone(ground.database("watched"))),
        Work("one account watched after a change", 0.2,
             lambda ground: one(ground.database("watched_one"))),
        *(Work(f"an account's records, {years} years of them", 0.3, _records(years))
          for years in (3, 20)),
        Work("a map of 50 drawn by the template", 0.01, lambda ground: drawing(ground.folder)),
        Work("20 watches over 2,000 open deals", 10.0, _watched(2_000)),
        Work("20 watches over one deal", 0.1, _watched(1)),
        Work("2,000 decided deals as known week by week", 10.0, _past),
        *(Work(f"{many:,} open deals as a distribution", aim, _outlook(many))
          for many, aim in DEALS.items()),
    ]  # fmt: skip


def take(work: Work, ground: Ground) -> Took:
    """Do it once, what it needs being ready."""
    do = work.prepare(ground)
    gc.collect()  # what earlier work left is not this one's to clear away
    cpu, start = _cpu(), time.perf_counter()
    do()
    return Took(work, time.perf_counter() - start, _cpu() - cpu)


def _cpu() -> float:
    """Processor time of this process and of those it has waited for."""
    own, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return sum(one.ru_utime + one.ru_stime for one in (own, children))


def _records(years: int) -> Callable[[Ground], Callable[[], object]]:
    return lambda ground: reading(ground.database(f"records_{years}"), years)


def _people(ground: Ground) -> Callable[[], object]:
    from bench.people_file import account_names, write_people

    url = ground.database("people")
    file = write_people(ground.folder / "people.csv", account_names(url), PEOPLE)
    return lambda: _import("people", file, url, ground.folder, PEOPLE)


def _sales(ground: Ground) -> Callable[[], object]:
    from bench.people_file import account_names

    url = ground.database("sales")
    file = write_sales(ground.folder / "sales.csv", account_names(url), SALES)
    return lambda: _import("sales", file, url, ground.folder, SALES)


def _import(kind: str, file: Path, url: str, folder: Path, count: int) -> None:
    """`banyan import`, as a person calls it."""
    words = [sys.executable, "-m", "app.cli", "import", kind, str(file), "--yes", "--json"]
    settings = {"DATABASE_URL": url, "INSTANCE_PATH": str(folder)}
    done = subprocess.run(
        words, cwd=ROOT, env={**os.environ, **settings}, capture_output=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"the import failed: {done.stderr.decode()[-2000:]}")
    told = json.loads(done.stdout)
    if told["new"] != count:
        raise RuntimeError(f"the import took in {told['new']} of {count}: {done.stdout[:500]!r}")


def _watched(deals: int) -> Callable[[Ground], Callable[[], object]]:
    return lambda ground: watched(ground.database(f"watched_{deals}"), deals)


def _past(ground: Ground) -> Callable[[], object]:
    return past(ground.database("past"))


def _map(size: int) -> Callable[[Ground], Callable[[], object]]:
    def prepare(_ground: Ground) -> Callable[[], object]:
        from app.stakeholders.findings import findings
        from app.stakeholders.power_map import answers

        findings(answers(facts_of(10)))  # the libraries are loaded before the clock runs
        facts = facts_of(size)
        return lambda: findings(answers(facts))

    return prepare


def _looked_through(*, again: bool) -> Callable[[Ground], Callable[[], object]]:
    name = "maps_again" if again else "maps"
    return lambda ground: looked_through(ground.database(name), again=again)


def _outlook(count: int) -> Callable[[Ground], Callable[[], object]]:
    def prepare(_ground: Ground) -> Callable[[], object]:
        from app.pipeline.distribution import Bet, outlook

        chance = random.Random(count)
        bets = [Bet(chance.uniform(1e4, 1e6), chance.random()) for _ in range(count)]
        return lambda: outlook(bets)

    return prepare
