"""Gone quiet: whose silence is longer than is usual for it, judged by its own gaps and those of all."""

from __future__ import annotations

import doctest
from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest

from analytics.engines import rotation
from analytics.engines.examples_of_events import ORDERS, bought
from analytics.engines.rotation import Parameters, run
from analytics.events import Events
from analytics.reasons import total
from models.errors import Rejected
from models.profiles import Role, Signal


def rhythms(
    n: int, gaps: int, *, within: float, between: float, seed: int
) -> tuple[dict[int, list[float]], np.ndarray]:
    """Events of subjects whose usual gaps spread around 30 days, and the next gap of each."""
    rng = np.random.default_rng(seed)
    usual = np.log(30) + between * rng.normal(size=n)
    drawn = np.exp(usual[:, None] + within * rng.normal(size=(n, gaps + 1)))
    days = {i: (2000 + np.concatenate([[0], np.cumsum(row[:-1])])).tolist() for i, row in enumerate(drawn)}
    return days, drawn[:, -1]


def test_the_worked_example_runs() -> None:
    assert doctest.testmod(rotation).failed == 0


def test_the_same_silence_is_odd_for_the_regular_and_ordinary_for_the_uneven() -> None:
    days = {0: list(range(0, 301, 30)), 1: [0, 5, 90, 95, 200, 210, 300], 2: [0, 100, 200, 300]}

    result = run(bought(days), now=375.0)

    assert result.silent_days.tolist() == [75.0, 75.0, 75.0]
    assert result.ordinary[0] < 0.05
    assert result.ordinary[1] > 0.15
    assert result.ordinary[2] > 0.4
    assert result.status.tolist() == ["quiet", "in_touch", "in_touch"]
    assert result.multiple[0] == pytest.approx(2.5, rel=0.05)


def test_a_probability_is_kept_as_promised_over_many_subjects() -> None:
    # each is asked at the very moment its next gap ends: its rank among its own gaps must be even
    days, following = rhythms(3000, 6, within=0.5, between=0.8, seed=4)
    ranks = []
    for i in range(0, 3000, 10):
        shifted = {j: (np.array(days[j]) - days[j][-1] + 9000 - following[j]).tolist() for j in range(i, i + 10)}
        ranks.append(shifted)
    aligned = {key: value for group in ranks for key, value in group.items()}

    result = run(bought(aligned), Parameters(merge_days=0), now=9000.0)

    counts = np.histogram(result.ordinary, bins=5, range=(0, 1))[0] / 3000
    assert counts == pytest.approx([0.2] * 5, abs=0.03)
    assert result.rhythm is not None
    assert result.rhythm.usual_days == pytest.approx(30, rel=0.06)
    assert result.rhythm.between == pytest.approx(0.8, rel=0.08)
    assert result.rhythm.within == pytest.approx(0.5, rel=0.05)


def test_few_events_lean_on_all_and_many_on_their_own() -> None:
    days, _ = rhythms(200, 8, within=0.3, between=0.4, seed=2)
    days[900] = [2000.0]
    days[901] = [2000.0, 2300.0]
    days[902] = [2000.0 + 300 * k for k in range(12)]

    result = run(bought(days), now=6000.0)

    nothing, once, often = (int(np.flatnonzero(result.subjects == number)[0]) for number in (900, 901, 902))
    assert result.own_share[nothing] == 0.0
    assert result.rhythm is not None
    assert result.usual_gap_days[nothing] == pytest.approx(result.rhythm.usual_days)
    assert 0.4 < result.own_share[once] < 0.9 < result.own_share[often]
    assert 30 < result.usual_gap_days[once] < result.usual_gap_days[often] < 301


