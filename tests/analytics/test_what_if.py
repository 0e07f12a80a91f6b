"""What would be if records leave, links end or weights change: who moves, why, who loses the only link, who is out of reach."""

from __future__ import annotations

import doctest
from types import ModuleType

import networkx as nx
import numpy as np
import pytest

from analytics import reach, what_if
from analytics.graph import Graph
from analytics.reasons import Reason, total
from analytics.snapshot import Snapshot
from analytics.what_if import Scores
from models.errors import NotFound


def ids(kind: int, count: int) -> list[str]:
    return [f"{kind:08x}-0000-7000-8000-{i:012x}" for i in range(count)]


ACCOUNTS, PEOPLE, STAFF = ids(1, 3), ids(2, 3), ids(3, 1)
OWN = {ACCOUNTS[0]: 0.1, ACCOUNTS[1]: 0.2, ACCOUNTS[2]: 0.0, PEOPLE[0]: 0.9, PEOPLE[1]: 0.0, PEOPLE[2]: 0.4}


def small() -> Snapshot:
    """Accounts 0 and 1 have contact 0; 1 also has contact 1; 2 has contact 2, who is known through contact 0 only."""
    works = [(PEOPLE[0], ACCOUNTS[0]), (PEOPLE[0], ACCOUNTS[1]), (PEOPLE[1], ACCOUNTS[1]), (PEOPLE[2], ACCOUNTS[2])]
    knows = [(PEOPLE[0], STAFF[0], 1.0), (PEOPLE[1], STAFF[0], 1.0), (PEOPLE[0], PEOPLE[2], 1.0)]
    relations = {"WORKS_AT": works, "KNOWS": knows}
    return Snapshot.of({"Account": ACCOUNTS, "Person": PEOPLE, "Staff": STAFF}, relations, symmetric=["KNOWS"])


def exposure(snapshot: Snapshot) -> Scores:
    """Half of a record's own risk, and half the mean of its neighbours': one step of diffusion along all links."""
    own = np.array([OWN.get(id, 0.0) for id in snapshot.labels])
    near = snapshot.graph(direction="both")
    shares = near.matrix / np.maximum(np.diff(near.indptr), 1)[:, None]
    values = 0.5 * own + 0.5 * (shares @ own)

    def reasons(i: int) -> tuple[Reason, ...]:
        row = slice(near.indptr[i], near.indptr[i + 1])
        received = [
            Reason("received", 0.5 * float(own[k]) / (row.stop - row.start), {}, (int(k),)) for k in near.indices[row]
        ]
        return (Reason("own", 0.5 * float(own[i]), {}, (i,)), *received)

    return Scores(values, reasons)


@pytest.mark.parametrize("module", [what_if, reach])
def test_the_examples_of_the_docs_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


def test_this_person_leaves() -> None:
    snapshot = small()

    found = what_if.departure(
        snapshot,
        [PEOPLE[0]],
        sides=[(["Account"], ["Person"])],
        sources=STAFF,
        hops=3,
        risk=exposure,
    )

    assert [snapshot.id(i) for i in found.links.lost.tolist()] == [ACCOUNTS[0]]
    assert [snapshot.id(i) for i in found.links.weakened.tolist()] == [ACCOUNTS[1]]
    assert [snapshot.id(i) for i in found.links.last_contact.tolist()] == [PEOPLE[1]]
    assert [snapshot.id(i) for i in found.reach.lost.tolist()] == [ACCOUNTS[0], ACCOUNTS[2], PEOPLE[2]]
    assert found.reach.lost_steps.tolist() == [2, 3, 2]
    assert found.risk is not None
    assert found.risk.gone == (snapshot.index(PEOPLE[0]),)
    assert [snapshot.id(move.record) for move in found.risk.moves] == [
        ACCOUNTS[0],
        ACCOUNTS[1],
        PEOPLE[2],
        STAFF[0],
    ]
    assert snapshot.n == 7
    assert found.after.n == 6


