"""The private Neo4j of this run, seen from outside."""

from __future__ import annotations

import neo4j

from graph.address import Address


def test_the_private_neo4j_answers_on_loopback(clean_neo4j: Address, neo4j_driver: neo4j.Driver) -> None:
    rows = neo4j_driver.execute_query("RETURN 1 AS one", database_=clean_neo4j.database).records

    assert [row["one"] for row in rows] == [1]
    assert clean_neo4j.uri.startswith("bolt://127.0.0.1:")
