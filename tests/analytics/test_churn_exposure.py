"""Risk along relationships is the fixpoint it promises, in [0, 1], and every part of a score is named."""

import doctest
from math import inf, nan

import numpy as np
import pytest

from analytics.engines.churn import exposure, flows
from analytics.engines.churn.exposure import BadRisk, Parameters, run
from analytics.engines.churn.flows import among, flow
from analytics.graph import Graph
from analytics.reasons import total


@pytest.mark.parametrize("module", [exposure, flows])
def test_the_examples_of_the_module_hold(module) -> None:
    assert doctest.testmod(module).failed == 0


def _random(seed: int, n: int = 60, m: int = 150) -> tuple[Graph, np.ndarray]:
    """With self-loops, parallel links, zero weights, nodes without links, and all of it in float32."""
    rng = np.random.default_rng(seed)
    weights = np.where(rng.random(m) < 0.1, 0.0, rng.random(m)).astype(np.float32)
    return Graph.from_links(n, rng.integers(0, n // 2, m), rng.integers(0, n, m), weights), rng.random(n)


@pytest.mark.parametrize("received", [0.0, 0.3, 0.5, 0.95])
@pytest.mark.parametrize("seed", range(4))
def test_scores_solve_the_linear_system(seed: int, received: float) -> None:
    graph, own = _random(seed)

    found = run(graph, own, Parameters(received))

    weights = graph.matrix.toarray().T.astype(float)
    np.fill_diagonal(weights, 0.0)
    sums = weights.sum(axis=1, keepdims=True)
    shares = received * np.divide(weights, sums, out=np.zeros_like(weights), where=sums > 0)
    kept = np.where(sums[:, 0] > 0, 1 - received, 1.0)
    exact = np.linalg.solve(np.eye(graph.n) - shares, kept * own)
    assert np.abs(found.score - exact).max() <= max(found.bound, 1e-12)
    assert found.bound <= 1e-12
    assert ((found.score >= 0) & (found.score <= 1)).all()


@pytest.mark.parametrize("seed", range(4))
def test_reasons_sum_to_every_score_and_name_each_giver_once(seed: int) -> None:
    graph, own = _random(seed)

    found = run(graph, own, Parameters(0.6))

    for i in range(graph.n):
        reasons = found.reasons(i)
        assert total(reasons) == pytest.approx(found.score[i], abs=1e-9)
        givers = [reason.records[0] for reason in reasons[1:]]
        assert len(set(givers)) == len(givers)
        assert i not in givers


def test_who_receives_from_nobody_has_its_own_risk() -> None:
    found = run(Graph.from_links(3, [0], [1], [0.0]), np.array([0.2, 0.9, 0.5]))

    assert found.score.tolist() == [0.2, 0.9, 0.5]
    assert found.received.tolist() == [0.0, 0.0, 0.0]


@pytest.mark.parametrize(("share", "expected"), [(0.0, 0.0), (1.0, 1.0)])
def test_when_none_or_all_are_gone_nothing_moves(share: float, expected: float) -> None:
    graph, _ = _random(1)

    found = run(graph, np.full(graph.n, share))

    assert found.score == pytest.approx(expected, abs=1e-12)


def test_one_node_and_none_at_all() -> None:
    assert run(Graph.from_links(1, [0], [0], [1.0]), np.array([0.4])).score.tolist() == [0.4]
    assert run(Graph.from_links(0, [], [], []), np.empty(0)).score.tolist() == []


def test_equal_weights_are_as_good_as_none() -> None:
    bare = Graph.from_links(4, [0, 1, 2], [3, 3, 3], None, parallel="keep")
    own = np.array([0.9, 0.3, 0.6, 0.0])

    assert (
        run(bare, own).score.tolist() == run(Graph.from_links(4, [0, 1, 2], [3, 3, 3], [7.0] * 3), own).score.tolist()
    )


@pytest.mark.parametrize("bad", [nan, -0.1, 1.1, inf])
def test_a_risk_that_is_none_is_refused_by_the_name_of_its_record(bad: float) -> None:
    graph = Graph.from_links(2, [0], [1], [1.0], labels=["alpha", "beta"])

    with pytest.raises(BadRisk, match="beta"):
        run(graph, np.array([0.1, bad]))
    with pytest.raises(BadRisk, match="reach"):
        run(graph, np.array([0.1, 0.1]), reach=np.array([0.1, bad]))


def test_reach_closes_a_node_to_what_others_give() -> None:
    graph = Graph.from_links(3, [0, 0], [1, 2], [1.0, 1.0])

    found = run(graph, np.array([1.0, 0.0, 0.0]), Parameters(0.5), reach=np.array([1.0, 1.0, 0.2]))

    assert found.score.tolist() == pytest.approx([1.0, 0.5, 0.1])


def test_a_hub_between_passes_nothing_on() -> None:
    employs = Graph.from_links(8, [0, 1, 2, 3], [7, 7, 7, 7])

    found, _ = flow([([employs, employs.transposed], 1.0)], np.arange(7, dtype=np.int32), through=3)

    assert found.m == 0


def test_links_among_subjects_are_kept_by_their_places() -> None:
    graph = Graph.from_links(6, [2, 2, 5, 0], [5, 3, 2, 2], [0.5, 1.0, 2.0, 9.0])

    found = among(graph, np.array([2, 5], np.int32))

    assert (found.sources.tolist(), found.indices.tolist(), found.weights.tolist()) == ([0, 1], [1, 0], [0.5, 2.0])
