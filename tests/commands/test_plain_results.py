"""`banyan backtest --results`: a plain file of results, learnt from and scored in turns."""

from __future__ import annotations

import gzip
import json

import numpy as np
import pytest
from click.testing import CliRunner

from app.cli import main
from app.pipeline.plain_pattern import cross_scored, encoded

HEAD = "Opportunity Number,Region,Size,Elapsed Days,Opportunity Result\n"


@pytest.fixture
def results(tmp_path):
    """Four hundred deals: those of the East are won three times in four, the others one in four."""
    rows = [
        f"{number},{'East' if number % 2 else 'West'},{number % 7},{number % 3},"
        f"{'Won' if (number // 2 % 4 > 0) == bool(number % 2) else 'Loss'}\n"
        for number in range(400)
    ]
    file = tmp_path / "results.csv.gz"
    with gzip.open(file, "wt", encoding="utf-8") as out:
        out.write(HEAD + "".join(rows))
    return file


def call(*words):
    return CliRunner().invoke(main, ["backtest", *words], catch_exceptions=False)


def test_the_pattern_is_scored_on_rows_it_has_not_seen(results):
    answer = json.loads(call("--results", str(results), "--json").stdout)

    pattern, base = answer["chances"]
    assert (answer["rows"], pattern["cases"], pattern["came"]) == (400, 400, 0.5)
    assert pattern["brier"] == pytest.approx(0.1875, abs=0.01)  # ¾ × ¼
    assert pattern["beats_base_rate"]
    assert base["brier"] == pytest.approx(0.25, abs=0.02)
    assert answer["columns"] == ["Region: West", "Size"]


def test_what_only_the_end_tells_is_left_out_and_said(results):
    answer = json.loads(call("--results", str(results), "--json", "--leave-out", "region").stdout)

    assert answer["left_out"] == ["Opportunity Number", "Region", "Elapsed Days"]
    assert not answer["chances"][0]["beats_base_rate"]


def test_a_file_without_results_is_refused_in_a_line(tmp_path):
    file = tmp_path / "deals.csv"
    file.write_text("Name,Size\nA,1\nB,2\n", encoding="utf-8")

    answer = call("--results", str(file))

    assert answer.exit_code == 1
    assert "No column tells the result; the file has Name, Size." in answer.stderr


def test_words_become_columns_and_numbers_stay():
    design, names = encoded(
        [["None", "10"], ["Known", ""], ["None", "3"], ["Unknown", "0"]], ["Competitor", "Amount"]
    )

    assert names == ["Competitor: None", "Competitor: Unknown", "Amount"]
    assert design[:, 0].tolist() == [1, 0, 1, 0]
    assert design[1, 2] == 0


def test_a_table_without_columns_says_the_base_rate():
    said, base = cross_scored(np.zeros((20, 0)), [True, False] * 10)

    assert said == pytest.approx(base)
