"""Snapshots in memory: numbering, graphs chosen from them, and what would be if."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from analytics.graph import Graph
from analytics.links import BadWeight
from analytics.snapshot import ALWAYS, FOREVER, Snapshot
from models.errors import NotFound, Rejected

ACME, BYTE = (f"0193a6c5-8f00-7000-8000-00000000c00{n}" for n in (1, 2))
ANN, BOB, CAY, DAN = (f"0193a6c5-8f00-7000-8000-0000000000{n}" for n in ("00", "0b", "0c", "0d"))
NOW = datetime(2026, 11, 25, 12, 0, 30, tzinfo=UTC)
YEAR = timedelta(days=365)


def small() -> Snapshot:
    """Two companies, four people; Ann left Acme a year ago, Bob joins Byte in a year."""
    return Snapshot.of(
        {"Person": [CAY, ANN, DAN, BOB], "Company": [BYTE, ACME]},
        {
            "WORKS_AT": [
                (ANN, ACME, 1, None, NOW - YEAR),
                (ANN, BYTE, 0.5, NOW - YEAR, None),
                (BOB, BYTE, 1, NOW + YEAR, None),
                (CAY, ACME, 0.25),
            ],
            "KNOWS": [(ANN, BOB), (BOB, CAY)],
            "OWNS": [(ACME, BYTE), (ACME, BYTE), (ACME, ACME)],
        },
        symmetric=["KNOWS"],
        taken_at=NOW,
    )


def edges(graph: Graph) -> list[tuple[str, str, float]]:
    weights = graph.weights if graph.weights is not None else np.ones(graph.m)
    names = {ACME: "acme", BYTE: "byte", ANN: "ann", BOB: "bob", CAY: "cay", DAN: "dan"}
    labels = [names[label] for label in graph.labels]
    return [
        (labels[int(source)], labels[int(target)], float(weight))
        for source, target, weight in zip(graph.sources, graph.indices, weights, strict=True)
    ]


def test_records_are_numbered_by_type_and_id() -> None:
    snapshot = small()

    assert (snapshot.n, snapshot.m, snapshot.types, snapshot.starts.tolist()) == (
        6,
        9,
        ("Company", "Person"),
        [0, 2, 6],
    )
    assert [snapshot.id(number) for number in range(6)] == [ACME, BYTE, ANN, BOB, CAY, DAN]
    assert [snapshot.type_of(number) for number in (0, 1, 2, 5)] == ["Company", "Company", "Person", "Person"]
    assert snapshot.range_of("Person") == range(2, 6)
    assert snapshot.ids.dtype == np.uint8
    assert snapshot.ids.shape == (6, 16)


def test_an_id_that_ends_in_zero_bytes_is_found_like_any_other() -> None:
    zeros, before = "0193a6c5-8f00-7000-8000-000000000000", "0193a6c5-8f00-7000-7fff-ffffffffffff"

    assert Snapshot.of({"Person": [zeros, before]}).indices([before, zeros]).tolist() == [0, 1]


def test_unknown_ids_have_no_number() -> None:
    snapshot = small()

    found = snapshot.indices([DAN, "0193a6c5-8f00-7000-8000-00000000ffff", "nonsense", DAN.upper(), ACME])

    assert found.tolist() == [5, -1, -1, -1, 0]
    assert found.dtype == np.int32
    with pytest.raises(NotFound, match="nonsense"):
        snapshot.index("nonsense")
    with pytest.raises(NotFound, match="has no type 'Dog'"):
        snapshot.range_of("Dog")
    with pytest.raises(IndexError):
        snapshot.type_of(6)


def test_the_empty_graph_and_one_node_are_graphs() -> None:
    empty, one = Snapshot.of({}), Snapshot.of({"Person": [ANN]}, {"KNOWS": []}, symmetric=["KNOWS"])

    assert (empty.n, empty.m, empty.graph().n, empty.indices([ANN]).tolist()) == (0, 0, 0, [-1])
    assert (one.n, one.graph().n, one.graph().m, list(one.graph().labels)) == (1, 1, 0, [ANN])
    assert one.changed(without_records=[ANN]).n == 0
    assert empty.changed(extra_records=[("Person", ANN)]).index(ANN) == 0


def test_a_relation_is_held_by_source_with_its_validity_by_the_minute() -> None:
    links = small().links["WORKS_AT"]

    assert links.sources().tolist() == [2, 2, 3, 4]
    assert links.target.tolist() == [0, 1, 1, 0]
    assert links.weight.tolist() == [1, 0.5, 1, 0.25]
    minute = int((NOW - YEAR).timestamp()) // 60
    assert links.valid_from.tolist()[:2] == [ALWAYS, minute]
    assert links.valid_to.tolist()[:2] == [minute, FOREVER]
    assert small().links["KNOWS"].weight is None
    assert small().links["KNOWS"].valid_from is None


def test_a_graph_holds_what_was_true_at_the_moment_asked_for() -> None:
    snapshot = small()

    assert edges(snapshot.graph(["WORKS_AT"])) == [("ann", "byte", 0.5), ("cay", "acme", 0.25)]
    assert edges(snapshot.graph(["WORKS_AT"], as_of=NOW - 2 * YEAR)) == [("ann", "acme", 1), ("cay", "acme", 0.25)]
    assert edges(snapshot.at(NOW + 2 * YEAR).graph(["WORKS_AT"])) == [
        ("ann", "byte", 0.5),
        ("bob", "byte", 1),
        ("cay", "acme", 0.25),
    ]


def test_relations_are_read_in_the_direction_chosen_and_symmetric_ones_both_ways() -> None:
    snapshot = small()

    assert edges(snapshot.graph(["WORKS_AT"], direction="in")) == [("acme", "cay", 0.25), ("byte", "ann", 0.5)]
    assert edges(snapshot.graph(["KNOWS", "WORKS_AT"], direction={"WORKS_AT": "both"})) == [
        ("acme", "cay", 0.25),
        ("byte", "ann", 0.5),
        ("ann", "byte", 0.5),
        ("ann", "bob", 1),
        ("bob", "ann", 1),
        ("bob", "cay", 1),
        ("cay", "acme", 0.25),
        ("cay", "bob", 1),
    ]
    assert not snapshot.graph(["KNOWS"]).directed
    assert snapshot.graph(["KNOWS"]).number_of_edges() == 2
    assert snapshot.graph().directed


def test_parallel_links_and_links_to_oneself_follow_the_policy() -> None:
    snapshot = small()

    assert edges(snapshot.graph(["OWNS"])) == [("acme", "acme", 1), ("acme", "byte", 2)]
    assert edges(snapshot.graph(["OWNS"], parallel="keep")) == [
        ("acme", "acme", 1),
        ("acme", "byte", 1),
        ("acme", "byte", 1),
    ]
    assert edges(snapshot.graph(["OWNS"], direction="both")) == [
        ("acme", "acme", 1),
        ("acme", "byte", 2),
        ("byte", "acme", 2),
    ]


def test_factors_weigh_relations_against_each_other() -> None:
    snapshot = small()

    graph = snapshot.graph(["WORKS_AT", "OWNS"], factors={"WORKS_AT": 2, "OWNS": 0.5})

    assert edges(graph) == [("acme", "acme", 0.5), ("acme", "byte", 1), ("ann", "byte", 1), ("cay", "acme", 0.5)]
    for factor in (-1, float("nan"), float("inf")):
        with pytest.raises(BadWeight, match="factor of OWNS"):
            snapshot.graph(factors={"OWNS": factor})


def test_a_graph_of_some_types_says_which_records_its_nodes_are() -> None:
    graph = small().graph(types=["Person"])

    assert (graph.n, graph.labels.numbers.tolist()) == (4, [2, 3, 4, 5])
    assert edges(graph) == [("ann", "bob", 1), ("bob", "ann", 1), ("bob", "cay", 1), ("cay", "bob", 1)]
    assert graph.index(CAY) == 2
    assert ACME not in graph


def test_an_unknown_relation_is_refused_by_name() -> None:
    with pytest.raises(NotFound, match="has no relation 'LIKES'; it has: WORKS_AT, KNOWS, OWNS"):
        small().graph(["LIKES"])
    with pytest.raises(NotFound, match="LIKES"):
        small().only(["LIKES"])


def test_it_says_how_old_it_is_and_never_less_than_nothing() -> None:
    assert small().age_s(NOW + timedelta(seconds=90)) == 90
    assert small().age_s(NOW - YEAR) == 0


def test_a_link_takes_at_most_nine_bytes() -> None:
    chance = np.random.default_rng(7)
    people = [f"0193a6c5-8f00-7000-8000-{n:012x}" for n in range(2_000)]
    pairs = chance.integers(0, len(people), (20_000, 2))
    weights = chance.random(20_000)
    links = [(people[a], people[b], weight) for (a, b), weight in zip(pairs, weights, strict=True)]

    snapshot = Snapshot.of({"Person": people}, {"KNOWS": links, "PLAIN": [link[:2] for link in links]})

    assert snapshot.links["KNOWS"].nbytes / 20_000 <= 9
    assert snapshot.links["PLAIN"].nbytes / 20_000 <= 5


def test_what_if_a_record_leaves_its_links_go_and_the_others_are_found_again() -> None:
    before = small()

    after = before.changed(without_records=[ANN])

    assert [after.id(number) for number in range(after.n)] == [ACME, BYTE, BOB, CAY, DAN]
    assert edges(after.graph(["WORKS_AT", "KNOWS"])) == [("bob", "cay", 1), ("cay", "acme", 0.25), ("cay", "bob", 1)]
    assert before.numbers_in(after).tolist() == [0, 1, -1, 2, 3, 4]
    assert after.numbers_in(before).tolist() == [0, 1, 3, 4, 5]
    assert before.n == 6


def test_what_if_links_come_go_end_and_weigh_otherwise() -> None:
    before = small()
    new = "0193a6c5-8f00-7000-8000-0000000000ff"

    after = before.changed(
        extra_records=[("Person", new)],
        without_links=[("KNOWS", CAY, BOB)],
        extra_links=[("KNOWS", DAN, ANN), ("WORKS_AT", new, ACME, 3)],
        ended=[("WORKS_AT", CAY, ACME), ("OWNS", ACME, BYTE)],
        weights=[("WORKS_AT", ANN, BYTE, 0.75)],
    )

    numbers = {after.index(id): id for id in (ANN, BOB, DAN, ACME, BYTE, new)}
    graph = after.graph(["WORKS_AT", "KNOWS"])
    found = [(numbers[s], numbers[t], w) for s, t, w in zip(graph.sources, graph.indices, graph.weights, strict=True)]
    assert found == [
        (ANN, BYTE, 0.75),
        (ANN, BOB, 1),
        (ANN, DAN, 1),
        (BOB, ANN, 1),
        (DAN, ANN, 1),
        (new, ACME, 3),
    ]
    assert edges(after.only(["OWNS"]).changed(without_records=[new]).graph()) == [("acme", "acme", 1)]
    assert edges(after.changed(without_records=[new]).graph(["WORKS_AT"], as_of=NOW - timedelta(days=1)))[-1] == (
        "cay",
        "acme",
        0.25,
    )


def test_what_if_shares_the_arrays_of_relations_that_stay() -> None:
    before = small()

    after = before.changed(weights=[("WORKS_AT", ANN, BYTE, 0.75)])

    assert after.links["KNOWS"] is before.links["KNOWS"]
    assert after.ids.tolist() == before.ids.tolist()


def test_what_if_names_everything_that_is_not_there() -> None:
    with pytest.raises(Rejected) as refused:
        small().changed(
            without_records=["nobody"],
            without_links=[("KNOWS", ANN, DAN), ("LIKES", ANN, BOB)],
            extra_records=[("Person", ANN), ("Person", "no id")],
            weights=[("WORKS_AT", ANN, BYTE, float("nan"))],
        )

    assert sorted(problem.path for problem in refused.value.problems) == [
        ("extra_records", ANN),
        ("extra_records", "no id"),
        ("weights", "WORKS_AT", ANN, BYTE),
        ("without_links", "KNOWS", ANN, DAN),
        ("without_links", "LIKES"),
        ("without_records", "nobody"),
    ]


def test_ids_that_are_none_are_refused_and_named() -> None:
    with pytest.raises(Rejected, match="'ann' is no id"):
        Snapshot.of({"Person": [ANN, "ann"]})
    with pytest.raises(NotFound, match="is no record of the snapshot"):
        Snapshot.of({"Person": [ANN]}, {"KNOWS": [(ANN, BOB)]})
