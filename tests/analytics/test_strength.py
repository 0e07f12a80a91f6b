"""Strength of a relationship comes from the acts both share, and its reasons add up to it."""

import doctest
from collections import defaultdict
from math import nan

import numpy as np
import pytest

from analytics.engines import strength
from analytics.engines.strength import Parameters, run
from analytics.events import Events
from analytics.reasons import total
from models.profiles import Role, Signal

MEETINGS = Signal("meetings", ("meetings",), "Meeting", Role.CONTACT, weight=3.0, half_life_days=180)
MAILS = Signal("mails", ("mails",), "Mail", Role.CONTACT, weight=1.0, half_life_days=30)
SIGNALS = (MEETINGS, MAILS)


def _row(subject: int, event: int, day: float, signal: int, direction: int = 0):
    return subject, event, day, nan, SIGNALS[signal].weight, direction, signal


def test_the_examples_of_the_module_hold() -> None:
    assert doctest.testmod(strength).failed == 0


def test_only_events_of_both_are_evidence() -> None:
    rows = [_row(0, 100, 9.0, 0), _row(1, 100, 9.0, 0), _row(0, 101, 9.0, 0), _row(2, 102, 9.0, 0)]

    found = run(Events.from_rows(SIGNALS, rows), [0, 0, 1], [1, 2, 2], now=9.0)

    assert found.acts.tolist() == [1, 0, 0]
    assert found.evidence.tolist() == [3.0, 0.0, 0.0]
    assert found.strength.tolist() == [1 - 2 ** (-3 / 4), 0.0, 0.0]


def test_nobody_has_a_relationship_where_nothing_ever_happened() -> None:
    found = run([], [0], [1], now=9.0)

    assert (found.acts.tolist(), found.strength.tolist()) == ([0], [0.0])


def test_an_act_counts_half_after_the_half_life_of_its_signal() -> None:
    rows = [_row(s, e, d, k) for s in (0, 1) for e, d, k in ((100, 0.0, 0), (101, 150.0, 1))]

    found = run(Events.from_rows(SIGNALS, rows), [0], [1], now=180.0)

    assert found.top.counts[0, :2].tolist() == [1.5, 0.5]
    assert found.top.event[0, :3].tolist() == [100, 101, -1]


def test_a_one_way_relationship_has_no_strength_unless_the_parameters_leave_it_some() -> None:
    rows = [_row(s, e, 9.0, 1, +1) for s in (0, 1) for e in (100, 101)]
    events = Events.from_rows(SIGNALS, rows)

    assert run(events, [0], [1], now=9.0).strength.tolist() == [0.0]
    assert run(events, [0], [1], Parameters(one_way=0.5), now=9.0).reciprocity.tolist() == [0.5]


def test_an_answer_makes_it_mutual() -> None:
    rows = [_row(s, e, 9.0, 1, d) for s in (0, 1) for e, d in ((100, +1), (101, -1))]

    assert run(Events.from_rows(SIGNALS, rows), [0], [1], now=9.0).reciprocity.tolist() == [1.0]


def test_shallow_acts_make_a_shallow_relationship() -> None:
    rows = [_row(s, 100, 9.0, 1) for s in (0, 1)] + [_row(5, 101, 9.0, 0)]

    found = run(Events.from_rows(SIGNALS, rows), [0], [1], now=9.0)

    assert found.depth.tolist() == [1 / 3]
    assert {reason.code for reason in found.reasons(0)} == {"act", "shallow"}


def test_what_has_not_happened_yet_is_no_evidence() -> None:
    rows = [_row(s, 100, 10.0, 0) for s in (0, 1)]

    found = run(Events.from_rows(SIGNALS, rows), [0], [1], now=9.9)

    assert found.strength.tolist() == [0.0]
    assert np.isnan(found.last_day[0])
    assert found.reasons(0) == ()


def test_an_event_by_two_signals_counts_once_by_the_weightier() -> None:
    rows = [_row(s, 100, 9.0, k) for s in (0, 1) for k in (0, 1)]

    found = run(Events.from_rows(SIGNALS, rows), [0], [1], now=9.0)

    assert (found.acts.tolist(), found.evidence.tolist()) == ([1], [3.0])


