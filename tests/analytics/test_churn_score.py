"""The whole risk: reasons sum to it, paths carry exactly their part of it, and what-if equals computing all again."""

import doctest
from dataclasses import replace
from math import nan

import numpy as np
import pytest

from analytics.engines.churn import counterfactual, exposure, score
from analytics.engines.churn.behaviour import behaviour
from analytics.engines.churn.counterfactual import if_answers, if_put_right, moved
from analytics.engines.churn.learned import OF_EVENTS
from analytics.engines.churn.learned import Parameters as Learning
from analytics.engines.churn.learners import Logistic
from analytics.engines.churn.leavers import Leavers
from analytics.engines.churn.own import Parameters as Own
from analytics.engines.churn.score import Churn, Parameters, run
from analytics.engines.examples_of_events import bought
from analytics.engines.features import Feature
from analytics.events import Events
from analytics.graph import Graph
from analytics.reasons import total
from models.profiles import Role, Signal
from models.reasons import feature

NOW = 800.0
QUICK = Parameters(own=Own(learning=Learning(learners=(Logistic(),), least_left=20, least_stayed=20)))


@pytest.mark.parametrize("module", [score, counterfactual])
def test_the_examples_of_the_module_hold(module) -> None:
    assert doctest.testmod(module).failed == 0


def test_every_feature_of_behaviour_has_words_of_its_own() -> None:
    names = [
        each.name.removeprefix(OF_EVENTS)
        for each in behaviour(bought({0: [0, 10]}), np.arange(1, dtype=np.int32), now=30.0)
    ]

    assert {name for name in names if feature(name, "en") == name} == set()
    assert len({feature(name, "fa") for name in names}) == len(names) > 10


def _history(n: int = 160, seed: int = 0) -> tuple[Events, np.ndarray, Leavers, Graph]:
    """Subjects that come in their own rhythm; some slow down for a while before they leave on a day that is known."""
    rng = np.random.default_rng(seed)
    days, leaving = {}, np.full(n, nan)
    for i in range(n):
        gap, end = float(rng.uniform(5, 20)), NOW + 30
        if rng.random() < 0.6:
            leaving[i] = end = float(rng.uniform(250, 900))
        at, mine = float(rng.uniform(0, 40)), []
        while at < end:
            mine.append(at)
            at += gap * rng.uniform(0.6, 1.4) * (4 if not np.isnan(leaving[i]) and at > end - 90 else 1)
        days[10 + i] = mine
    links = rng.integers(0, n, (2, 3 * n))
    return (
        bought(days),
        np.arange(10, 10 + n, dtype=np.int32),
        Leavers.dated(leaving, now=NOW),
        Graph.from_links(n, *links, rng.random(3 * n)),
    )


def _silent() -> Churn:
    events, subjects, _, graph = _history()
    return run(events, subjects, now=NOW, spread=graph)


def _learned() -> Churn:
    events, subjects, leavers, graph = _history()
    return run(events, subjects, QUICK, now=NOW, leavers=leavers, spread=graph)


@pytest.mark.parametrize("make", [_silent, _learned])
def test_reasons_sum_to_the_risk_of_every_subject(make) -> None:
    found = make()

    assert found.own + found.received == pytest.approx(found.risk, abs=1e-12)
    for i in range(len(found.subjects)):
        assert total(found.reasons(i)) == pytest.approx(found.risk[i], abs=1e-9)


def test_where_days_of_leaving_are_known_it_is_learned_from_what_was_seen_before() -> None:
    found = _learned()

    assert (found.own_risk.basis, found.own_risk.refused) == ("events", None)
    assert found.own_risk.learned.quality.mean_auc("logistic") > 0.7
    assert {reason.code for reason in found.reasons(int(np.flatnonzero(~found.own_risk.left)[0]))} <= {
        "typical",
        "behaviour",
        "received",
    }


def test_who_has_left_is_at_risk_one_and_says_so() -> None:
    found = _learned()
    gone = int(np.flatnonzero(found.own_risk.left)[0])

    assert found.own_risk.risk[gone] == 1.0
    assert found.reasons(gone)[0].code == "left"


@pytest.mark.parametrize("left", [np.zeros(160, bool), np.ones(160, bool)])
def test_all_gone_and_none_gone_fall_back_to_silence_and_say_why(left: np.ndarray) -> None:
    events, subjects, _, _ = _history()

    found = run(events, subjects, now=NOW, leavers=Leavers.undated(left), fields=[Feature("size", np.arange(160.0))])

    assert found.own_risk.basis == "silence"
    assert found.own_risk.refused.code == "too_few_examples"
    assert (found.risk[left] == 1.0).all()


