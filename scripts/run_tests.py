"""Run the tests: all of them on SQLite, those of the database on PostgreSQL, then the browser's.

Brings what it needs. What cannot be had is skipped loudly, and in CI (CI=true) is a failure;
so is a pass in which no test ran. Words given (`make test ARGS="tests/users -k token"`) choose
within each pass, and one may then be empty.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from defusedxml import ElementTree

from browser import bring_chromium
from tests.chromium import CHOSEN
from tests.postgres import RUNNING, start_server
from tooling import PYTHON, ROOT, in_ci, say

# What a person's shell may hold and no test should see.
OUTSIDE = ("DATABASE_URL", "SECRET_KEY", "HOST", "PORT", "WORKERS")
DATABASE = "BANYAN_TEST_DATABASE"
SHARED = ("MPLCONFIGDIR", "BANYAN_TEST_TEMPLATES")  # folders that all passes use
NOTHING_CHOSEN = 5  # what pytest exits with

# What pytest's report calls each outcome, and what its closing line does.
OUTCOMES = {"failures": "failed", "errors": "errors", "skipped": "skipped"}


@dataclass(frozen=True, slots=True)
class Pass:
    """One run of pytest: what it is called, where its tests are, on which database."""

    name: str
    folders: tuple[str, ...]
    marked: str
    database: str
    needs: str = ""


PASSES = (
    Pass("every test but the browser's, on SQLite", ("tests", "app"), "not browser", "sqlite"),
    Pass(
        "the database's tests, on PostgreSQL",
        ("tests",),
        "database and not browser",
        "postgresql",
        needs=RUNNING,
    ),
    Pass("the browser's tests", ("tests/browser",), "browser", "sqlite", needs=CHOSEN),
)


def main() -> int:
    """Run every pass; 0 when each ran some tests and none failed."""
    began = time.monotonic()
    counts: Counter[str] = Counter()
    with ExitStack() as stack:
        environment = prepare(stack)
        for one in PASSES:
            counts += run_pass(one, environment)
    print(closing_line(counts, time.monotonic() - began), flush=True)
    return verdict(counts)


def verdict(counts: Counter[str]) -> int:
    """0 when some test passed and none failed, else 1."""
    return int(bool(counts["failed"] or counts["errors"]) or not counts["passed"])


def prepare(stack: ExitStack) -> dict[str, str]:
    """The environment of the tests, with the PostgreSQL and the browser that could be had."""
    environment = {name: value for name, value in os.environ.items() if name not in OUTSIDE}
    for name in SHARED:
        environment[name] = stack.enter_context(tempfile.TemporaryDirectory())
    try:
        server = start_server()
    except Exception as error:  # whatever keeps a database from starting is worth one sentence
        say(f"PostgreSQL could not be started: {error}")
    else:
        stack.callback(server.stop)
        environment[RUNNING] = server.address
    if browser := bring_chromium():
        environment[CHOSEN] = browser
    return environment


def run_pass(one: Pass, environment: dict[str, str]) -> Counter[str]:
    """Run one pass and count its outcomes; what it lacks makes it a loud skip, in CI an error."""
    if one.needs and one.needs not in environment:
        say(f"NOT RUN: {one.name}; what it needs could not be had")
        return Counter({"errors" if in_ci() else "skipped passes": 1})
    say(f"Running {one.name}")
    chosen = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [str(PYTHON), "-m", "pytest", "-q", "-rfEs", f"-n{workers()}", "--dist=loadgroup"]
        command += ["-m", one.marked, f"--junitxml={report}", *(chosen or one.folders)]
        own = {**environment, DATABASE: one.database}
        code = subprocess.run(command, cwd=ROOT, env=own, check=False).returncode
        return count(report, 0 if chosen and code == NOTHING_CHOSEN else code)


def workers() -> int:
    """How many processes share the tests: one per processor, two at least and four at most."""
    return max(2, min(4, os.cpu_count() or 2))


def count(report: Path, code: int) -> Counter[str]:
    """The outcomes in pytest's report; a pass that ended badly without one counts as an error."""
    counts: Counter[str] = Counter()
    if report.exists():
        for suite in ElementTree.parse(report).iter("testsuite"):
            counts["passed"] += int(suite.get("tests", 0))
            for outcome, name in OUTCOMES.items():
                counts[name] += int(suite.get(outcome, 0))
    counts["passed"] -= sum(counts[name] for name in OUTCOMES.values())
    if code and not (counts["failed"] or counts["errors"]):
        counts["errors"] += 1
    return counts


def closing_line(counts: Counter[str], seconds: float) -> str:
    """The sum of all passes, worded as pytest words its own last line."""
    order = ("failed", "passed", "skipped", "errors", "skipped passes")
    said = ", ".join(f"{counts[name]} {name}" for name in order if counts[name])
    return f"===== {said or 'no tests ran'} in {seconds:.2f}s ====="


if __name__ == "__main__":
    sys.exit(main())