def test_reasons_sum_to_the_score_and_tell_what_a_contact_today_would_change() -> None:
    result = run(bought({4: [0, 30, 60, 90], 9: [0, 7, 14], 11: [80]}), now=130.0)

    for i in range(3):
        reasons = result.reasons(i)
        assert total(reasons) == pytest.approx(result.quiet[i], abs=1e-12)
        assert reasons[1].facts["if_contact_today"] == -result.quiet[i]
    assert result.reasons(0)[0].records == (1003,)
    assert result.reasons(0)[0].facts["silent_days"] == 40.0


def test_those_of_like_rotation_are_a_kaplan_meier_curve_in_multiples() -> None:
    result = run(bought({1: [0, 10, 20, 30], 2: [0, 10, 30], 3: [25]}), now=40.0)

    assert ((result.ordinary_alike >= 0) & (result.ordinary_alike <= 1)).all()
    longest = int(np.argmax(result.multiple))
    assert result.ordinary_alike[longest] == result.ordinary_alike.min()


@pytest.mark.parametrize("count", [0, 1, 5])
def test_where_nobody_has_a_gap_nothing_is_claimed(count: int) -> None:
    result = run(bought({i: [10.0] for i in range(count)}), now=50.0)

    assert result.status.tolist() == ["unknown"] * count
    assert np.isnan(result.quiet).all()
    assert result.silent_days.tolist() == [40.0] * count
    assert [result.reasons(i) for i in range(count)] == [()] * count


def test_one_subject_is_judged_by_its_own_gaps() -> None:
    result = run(bought({0: [0, 10, 20, 30]}), now=100.0)

    assert result.usual_gap_days[0] == pytest.approx(10.0)
    assert result.status.tolist() == ["gone_quiet"]


def test_all_alike_have_the_same_scores() -> None:
    result = run(bought({i: [0, 7, 14, 21] for i in range(300)}), now=60.0)

    assert len(set(result.ordinary.tolist())) == len(set(result.ordinary_alike.tolist())) == 1
    assert result.usual_gap_days == pytest.approx(7.0)


def test_the_future_is_ignored_and_counted_and_a_clock_that_jumped_is_put_in_order() -> None:
    events = bought({0: [0, 10, 20, 900], 1: [5, 15]})
    last_first = Events(
        **{
            name: getattr(events, name)[::-1]
            for name in ("subject", "event", "day", "value", "sign", "weight", "direction", "signal")
        },
        signals=events.signals,
    )

    inorder, jumped = run(events, now=30.0), run(last_first, now=30.0)

    assert inorder.past.left_out.future == 1
    assert inorder.silent_days.tolist() == [10.0, 15.0]
    assert jumped.subjects.tolist() == [0, 1]
    assert jumped.ordinary.tolist() == inorder.ordinary.tolist()


def test_contacts_of_a_day_are_one_and_what_counts_against_is_none() -> None:
    complaint = Signal("complaints", ("cases",), "Case", Role.TROUBLE, sign=-1)
    rows = [
        (0, k, day, float("nan"), 1.0, 0, signal)
        for k, (day, signal) in enumerate([(0.1, 0), (0.6, 0), (9.2, 0), (19, 1)])
    ]

    result = run(Events.from_rows((ORDERS, complaint), rows), now=20.0)

    assert result.gaps.tolist() == [1]
    assert result.silent_days.tolist() == [11.0]
    assert result.past.left_out.against == 1


def test_now_may_be_a_time_of_any_zone_and_must_have_one() -> None:
    events = bought({0: [0, 10]})
    utc = datetime(1970, 2, 1, tzinfo=UTC)

    assert run(events, now=utc).silent_days.tolist() == [21.0]
    assert run(events, now=utc.astimezone(timezone(timedelta(hours=9)))).silent_days.tolist() == [21.0]
    with pytest.raises(ValueError, match="no zone"):
        run(events, now=datetime(1970, 2, 1))  # noqa: DTZ001


def test_thresholds_that_do_not_rise_are_refused() -> None:
    with pytest.raises(Rejected):
        run(bought({}), Parameters(late=0.01), now=1.0)
