"""Communities: stable labels, reasons that sum, who holds parts together, accounts that hang on one person."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from analytics.engines.communities import Parameters, by_size, matched, run, single_threaded
from analytics.graph import Graph
from analytics.reasons import total


def circles() -> Graph:
    """Three circles of five, four and three, held together by single links."""
    theirs = nx.disjoint_union_all([nx.complete_graph(size) for size in (5, 4, 3)])
    theirs.add_edges_from([(0, 5), (5, 9)])
    return Graph.from_networkx(theirs)


def test_labels_run_from_the_greatest_community() -> None:
    found = run(circles())

    assert found.labels.tolist() == [0] * 5 + [1] * 4 + [2] * 3
    assert found.sizes == {0: 5, 1: 4, 2: 3}
    assert found.members(1).tolist() == [5, 6, 7, 8]


def test_modularity_is_that_of_networkx() -> None:
    graph = Graph.from_networkx(nx.les_miserables_graph())

    found = run(graph)

    parts = [{graph.label(int(i)) for i in found.members(label)} for label in found.sizes]
    assert found.modularity == pytest.approx(nx.community.modularity(nx.les_miserables_graph(), parts), abs=1e-12)


def test_a_greater_resolution_gives_more_communities() -> None:
    graph = Graph.from_networkx(nx.karate_club_graph())

    sizes = [len(run(graph, Parameters(resolution=resolution)).sizes) for resolution in (0.3, 1.0, 4.0)]

    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[2]


def test_labels_stay_from_run_to_run_while_most_members_do() -> None:
    before = run(circles())
    changed = nx.Graph(circles().to_networkx())
    changed.remove_edge(0, 5)
    changed.add_edges_from([(4, 5), (4, 6), (4, 7), (4, 8)])
    changed.remove_edges_from([(4, i) for i in range(4)])

    after = run(Graph.from_networkx(changed), seed=9, previous=before.labels + 40)

    assert after.labels.tolist() == [40] * 4 + [41] * 5 + [42] * 3


def test_a_community_that_splits_keeps_its_label_where_most_went() -> None:
    previous = np.array([7, 7, 7, 7, 7, 3, 3])

    found = matched(np.array([0, 0, 0, 1, 1, 2, 2], np.int32), previous)

    assert found.tolist() == [7, 7, 7, 8, 8, 3, 3]


def test_groups_of_equal_size_are_numbered_by_their_first_node() -> None:
    assert by_size(np.array([5, 2, 5, 2, 1], np.int32)).tolist() == [0, 1, 0, 1, 2]
    assert by_size(np.empty(0, np.int32)).tolist() == []


def test_equal_seeds_give_equal_labels() -> None:
    graph = Graph.from_networkx(nx.powerlaw_cluster_graph(300, 3, 0.3, seed=2))

    assert (run(graph, seed=5).labels == run(graph, seed=5).labels).all()


def test_reasons_sum_to_how_well_a_record_fits() -> None:
    found = run(circles())

    for i in range(12):
        assert total(found.reasons(i, 50)) == pytest.approx(found.fit[i], abs=1e-12)
        assert found.reasons(i)[0].code == "chance"
    assert found.fit[0] < found.fit[1]


def test_those_who_hold_parts_together_are_found() -> None:
    found = run(circles())

    assert np.flatnonzero(found.articulation).tolist() == [0, 5, 9]
    assert found.bridges.tolist() == [[0, 5], [5, 9]]


def test_links_there_and_back_are_one_tie() -> None:
    found = run(Graph.from_links(3, [0, 1, 1, 2], [1, 0, 2, 1]))

    assert found.bridges.tolist() == [[0, 1], [1, 2]]


@pytest.mark.parametrize("n", [0, 1, 3])
def test_records_without_links_are_communities_of_their_own(n: int) -> None:
    found = run(Graph.from_links(n, [], []))

    assert found.labels.tolist() == list(range(n))
    assert found.modularity == 0.0
    assert [found.reasons(i) for i in range(n)] == [()] * n


def test_an_account_held_by_one_contact_is_single_threaded() -> None:
    # accounts 0, 1, 2; contacts 3, 4, 5: 0 knows two of them, 1 one of them twice, 2 none
    graph = Graph.from_links(6, [3, 4, 5, 1, 0], [0, 0, 1, 5, 2], [9.0, 1.0, 1.0, 1.0, 1.0])
    accounts, contacts = np.arange(3), np.arange(3, 6)

    alone = single_threaded(graph, accounts, contacts)
    nearly = single_threaded(graph, accounts, contacts, Parameters(alone=0.9))

    assert (alone.account.tolist(), alone.contact.tolist(), alone.share.tolist()) == ([1], [5], [1.0])
    assert (nearly.account.tolist(), nearly.contact.tolist()) == ([0, 1], [3, 5])
    assert nearly.others.tolist() == [1, 0]
