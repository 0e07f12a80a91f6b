"""Filters as conditions: their whole text."""

from __future__ import annotations

from typing import Any

import pytest
from small_worlds import MODEL

from cypher.compile.filters import condition
from cypher.compile.scope import Scope
from gql.plan.filters import Filters
from gql.plan.given import Given
from gql.plan.slots import Slots

IN_FORCE = "(l1.validTo IS NULL OR l1.validTo > $now) AND (l1.validFrom IS NULL OR l1.validFrom <= $now)"


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ({"name": {"eqIgnoreCase": "a"}}, "toUpper(n.name) = toUpper($p0)"),
        ({"name": {"inIgnoreCase": ["a"]}}, "any(x IN $p0 WHERE toUpper(x) = toUpper(n.name))"),
        ({"size": {"between": {"from": 1, "to": 2}}}, "n.size >= $p0 AND n.size <= $p1"),
        ({"seen": {"during": "TODAY"}}, "n.seen >= $p0 AND n.seen < $p1"),
        ({"seen": {"within": {"last": 3, "unit": "DAY"}}}, "n.seen >= $p0 AND n.seen <= $p1"),
        (
            {"employees": {"count": {"where": {"link": {"role": {"eq": "x"}}}, "gte": 2}}},
            f"COUNT {{ MATCH (n)<-[l1:WORKS_AT]-(m2:Person) WHERE {IN_FORCE} AND l1.role = $p0 RETURN l1 }} >= $p1",
        ),
        (
            {"reach": {"via": ["MANAGES"], "within": 2}},
            (
                "EXISTS { MATCH (n)-[l2:MANAGES]->(m1:Person) WITH DISTINCT m1 RETURN m1 } OR EXISTS { "
                "MATCH (n)-[l4:MANAGES]->(m3:Person) WITH DISTINCT m3 "
                "MATCH (m3)-[l6:MANAGES]->(m5:Person) WITH DISTINCT m5 RETURN m5 }"
            ),
        ),
        (
            {"reach": {"via": ["OWNS", "KNOWS"], "within": 1, "to": {"is": {"thing": {"label": {"eq": "x"}}}}}},
            (
                "EXISTS { CALL (n) { MATCH (n)-[l2:OWNS]->(m1) RETURN m1 UNION ALL MATCH (n)-[l3:KNOWS]-(m1:Person) RETURN m1 } "
                "WITH DISTINCT m1 WHERE m1:Thing AND m1.label = $p0 RETURN m1 }"
            ),
        ),
    ],
)
def test_a_filter_is_a_condition_whose_values_are_parameters(where: Any, text: str) -> None:
    wanted = Filters(MODEL, Slots()).of_type(MODEL.types["Company"], Given(where))

    assert str(condition(Scope(), wanted, "n")) == text
