"""python -m bench: what pages cost, as ratios to a bare page taken in the same run."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.databases import places
from bench.dataset.build import dataset
from bench.dataset.deals import DEALS
from bench.growth import growth
from bench.report import as_plain, as_text, growth_as_text, work_as_plain
from bench.run import FULL, QUICK, run
from bench.works import Ground, Took, take, works

ABOUT = """\
Asked as the first key-account manager (forty accounts of their own, some dozen with others)
and, where it says head, as the head of sales, who sees every account. Page and floor take
turns; floor× is the throughput as a share of the floor's, by the middle of the rounds. The
floor is a bare page; "its signed-in page" is the same table behind our door and in our shell,
and signed× is a page's processor time against that one's."""


def main() -> None:
    """Make the data set if need be, measure, and print."""
    given = _words()
    effort = QUICK if given.quick else FULL
    answer: dict[str, Any] = {"scale": given.scale, "database": given.database}
    source = dataset(given.scale, tell, given.deals)
    with tempfile.TemporaryDirectory() as name, places(given.database, Path(name)) as make:
        folder = Path(name)
        if given.growth:
            small = dataset(given.scale / 10, tell, given.deals)
            answer["growth"] = growth(make, (small, source), folder, effort, tell)
        else:
            answer |= as_plain(run(make, source, folder, effort, tell))
            answer["works"] = [work_as_plain(one) for one in _works(Ground(make, source, folder))]
    say(f"SCALE={given.scale:g} on {given.database}. {ABOUT}\n")
    say(growth_as_text(answer["growth"]) if given.growth else as_text(answer))
    if given.json:
        given.json.write_text(json.dumps(answer, indent=2) + "\n", encoding="utf-8")


def _works(ground: Ground) -> Iterator[Took]:
    for work in works():
        tell(work.name)
        yield take(work, ground)


def _words() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    add = parser.add_argument
    add("--scale", type=float, default=float(os.environ.get("SCALE", "1")))
    add("--database", default=os.environ.get("BENCH_DATABASE", "sqlite"), choices=DATABASES)
    add(
        "--deals",
        type=int,
        default=DEALS,
        metavar="N",
        help="deals of an account; 55 make 10,000 open and 100,000 closed ones at scale 1",
    )
    add("--growth", action="store_true", help="against a tenth of the data, page by page")
    add("--quick", action="store_true", help="one short round: does it run at all?")
    add("--json", type=Path, metavar="FILE", help="keep the figures")
    return parser.parse_args()


DATABASES = ("sqlite", "postgresql")


def tell(words: str) -> None:
    """How far it is."""
    print(words, file=sys.stderr, flush=True)


def say(words: str) -> None:
    """What was found."""
    print(words)


if __name__ == "__main__":
    main()
