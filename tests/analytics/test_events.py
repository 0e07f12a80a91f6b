"""Events as arrays: sorted, checked, cut by day and by role."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from analytics.events import Events, day_of
from models.profiles import Role, Signal

ORDERS = Signal("orders", ("orders",), "Order", Role.BUSINESS, "orderedOn", value="total")
CASES = Signal("cases", ("cases",), "Case", Role.TROUBLE, "openedAt", sign=-1)
SIGNALS = (ORDERS, CASES)
NAN = float("nan")
ROWS = [
    (4, 12, 30.0, 5.0, 1.0, 0, 0),
    (2, 11, 20.5, NAN, 2.0, -1, 1),
    (4, 10, 10.0, 7.5, 1.0, 1, 0),
    (4, 13, 30.0, NAN, 0.0, 1, 1),
]


def test_events_come_sorted_by_subject_and_day_with_the_sign_of_their_signal() -> None:
    events = Events.from_rows(SIGNALS, ROWS, currency="EUR")

    assert events.subject.tolist() == [2, 4, 4, 4]
    assert events.event.tolist() == [11, 10, 12, 13]
    assert events.day.tolist() == [20.5, 10.0, 30.0, 30.0]
    assert events.sign.tolist() == [-1, 1, 1, -1]
    assert events.weight.tolist() == [2.0, 1.0, 1.0, 0.0]
    assert events.direction.tolist() == [-1, 1, 0, 1]
    np.testing.assert_array_equal(events.value, [NAN, 7.5, 5.0, NAN])
    assert (events.subject.dtype, events.weight.dtype, events.signal.dtype) == (np.int32, np.float32, np.int16)
    assert (len(events), events.currency, events.subjects.tolist()) == (4, "EUR", [2, 4])


@pytest.mark.parametrize(("subject", "found"), [(2, slice(0, 1)), (4, slice(1, 4)), (3, slice(1, 1)), (9, slice(4, 4))])
def test_the_events_of_one_subject_stand_together(subject: int, found: slice) -> None:
    assert Events.from_rows(SIGNALS, ROWS).of(subject) == found


def test_a_moment_parts_events_in_those_until_then_and_those_after() -> None:
    events = Events.from_rows(SIGNALS, ROWS)

    assert events.until(20.5).event.tolist() == [11, 10]
    assert events.after(20.5).event.tolist() == [12, 13]
    assert events.until(5.0).event.tolist() == []


def test_a_role_chooses_events_and_keeps_all_signals() -> None:
    trouble = Events.from_rows(SIGNALS, ROWS).only(Role.TROUBLE)

    assert (trouble.event.tolist(), trouble.signal.tolist(), trouble.signals) == ([11, 13], [1, 1], SIGNALS)
    assert len(Events.from_rows(SIGNALS, ROWS).only(Role.CONTACT)) == 0


def test_no_events_are_events_too() -> None:
    nothing = Events.none()

    assert (len(nothing), nothing.of(0), len(nothing.only(Role.CONTACT)), len(nothing.until(1.0))) == (
        0,
        slice(0, 0),
        0,
        0,
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ((0, 1, NAN, 1.0, 1.0, 0, 0), "day"),
        ((0, 1, 1.0, 1.0, NAN, 0, 0), "weight"),
        ((0, 1, 1.0, 1.0, -1.0, 0, 0), "weight"),
        ((0, 1, 1.0, float("inf"), 1.0, 0, 0), "value"),
        ((-1, 1, 1.0, 1.0, 1.0, 0, 0), "subject"),
        ((0, 2**31, 1.0, 1.0, 1.0, 0, 0), "event"),
        ((0, 1, 1.0, 1.0, 1.0, 2, 0), "direction"),
        ((0, 1, 1.0, 1.0, 1.0, 0, 2), "signal"),
    ],
)
def test_what_cannot_be_is_refused_by_its_place(row: tuple[int, int, float, float, float, int, int], said: str) -> None:
    with pytest.raises(ValueError, match=f"The {said} of event 1 "):
        Events.from_rows(SIGNALS, [ROWS[0], row])


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="equally long"):
        Events.from_columns(
            SIGNALS, subject=[1, 2], event=[3], day=[1.0], value=[1.0], weight=[1.0], direction=[0], signal=[0]
        )


def test_days_count_from_1970_in_utc_with_their_fraction() -> None:
    assert day_of(datetime(1970, 1, 3, 12, tzinfo=UTC)) == 2.5
    assert day_of(datetime(1969, 12, 31, tzinfo=UTC)) == -1.0
