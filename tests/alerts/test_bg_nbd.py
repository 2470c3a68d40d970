"""The model of who still buys, against its authors' own figures."""

from __future__ import annotations

import csv

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.alerts.bg_nbd import Buying, Fit, chance_alive, descend, fit
from tests.exchange.shared import shared

# Fader, Hardie and Lee (2005), table 2: 2,357 customers of CDNOW over 39 weeks.
CDNOW = Fit(0.243, 4.414, 0.793, 2.426, -9582.4)


def test_the_published_fit_of_cdnow_comes_out():
    with shared("cdnow", "cdnow_customers_summary.csv").open() as file:
        pasts = [
            Buying(int(row["frequency"]), float(row["recency"]), float(row["T"]))
            for row in csv.DictReader(file)
        ]

    found = fit(pasts)

    assert found.r == pytest.approx(CDNOW.r, abs=0.0005)
    assert found.alpha == pytest.approx(CDNOW.alpha, abs=0.0005)
    assert found.a == pytest.approx(CDNOW.a, abs=0.0005)
    assert found.b == pytest.approx(CDNOW.b, abs=0.0005)
    assert found.log_likelihood == pytest.approx(CDNOW.log_likelihood, abs=0.05)


def test_the_published_customer_is_alive_with_the_published_chance():
    assert chance_alive(CDNOW, Buying(2, 30.43, 38.86)) == pytest.approx(0.7266, abs=0.00005)


def test_who_bought_once_only_has_had_no_occasion_to_leave():
    assert chance_alive(CDNOW, Buying(0, 0, 38.86)) == 1


@given(some.integers(1, 50), some.floats(0, 100), some.floats(0, 100), some.floats(0.1, 100))
def test_silence_never_makes_a_customer_likelier_to_be_there(repeats, recency, silent, more):
    sooner = chance_alive(CDNOW, Buying(repeats, recency, recency + silent))
    later = chance_alive(CDNOW, Buying(repeats, recency, recency + silent + more))

    assert 0 <= later <= sooner <= 1


def test_customers_who_never_came_back_teach_no_rhythm():
    with pytest.raises(ValueError, match="nobody bought again"):
        fit([Buying(0, 0, 10), Buying(0, 0, 20)])


def test_the_order_of_customers_changes_nothing():
    pasts = [Buying(2, 8, 10), Buying(0, 0, 12), Buying(5, 9, 11), Buying(1, 3, 30)]

    assert fit(pasts) == fit(pasts[::-1])


def test_the_descent_finds_the_bottom_of_a_known_valley():
    # Rosenbrock's function is least, 0, at (1, 1)
    place, value = descend(lambda at: (1 - at[0]) ** 2 + 100 * (at[1] - at[0] ** 2) ** 2, (-1.2, 1))

    assert np.allclose(place, (1, 1), atol=1e-3)
    assert value == pytest.approx(0, abs=1e-6)
