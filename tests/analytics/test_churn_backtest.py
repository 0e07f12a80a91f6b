"""The back-test tells a good risk from a blind one, sees nothing of the future, and refuses too little history."""

import doctest
from math import nan

import numpy as np
import pytest

from analytics.engines.churn import backtest, own
from analytics.engines.churn.backtest import Parameters, run
from analytics.engines.churn.learned import Parameters as Learning
from analytics.engines.churn.learners import Logistic
from analytics.engines.churn.leavers import Leavers
from analytics.engines.churn.own import scorer
from analytics.engines.examples_of_events import bought
from analytics.events import Events
from analytics.examples import TooFewExamples

SUBJECTS = np.arange(100, dtype=np.int32)
NOW = 700.0
ASKED = Parameters(moments=4, every_days=30, horizon_days=60, first=10, least_left=10)
QUICK = own.Parameters(learning=Learning(learners=(Logistic(),), least_left=10, least_stayed=10), horizon_days=60)


def _regular(seed: int = 0) -> tuple[Events, np.ndarray]:
    """Subjects that come every five to fifteen days; half of them come no more at some time."""
    rng = np.random.default_rng(seed)
    days, leaving = {}, np.full(100, nan)
    for i in range(100):
        end, at, mine = NOW, float(rng.uniform(0, 15)), []
        if i % 2:
            leaving[i] = end = float(rng.uniform(300, 900))
        while at < min(end, NOW):
            mine.append(at)
            at += float(rng.uniform(5, 15)) * (2.5 if end - at < 60 else 1)
        days[i] = mine
    return bought(days), leaving


def test_the_examples_of_the_module_hold() -> None:
    assert doctest.testmod(backtest).failed == 0


def test_silence_tells_who_stays_away_and_a_blind_risk_does_not() -> None:
    events, _ = _regular()

    telling = run(events, SUBJECTS, scorer(), ASKED, now=NOW)
    blind = run(events, SUBJECTS, lambda events, subjects, day: np.full(100, 0.5), ASKED, now=NOW)

    assert telling.outcome == "silent"
    assert telling.auc > 0.8
    assert blind.auc == 0.5
    assert telling.precision > blind.precision
    assert len(telling.moments) == 4
    assert telling.calibration.count.sum() == sum(moment.asked for moment in telling.moments)


def test_leaving_on_known_days_is_told_by_what_was_learned_before() -> None:
    events, leaving = _regular()
    leavers = Leavers.dated(leaving, now=NOW)

    found = run(events, SUBJECTS, scorer(QUICK, leavers=leavers), ASKED, now=NOW, leavers=leavers)

    assert found.outcome == "marked"
    assert found.auc > 0.65
    for moment in found.moments:
        within = (leaving > moment.day) & (leaving <= moment.day + 60)
        assert (moment.asked, moment.left) == (int((~(leaving <= moment.day)).sum()), int(within.sum()))


def test_the_score_is_given_nothing_of_what_came_after() -> None:
    events, _ = _regular()
    seen = []

    def watching(given: Events, subjects: np.ndarray, day: float) -> np.ndarray:
        seen.append((day, float(given.day.max())))
        return np.zeros(len(subjects))

    run(events, SUBJECTS, watching, ASKED, now=NOW)

    assert [day for day, _ in seen] == [550.0, 580.0, 610.0, 640.0]
    assert all(last <= day for day, last in seen)


def test_leavings_after_a_moment_change_no_risk_at_it() -> None:
    events, leaving = _regular()
    moved = np.where(leaving > 550, leaving + 40, leaving)
    risks = [
        scorer(QUICK, leavers=Leavers.dated(day, now=NOW))(events, SUBJECTS, 550.0)
        for day in (leaving, moved, np.where(leaving > 550, nan, leaving))
    ]

    assert risks[0].tolist() == risks[1].tolist() == risks[2].tolist()


def test_what_came_after_the_last_horizon_changes_nothing() -> None:
    events, _ = _regular()
    earlier = run(events.until(NOW), SUBJECTS, scorer(), ASKED, now=NOW)
    more = run(
        _joined(events, bought({i: [701, 720, 800] for i in range(0, 100, 3)})), SUBJECTS, scorer(), ASKED, now=NOW
    )

    assert earlier.moments == more.moments
    assert earlier.lead_days.tolist() == more.lead_days.tolist()


def _joined(first: Events, second: Events) -> Events:
    columns = ("subject", "event", "day", "value", "weight", "direction", "signal")
    return Events.from_columns(
        first.signals, **{name: np.concatenate([getattr(first, name), getattr(second, name)]) for name in columns}
    )


def test_lead_time_is_from_the_first_alarm_to_the_leaving() -> None:
    events = bought({i: range(i % 10, 701, 10) for i in range(100)})
    leaving = np.where(np.arange(100) < 20, 645.0, nan)
    leavers = Leavers.dated(leaving, now=NOW)

    def from_600_on(given: Events, subjects: np.ndarray, day: float) -> np.ndarray:
        return np.where((np.arange(100) < 15) & (day > 600), 0.9, 0.1)

    found = run(events, SUBJECTS, from_600_on, ASKED, now=NOW, leavers=leavers)

    assert found.lead_days.tolist() == [35.0] * 15  # first asked on day 610
    assert (found.alarmed, found.median_lead_days) == (0.75, 35.0)


def test_too_little_history_is_refused_with_the_days_there_are() -> None:
    events, _ = _regular()

    with pytest.raises(TooFewExamples, match="history") as refused:
        run(events.after(520.0), SUBJECTS, scorer(), ASKED, now=NOW)

    assert refused.value.needed == 90
    assert refused.value.found in (28, 29)


@pytest.mark.parametrize("events", [Events.none(), bought({i: range(0, 701, 10) for i in range(100)})])
def test_no_events_and_nobody_gone_are_refused(events: Events) -> None:
    with pytest.raises(TooFewExamples):
        run(events, SUBJECTS, scorer(), ASKED, now=NOW)


def test_a_back_test_of_no_moments_cannot_be_asked_for() -> None:
    with pytest.raises(ValueError, match="moment"):
        Parameters(moments=0)
