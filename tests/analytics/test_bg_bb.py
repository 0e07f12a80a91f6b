"""BG/BB: the donations as published, the likelihood against integration and every history, refusals, extremes."""

from __future__ import annotations

import doctest
from pathlib import Path

import numpy as np
import pytest
from buyers import DONORS, donors
from scipy.optimize import approx_fprime
from scipy.stats import beta as beta_distribution

from analytics.engines import bg_bb
from analytics.engines.bg_bb import BgBb
from analytics.engines.patterns import Patterns
from analytics.examples import TooFewExamples
from models.errors import Rejected

DONATIONS = Path(__file__).parents[3] / "shared" / "data" / "donations-bgbb" / "bgbb_donations.csv"
MODEL = BgBb(**DONORS)


def test_the_worked_example_runs() -> None:
    assert doctest.testmod(bg_bb).failed == 0


@pytest.mark.skipif(not DONATIONS.exists(), reason="the donations data set is not beside this checkout")
def test_the_donations_give_the_published_parameters_and_likelihood() -> None:
    _, x, recency, chances = np.loadtxt(DONATIONS, delimiter=",", skiprows=1, unpack=True)

    fit = bg_bb.fit(x, recency, chances)

    assert {name: round(value, 3) for name, value in fit.parameters.items()} == {
        "alpha": 1.204,
        "beta": 0.750,
        "gamma": 0.657,
        "delta": 2.783,
    }
    assert round(fit.log_likelihood, 1) == -33225.6
    assert fit.converged
    assert fit.n == 11104


@pytest.mark.skipif(not DONATIONS.exists(), reason="the donations data set is not beside this checkout")
def test_the_donors_of_each_frequency_are_as_many_as_the_fit_expects() -> None:
    _, x, recency, chances = np.loadtxt(DONATIONS, delimiter=",", skiprows=1, unpack=True)
    model = BgBb(**bg_bb.fit(x, recency, chances).parameters)

    expected = model.frequency_probability(6) * len(x)

    assert np.abs(expected / np.bincount(x.astype(int)) - 1).max() < 0.07


@pytest.mark.parametrize(("x", "recency", "chances"), [(0, 0, 3), (1, 1, 4), (2, 3, 3), (2, 4, 7)])
def test_the_likelihood_is_the_integral_over_giving_and_leaving(x: int, recency: int, chances: int) -> None:
    model = BgBb(alpha=2.0, beta=1.0, gamma=2.0, delta=3.0)
    nodes, weights = np.polynomial.legendre.leggauss(60)
    give, leave = (nodes[:, None] + 1) / 2, (nodes[None, :] + 1) / 2

    sure = give**x * (1 - give) ** (chances - x) * (1 - leave) ** chances
    left = sum(
        give**x * (1 - give) ** (recency - x + i) * leave * (1 - leave) ** (recency + i)
        for i in range(chances - recency)
    )
    spread = beta_distribution.pdf(give, 2.0, 1.0) * beta_distribution.pdf(leave, 2.0, 3.0)
    integral = float((weights[:, None] * weights / 4 * (sure + left) * spread).sum())

    assert model.log_likelihood(x, recency, chances)[0] == pytest.approx(np.log(integral), abs=1e-9)


def test_the_probabilities_of_frequencies_sum_to_one_and_have_the_expected_mean() -> None:
    probabilities = MODEL.frequency_probability(12)

    assert probabilities.sum() == pytest.approx(1.0, abs=1e-12)
    assert probabilities @ np.arange(13) == pytest.approx(MODEL.expected(12), rel=1e-12)


def test_the_gradient_is_that_of_the_likelihood() -> None:
    objective = bg_bb.objective(Patterns.of([0, 1, 2, 2, 6], [0, 3, 2, 5, 6], [6, 6, 4, 6, 6]))
    point = np.array([1.2, 0.7, 0.6, 2.5])

    assert objective(point)[1] == pytest.approx(approx_fprime(point, lambda at: objective(at)[0], 1e-7), rel=1e-5)


def test_parameters_are_recovered_within_their_standard_errors() -> None:
    fit = bg_bb.fit(*donors(4000, 8, seed=9, **DONORS))

    assert fit.converged
    assert fit.gradient_norm < 1e-8
    for name, true in DONORS.items():
        assert abs(fit.parameters[name] - true) < 2.5 * fit.standard_errors[name]


def test_the_first_path_is_what_the_expected_path_begins_with_and_never_above_it() -> None:
    first = MODEL.first_path(40, [2, 0], [5, 0], [6, 6])
    every = MODEL.expected_path(40, [2, 0], [5, 0], [6, 6])

    assert first[:, 0] == pytest.approx(every[:, 0])
    assert (first <= every + 1e-15).all()
    assert (first.sum(axis=1) < MODEL.probability_alive([2, 0], [5, 0], [6, 6])).all()


def test_histories_of_different_lengths_and_long_ones_stay_numbers() -> None:
    x, recency, chances = [0, 3, 500, 1, 0], [0, 3, 500, 1, 0], [0, 3, 2000, 2000, 2000]

    alive = MODEL.probability_alive(x, recency, chances)

    assert np.isfinite(alive).all()
    assert alive[0] == pytest.approx(2.783 / (0.657 + 2.783))
    assert alive[3] < 1e-3
    assert MODEL.probability_alive([], [], []).tolist() == []


def test_donors_that_all_give_always_have_no_maximum_and_the_fit_says_so() -> None:
    fit = bg_bb.fit(np.full(100, 6), np.full(100, 6), np.full(100, 6))
    assert not fit.converged
    assert fit.loose


def test_too_few_are_refused_with_both_numbers_and_impossible_histories_by_name() -> None:
    with pytest.raises(TooFewExamples) as few:
        bg_bb.fit([1, 0], [1, 0], [6, 6])
    assert (few.value.needed, few.value.found) == (30, 2)
    with pytest.raises(TooFewExamples) as idle:
        bg_bb.fit(np.zeros(40), np.zeros(40), np.full(40, 6))
    assert (idle.value.needed, idle.value.found) == (10, 0)
    with pytest.raises(Rejected, match="3 chances taken, the last at 2 of 6"):
        MODEL.probability_alive([3], [2], [6])
    with pytest.raises(Rejected, match="whole numbers"):
        MODEL.probability_alive([1], [1.5], [6])
