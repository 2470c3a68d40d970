"""The runner must never be green with nothing run."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import run_tests
from run_tests import Pass, closing_line, count, run_pass, verdict

BROWSER = Pass(
    "the browser's tests", ("tests/browser",), "browser", "sqlite", needs="BANYAN_CHROMIUM"
)

REPORT = '<testsuites><testsuite tests="9" failures="2" errors="1" skipped="3"/></testsuites>'


def test_outcomes_are_counted_from_the_report(tmp_path: Path):
    report = tmp_path / "report.xml"
    report.write_text(REPORT)

    assert count(report, code=1) == Counter(passed=3, failed=2, errors=1, skipped=3)


@pytest.mark.parametrize("code", [2, 3, 4, 5])
def test_a_pass_that_ended_badly_without_a_report_is_an_error(tmp_path: Path, code: int):
    assert count(tmp_path / "none.xml", code)["errors"] == 1


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        (Counter(), 1),
        (Counter(skipped=5), 1),
        (Counter(passed=5, skipped=1), 0),
        (Counter(passed=5, failed=1), 1),
        (Counter(passed=5, errors=1), 1),
    ],
)
def test_only_tests_that_passed_make_it_green(counts: Counter[str], expected: int):
    assert verdict(counts) == expected


@pytest.mark.parametrize(("is_ci", "outcome"), [(True, "errors"), (False, "skipped passes")])
def test_a_missing_browser_is_an_error_in_ci_and_a_skip_elsewhere(
    monkeypatch: pytest.MonkeyPatch, is_ci: bool, outcome: str
):
    monkeypatch.setattr(run_tests, "in_ci", lambda: is_ci)

    assert run_pass(BROWSER, {}) == Counter({outcome: 1})


def test_the_last_line_reads_as_pytest_words_it():
    line = closing_line(Counter(passed=12, failed=1), seconds=3.5)

    assert line == "===== 1 failed, 12 passed in 3.50s ====="
