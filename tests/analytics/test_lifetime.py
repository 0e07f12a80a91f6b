"""Lifetime value: its parts multiply, its reasons sum, and simulated customers are worth what it says."""

from __future__ import annotations

import doctest

import numpy as np
import pytest
from buyers import CDNOW, CDNOW_SPEND, baskets, purchase_times

from analytics.engines import lifetime
from analytics.engines.bg_nbd import BgNbd
from analytics.engines.examples_of_events import ORDERS, bought
from analytics.engines.gamma_gamma import GammaGamma
from analytics.engines.lifetime import Parameters, run
from analytics.events import Events
from analytics.examples import TooFewExamples
from analytics.reasons import total
from models.errors import Rejected

KNOWN = {"buying": CDNOW, "spending": CDNOW_SPEND}


def purchases(n: int, *, weeks: float, seed: int) -> tuple[Events, np.ndarray, np.ndarray]:
    """Orders of customers that all began on day 0: the events, and by customer what each spent after day 273."""
    who, when = purchase_times(n, np.full(n, weeks), seed=seed, **CDNOW)
    rng = np.random.default_rng(seed + 1)
    rate = rng.gamma(CDNOW_SPEND["q"], 1 / CDNOW_SPEND["v"], n)
    subject = np.concatenate([np.arange(n), who])
    value = rng.gamma(CDNOW_SPEND["p"], 1 / rate[subject])
    day = np.concatenate([np.zeros(n), 7 * when])
    k = len(subject)
    events = Events.from_columns(
        (ORDERS,),
        subject=subject,
        event=np.arange(k),
        day=day,
        value=value,
        weight=np.ones(k),
        direction=np.zeros(k),
        signal=np.zeros(k),
        currency="USD",
    )
    later = day > 273
    return events, np.bincount(subject[later], value[later], minlength=n), day


def test_the_worked_example_runs() -> None:
    assert doctest.testmod(lifetime).failed == 0


def test_simulated_customers_are_worth_what_it_says() -> None:
    events, spent, _ = purchases(20_000, weeks=39 + 52, seed=41)

    result = run(events, Parameters(horizon_days=364, yearly_discount=0.0, **KNOWN), now=273.0)

    assert result.value.sum() == pytest.approx(spent.sum(), rel=0.05)
    richest = np.argsort(-result.value)[:2000]
    assert result.value[richest].sum() == pytest.approx(spent[richest].sum(), rel=0.1)
    assert result.currency == "USD"


def test_both_models_are_fitted_and_their_fits_told() -> None:
    events, _, _ = purchases(2000, weeks=39, seed=43)

    result = run(events, now=273.0)

    assert result.buying_fit is not None
    assert result.spending_fit is not None
    assert result.buying_fit.converged
    assert result.spending_fit.converged
    assert result.spending_fit.n == (result.history.valued > 0).sum()
    assert abs(result.independence) < 0.15
    assert not result.without_mean


def test_the_discounted_integral_is_the_sum_of_many_small_steps() -> None:
    model = BgNbd(**CDNOW)
    rate, horizon = np.log(1.15) / 52, 156.0
    edges = np.linspace(0, horizon, 20_001)

    steps = np.diff(model.expected_if_alive(edges, 5.0, 30.0))
    summed = float((np.exp(-rate * (edges[1:] + edges[:-1]) / 2) * steps).sum())

    assert float(model.discounted_if_alive(horizon, rate, 5.0, 30.0)) == pytest.approx(summed, rel=1e-7)
    assert float(model.discounted_if_alive(horizon, 0.0, 5.0, 30.0)) == pytest.approx(steps.sum(), rel=1e-12)


def test_a_value_is_the_product_of_its_parts_and_reasons_sum_to_it() -> None:
    days = {k: [0.0, 20.0 + k, 50 + 2 * k, 90][: 1 + k % 4] for k in range(16)}
    values = {k: [10.0 + 3 * k] * len(when) for k, when in days.items()}

    result = run(bought(days, values), Parameters(margin=0.3, **KNOWN), now=150.0)

    assert result.value == pytest.approx(0.3 * result.alive * result.purchases * result.average)
    for i in range(16):
        assert total(result.reasons(i)) == pytest.approx(result.value[i], rel=1e-9)
    assert result.reasons(0)[3].facts["seen"] is None


def test_discount_and_horizon_move_the_value_the_right_way() -> None:
    events = bought({0: [0, 30, 60], 1: [0, 50]}, {0: [10, 10, 10], 1: [10, 90]})

    def value(**changed: float) -> np.ndarray:
        return run(events, Parameters(**KNOWN, **changed), now=70.0).value

    assert (value(yearly_discount=0.3) < value(yearly_discount=0.0)).all()
    assert (value(horizon_days=3000) > value(horizon_days=300)).all()


def test_a_model_without_a_mean_says_so_and_the_mean_seen_stands_in() -> None:
    events = bought({0: [0, 10], 1: [0]}, {0: [5, 25], 1: [5]})
    heavy = {"p": 2.0, "q": 0.9, "v": 1.0}

    result = run(events, Parameters(buying=CDNOW, spending=heavy), now=30.0)

    assert result.without_mean
    assert result.average.tolist()[1] == 25.0
    assert np.isfinite(result.value).all()


def test_values_not_above_zero_count_as_not_seen() -> None:
    events = bought({0: [0, 10, 20], 1: [0, 10]}, {0: [5, -5, -9], 1: [3, 0]})

    result = run(events, Parameters(**KNOWN), now=30.0)

    assert result.average.tolist() == [GammaGamma(**CDNOW_SPEND).mean] * 2


def test_without_values_it_is_refused_with_both_numbers() -> None:
    days = {k: [0.0, 5.0 + k] for k in range(60)}
    with pytest.raises(TooFewExamples, match="value above 0: 20 are needed and there are 0"):
        run(bought(days), now=100.0)
    with pytest.raises(TooFewExamples):
        run(bought({}), now=100.0)
    with pytest.raises(Rejected):
        run(bought(days), Parameters(yearly_discount=-0.1), now=100.0)


def test_spend_recovered_from_baskets_is_that_of_their_makers() -> None:
    frequency = np.random.default_rng(1).geometric(0.4, 500).astype(float)
    z = baskets(frequency, seed=2, **CDNOW_SPEND)
    assert np.nanmean(z) == pytest.approx(GammaGamma(**CDNOW_SPEND).mean, rel=0.1)
