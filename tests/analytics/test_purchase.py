"""Next purchase: both models over events, what they foretell against what came, refusals, bad clocks, scale."""

from __future__ import annotations

import doctest

import numpy as np
import pytest
from buyers import CDNOW, DONORS, donors, purchase_times

from analytics.engines import fit_quality, purchase
from analytics.engines.bg_nbd import BgNbd
from analytics.engines.buying import steady
from analytics.engines.examples_of_events import ORDERS, bought
from analytics.engines.occasions import chances, histories, occasions
from analytics.engines.purchase import Parameters, run
from analytics.events import Events
from analytics.examples import TooFewExamples
from analytics.reasons import total
from models.errors import Rejected

GIVEN = Parameters(given=CDNOW)


def orders(subject: np.ndarray, day: np.ndarray) -> Events:
    k = len(subject)
    return Events.from_columns(
        (ORDERS,),
        subject=subject,
        event=np.arange(k),
        day=day,
        value=np.full(k, np.nan),
        weight=np.ones(k),
        direction=np.zeros(k),
        signal=np.zeros(k),
    )


def cohort(n: int, *, weeks: float, seed: int) -> Events:
    """Customers that joined within twelve weeks, bought by the published rules, and are watched so many weeks."""
    first = np.random.default_rng(seed).uniform(0, 84, n)
    who, when = purchase_times(n, weeks - first / 7, seed=seed + 1, **CDNOW)
    return orders(np.concatenate([np.arange(n), who]), np.concatenate([first, first[who] + 7 * when]))


def test_the_worked_examples_run() -> None:
    assert doctest.testmod(purchase).failed == 0
    assert doctest.testmod(fit_quality).failed == 0


def test_the_weeks_held_out_are_foretold() -> None:
    result = run(cohort(2357, weeks=78, seed=21), Parameters(holdout_share=0.5), now=78 * 7.0)

    assert result.fit is not None
    assert result.fit.converged
    held = result.hold_out
    assert held is not None
    assert held.error < 0.12
    assert held.subjects.sum() == 2357
    assert held.actual_total[-1] == pytest.approx(held.actual @ held.subjects)
    assert held.expected_total[-1] == pytest.approx(held.expected @ held.subjects)
    assert np.corrcoef(held.actual, held.expected)[0, 1] > 0.97
    assert (np.diff(held.day) > 0).all()


def test_frequencies_are_as_expected_and_a_wrong_model_is_seen_to_be_one() -> None:
    events = cohort(2357, weeks=39, seed=5)

    good = run(events, Parameters(holdout_share=0), now=39 * 7.0).frequencies
    wrong = run(events, Parameters(given={"r": 2.0, "alpha": 10.0, "a": 0.8, "b": 2.4}), now=39 * 7.0).frequencies

    assert good.actual.sum() == 2357
    assert good.expected.sum() == pytest.approx(2357)
    assert good.p_value > 0.01
    assert good.expected.min() >= 5
    assert wrong.p_value < 1e-12


def test_dates_lie_in_their_interval_and_the_interval_holds_as_often_as_it_says() -> None:
    n = 20_000
    who, when = purchase_times(
        n, np.full(n, 160.0), seed=31, r=2.0, alpha=8.0, a=0.0002, b=50.0
    )  # hardly anyone leaves
    day = 7 * when
    events = orders(np.concatenate([np.arange(n), who]), np.concatenate([np.zeros(n), day]))
    given = {"r": 2.0, "alpha": 8.0, "a": 0.0002, "b": 50.0}

    result = run(events, Parameters(given=given, merge_days=0, holdout_share=0), now=280.0)

    following = np.full(n, np.inf)
    later = day > 280
    np.minimum.at(following, who[later], day[later])
    told = ~np.isnan(result.next_to)
    inside = (following >= result.next_from) & (following <= result.next_to)
    assert inside[told].mean() == pytest.approx(0.8, abs=0.02)
    assert (result.next_from[told] < result.next_day[told]).all()
    assert (result.next_day[told] < result.next_to[told]).all()
    assert (result.next_from > 280).all()


def test_the_counterfactual_is_the_probability_had_the_last_purchase_been_a_month_later() -> None:
    result = run(bought({3: [0, 30, 60, 90]}), GIVEN, now=200.0)

    model = BgNbd(**CDNOW)
    assert result.alive[0] == pytest.approx(model.probability_alive(3, 90 / 7, 200 / 7)[0])
    assert result.alive_month_later[0] == pytest.approx(model.probability_alive(3, 120.4375 / 7, 200 / 7)[0])
    facts = result.reasons(0)[1].facts
    assert facts["month_later"] == result.alive_month_later[0] > facts["alive"]
    assert (facts["frequency"], facts["silent_days"], facts["usual_gap_days"]) == (3, 110.0, 30.0)


def test_reasons_sum_to_the_scores() -> None:
    result = run(bought({k: [0, 20 + k, 50 + 2 * k][: 1 + k % 3] for k in range(12)}), GIVEN, now=150.0)

    for i in range(12):
        assert total(result.reasons(i)) == pytest.approx(result.alive[i], abs=1e-12)
        assert total(result.expected_reasons(i)) == pytest.approx(result.expected[i], abs=1e-12)


