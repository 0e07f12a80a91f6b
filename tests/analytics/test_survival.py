"""Kaplan-Meier: the textbook's figures, and silences as times that end with the next contact."""

from __future__ import annotations

import doctest

import numpy as np
import pytest

from analytics.engines import survival
from analytics.engines.examples_of_events import bought
from analytics.engines.survival import Parameters, kaplan_meier, run
from analytics.reasons import total
from models.errors import Rejected

# 6-MP against leukaemia (Freireich and others 1963): weeks of remission, and whether it ended
WEEKS = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
ENDED = [1] * 9 + [0] * 12


def test_the_worked_examples_run() -> None:
    assert doctest.testmod(survival).failed == 0


def test_the_remissions_of_the_textbook_come_out() -> None:
    curve = kaplan_meier(WEEKS, ENDED)

    assert curve.time.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert curve.survival.round(4).tolist() == [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482]
    assert curve.error.round(4).tolist() == [0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346]
    assert curve.quantile() == 23
    # the interval on the log(-log) scale, as R's survfit(conf.type = "log-log") prints it
    assert (round(float(curve.low[0]), 3), round(float(curve.high[0]), 3)) == (0.620, 0.952)
    assert curve.quantile_interval()[0] == 13
    assert curve.cumulative_hazard[-1] == pytest.approx(3 / 21 + 1 / 17 + 1 / 15 + 1 / 12 + 1 / 11 + 1 / 7 + 1 / 6)


def test_without_anything_censored_it_is_the_plain_share() -> None:
    times = np.random.default_rng(1).integers(1, 30, 200)
    curve = kaplan_meier(times, np.ones(200))

    assert curve.at(10) == pytest.approx((times > 10).mean())
    assert curve.at([0, 1000]).tolist() == [1.0, 0.0]
    shares = curve.survival[:-1]
    assert curve.error[:-1] == pytest.approx(np.sqrt(shares * (1 - shares) / 200))


def test_weights_are_so_many_alike() -> None:
    weighed = kaplan_meier([1, 2, 3], [1, 0, 1], weight=[2, 3, 1])
    written_out = kaplan_meier([1, 1, 2, 2, 2, 3], [1, 1, 0, 0, 0, 1])

    assert weighed.survival.tolist() == written_out.survival.tolist()
    assert weighed.error[0] == written_out.error[0]


def test_intervals_cover_the_truth_about_as_often_as_they_say() -> None:
    rng = np.random.default_rng(3)
    covered = 0
    for _ in range(300):
        life, watched = rng.exponential(10, 80), rng.uniform(0, 30, 80)
        curve = kaplan_meier(np.minimum(life, watched), life <= watched)
        place = int(np.searchsorted(curve.time, 7.0, side="right")) - 1
        covered += curve.low[place] <= np.exp(-0.7) <= curve.high[place]
    assert covered / 300 == pytest.approx(0.95, abs=0.03)


def test_the_hazard_by_time_is_that_of_the_rule_that_made_it() -> None:
    life = np.random.default_rng(5).exponential(10, 20_000)
    begins, rate = kaplan_meier(np.minimum(life, 20), life <= 20).hazard_by(5.0)

    assert begins.tolist() == [0, 5, 10, 15]
    assert rate == pytest.approx([0.1] * 4, rel=0.06)


@pytest.mark.parametrize(("durations", "ended"), [([], []), ([4.0], [0]), ([0, 0, 0], [0, 0, 0])])
def test_where_nothing_ended_everything_lasts(durations: list[float], ended: list[int]) -> None:
    curve = kaplan_meier(durations, ended)

    assert len(curve.time) == 0
    assert curve.at(100.0) == 1.0
    assert curve.quantile() == float("inf")
    assert curve.hazard_by(1.0)[0][0] == 0.0


def test_where_all_ended_at_once_nothing_is_left() -> None:
    curve = kaplan_meier([5, 5, 5], [1, 1, 1])
    assert curve.survival.tolist() == [0.0]
    assert curve.quantile() == 5
    assert (curve.low.tolist(), curve.high.tolist()) == ([0.0], [1.0])


def test_silences_end_with_the_next_contact_or_last_until_now() -> None:
    result = run(bought({0: [0, 10, 40], 1: [20], 2: [60, 999]}), now=70.0)

    assert result.curve.n == 5
    assert result.curve.time.tolist() == [10.0, 30.0]
    assert result.silent_days.tolist() == [30.0, 50.0, 10.0]
    assert result.left_out.future == 1


def test_the_chance_of_a_return_is_that_of_those_as_long_silent() -> None:
    result = run(
        bought({0: [0, 10, 20, 30], 1: [5, 45, 85], 2: [90], 3: [0, 20, 40], 4: [50, 80, 90]}),
        Parameters(horizon_days=10),
        now=100.0,
    )

    # silent for ten days: of five that were silent longer than ten and watched on, two came back by the twentieth
    assert result.returns[2] == pytest.approx(1 - result.curve.at(20) / result.curve.at(10))
    for i in (1, 2, 3, 4):
        assert total(result.reasons(i)) == pytest.approx(result.returns[i])


def test_a_silence_longer_than_any_that_was_watched_has_no_chance_and_no_reasons() -> None:
    found = run(bought({0: [0, 5, 10], 1: [0, 5, 10]}), now=11.0)
    beyond = run(bought({0: [0, 5], 1: [90, 95, 99]}), now=100.0)

    assert [total(found.reasons(i)) for i in range(2)] == pytest.approx(found.returns.tolist())
    assert np.isnan(beyond.returns[0])
    assert beyond.reasons(0) == ()


def test_nobody_and_everybody_gone() -> None:
    assert len(run(bought({}), now=1.0).subjects) == 0
    gone = run(bought({i: [float(i)] for i in range(10)}), now=5000.0)
    assert gone.median_days == float("inf")
    assert gone.lasts.tolist() == [1.0] * 10


def test_durations_below_zero_and_columns_of_unequal_length_are_refused() -> None:
    with pytest.raises(Rejected, match="duration of 1"):
        kaplan_meier([1, -1], [1, 1])
    with pytest.raises(Rejected, match="equally long"):
        kaplan_meier([1, 2], [1])
    with pytest.raises(Rejected):
        run(bought({}), Parameters(level=1.0), now=1.0)