def test_events_of_two_types_meet_and_each_end_weighs_by_its_own_signals() -> None:
    companies = Events.from_rows((MEETINGS,), [(0, 100, 9.0, nan, 3.0, 0, 0)])
    people = Events.from_rows((MAILS,), [(1, 100, 9.0, nan, 1.0, 0, 0)])

    found = run([companies, people], [0, 1], [1, 0], now=9.0)

    assert found.evidence.tolist() == [3.0, 1.0]
    assert [found.reasons(i)[0].facts["signal"] for i in (0, 1)] == ["meetings", "mails"]


def test_a_role_scales_and_is_named() -> None:
    rows = [_row(s, 100, 9.0, 0) for s in (0, 1)]

    found = run(Events.from_rows(SIGNALS, rows), [0], [1], now=9.0, role=[0.5])

    assert total(found.reasons(0)) == pytest.approx(found.strength[0], abs=1e-12)
    assert found.reasons(0)[-1].code == "role"


@pytest.mark.parametrize("events", [Events.none(SIGNALS), Events.none(())])
def test_without_events_every_pair_is_cold(events: Events) -> None:
    found = run(events, [0, 1], [1, 0], now=9.0)

    assert (found.strength.tolist(), found.warmth_of(0)) == ([0.0, 0.0], "cold")
    assert found.graph(2).m == 0


def test_no_pairs_are_no_strengths() -> None:
    rows = [_row(s, 100, 9.0, 0) for s in (0, 1)]

    assert len(run(Events.from_rows(SIGNALS, rows), [], [], now=9.0)) == 0


def test_a_record_is_no_acquaintance_of_itself() -> None:
    rows = [_row(s, 100, 9.0, 0) for s in (0, 1)]

    assert run(Events.from_rows(SIGNALS, rows), [0], [0], now=9.0).strength.tolist() == [0.0]


@pytest.mark.parametrize(
    ("second", "role", "now"), [([1, 2], None, 9.0), ([1], [1.5], 9.0), ([1], [nan], 9.0), ([1], None, nan)]
)
def test_input_that_cannot_be_is_refused(second, role, now) -> None:
    with pytest.raises(ValueError, match=r"[Pp]air|now"):
        run(Events.none(SIGNALS), [0], second, now=now, role=role)


def test_each_record_has_its_strongest_its_contacts_and_their_mean() -> None:
    rows = [_row(s, 100, 9.0, 0) for s in (0, 1)] + [_row(s, 101, 9.0, 1) for s in (0, 2)]
    found = run(Events.from_rows(SIGNALS, rows), [0, 0, 0], [1, 2, 3], now=9.0)

    strongest, contacts, mean = found.of_records(5)

    assert strongest[0] == found.strength[0]
    assert contacts.tolist() == [2, 0, 0, 0, 0]
    assert mean[0] == found.strength[:2].mean()


def test_the_join_finds_what_a_loop_over_all_events_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when the pairs are joined in many small steps."""
    rng = np.random.default_rng(4)
    rows = sorted(
        {(int(s), int(e)) for s, e in zip(rng.integers(0, 30, 900), rng.integers(100, 300, 900), strict=True)}
    )
    given = [_row(s, e, float(e % 50), e % 2, e % 3 - 1) for s, e in rows]
    first, second = rng.integers(0, 32, 400), rng.integers(0, 32, 400)
    taking_part = defaultdict(set)
    for s, e in rows:
        taking_part[s].add(e)

    monkeypatch.setattr("analytics.engines.evidence._AT_ONCE", 64)
    found = run(Events.from_rows(SIGNALS, given), first, second, Parameters(top=2), now=60.0)

    for i, (a, b) in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
        shared = taking_part[a] & taking_part[b] if a != b else set()
        counts = {e: SIGNALS[e % 2].weight * 2 ** ((e % 50 - 60) / SIGNALS[e % 2].half_life_days) for e in shared}
        assert found.acts[i] == len(shared)
        assert found.evidence[i] == pytest.approx(sum(counts.values()), abs=1e-12)
        assert found.top.event[i].tolist() == [*sorted(counts, key=lambda e: (-counts[e], e))[:2], -1, -1][:2]
        assert 0 <= found.strength[i] <= 1
        assert total(found.reasons(i)) == pytest.approx(found.strength[i], abs=1e-12)