def test_leaving_without_days_is_learned_from_fields_alone() -> None:
    events, subjects, _, _ = _history()
    size = np.random.default_rng(0).normal(0, 1, 160)
    left = size + np.random.default_rng(1).normal(0, 1, 160) > 0.3

    found = run(events, subjects, QUICK, now=NOW, leavers=Leavers.undated(left), fields=[Feature("size", size)])

    assert (found.own_risk.basis, found.own_risk.learned.used) == ("fields", ("size",))


def test_bands_begin_at_their_bounds() -> None:
    found = run(bought({0: range(0, 41, 10), 1: range(0, 91, 10)}), np.arange(2, dtype=np.int32), now=100.0)

    assert [found.band_of(i) for i in (0, 1)] == ["high", "low"]
    with pytest.raises(ValueError, match="rise"):
        Parameters(medium=0.7, high=0.6)


def test_a_type_without_signals_has_a_score_for_everybody() -> None:
    found = run(Events.none(), np.arange(3, dtype=np.int32), now=NOW)

    assert found.risk.tolist() == [found.own_risk.scored.base] * 3
    assert [reason.code for reason in found.reasons(0)] == ["unknown"]


def test_no_subject_and_one_subject() -> None:
    assert run(Events.none(), np.empty(0, np.int32), now=NOW).risk.tolist() == []
    assert len(run(bought({4: [1, 2, 3]}), np.array([4], np.int32), now=9.0).risk) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"leavers": Leavers.undated(np.zeros(2, bool))},
        {"fields": [Feature("size", np.ones(2))]},
        {"spread": Graph.from_links(2, [0], [1])},
    ],
)
def test_what_does_not_fit_the_subjects_is_refused(wrong) -> None:
    with pytest.raises(ValueError, match="3 subjects"):
        run(Events.none(), np.arange(3, dtype=np.int32), now=NOW, **wrong)


def test_subjects_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="ascend"):
        run(Events.none(), np.array([2, 1], np.int32), now=NOW)


# -- paths ----------------------------------------------------------------------------------------------------------


def test_a_path_brings_exactly_what_walks_along_it() -> None:
    """Without circles the paths of a record, with its own part, are all of its score."""
    events = bought({i: range(0, 41 + 10 * i, 10) for i in range(5)})
    tree = Graph.from_links(5, [0, 1, 2, 3], [1, 4, 4, 2], [1.0, 2.0, 3.0, 1.0])

    found = run(events, np.arange(5, dtype=np.int32), now=120.0, spread=tree)
    paths = found.paths(4, k=50, hops=5)

    brought = {path.records: path.brings for path in paths if len(path.records) > 1}
    assert set(brought) == {(1, 4), (2, 4), (0, 1, 4), (3, 2, 4)}
    assert sum(brought.values()) == pytest.approx(found.received[4], abs=1e-12)
    assert all(path.source == path.records[0] for path in paths)


# -- what would change it -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [_silent, _learned])
def test_an_answer_today_changes_what_computing_all_again_says(make) -> None:
    found = make()
    i = int(np.argmax(np.where(found.own_risk.left, -1.0, found.own_risk.risk)))

    told = if_answers(found, i, most=1000, tolerance=1e-10)

    own = found.own_risk.risk.copy()
    own[i] = told.own_after
    again = exposure.run(_history()[3], own, found.parameters.exposure)
    assert told.after == pytest.approx(again.score[i], abs=1e-9)
    assert told.change < 0
    others = dict(told.others)
    for j in range(len(own)):
        if j != i and abs(again.score[j] - found.risk[j]) > 1e-8:
            assert others[int(found.subjects[j])] == pytest.approx(again.score[j] - found.risk[j], abs=1e-9)


def test_a_learned_answer_is_the_risk_of_the_features_with_one_more_event() -> None:
    found = _learned()
    i = int(np.flatnonzero(~found.own_risk.left)[3])
    subject = int(found.subjects[i])
    rows = [
        (int(s), int(e), float(d), float(v), float(w), int(r), int(k))
        for s, e, d, v, w, r, k in zip(
            *(getattr(found.events, c) for c in ("subject", "event", "day", "value", "weight", "direction", "signal")),
            strict=True,
        )
    ]
    again = Events.from_rows(found.events.signals, [*rows, (subject, 999_999, NOW, nan, 1.0, -1, 0)])

    own = found.own_risk.learned.risk(behaviour(again, found.subjects, now=NOW))[i]

    assert if_answers(found, i).own_after == pytest.approx(own, abs=1e-12)


def test_who_has_left_does_not_come_back_by_an_answer() -> None:
    found = _learned()

    assert if_answers(found, int(np.flatnonzero(found.own_risk.left)[0])).change == 0.0


def test_a_neighbour_put_right_takes_its_part_away() -> None:
    events = bought({0: range(0, 21, 10), 1: range(0, 91, 10)})
    found = run(events, np.arange(2, dtype=np.int32), now=100.0, spread=Graph.from_links(2, [0], [1]))

    told = if_put_right(found, 1, 0)

    assert told.change == pytest.approx(0.3 * (0.1 - found.own_risk.risk[0]), abs=1e-12)
    assert told.others[0][0] == 0