def test_links_that_go_without_a_record_leave_accounts_alone_and_put_others_out_of_reach() -> None:
    snapshot = small()
    sides = [(["Account"], ["Person"]), (["Person"], ["Account"])]
    gone = [("WORKS_AT", PEOPLE[0], ACCOUNTS[0]), ("WORKS_AT", PEOPLE[1], ACCOUNTS[1])]
    then = snapshot.changed(without_links=gone)

    found = what_if.departure(snapshot, [], sides=sides, then=then, sources=STAFF, hops=3)

    assert [snapshot.id(i) for i in found.links.lost.tolist()] == [ACCOUNTS[0], PEOPLE[1]]
    assert [snapshot.id(i) for i in found.links.weakened.tolist()] == [ACCOUNTS[1], PEOPLE[0]]
    assert [snapshot.id(i) for i in found.links.last_contact.tolist()] == [PEOPLE[0], ACCOUNTS[1]]
    assert [snapshot.id(i) for i in found.reach.lost.tolist()] == [ACCOUNTS[0]]
    assert found.after.n == snapshot.n


def test_who_gets_another_contact_in_place_of_the_only_one_has_lost_none() -> None:
    snapshot = small()
    then = snapshot.changed(
        without_links=[("WORKS_AT", PEOPLE[0], ACCOUNTS[0])], extra_links=[("WORKS_AT", PEOPLE[1], ACCOUNTS[0])]
    )

    found = what_if.departure(snapshot, [], sides=[(["Account"], ["Person"])], then=then)
    and_leaves = what_if.departure(snapshot, [PEOPLE[1]], sides=[(["Account"], ["Person"])], then=then)

    assert found.links.lost.tolist() == []
    assert [snapshot.id(i) for i in and_leaves.links.lost.tolist()] == [ACCOUNTS[0]]


def test_a_move_is_explained_by_what_changed() -> None:
    snapshot = small()
    changed = snapshot.changed(without_records=[PEOPLE[0]])

    found = what_if.answered(snapshot, changed, exposure)

    first = found.moves[0]
    assert (snapshot.id(first.record), round(first.before, 9), round(first.after, 9)) == (ACCOUNTS[0], 0.5, 0.05)
    (reason,) = first.reasons
    assert (reason.code, reason.records, reason.facts) == (
        "received",
        (snapshot.index(PEOPLE[0]),),
        {"was": 0.45, "is": 0.0},
    )
    for move in found.moves:
        assert total(move.reasons) == pytest.approx(move.change, abs=1e-12)


@pytest.mark.parametrize(
    ("change", "account", "moved"),
    [
        ({"without_links": [("WORKS_AT", PEOPLE[1], ACCOUNTS[1])]}, 1, 0.225),
        ({"ended": [("WORKS_AT", PEOPLE[0], ACCOUNTS[0])]}, 0, -0.45),
        ({"extra_links": [("WORKS_AT", PEOPLE[1], ACCOUNTS[0])]}, 0, -0.225),
    ],
    ids=["without a link", "a relation ended", "one link more"],
)
def test_every_change_of_links_is_answered(
    change: dict[str, list[tuple[str, str, str]]], account: int, moved: float
) -> None:
    snapshot = small()

    found = what_if.answered(snapshot, snapshot.changed(**change), exposure)

    moves = {snapshot.id(move.record): move.change for move in found.moves}
    assert moves[ACCOUNTS[account]] == pytest.approx(moved)
    assert exposure(snapshot).values[account] == pytest.approx(exposure(small()).values[account])


def test_a_changed_weight_is_answered() -> None:
    snapshot = small()

    def strength(state: Snapshot) -> Scores:
        return Scores(np.asarray(state.graph(["KNOWS"]).matrix.sum(axis=1)).ravel())

    found = what_if.answered(snapshot, snapshot.changed(weights=[("KNOWS", STAFF[0], PEOPLE[0], 5.0)]), strength)

    assert [(snapshot.id(move.record), move.change, move.reasons) for move in found.moves] == [
        (PEOPLE[0], 4.0, ()),
        (STAFF[0], 4.0, ()),
    ]


