"""Recency, frequency, value: fifths that share ties, groups, and scores that are sums."""

from __future__ import annotations

import doctest
from itertools import product

import numpy as np
import pytest

from analytics.engines import recency
from analytics.engines.examples_of_events import ORDERS, bought
from analytics.engines.recency import GROUPS, Parameters, run
from analytics.events import Events
from analytics.reasons import total
from models.errors import Rejected
from models.profiles import Role, Signal

NONE = float("nan")


def test_the_worked_example_runs() -> None:
    assert doctest.testmod(recency).failed == 0


def test_a_hundred_in_a_row_are_twenty_to_a_fifth() -> None:
    result = run(bought({i: [100.0 + i] for i in range(100)}), now=300.0)

    assert np.bincount(result.recency_fifth).tolist() == [0, 20, 20, 20, 20, 20]
    assert result.recency_fifth[0] == 1
    assert result.recency_fifth[99] == 5


@pytest.mark.parametrize("count", [1, 2, 7, 400])
def test_all_alike_are_in_the_middle(count: int) -> None:
    result = run(bought({i: [10.0, 20.0] for i in range(count)}, {i: [5, 5] for i in range(count)}), now=30.0)

    assert set(result.recency_fifth.tolist()) == {3}
    assert set(result.group.tolist()) == {"needs_attention"}
    assert set(result.score.tolist()) == {9.0}


def test_equals_share_a_fifth_wherever_they_stand() -> None:
    often = [1] * 90 + [2] * 10
    result = run(bought({i: [10.0 * k for k in range(times)] for i, times in enumerate(often)}), now=100.0)

    assert len(set(result.frequency_fifth[:90].tolist())) == 1
    assert result.frequency_fifth[95] == 5


def test_reasons_sum_to_the_score_with_any_weights() -> None:
    days = {i: [float(200 - 3 * i + 7 * k) for k in range(1 + i % 4)] for i in range(40)}
    values = {i: [10.0 * (i % 7)] * len(when) for i, when in days.items()}

    result = run(bought(days, values), Parameters(recency_weight=2.0, value_weight=0.5), now=300.0)

    for i in range(40):
        assert total(result.reasons(i)) == pytest.approx(result.score[i])
    assert result.reasons(0)[0].facts["if_today"] in GROUPS


def test_the_group_after_today_is_that_of_a_run_with_an_occasion_today() -> None:
    rng = np.random.default_rng(4)
    told = set()
    for count in (1, 2, 3, 5, 8):
        days = {i: sorted(rng.choice(100, int(rng.integers(1, 5)), replace=False).tolist()) for i in range(count)}
        days[0] = [*days[0], 100]  # has been here today already
        values = {i: [float(rng.integers(1, 50))] * len(each) for i, each in days.items()}
        before = run(bought(days, values), now=100.0)
        for i in range(count):
            came, worth = {**days, i: [*days[i], 100.5]}, {**values, i: [*values[i], NONE]}
            after = run(bought(came, worth), now=100.9)
            assert before.group_after_today(i) == after.group[i]
            told.add(str(after.group[i]))

    assert len(told) > 3


def test_without_values_neither_score_nor_group_looks_at_them() -> None:
    result = run(bought({0: [10, 20], 1: [10], 2: [5, 9, 25]}), now=30.0)

    assert np.isnan(result.value).all()
    assert result.value_fifth.tolist() == [0, 0, 0]
    assert [reason.code for reason in result.reasons(0)] == ["recency", "frequency"]


def test_returns_take_their_value_off_and_are_no_occasion() -> None:
    returned = Signal("returns", ("returns",), "Return", Role.BUSINESS, value="amount", sign=-1)
    rows = [
        (0, 1, 5.0, 100.0, 1.0, 0, 0),
        (0, 2, 8.0, 40.0, 1.0, 0, 1),
        (1, 3, 6.0, -30.0, 1.0, 0, 0),
        (1, 4, 7.0, NONE, 1.0, 0, 0),
    ]

    result = run(Events.from_rows((ORDERS, returned), rows), now=10.0)

    assert result.value.tolist() == [60.0, -30.0]
    assert result.frequency.tolist() == [1, 2]
    assert result.recency_days.tolist() == [5.0, 3.0]
    assert result.left_out.against == 1


def test_frequency_and_value_look_back_so_far_and_recency_all_the_way() -> None:
    events = bought({0: [0, 500, 900], 1: [10]}, {0: [1, 2, 4], 1: [8]})

    year, ever = (
        run(events, Parameters(window_days=365), now=1000.0),
        run(events, Parameters(window_days=None), now=1000.0),
    )

    assert year.frequency.tolist() == [1, 0]
    assert year.value.tolist() == [4.0, 0.0]
    assert year.recency_days.tolist() == [100.0, 990.0]
    assert ever.frequency.tolist() == [3, 1]
    assert ever.value.tolist() == [7.0, 8.0]


def test_every_place_of_the_grid_has_a_group_and_every_group_a_place() -> None:
    fifths = np.array(list(product(range(1, 6), range(1, 6), range(6))))

    groups = recency._groups(*fifths.T)

    assert set(groups.tolist()) == set(GROUPS)


def test_the_future_is_ignored_and_counted_and_nothing_gives_nothing() -> None:
    result = run(bought({0: [10, 99], 1: [50]}), now=30.0)

    assert result.subjects.tolist() == [0]
    assert result.left_out.future == 2
    assert len(run(bought({}), now=30.0).subjects) == 0


def test_parameters_that_cannot_be_are_named_all_at_once() -> None:
    with pytest.raises(Rejected) as refused:
        run(bought({}), Parameters(window_days=0, value_weight=-1), now=1.0)
    assert [problem.path for problem in refused.value.problems] == [("window_days",), ("value_weight",)]
