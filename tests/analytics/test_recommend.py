"""What a subject is offered next, and what it prefers: counts, lift, scores and reasons, by hand and against brute force."""

from __future__ import annotations

import doctest
from types import ModuleType

import numpy as np
import pytest

from analytics.engines import preferences, recommend
from analytics.engines.recommend import Parameters
from analytics.graph import Graph
from analytics.kernels import top
from analytics.reasons import total

SUBJECTS, OFFERS = 40, 15


def taken(seed: int = 7, *, links: int = 200) -> Graph:
    """Random purchases of subjects 0…39 among offers 40…54, some taken twice."""
    generator = np.random.default_rng(seed)
    source, target = generator.integers(0, SUBJECTS, links), SUBJECTS + generator.integers(0, OFFERS, links)
    return Graph.from_links(SUBJECTS + OFFERS, source, target)


@pytest.mark.parametrize("module", [recommend, preferences, top])
def test_the_examples_of_the_docs_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


def test_a_reason_says_how_many_who_took_one_took_the_other_and_the_lift() -> None:
    """14 took A, 9 of them B too; B has 10 takers among 48 subjects: lift 9·48 / (14·10)."""
    a, b, c = 48, 49, 50
    others = [*range(14, 20), *range(21, 48)]
    source = [*range(14), *range(9), 20, *others]
    target = [*[a] * 14, *[b] * 10, *[c] * len(others)]
    graph = Graph.from_links(51, source, target)

    found = recommend.run(graph)

    (reason,) = found.reasons(13)
    assert found.of(13)[0][0] == b
    assert reason.code == "taken_together"
    assert (reason.facts["together"], reason.facts["takers"]) == (9, 14)
    assert reason.facts["lift"] == round(9 * 48 / (14 * 10), 4) == 3.0857
    assert reason.records == (a, b)


def test_scores_are_those_of_the_formula_and_nothing_taken_is_offered() -> None:
    graph, parameters = taken(), Parameters(most=OFFERS, companions=OFFERS)
    weights = graph.matrix.toarray()
    has = weights > 0
    takers, together = has.sum(axis=0), has.T.astype(float) @ has
    expected = np.maximum(np.outer(takers, takers), 1e-9)
    similar = together / (np.sqrt(expected) + parameters.doubt)
    np.fill_diagonal(together, 0)
    subjects = has.any(axis=1).sum()
    similar[(together < parameters.least_together) | (together * subjects <= expected * parameters.least_lift)] = 0
    scores = weights / np.maximum(weights.sum(axis=1, keepdims=True), 1e-9) @ similar

    found = recommend.run(graph, parameters)

    for subject in range(graph.n):
        wanted = {offer: scores[subject, offer] for offer in np.flatnonzero((scores[subject] > 1e-12) & ~has[subject])}
        assert dict(found.of(subject)) == pytest.approx(wanted, abs=1e-9)
        assert [score for _, score in found.of(subject)] == pytest.approx(sorted(wanted.values(), reverse=True))


def test_the_reasons_of_every_offer_sum_to_its_score() -> None:
    found = recommend.run(taken())

    pairs = [(subject, offer, score) for subject in range(SUBJECTS) for offer, score in found.of(subject)]

    assert len(pairs) > 50
    for subject, offer, score in pairs:
        assert total(found.reasons(subject, offer)) == pytest.approx(score, abs=1e-9)
        assert len(found.reasons(subject, offer, most=2)) <= 2


def test_the_best_of_each_is_a_column_of_its_own() -> None:
    found = recommend.run(taken())

    offers, scores = found.best()

    for subject in range(SUBJECTS + OFFERS):
        given = found.of(subject)
        assert offers[subject] == (given[0][0] if given else -1)
        assert not given or scores[subject] == given[0][1]


