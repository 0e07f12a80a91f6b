"""BG/NBD: the published figures, the likelihood against integration, recovery of parameters, refusals, extremes."""

from __future__ import annotations

import doctest

import numpy as np
import pytest
from buyers import CDNOW, customers
from scipy.integrate import quad
from scipy.optimize import approx_fprime
from scipy.special import betaln
from scipy.stats import beta as beta_distribution
from scipy.stats import gamma as gamma_distribution

from analytics.engines import bg_nbd, patterns
from analytics.engines.bg_nbd import BgNbd
from analytics.engines.patterns import Patterns
from analytics.examples import TooFewExamples
from models.errors import Rejected

MODEL = BgNbd(**CDNOW)


def test_the_worked_examples_run() -> None:
    assert doctest.testmod(bg_nbd).failed == 0
    assert doctest.testmod(patterns).failed == 0


def test_a_customer_of_two_repeats_is_expected_to_buy_as_often_as_published() -> None:
    # the worked customer of Fader, Hardie & Lee's own note: x = 2, t = 30.43, T = 38.86, the next 39 weeks
    assert MODEL.expected_purchases(39, 2, 30.43, 38.86)[0] == pytest.approx(1.226, abs=5e-4)


@pytest.mark.parametrize(("x", "recency", "age"), [(0, 0.0, 10.0), (1, 3.0, 12.0), (3, 8.0, 9.0), (4, 6.0, 30.0)])
def test_the_likelihood_is_the_integral_over_rates_and_leaving(x: int, recency: float, age: float) -> None:
    model = BgNbd(r=2.0, alpha=5.0, a=2.0, b=3.0)
    nodes, weights = np.polynomial.legendre.leggauss(160)
    leaving, rate = (nodes[:, None] + 1) / 2, (nodes[None, :] + 1) * 3  # 0 to 1, 0 to 6
    area = weights[:, None] / 2 * weights[None, :] * 3

    stay = (1 - leaving) ** x * rate**x * np.exp(-rate * age)
    left = leaving * (1 - leaving) ** (x - 1) * rate**x * np.exp(-rate * recency) if x else 0.0
    spread = gamma_distribution.pdf(rate, 2.0, scale=1 / 5.0) * beta_distribution.pdf(leaving, 2.0, 3.0)
    integral = float((area * (stay + left) * spread).sum())

    assert model.log_likelihood(x, recency, age)[0] == pytest.approx(np.log(integral), abs=1e-8)


@pytest.mark.parametrize(
    ("r", "alpha", "a", "b"),
    [
        (0.243, 4.414, 0.793, 2.426),
        (2.0, 9.0, 1.0, 2.0),
        (1.3, 3.0, 0.4, 0.6),
        (5.0, 20.0, 1.00005, 7.0),
        (0.9, 2.0, 3.5, 0.2),
    ],
)
@pytest.mark.parametrize(
    ("x", "age", "horizon"), [(0, 0.0, 30.0), (0, 12.0, 500.0), (3, 25.0, 10.0), (400, 60.0, 52.0)]
)
def test_expected_purchases_are_the_integral_also_where_the_closed_form_has_a_pole(
    r: float, alpha: float, a: float, b: float, x: int, age: float, horizon: float
) -> None:
    def given(leaving: float) -> float:
        bought = -np.expm1(-(r + x) * np.log1p(leaving * horizon / (alpha + age))) / leaving
        spread = (a - 1) * np.log(leaving) + (b + x - 1) * np.log1p(-leaving) - betaln(a, b + x)
        return float(bought * np.exp(spread))

    near = a / (a + b + x)
    parts = [quad(given, low, high, limit=400, epsabs=1e-13) for low, high in ((0, near), (near, min(9 * near, 0.9)))]
    rest = quad(given, min(9 * near, 0.9), 1, limit=400, epsabs=1e-13)

    integral = sum(part[0] for part in parts) + rest[0]

    assert float(BgNbd(r, alpha, a, b).expected_if_alive(horizon, x, age)) == pytest.approx(integral, rel=1e-6)


def test_the_gradient_is_that_of_the_likelihood() -> None:
    objective = bg_nbd.objective(Patterns.of([0, 1, 2, 2, 7], [0, 3, 4, 9, 8], [10, 10, 10, 10, 9]))
    point = np.array([0.7, 3.0, 0.9, 2.0])

    numeric = approx_fprime(point, lambda at: objective(at)[0], 1e-7)

    assert objective(point)[1] == pytest.approx(numeric, rel=1e-5)


