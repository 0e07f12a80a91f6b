"""Gamma-gamma: the published figures, the density against integration, recovery of parameters, refusals."""

from __future__ import annotations

import doctest

import numpy as np
import pytest
from buyers import CDNOW_SPEND, baskets
from scipy.optimize import approx_fprime
from scipy.stats import gamma as gamma_distribution

from analytics.engines import gamma_gamma
from analytics.engines.gamma_gamma import GammaGamma
from analytics.examples import TooFewExamples
from models.errors import Rejected

MODEL = GammaGamma(**CDNOW_SPEND)


def repeats(n: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).geometric(0.35, n).astype(float)


def test_the_worked_example_runs() -> None:
    assert doctest.testmod(gamma_gamma).failed == 0


@pytest.mark.parametrize(("x", "mean"), [(1, 3.0), (4, 35.0), (20, 120.0)])
def test_the_density_is_the_integral_over_the_rates_of_subjects(x: int, mean: float) -> None:
    peak = (6.25 * x + 2.74) / (15.44 + x * mean)
    nodes, weights = np.polynomial.legendre.leggauss(400)
    rate = (nodes + 1) * 5 * peak  # from 0 to ten times the likeliest

    own = gamma_distribution.pdf(mean, 6.25 * x, scale=1 / (rate * x))
    integral = float((weights * 5 * peak * own * gamma_distribution.pdf(rate, 3.74, scale=1 / 15.44)).sum())

    assert MODEL.log_likelihood(x, mean)[0] == pytest.approx(np.log(integral), abs=1e-7)


def test_published_parameters_are_recovered_within_their_standard_errors() -> None:
    x = repeats(946, seed=1)

    fit = gamma_gamma.fit(x, baskets(x, seed=2, **CDNOW_SPEND))

    assert fit.converged
    assert fit.n == 946
    assert fit.gradient_norm < 1e-8
    for name, published in CDNOW_SPEND.items():
        assert abs(fit.parameters[name] - published) < 2.5 * fit.standard_errors[name]


def test_cents_and_millions_change_v_and_nothing_else() -> None:
    x = repeats(600, seed=3)
    z = baskets(x, seed=4, **CDNOW_SPEND)

    plain, cents = gamma_gamma.fit(x, z), gamma_gamma.fit(x, z * 100)

    assert cents.parameters["v"] == pytest.approx(plain.parameters["v"] * 100, rel=1e-6)
    assert cents.parameters["p"] == pytest.approx(plain.parameters["p"], rel=1e-6)
    assert cents.log_likelihood == pytest.approx(plain.log_likelihood - 600 * np.log(100), rel=1e-9)


def test_the_gradient_is_that_of_the_density() -> None:
    objective = gamma_gamma.objective(np.array([1.0, 2.0, 9.0]), np.array([0.5, 2.0, 1.1]), np.array([1.0, 3.0, 1.0]))
    point = np.array([2.0, 3.0, 1.5])

    assert objective(point)[1] == pytest.approx(approx_fprime(point, lambda at: objective(at)[0], 1e-7), rel=1e-5)


def test_values_not_above_zero_and_subjects_without_repeats_say_nothing() -> None:
    x = repeats(300, seed=5)
    z = baskets(x, seed=6, **CDNOW_SPEND)

    alone = gamma_gamma.fit(x, z)
    among = gamma_gamma.fit(np.append(x, [0, 2, 3, 4]), np.append(z, [5.0, 0.0, -30.0, np.nan]))

    assert among.n == alone.n == 300
    assert among.parameters == alone.parameters
    assert MODEL.expected_value([3, 3, 3], [0.0, -5.0, np.nan]).tolist() == [MODEL.mean] * 3


def test_the_expected_value_lies_between_its_own_mean_and_that_of_all() -> None:
    expected = MODEL.expected_value(np.arange(1, 200), 80.0)
    share = MODEL.own_share(np.arange(1, 200))

    assert (np.diff(expected) > 0).all()
    assert (expected < 80).all()
    assert expected == pytest.approx(share * 80 + (1 - share) * MODEL.mean)


def test_tails_without_a_mean_are_told_as_infinite() -> None:
    heavy = GammaGamma(p=0.5, q=0.4, v=1.0)
    assert heavy.mean == float("inf")
    assert heavy.expected_value([0, 1, 10], [0.0, 5.0, 5.0])[:2].tolist() == [float("inf")] * 2


def test_equal_values_have_no_maximum_and_the_fit_says_so() -> None:
    fit = gamma_gamma.fit(np.full(100, 3), np.full(100, 10.0))
    assert not fit.converged
    assert fit.message.startswith("Not converged")


def test_too_few_values_above_zero_are_refused_with_both_numbers() -> None:
    with pytest.raises(TooFewExamples) as refused:
        gamma_gamma.fit([1, 2, 0, 5], [3.0, -1.0, 4.0, 2.0])
    assert (refused.value.needed, refused.value.found) == (20, 2)
    with pytest.raises(Rejected):
        MODEL.expected_value([-1], [3.0])
