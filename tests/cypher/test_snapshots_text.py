"""The text of the statements that snapshots are filled with."""

from __future__ import annotations

import pytest

from cypher.compile import snapshots
from cypher.compile.snapshots import LinkShape
from cypher.names import UnsafeName

SHAPE = LinkShape("OWNS", ("Company", "Person"), ("Company",), "share_e2", temporal=True)
PLAIN = LinkShape("KNOWS", ("Person",), ("Person",), wide=True)
WEIGHT = (
    "CASE WHEN coalesce(r.share_e2, $unit) >= 0 AND coalesce(r.share_e2, $unit) <= $most "
    "THEN (coalesce(r.share_e2, $unit) / $unit) ELSE -1 END"
)
TIMES = (
    "collect(coalesce(r.validFrom.epochSeconds, $unknown)) AS since, "
    "collect(coalesce(r.validTo.epochSeconds, $unknown)) AS until"
)


def test_a_page_of_ids_is_one_row_in_the_order_of_the_index() -> None:
    assert str(snapshots.page_of_ids("Person")) == (
        "MATCH (n:Person) WHERE n.id > $after WITH n ORDER BY n.id LIMIT $size "
        "RETURN collect(id(n)) AS nodes, collect(n.id) AS ids"
    )


def test_links_come_in_vectors_of_cypher_25() -> None:
    assert str(snapshots.links_of_nodes(PLAIN, vectors=True)) == (
        "CYPHER 25 UNWIND range(0, (size($nodes) - 1), $group) AS q "
        "CALL (q) { UNWIND $nodes[q..(q + $group)] AS i MATCH (a) WHERE id(a) = i MATCH (a)-[r:KNOWS]->(b) "
        "RETURN collect(i) AS s, collect(id(b)) AS d } "
        "WITH s, d WHERE size(s) > 0 "
        "UNWIND range(0, (size(s) - 1), $width) AS o WITH s[o..(o + $width)] AS s, d[o..(o + $width)] AS d "
        "RETURN vector(s, size(s), INTEGER64) AS s, vector(d, size(s), INTEGER64) AS d"
    )


def test_weights_and_times_are_never_missing_and_what_is_no_weight_is_minus_one() -> None:
    assert str(snapshots.links_of_nodes(SHAPE, vectors=False)) == (
        "UNWIND range(0, (size($nodes) - 1), $group) AS q "
        "CALL (q) { UNWIND $nodes[q..(q + $group)] AS i MATCH (a) WHERE id(a) = i MATCH (a)-[r:OWNS]->(b) "
        f"RETURN collect(i) AS s, collect(id(b)) AS d, collect({WEIGHT}) AS w, {TIMES} }} "
        "WITH s, d, w, since, until WHERE size(s) > 0 "
        "UNWIND range(0, (size(s) - 1), $width) AS o "
        "RETURN s[o..(o + $width)] AS s, d[o..(o + $width)] AS d, w[o..(o + $width)] AS w, "
        "since[o..(o + $width)] AS since, until[o..(o + $width)] AS until"
    )


def test_links_that_are_over_are_found_by_the_index_on_their_source() -> None:
    assert str(snapshots.past_links_of(SHAPE)) == (
        "UNWIND range(0, (size($ids) - 1), $group) AS q "
        "CALL (q) { UNWIND $ids[q..(q + $group)] AS i "
        "MATCH (r:LinkVersion {source: i, relation: 'OWNS'}) WHERE r.knownTo IS NULL "
        f"RETURN collect(i) AS s, collect(r.target) AS d, collect({WEIGHT}) AS w, {TIMES} }} "
        "WITH s, d, w, since, until WHERE size(s) > 0 RETURN s, d, w, since, until"
    )


def test_links_of_pairs_are_read_live_and_past() -> None:
    head = "UNWIND range(0, (size($sources) - 1), 1) AS p WITH p, $sources[p] AS aId, $targets[p] AS bId "
    tail = f"RETURN collect(p) AS p, collect({WEIGHT}) AS w, {TIMES}"

    assert str(snapshots.links_of_pairs(SHAPE)) == (
        f"{head}MATCH (a:Record {{id: aId}}) MATCH (b:Record {{id: bId}}) MATCH (a)-[r:OWNS]->(b) {tail}"
    )
    assert str(snapshots.links_of_pairs(SHAPE, past=True)) == (
        f"{head}MATCH (r:LinkVersion {{source: aId, target: bId, relation: 'OWNS'}}) WHERE r.knownTo IS NULL {tail}"
    )


def test_counts_are_those_that_the_database_keeps() -> None:
    assert str(snapshots.counts(("Person",), ("KNOWS",))) == (
        "CALL () { MATCH (n) RETURN count(n) AS c0 } CALL () { MATCH (n:Person) RETURN count(n) AS c1 } "
        "CALL () { MATCH ()-[n:KNOWS]->() RETURN count(n) AS c2 } RETURN [c0, c1, c2] AS counts"
    )


def test_names_that_the_model_cannot_hold_reach_no_statement() -> None:
    with pytest.raises(UnsafeName):
        str(snapshots.page_of_ids("Person`) DETACH DELETE (n"))
    with pytest.raises(UnsafeName):
        str(snapshots.past_links_of(LinkShape("A'B", (), ())))