def test_the_future_is_ignored_and_counted_and_a_clock_that_jumped_changes_nothing() -> None:
    events = bought({0: [0, 30, 60, 5000], 1: [10], 2: [4000]})
    shuffled = Events(
        **{
            name: getattr(events, name)[::-1]
            for name in ("subject", "event", "day", "value", "sign", "weight", "direction", "signal")
        },
        signals=events.signals,
    )

    inorder, jumped = run(events, GIVEN, now=100.0), run(shuffled, GIVEN, now=100.0)

    assert inorder.subjects.tolist() == [0, 1]
    assert inorder.past.left_out.future == 2
    assert jumped.alive.tolist() == inorder.alive.tolist()


def test_purchases_of_a_day_are_one_and_an_exact_clock_keeps_them_apart() -> None:
    events = bought({0: [0.1, 0.7, 3.2]})

    assert histories(occasions(events, 10.0)).frequency.tolist() == [1.0]
    assert histories(occasions(events, 10.0, merge_days=0)).frequency.tolist() == [2.0]


def test_nothing_one_and_nobody_that_came_back_are_refused_by_name() -> None:
    for events, found in ((bought({}), 0), (bought({1: [0, 5]}), 1)):
        with pytest.raises(TooFewExamples) as refused:
            run(events, now=50.0)
        assert refused.value.found == found
    with pytest.raises(TooFewExamples, match="bought again: 10 are needed and there are 0"):
        run(bought({k: [float(k)] for k in range(100)}), now=500.0)
    assert len(run(bought({}), GIVEN, now=50.0).subjects) == 0


def test_all_customers_gone_are_seen_to_be_gone() -> None:
    result = run(cohort(800, weeks=30, seed=2), now=7 * 3000.0)

    again = result.past.count > 1
    assert result.alive[again].max() < 0.05
    assert result.expected[again].max() < 0.05


def test_yearly_gifts_are_foretold_by_chances() -> None:
    frequency, _, _ = donors(1500, 9, seed=3, **DONORS)
    assert frequency.sum() > 0
    rng = np.random.default_rng(3)
    giving, life = rng.beta(1.204, 0.75, 1500), rng.geometric(rng.beta(0.657, 2.783, 1500)) - 1
    given = (rng.random((1500, 9)) < giving[:, None]) & (np.arange(9) < life[:, None])
    who, year = np.nonzero(given)
    moment = (np.datetime64("1996") + year).astype("datetime64[D]").astype(float) + 100 + rng.uniform(0, 100, len(who))
    first = np.full(1500, np.datetime64("1995-06-01").astype("datetime64[D]").astype(float))
    events = orders(np.concatenate([np.arange(1500), who]), np.concatenate([first, moment]))
    now = np.datetime64("2005-02-01").astype("datetime64[D]").astype(float)

    result = run(events, Parameters(model="bg_bb", period="year", horizon_days=3 * 365.25), now=float(now))

    x, recency, had = chances(result.past, "year")
    assert had.tolist() == [9.0] * 1500
    assert x.tolist() == given.sum(axis=1).tolist()
    assert recency.max() == 9
    assert result.fit is not None
    assert result.fit.parameters["alpha"] == pytest.approx(1.204, abs=3 * result.fit.standard_errors["alpha"])
    assert result.frequencies.p_value > 0.001
    assert result.hold_out is not None
    assert result.hold_out.error < 0.1
    assert ((result.next_day > now) | np.isnan(result.next_day)).all()
    assert total(result.reasons(7)) == pytest.approx(result.alive[7])


def test_periods_are_those_of_the_calendar() -> None:
    days = [
        np.datetime64(text).astype("datetime64[D]").astype(float) for text in ("2023-12-31", "2024-01-01", "2024-03-31")
    ]
    past = occasions(bought({0: days}), float(np.datetime64("2024-05-15").astype("datetime64[D]").astype(float)))

    assert [column[0] for column in chances(past, "month")] == [2.0, 3.0, 4.0]
    assert [column[0] for column in chances(past, "quarter")] == [1.0, 1.0, 1.0]
    assert [column[0] for column in chances(past, "year")] == [0.0, 0.0, 0.0]
    with pytest.raises(Rejected, match="no period"):
        chances(past, "fortnight")  # type: ignore[arg-type]


def test_parameters_that_cannot_be_are_named_all_at_once() -> None:
    with pytest.raises(Rejected) as refused:
        run(bought({}), Parameters(horizon_days=0, level=1.0, holdout_share=1.0), now=1.0)
    assert [problem.path for problem in refused.value.problems] == [("horizon_days",), ("level",), ("holdout_share",)]


def test_the_costly_part_of_a_large_answer_stands_on_distinct_histories_only() -> None:
    rng = np.random.default_rng(9)
    who = rng.integers(0, 50_000, 300_000)
    events = orders(who, np.floor(rng.uniform(0, 1000, 300_000)))

    past = occasions(events, 1000.0)
    _, buying = steady(past, unit_days=7.0, given=CDNOW, seed=0, starts=1)

    x, _, place = buying.distinct()
    assert len(x) < 0.3 * len(past.subjects)
    assert x[place].tolist() == (past.count - 1).tolist()
    alone = BgNbd(**CDNOW).expected_purchases(13, buying.frequency, buying.recency, buying.age)
    assert buying.expected(91.0) == pytest.approx(alone, rel=1e-12)