def test_who_comes_is_told_by_the_number_it_has_afterwards() -> None:
    snapshot = small()
    fresh = ids(2, 4)[3]
    changed = snapshot.changed(extra_records=[("Person", fresh)], extra_links=[("WORKS_AT", fresh, ACCOUNTS[0])])

    found = what_if.answered(snapshot, changed, exposure)

    assert [changed.id(place) for place in found.came] == [fresh]
    assert found.gone == ()
    assert [snapshot.id(move.record) for move in found.moves] == [ACCOUNTS[0]]


def test_ranks_are_shared_by_equals_and_moves_are_capped() -> None:
    before, after = Scores(np.array([0.9, 0.5, 0.5, 0.1])), Scores(np.array([0.1, 0.5, 0.7, 0.1 + 1e-12]))

    found = what_if.compare(before, after, most=1)

    assert [(move.record, move.rank_before, move.rank_after) for move in found.moves] == [(0, 1, 4)]
    assert found.moved == 2
    assert found.sum_before == pytest.approx(2.0)
    whole = what_if.compare(before, after)
    assert [(move.record, move.rank_before, move.rank_after) for move in whole.moves] == [(0, 1, 4), (2, 2, 1)]


def test_the_same_state_moves_nobody() -> None:
    found = what_if.answered(small(), small(), exposure)

    assert (found.moves, found.moved, found.gone, found.came) == ((), 0, (), ())


def test_nothing_compared_with_nothing_is_nothing() -> None:
    empty = Scores(np.zeros(0))

    assert what_if.compare(empty, empty) == what_if.Comparison((), 0, (), (), 0.0, 0.0)


def test_scores_of_other_sizes_are_refused() -> None:
    with pytest.raises(ValueError, match="2 scores before, but 3 numbers"):
        what_if.compare(Scores(np.zeros(2)), Scores(np.zeros(3)), numbers=np.arange(3, dtype=np.int32))
    with pytest.raises(ValueError, match="There are 1 scores afterwards; a number says 1"):
        what_if.compare(Scores(np.zeros(2)), Scores(np.zeros(1)))


@pytest.mark.parametrize("seed", range(6))
def test_reach_is_that_of_networkx_with_and_without_the_gone(seed: int) -> None:
    generator = np.random.default_rng(seed)
    graph = Graph.from_links(40, *generator.integers(0, 40, (2, 70)))
    plain = nx.DiGraph(list(zip(graph.sources.tolist(), graph.indices.tolist(), strict=True)))
    plain.add_nodes_from(range(40))
    gone, sources, hops = [3, 7, 11], [0, 1], 4
    before = nx.multi_source_dijkstra_path_length(plain, sources, cutoff=hops, weight=lambda *_: 1)
    plain.remove_nodes_from(gone)
    after = nx.multi_source_dijkstra_path_length(plain, sources, cutoff=hops, weight=lambda *_: 1)

    found = reach.out_of_reach(graph, sources, gone, hops)

    lost = sorted(node for node in before if node not in after and node not in gone)
    further = sorted(node for node in after if after[node] > before[node])
    assert found.lost.tolist() == lost
    assert found.lost_steps.tolist() == [before[node] for node in lost]
    assert found.further.tolist() == further
    assert found.steps_after.tolist() == [after[node] for node in further]


def test_when_the_sources_leave_everybody_is_out_of_reach() -> None:
    found = reach.out_of_reach(Graph.from_links(3, [0, 1], [1, 2]), [0], [0])

    assert found.lost.tolist() == [1, 2]


def test_parallel_links_to_one_contact_are_one_contact() -> None:
    graph = Graph.from_links(3, [0, 0, 0], [1, 1, 2], parallel="keep")
    accounts = np.array([True, False, False])

    found = reach.lost_only_links(graph, [2], accounts, ~accounts)

    assert (found.lost.tolist(), found.weakened.tolist(), found.last_contact.tolist()) == ([], [0], [1])


def test_strangers_are_refused() -> None:
    with pytest.raises(NotFound):
        what_if.departure(small(), ids(9, 1), sides=[(["Account"], ["Person"])])
    with pytest.raises(IndexError, match="no node 5 in a graph of 2"):
        reach.out_of_reach(Graph.from_links(2, [], []), [0], [5])
