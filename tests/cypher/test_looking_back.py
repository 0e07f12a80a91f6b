"""Statements about other moments than the present: their text, and that of those about the present, which stays."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from graphql import GraphQLError
from small_worlds import MODEL

from gql.editions import Editions
from gql.execute.documents import document
from gql.execute.limits import Limits
from gql.execute.reading import Reader, TypedRead, plan_read
from gql.plan.cursors import Cursors

MARCH, MAY = "2026-03-01T00:00:00Z", "2026-05-01T01:00:00+01:00"
KNOWN = "n1.knownFrom <= $p0.knownAt AND n1.validFrom <= $p0.asOf"
KEPT = (
    "n1.closed_at > $p0.least AND n1.knownFrom <= $p0.knownAt AND n1.validFrom <= $p0.asOf "
    "AND coalesce(n1.knownTo > $p0.knownAt, true) "
    "AND coalesce(n1.validTo > $p0.asOf OR n1.closed_at > $p0.knownAt, false)"
)


def planned(text: str, variables: dict[str, Any] | None = None) -> TypedRead:
    edition = Editions(None, MODEL).current
    known = document(text, edition.schema, edition.plans, Limits())
    plan = plan_read(Reader(MODEL, known.fragments, variables or {}, Cursors(b"test"), Limits()), known.operation(None))
    assert plan.typed is not None
    return plan.typed


def text_of(text: str) -> str:
    return str(planned(text).compiled.query)


def clock_of(text: str, **variables: Any) -> dict[str, datetime]:
    clock: dict[str, datetime] = planned(text, variables).slots.fill(variables)["p0"]
    return clock


def test_a_list_of_the_past_cuts_present_records_and_versions_to_the_page_each() -> None:
    text = text_of(f'{{ companies(asOf: "{MARCH}", first: 2) {{ nodes {{ id }} }} }}')

    page = "WITH n1 ORDER BY n1.name, n1.id LIMIT $p1"
    assert text == (
        f"CALL () {{ CALL () {{ CALL () {{ MATCH (n1:Company) WHERE n1.name IS NOT NULL AND {KNOWN} {page} RETURN n1 UNION ALL "
        f"MATCH (n1:RecordVersion) WHERE n1.type = 'Company' AND {KEPT} AND n1.name IS NOT NULL {page} RETURN n1 }} "
        f"{page} RETURN collect([n1.id]) AS d2 }} RETURN [d2] AS c0 }} RETURN c0"
    )


def test_a_record_of_the_past_is_sought_by_its_id_among_both() -> None:
    text = text_of(f'{{ person(id: "p1", knownAt: "{MARCH}") {{ name }} }}')

    known, kept = (each.replace("$p0", "$p1") for each in (KNOWN, KEPT))
    assert text == (
        "CALL () { UNWIND $p0 AS id OPTIONAL CALL (id) { "
        f"MATCH (n1:Record {{id: id}}) WHERE coalesce(n1:Person OR n1.type = 'Person', false) AND {known} RETURN n1 UNION ALL "
        "MATCH (n1:RecordVersion {id: id}) USING INDEX SEEK n1:RecordVersion(id, closed_at) "
        f"WHERE {kept} AND coalesce(n1:Person OR n1.type = 'Person', false) "
        "WITH n1 ORDER BY n1.id, n1.closed_at LIMIT 1 RETURN n1 } "
        "RETURN collect([CASE WHEN n1 IS NOT NULL THEN [n1.name] END]) AS c0 } RETURN c0"
    )


@pytest.mark.parametrize(
    "asked",
    [
        "{ companies(first: 2%s) { totalCount nodes { id employees(first: 3%s) { edges { link { role } node { name } } } } } }",
        '{ person(id: "p1"%s) { employers(where: {node: {size: {gt: 3}}}%s) { totalCount aggregate { count } } } }',
    ],
)
def test_without_a_moment_a_statement_is_what_it_is_where_no_field_has_such_arguments(asked: str) -> None:
    without, nulls = text_of(asked % ("", "")), text_of(asked % (", asOf: null", ", asOf: null, knownAt: null"))

    assert nulls == without
    assert "Version" not in without
    assert "knownFrom" not in without


def test_a_moment_holds_inside_until_another_one_is_given() -> None:
    asked = "{ person(id: 1%s) { employers%s { totalCount } } }"
    inherited = text_of(asked % (f', asOf: "{MARCH}"', ""))
    present = text_of(asked % (f', asOf: "{MARCH}"', "(asOf: null)"))
    own = text_of(asked % (f', asOf: "{MARCH}"', f'(asOf: "{MAY}")'))

    assert "LinkVersion" in inherited
    assert "LinkVersion" not in present
    assert "(h4:Record {id: n1.id})-[l3:WORKS_AT]->(n2:Company)" in present
    assert "l3.knownFrom <= $p2.knownAt" in own
    assert "n1.knownFrom <= $p1.knownAt" in own


def test_a_missing_clock_follows_the_given_one() -> None:
    asked = "query ($t: DateTime, $k: DateTime) { companies(asOf: $t, knownAt: $k) { totalCount } }"
    march, may = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)
    ever = datetime.max.replace(tzinfo=UTC)

    assert clock_of(asked, t=MARCH, k=MAY) == {"asOf": march, "knownAt": may, "least": march}
    assert clock_of(asked, t=MARCH) == {"asOf": march, "knownAt": ever, "least": march}
    assert clock_of(asked, k=MAY) == {"asOf": may, "knownAt": may, "least": may}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("yesterday", "companies: knownAt: Write the moment as 2026-11-24T09:30:00Z"),
        ("2026-03-01T00:00:00", "companies: knownAt: Say where the clock hangs"),
        ("2026-02-30T00:00:00Z", "companies: knownAt: 2026-02-30T00:00:00Z is no moment of the calendar"),
    ],
)
def test_a_bad_moment_is_refused_by_its_name(given: str, said: str) -> None:
    with pytest.raises(GraphQLError) as refused:
        planned(f'{{ companies(asOf: "{MARCH}", knownAt: "{given}") {{ totalCount }} }}')

    assert refused.value.message.startswith(said)


def test_whatever_else_reads_links_looks_back_by_itself() -> None:
    reach = '{ companies(asOf: "%s", where: {reach: {via: [OWNS], within: 2, to: {id: {eq: "a"}}}}) { totalCount } }'

    text = text_of(reach % MARCH)

    assert text.count("LinkVersion") >= 3
    assert text.count("RecordVersion") >= 3
