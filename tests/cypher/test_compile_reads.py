"""Reads as data into one statement: its whole text, whose values are parameters only."""

from __future__ import annotations

from typing import Any

from small_worlds import MODEL

from gql.editions import Editions
from gql.execute.documents import document
from gql.execute.limits import Limits
from gql.execute.reading import Reader, plan_read
from gql.plan.cursors import Cursors


def compiled(text: str) -> tuple[str, dict[str, Any]]:
    """The statement of an operation and its parameters."""
    edition = Editions(None, MODEL).current
    known = document(text, edition.schema, edition.plans, Limits())
    plan = plan_read(Reader(MODEL, known.fragments, {}, Cursors(b"test"), Limits()), known.operation(None))
    assert plan.typed is not None
    return str(plan.typed.compiled.query), plan.typed.slots.fill({})


def test_a_record_by_id_is_one_seek() -> None:
    text, parameters = compiled('{ person(id: "p1") { name age } }')

    assert text == (
        "CALL () { UNWIND $p0 AS id OPTIONAL MATCH (n1:Record {id: id}) WHERE n1:Person "
        "RETURN collect([CASE WHEN n1 IS NOT NULL THEN [n1.name, n1.age] END]) AS c0 } RETURN c0"
    )
    assert parameters == {"p0": ["p1"]}


def test_the_same_operation_with_other_values_has_the_same_text() -> None:
    one, first = compiled('{ people(first: 5, where: {name: {eq: "a"}}) { nodes { id } } }')
    other, second = compiled('{ people(first: 9, where: {name: {eq: "b\'} RETURN 1 //"}}) { nodes { id } } }')

    assert one == other
    assert sorted(map(str, first.values())) == ["5", "a"]
    assert sorted(map(str, second.values())) == ["9", "b'} RETURN 1 //"]


def test_a_whole_operation_is_one_statement_with_a_column_for_each_root_field() -> None:
    text, _ = compiled('{ a: person(id: "1") { name knows { totalCount } } people { totalCount } }')

    assert text.endswith("RETURN c0, c1")
    assert text.count("(n1)-[") == 1
    assert "COUNT {" in text


def test_what_is_compared_as_it_is_stored_is_asked_where_a_list_is_begun_at_the_other_end() -> None:
    text, _ = compiled(
        """{ companies(where: {
            reach: {via: [OWNS], within: 2, to: {id: {eq: "c1"}}}, name: {eq: "a"}, stage: {in: ["new"]}, size: {gt: 3}
            not: {active: {eq: true}}
        }) { totalCount } }"""
    )

    inside, _, outside = text.partition(" RETURN m2.id } ")
    assert inside.endswith("WITH DISTINCT m2 WITH m2 WHERE m2.name = $p1 AND m2.stage IN $p2")
    assert "n1.size > " in outside
    assert "n1.active" in outside
    assert "n1.name" not in text
    assert "n1.stage" not in text


def test_rows_that_miss_the_sort_key_are_looked_for_when_those_that_have_it_do_not_fill_the_page() -> None:
    text, _ = compiled("{ people(orderBy: [{age: ASC}]) { nodes { id } } }")

    assert text == (
        "CALL () { CALL () { "
        "CALL () { MATCH (n1:Person) WHERE n1.age IS NOT NULL WITH n1 ORDER BY n1.age, n1.id LIMIT $p0 "
        "RETURN collect(n1) AS s2 } "
        "CALL (s2) { WITH s2 WHERE size(s2) < $p0 "
        "CALL () { MATCH (n1:Person) WHERE n1.age IS NULL AND n1.id IS NOT NULL WITH n1 ORDER BY n1.id LIMIT $p0 RETURN n1 } "
        "RETURN collect(n1) AS s3 } "
        "UNWIND (s2 + s3) AS n1 WITH n1 LIMIT $p0 RETURN collect([n1.id]) AS d4 } RETURN [d4] AS c0 } RETURN c0"
    )


def test_a_filter_that_no_missing_value_passes_spares_looking_for_them() -> None:
    text, _ = compiled("{ people(where: {age: {gt: 3}}, orderBy: [{age: DESC}]) { nodes { id } } }")

    assert "IS NULL" not in text
    assert text.count("MATCH") == 1
