"""Likely links of a record: the engine on what is two links away, equal to networkx, bounded, by types that may be joined."""

from __future__ import annotations

from datetime import date

import networkx as nx
import numpy as np
import pytest
from crm_worlds import CrmWorld, crm_registry

from analytics.answering import Answers
from analytics.answering.likely import MOST_THROUGH, likely_links
from analytics.nearby import nearby
from analytics.reasons import total
from analytics.snapshot import Snapshot
from graph.session import Database
from models.actor import SYSTEM
from models.errors import Rejected

PEOPLE = [f"{2:08x}-0000-7000-8000-{i:012x}" for i in range(60)]


def random_people() -> Snapshot:
    dice = np.random.default_rng(7)
    pairs = [(PEOPLE[a], PEOPLE[b]) for a, b in dice.integers(0, 60, (150, 2)).tolist()]
    return Snapshot.of({"Person": PEOPLE}, {"KNOWS": pairs}, symmetric=["KNOWS"])


def plain(snapshot: Snapshot) -> nx.Graph:
    """All links once, without those of a record with itself."""
    links = snapshot.links["KNOWS"]
    graph = nx.Graph()
    graph.add_nodes_from(range(snapshot.n))
    graph.add_edges_from((a, b) for a, b in zip(links.sources().tolist(), links.target.tolist(), strict=True) if a != b)
    return graph


def test_all_that_is_two_links_away_has_all_its_links_with_the_neighbours() -> None:
    snapshot = random_people()
    graph = plain(snapshot)

    for source in range(snapshot.n):
        near = nearby(snapshot, source, relations=["KNOWS"])
        around = {source, *graph[source]}
        expected = {(min(a, b), max(a, b)) for node in around for a, b in graph.edges(node)}
        found = zip(near.nodes[near.graph.sources].tolist(), near.nodes[near.graph.indices].tolist(), strict=True)
        assert {(min(a, b), max(a, b)) for a, b in found} == expected
        assert (int(near.nodes[near.source]), near.complete) == (source, True)
        assert near.nodes[near.linked].tolist() == sorted(graph[source])


def test_neighbours_with_the_fewest_links_are_read_until_there_are_too_many_links() -> None:
    hub = [(PEOPLE[1], PEOPLE[other]) for other in range(10, 40)]
    few = [(PEOPLE[2], PEOPLE[5]), (PEOPLE[3], PEOPLE[5])]
    mine = [(PEOPLE[0], PEOPLE[other]) for other in (1, 2, 3)]
    snapshot = Snapshot.of({"Person": PEOPLE}, {"KNOWS": [*hub, *few, *mine]})

    near = nearby(snapshot, 0, relations=["KNOWS"], most_links=10)

    assert (near.complete, near.nodes.tolist()) == (False, [0, 2, 3, 5])
    assert near.nodes[near.linked].tolist() == [2, 3]
    assert nearby(snapshot, 0, relations=["KNOWS"]).complete


def test_a_record_without_links_is_alone() -> None:
    near = nearby(Snapshot.of({"Person": PEOPLE}, {"KNOWS": []}), 4, relations=["KNOWS"])

    assert (near.nodes.tolist(), near.graph.m, near.complete) == ([4], 0, True)


@pytest.mark.anyio
async def test_who_shares_acquaintances_is_likely_to_be_known_as_networkx_has_it(database: Database) -> None:
    registry, world = await crm_registry(database), CrmWorld()
    people = [world.record("Person", name=f"P{i}") for i in range(30)]
    pairs = {(min(a, b), max(a, b)) for a, b in np.random.default_rng(3).integers(0, 30, (60, 2)).tolist() if a != b}
    for a, b in sorted(pairs):
        world.link(people[a], "KNOWS", people[b])
    await world.write(database, registry.model)
    answers = Answers(database, lambda: registry.model)
    asked = answers.asked(registry.model, SYSTEM)
    graph = nx.Graph((people[a], people[b]) for a, b in pairs)

    for person in people[:8]:
        found = await likely_links(asked, person, types=None, relations=["KNOWS"], first=50)
        strangers = [(person, other) for other in graph if other != person and not graph.has_edge(person, other)]
        expected = {other: index for _, other, index in nx.adamic_adar_index(graph, strangers) if index > 0}
        walked = nx.Graph(edge for node in (person, *graph[person]) for edge in graph.edges(node))
        ranks = nx.pagerank(walked, personalization={person: 1.0}, tol=1e-13, max_iter=1000)
        assert {each.id: each.adamic_adar for each in found.links} == pytest.approx(expected)
        for each in found.links:
            both = sorted(nx.common_neighbors(graph, person, each.id), key=graph.degree)
            assert each.pagerank == pytest.approx(ranks[each.id], abs=1e-6)
            assert (each.shared, set(each.through) <= set(both)) == (len(both), True)
            assert [graph.degree(one) for one in each.through] == [graph.degree(one) for one in both][:MOST_THROUGH]
            assert sum(reason.contribution for reason in each.reasons) == pytest.approx(each.score)
            assert each.relations == ("KNOWS",)
        assert [each.score for each in found.links] == sorted((each.score for each in found.links), reverse=True)
    await answers.close()