@pytest.mark.parametrize("received", [0.3, 0.9])
@pytest.mark.parametrize("seed", range(3))
def test_what_moves_is_what_computing_all_again_says_within_the_bound(seed: int, received: float) -> None:
    rng = np.random.default_rng(seed)
    graph, own = Graph.from_links(50, *rng.integers(0, 50, (2, 200)), rng.random(200)), rng.random(50)
    before = exposure.run(graph, own, exposure.Parameters(received))
    other = {3: 0.0, 17: 1.0}

    found = moved(before, other, tolerance=1e-10)

    changed = own.copy()
    changed[[3, 17]] = [0.0, 1.0]
    after = exposure.run(graph, changed, exposure.Parameters(received))
    change = np.zeros(50)
    change[found.nodes] = found.change
    assert np.abs(change - (after.score - before.score)).max() <= found.bound + after.bound
    assert found.bound <= 2e-10


def test_what_nobody_sees_is_not_followed_and_the_bound_says_so() -> None:
    """In a chain each link passes on a third: after a dozen links the change is below one in a million."""
    chain = Graph.from_links(100, np.arange(99), np.arange(1, 100))
    before = exposure.run(chain, np.full(100, 0.5))

    found = moved(before, {0: 0.0})

    assert found.nodes.tolist() == list(range(len(found.nodes)))
    assert len(found.nodes) < 20
    assert 0 < found.bound <= 1e-6


# -- features -------------------------------------------------------------------------------------------------------


def _same(first: tuple[Feature, ...], second: tuple[Feature, ...]) -> bool:
    return all(np.array_equal(a.values, b.values, equal_nan=True) for a, b in zip(first, second, strict=True))


def test_features_do_not_look_past_their_moment() -> None:
    """Shuffling, thinning out or dropping what lies after it changes nothing."""
    events, subjects, _, _ = _history()
    late = np.flatnonzero(events.day > 400)
    rng = np.random.default_rng(5)
    value = events.value.copy()
    value[late] = rng.random(len(late))
    day = events.day.copy()
    day[late] = rng.uniform(401, 900, len(late))
    shuffled = Events.from_columns(
        events.signals,
        subject=np.where(events.day > 400, rng.permutation(events.subject), events.subject),
        event=events.event,
        day=day,
        value=value,
        weight=events.weight,
        direction=events.direction,
        signal=events.signal,
    )

    before = behaviour(events, subjects, now=400.0)

    assert _same(before, behaviour(shuffled, subjects, now=400.0))
    assert _same(before, behaviour(events.until(400.0), subjects, now=400.0))


def test_features_count_what_there_is() -> None:
    bad = Signal("cases", ("cases",), "Case", Role.TROUBLE, sign=-1)
    mail = Signal("mails", ("mails",), "Mail", Role.CONTACT)
    rows = [(2, 1, 10.0, nan, 1.0, -1, 0), (2, 2, 80.0, 50.0, 1.0, +1, 1), (2, 3, 95.0, 70.0, 1.0, -1, 1)]

    found = {
        f.name: f.values[1]
        for f in behaviour(Events.from_rows((bad, mail), rows), np.array([1, 2], np.int32), now=100.0)
    }

    assert found["events.silent_days"] == 5.0
    assert found["events.usual_gap_days"] == 42.5
    assert found["events.value_90"] == 120.0
    assert found["events.against_share"] == pytest.approx(1 / 3)
    assert found["events.theirs_share"] == pytest.approx(2 / 3)
    assert found["events.kinds"] == 2.0
    assert found["events.mails_180"] == 2.0


def test_a_date_of_leaving_in_the_future_is_no_leaving_yet() -> None:
    found = Leavers.dated(np.array([100.0, 900.0, nan]), now=NOW)

    assert found.left.tolist() == [True, False, False]
    assert found.until(50.0).left.tolist() == [False, False, False]
    assert replace(found, day=np.full(3, nan)).is_dated is False


@pytest.mark.parametrize(
    ("days", "rhythm"), [({}, False), ({1: [700]}, False), ({0: [650]}, True), ({1: [0, 50]}, True)]
)
def test_an_answer_lowers_a_risk_from_silence_only_where_a_rhythm_is_known_then(
    days: dict[int, list[float]], rhythm: bool
) -> None:
    subjects = np.arange(2, dtype=np.int32)
    found = run(bought(days), subjects, now=NOW)

    told = if_answers(found, 0)
    done = run(bought({**days, 0: [*days.get(0, []), NOW]}), subjects, now=NOW)

    assert told.after == pytest.approx(done.risk[0], abs=1e-12)
    assert (told.change < 0) is rhythm