def test_published_parameters_are_recovered_within_their_standard_errors() -> None:
    # as many, watched as long, as in the CDNOW sample: joined over 12 weeks, up to week 39
    ages = np.random.default_rng(5).uniform(27, 39, 2357)
    history = customers(2357, ages, seed=7, **CDNOW)

    fit = bg_nbd.fit(*history)

    assert fit.converged
    assert fit.message == "Converged."
    assert fit.gradient_norm < 1e-8
    assert fit.n == 2357
    for name, published in CDNOW.items():
        assert abs(fit.parameters[name] - published) < 2.5 * fit.standard_errors[name]
    assert fit.standard_errors["r"] == pytest.approx(0.012, abs=0.004)
    assert fit.log_likelihood >= MODEL.log_likelihood(*history).sum()


def test_standard_errors_are_those_seen_over_many_samples() -> None:
    ages = np.full(1000, 60.0)
    fits = [
        bg_nbd.fit(*customers(1000, ages, seed=seed, r=1.0, alpha=8.0, a=1.0, b=3.0), starts=1) for seed in range(20)
    ]

    spread = np.std([np.log(fit.parameters["r"]) for fit in fits])
    told = np.mean([fit.standard_errors["r"] / fit.parameters["r"] for fit in fits])

    assert spread == pytest.approx(told, rel=0.4)


@pytest.mark.parametrize("unit", [1 / 52, 1.0, 7.0, 7 * 86_400.0])
def test_the_unit_of_time_changes_alpha_and_nothing_else(unit: float) -> None:
    ages = np.random.default_rng(5).uniform(20, 39, 900)
    x, recency, age = customers(900, ages, seed=11, **CDNOW)

    weeks = bg_nbd.fit(x, recency, age)
    other = bg_nbd.fit(x, recency * unit, age * unit)

    assert other.parameters["alpha"] == pytest.approx(weeks.parameters["alpha"] * unit, rel=1e-6)
    assert other.parameters["r"] == pytest.approx(weeks.parameters["r"], rel=1e-6)
    assert other.log_likelihood == pytest.approx(weeks.log_likelihood - x.sum() * np.log(unit), rel=1e-9)


def test_the_same_seed_gives_the_same_fit_and_weights_are_as_good_as_rows() -> None:
    x, recency, age = customers(400, np.full(400, 40.0), seed=3, **CDNOW)

    once = bg_nbd.fit(x, recency, age, seed=4)
    again = bg_nbd.fit(x, recency, age, seed=4)
    twice = bg_nbd.fit(np.tile(x, 2), np.tile(recency, 2), np.tile(age, 2), seed=4)
    weighed = bg_nbd.fit(x, recency, age, weight=np.full(400, 2.0), seed=4)

    assert once == again
    assert twice.n == weighed.n == 800
    assert twice.log_likelihood == pytest.approx(weighed.log_likelihood, rel=1e-12)
    assert twice.parameters["alpha"] == pytest.approx(once.parameters["alpha"], rel=1e-6)


def test_a_large_fit_competes_on_a_sample_and_ends_on_everything() -> None:
    ages = np.random.default_rng(2).uniform(10, 60, 22_000)
    history = customers(22_000, ages, seed=2, **CDNOW)

    fit = bg_nbd.fit(*history)

    assert fit.converged
    assert fit.n == 22_000
    assert fit.parameters["r"] == pytest.approx(CDNOW["r"], abs=3 * fit.standard_errors["r"])


def test_probabilities_of_frequencies_sum_to_one_and_have_the_expected_mean() -> None:
    counts = np.arange(3000)

    probabilities = MODEL.frequency_probability(counts, 39.0)

    assert probabilities.sum() == pytest.approx(1.0, abs=1e-9)
    assert probabilities @ counts == pytest.approx(float(MODEL.expected(39.0)), rel=1e-9)
    assert MODEL.frequency_probability([0, 1, 2], 0.0).tolist() == [1.0, 0.0, 0.0]


def test_the_wait_and_the_chance_of_one_alive_are_each_other_s_inverse() -> None:
    wait = MODEL.wait_if_alive(0.5, [0, 3, 40], [10.0, 20.0, 39.0])

    alive = MODEL.probability_alive([0, 3, 40], [0, 20.0, 39.0], [10.0, 20.0, 39.0])
    chance = MODEL.chance_of_purchase(wait, [0, 3, 40], [0, 20.0, 39.0], [10.0, 20.0, 39.0])

    assert (chance / alive).tolist() == pytest.approx([0.5, 0.5, 0.5])


def test_none_that_never_came_back_is_gone_and_longer_silence_makes_it_likelier() -> None:
    assert MODEL.probability_alive([0, 0], [0, 0], [1.0, 1e6]).tolist() == [1.0, 1.0]
    silent = MODEL.probability_alive(np.full(50, 5), np.full(50, 10.0), np.linspace(10, 400, 50))
    assert (np.diff(silent) < 0).all()