@pytest.mark.anyio
async def test_only_types_that_a_relation_may_join_are_found_and_only_those_asked_for(database: Database) -> None:
    """Ann and Bob talk at a meeting about Acme; a company takes part in none, and an activity knows nobody."""
    registry, world = await crm_registry(database), CrmWorld()
    acme = world.company("Acme")
    ann, bob = world.record("Person", name="Ann"), world.record("Person", name="Bob")
    talk = world.record("Activity", subject="Call", kind="call")
    for person in (ann, bob):
        world.link(person, "TOOK_PART", talk)
    world.link(talk, "ABOUT", acme)
    await world.write(database, registry.model)
    answers = Answers(database, lambda: registry.model)
    asked = answers.asked(registry.model, SYSTEM)

    every = await likely_links(asked, ann, types=None, relations=None, first=10)
    companies = await likely_links(asked, ann, types=["Company"], relations=None, first=10)
    by_talks = await likely_links(asked, ann, types=None, relations=["TOOK_PART"], first=10)
    with pytest.raises(Rejected) as refused:
        await likely_links(asked, "nobody", types=["Firm"], relations=["KNOW"], first=51)
    await answers.close()

    assert {each.id: "KNOWS" in each.relations for each in every.links} == {bob: True, acme: False}
    assert [each.id for each in companies.links] == [acme]
    assert by_talks.links == ()
    assert [(each.code, each.path) for each in refused.value.problems] == [
        ("not_found", ("record",)),
        ("unknown_type", ("types",)),
        ("unknown_relation", ("relations",)),
        ("out_of_range", ("first",)),
    ]


def test_reasons_of_the_engine_name_the_shared_neighbours() -> None:
    from analytics.engines import missing_links

    near = nearby(random_people(), 5, relations=["KNOWS"])
    found = missing_links.run(near.graph, source=near.source)

    assert len(found.nodes) > 5
    for place in range(len(found.nodes)):
        assert total(found.reasons(place)) == pytest.approx(float(found.scores[place]))
        told = {each.records[0] for each in found.reasons(place, most=99) if each.code == "shared_neighbour"}
        assert told == set(found.shared(place).tolist())


@pytest.mark.anyio
async def test_who_has_as_many_links_as_may_be_is_not_found(database: Database) -> None:
    """A deal with Acme led to two orders: one that Beta placed, and one that nobody did; an order has one buyer."""
    registry, world = await crm_registry(database), CrmWorld()
    acme, beta, deal = world.company("Acme"), world.company("Beta"), world.record("Deal", name="Roof")
    theirs, free = world.order(beta, date(2026, 5, 1), "10.00"), world.record("Order", number="O-9")
    world.link(deal, "DEAL_WITH", acme)
    for order in (theirs, free):
        world.link(deal, "LED_TO", order)
    await world.write(database, registry.model)
    answers = Answers(database, lambda: registry.model)
    asked = answers.asked(registry.model, SYSTEM)

    orders = await likely_links(asked, acme, types=["Order"], relations=None, first=10)
    of_theirs, of_free = [
        await likely_links(asked, order, types=["Company"], relations=None, first=10) for order in (theirs, free)
    ]
    await answers.close()

    assert [(each.id, each.relations) for each in orders.links] == [(free, ("PLACED",))]
    assert of_theirs.links == ()
    assert [(each.id, each.relations) for each in of_free.links] == [(acme, ("PLACED",))]