def test_few_subjects_are_answered_as_everybody_is() -> None:
    graph = taken()
    everybody = recommend.run(graph)
    few = np.zeros(graph.n, np.bool_)
    few[[3, 8]] = True

    found = recommend.run(graph, subjects=few, known=everybody.companions)

    assert found.of(3) == everybody.of(3)
    assert found.of(8) == everybody.of(8)
    assert found.of(4) == ()


def test_only_offers_that_may_be_given_are_given() -> None:
    graph = taken()
    allowed = np.zeros(graph.n, np.bool_)
    allowed[[41, 44, 47]] = True

    found = recommend.run(graph, offers=allowed)

    assert set(found.offers.tolist()) <= {41, 44, 47}
    assert len(found.offers) > 0


def test_the_work_in_blocks_gives_what_the_work_at_once_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = recommend.run(taken())

    monkeypatch.setattr(recommend, "BLOCK", 30)
    parts = recommend.run(taken())

    assert parts.offers.tolist() == whole.offers.tolist()
    assert parts.scores.tolist() == whole.scores.tolist()


@pytest.mark.parametrize("n", [0, 1, 5])
def test_without_links_nothing_is_offered(n: int) -> None:
    found = recommend.run(Graph.from_links(n, [], []))

    assert found.offers.tolist() == []
    assert all(found.of(i) == () and found.reasons(i) == () for i in range(n))


def test_weights_of_zero_count_all_alike() -> None:
    source, target = [0, 0, 1, 1, 2, 3], [4, 5, 4, 5, 4, 6]

    weightless = recommend.run(Graph.from_links(7, source, target, np.zeros(6)), Parameters(doubt=0))
    equal = recommend.run(Graph.from_links(7, source, target, np.ones(6)), Parameters(doubt=0))

    assert weightless.of(2) == equal.of(2)
    assert [offer for offer, _ in equal.of(2)] == [5]


def test_a_mask_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="A mask of 3 was given for a graph of 55 nodes"):
        recommend.run(taken(), subjects=np.ones(3, np.bool_))


def test_a_path_of_relations_leads_to_what_was_taken() -> None:
    orders = Graph.from_links(6, [0, 0, 1], [2, 3, 3])
    lines = Graph.from_links(6, [2, 3, 3], [4, 4, 5], [2.0, 1.0, 3.0])

    ways = recommend.along([orders, lines])

    assert ways.matrix.toarray()[:2, 4:].tolist() == [[3.0, 3.0], [1.0, 3.0]]


def test_preferences_tell_what_is_taken_more_and_less_of_than_usual() -> None:
    """Everybody takes 90 of group 0, 10 of group 1; subject 0 takes 6 of each."""
    source = [0] * 12 + [1] * 88
    target = [2] * 6 + [3] * 6 + [2] * 84 + [3] * 4
    graph = Graph.from_links(4, source, target, parallel="keep")

    found = preferences.run(graph, subject=0)

    assert found.groups.tolist() == [3, 2]
    assert found.own.tolist() == [0.5, 0.5]
    assert found.everyone.tolist() == [0.1, 0.9]
    assert found.index.tolist() == pytest.approx([5.0, 0.5 / 0.9])
    assert found.z[0] == pytest.approx(0.4 / np.sqrt(0.09 / 12))
    over, under = found.reasons(0)[0], found.reasons(1)[0]
    assert (over.code, round(over.contribution, 9)) == ("prefers", 0.4)
    assert (under.code, round(under.contribution, 9)) == ("avoids", -0.4)


def test_what_everybody_takes_is_no_preference() -> None:
    graph = Graph.from_links(5, [0, 0, 1, 1], [3, 4, 3, 4])

    assert preferences.run(graph, subject=0).groups.tolist() == []
    assert preferences.run(graph, subject=2).groups.tolist() == []


def test_preferences_of_a_stranger_are_refused() -> None:
    with pytest.raises(IndexError, match="no node 9 in a graph of 2"):
        preferences.run(Graph.from_links(2, [0], [1]), subject=9)
