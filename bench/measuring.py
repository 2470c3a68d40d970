"""Requests sent and timed. Page and floor take turns, so that a busy machine slows both."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from math import ceil
from statistics import median

from bench.client import LONGEST, PAUSE, Ask, Client, Visitor, is_begun
from bench.servers import Server


@dataclass(frozen=True, slots=True)
class Slice:
    """A short stretch of requests to one address."""

    latencies: list[float]
    seconds: float
    cpu: float | None

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.latencies) / self.seconds


@dataclass(frozen=True, slots=True)
class Target:
    """Whom to ask, as whom, and for what."""

    server: Server
    visitor: Visitor
    take: Callable[[], Ask]


@dataclass
class Series:
    """The slices of one subject, each beside one of the floor taken just before."""

    slices: list[Slice] = field(default_factory=list)
    beside: list[Slice] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Requests a second, the middle of the rounds."""
        return median(one.rate for one in self.slices)

    @property
    def ratio(self) -> float:
        """Throughput as a share of the floor's, the middle of the rounds."""
        pairs = zip(self.slices, self.beside, strict=True)
        return median(own.rate / floor.rate for own, floor in pairs)

    @property
    def cpu_ms(self) -> float | None:
        """Processor time a request costs the server, in milliseconds."""
        return _cpu_ms(self.slices)

    @property
    def cpu_ratio(self) -> float | None:
        """The floor's processor time as a share of this one's: what the ratio is when alone."""
        own, floor = _cpu_ms(self.slices), _cpu_ms(self.beside)
        return floor / own if own and floor else None

    def percentile(self, which: int) -> float:
        """A percentile of the latencies of all rounds, in milliseconds."""
        taken = sorted(one for each in self.slices for one in each.latencies)
        return taken[ceil(len(taken) * which / 100) - 1] * 1000


def _cpu_ms(slices: list[Slice]) -> float | None:
    used = [one.cpu for one in slices if one.cpu is not None]
    asked = sum(len(one.latencies) for one in slices)
    return sum(used) / asked * 1000 if used else None


def fill(target: Target) -> None:
    """Ask until the answer itself is there, not how far it is; what is kept is found by then."""
    client, until = Client(target.server.port, target.visitor), time.monotonic() + LONGEST
    try:
        while is_begun(client.send(target.take())) and time.monotonic() < until:
            time.sleep(PAUSE)
    finally:
        client.close()


def take_slice(target: Target, clients: int, seconds: float) -> Slice:
    """Ask again and again, each client as soon as it has its answer."""
    before, start = target.server.cpu_seconds(), time.monotonic()
    until = start + seconds
    with ThreadPoolExecutor(clients) as pool:
        parts = list(pool.map(lambda _n: _ask(target, until), range(clients)))
    elapsed, after = time.monotonic() - start, target.server.cpu_seconds()
    cpu = after - before if after is not None and before is not None else None
    return Slice([one for part in parts for one in part], elapsed, cpu)


def _ask(target: Target, until: float) -> list[float]:
    client = Client(target.server.port, target.visitor)
    latencies = []
    try:
        while not latencies or time.monotonic() < until:
            ask, start = target.take(), time.monotonic()
            client.send(ask)
            latencies.append(time.monotonic() - start)
    finally:
        client.close()
    return latencies