def test_huge_frequencies_long_times_and_moments_stay_numbers() -> None:
    x, recency, age = [0, 1, 100_000, 1_000_000, 3], [0, 1e-9, 39.0, 1e6, 1e9], [1e9, 1e-9, 39.0, 1e6, 1e9]

    for column in (
        MODEL.probability_alive(x, recency, age),
        MODEL.expected_purchases(39, x, recency, age),
        MODEL.log_likelihood(x, recency, age),
        MODEL.chance_of_purchase(39, x, recency, age),
    ):
        assert np.isfinite(column).all()


@pytest.mark.parametrize(
    ("r", "alpha", "a", "b"),
    [(16.0, 75.0, 1.67e-5, 59_900.0), (59_000.0, 600.0, 59_000.0, 3e-5), (0.95, 1e11, 2e4, 6e4), (40.0, 3.0, 0.8, 1.1)],
)
def test_parameters_at_the_edge_of_the_search_still_give_numbers_between_their_bounds(
    r: float, alpha: float, a: float, b: float
) -> None:
    x, age = np.array([0.0, 1.0, 30.0, 0.0]), np.array([0.0, 1e-9, 60.0, 1e9])

    for horizon in (1e-6, 30.0, 1e9):
        expected = BgNbd(r, alpha, a, b).expected_if_alive(horizon, x, age)

        rate = (r + x) * horizon / (alpha + age)
        leaving = a / (a + b + x)
        least = -np.expm1(-(r + x) * np.log1p(leaving * horizon / (alpha + age))) / leaving  # Jensen: it is convex
        assert (expected <= rate * (1 + 1e-6)).all()
        assert (expected >= least * (1 - 1e-6)).all()


def test_integers_floats_and_lists_are_the_same() -> None:
    whole = MODEL.probability_alive(np.array([2, 3]), np.array([5, 6]), np.array([9, 9]))
    floats = MODEL.probability_alive([2.0, 3.0], [5.0, 6.0], [9.0, 9.0])
    assert whole.tolist() == floats.tolist()
    assert MODEL.probability_alive([], [], []).tolist() == []


@pytest.mark.parametrize("starts", [1, 5])
def test_subjects_that_are_all_alike_have_no_maximum_and_the_fit_says_so(starts: int) -> None:
    fit = bg_nbd.fit(np.full(200, 4), np.full(200, 8.0), np.full(200, 10.0), starts=starts)

    assert not fit.converged
    assert fit.message.startswith("Not converged: ")
    assert fit.loose


def test_customers_that_never_leave_are_a_fit_that_did_not_converge() -> None:
    rng = np.random.default_rng(8)
    x = rng.poisson(rng.gamma(2.0, 3.0, 500)).astype(float)

    fit = bg_nbd.fit(x, np.where(x > 0, 50.0, 0.0), np.full(500, 50.0))

    assert not fit.converged
    assert np.isnan([fit.standard_errors[name] for name in fit.loose]).any()


def test_too_few_subjects_and_too_few_that_came_back_are_refused_with_both_numbers() -> None:
    with pytest.raises(TooFewExamples) as one:
        bg_nbd.fit([2], [4.0], [9.0])
    assert (one.value.needed, one.value.found) == (30, 1)

    with pytest.raises(TooFewExamples) as none_again:
        bg_nbd.fit(np.zeros(500), np.zeros(500), np.full(500, 9.0))
    assert (none_again.value.needed, none_again.value.found) == (10, 0)
    assert "10 are needed and there are 0" in none_again.value.message

    with pytest.raises(TooFewExamples):
        bg_nbd.fit([], [], [])
    with pytest.raises(TooFewExamples):
        bg_nbd.fit(np.zeros(500), np.zeros(500), np.zeros(500))


def test_histories_that_cannot_be_are_named_all_at_once() -> None:
    with pytest.raises(Rejected) as refused:
        bg_nbd.fit([1, -1, 2, 0], [5.0, 0.0, 12.0, 3.0], [9.0, 9.0, 9.0, np.nan])

    assert [problem.path for problem in refused.value.problems] == [
        ("frequency", 1),
        ("age", 3),
        ("recency", 2),
        ("recency", 3),
    ]
    assert "not back from now" in refused.value.problems[2].message


def test_parameters_must_be_above_zero() -> None:
    with pytest.raises(Rejected) as refused:
        BgNbd(r=0.0, alpha=1.0, a=float("nan"), b=1.0)
    assert [problem.path for problem in refused.value.problems] == [("r",), ("a",)]
