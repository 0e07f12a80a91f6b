"""What a page costs does not grow with the number of records: the same hits among two hundred as among two thousand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import neo4j
import pytest
from profiling import CURSORS, profiled
from small_worlds import COMPANY, MODEL

from cypher.schema import derived
from graph.address import Address

FEW, MANY, LINKS = 200, 2_000, 150
KEYED = replace(
    COMPANY,
    fields={**COMPANY.fields, "mail": replace(COMPANY.fields["mail"], unique=True)},
    natural_keys=(("name", "phone"),),
)
GROWING = replace(MODEL, types={**MODEL.types, "Company": KEYED})
FILL = """UNWIND range(1, $many) AS n
WITH n, right('0000' + n, 5) AS id, datetime('2020-01-01T00:00:00Z') + duration({seconds: n}) AS at
CREATE (c:Record:Company {id: 'c' + id, version: 1, createdAt: at, updatedAt: at, mark: 1, name: 'Company ' + id,
  mail: 'c' + id + '@example.org', phone: '+' + id})
CREATE (p:Record:Person {id: 'p' + id, version: 1, createdAt: at, updatedAt: at, mark: 1, name: 'P' + id})
FOREACH (_ IN CASE WHEN n % 2 = 0 THEN [1] END | SET c.size = n / 8, p.age = n)
WITH n, id, at, p MATCH (c:Company {id: CASE WHEN n > $many - $links THEN 'c00001' ELSE 'c' + id END})
CREATE (p)-[:WORKS_AT {id: 'l' + id, version: 1, createdAt: at, updatedAt: at, role: 'R' + id}]->(c)"""


def listed(arguments: str, field: str = "companies") -> str:
    return f"{{ {field}({arguments}) {{ nodes {{ id name }} pageInfo {{ hasNextPage endCursor }} }} }}"


def cursor(order: str, values: list[Any], tie: str) -> str:
    return f'"{CURSORS.make(order, values, tie)}"'


BY_SIZE, BY_SIZE_DOWN = "orderBy: [{size: ASC}]", "orderBy: [{size: DESC}]"
PAGES = {
    "in no order": listed("first: 20", "people"),
    "in no order, from the end": listed("last: 20", "people"),
    "in no order, deep": listed(f"first: 20, after: {cursor('', [], 'p00100')}", "people"),
    "in no order, deep, back": listed(f"last: 20, before: {cursor('', [], 'p00100')}", "people"),
    "a required field up": listed("first: 20, orderBy: [{name: ASC}]"),
    "a required field down": listed("first: 20, orderBy: [{name: DESC}]"),
    "a required field up, deep": listed(
        f"first: 20, orderBy: [{{name: ASC}}], after: {cursor('name+', ['Company 00100'], 'c00100')}"
    ),
    "a required field down, deep": listed(
        f"first: 20, orderBy: [{{name: DESC}}], after: {cursor('name-', ['Company 00100'], 'c00100')}"
    ),
    "a required field up, deep, back": listed(
        f"last: 20, orderBy: [{{name: ASC}}], before: {cursor('name+', ['Company 00100'], 'c00100')}"
    ),
    "newest first": listed("first: 20, orderBy: [{createdAt: DESC}]"),
    "changed last": listed("first: 20, orderBy: [{updatedAt: DESC}]"),
    "by id, down": listed("first: 20, orderBy: [{id: DESC}]"),
    "a field that may be missing, up": listed(f"first: 20, {BY_SIZE}"),
    "a field that may be missing, down": listed(f"first: 20, {BY_SIZE_DOWN}"),
    "a field that may be missing, up, from the end": listed(f"last: 20, {BY_SIZE}"),
    "a field that may be missing, down, from the end": listed(f"last: 20, {BY_SIZE_DOWN}"),
    "up, deep among the values": listed(f"first: 20, {BY_SIZE}, after: {cursor('size+', [12], 'c00100')}"),
    "up, deep among the missing": listed(f"first: 20, {BY_SIZE}, after: {cursor('size+', [None], 'c00101')}"),
    "down, deep among the values": listed(f"first: 20, {BY_SIZE_DOWN}, after: {cursor('size-', [12], 'c00100')}"),
    "down, deep among the missing": listed(f"first: 20, {BY_SIZE_DOWN}, after: {cursor('size-', [None], 'c00101')}"),
    "up, back among the missing": listed(f"last: 20, {BY_SIZE}, before: {cursor('size+', [None], 'c00101')}"),
    "up, back among the values": listed(f"last: 20, {BY_SIZE}, before: {cursor('size+', [12], 'c00100')}"),
    "a field that may be missing, then another": listed("first: 20, orderBy: [{size: DESC}, {name: ASC}]"),
    "a field that may be missing and never is, down": listed("first: 20, orderBy: [{mail: DESC}]"),
    "a unique field": listed('where: {mail: {eq: "c00100@example.org"}}'),
    "a natural key": listed('where: {name: {eq: "Company 00100"}, phone: {eq: "+00100"}}'),
    "an indexed field, in no order": listed('where: {name: {eq: "P00100"}}', "people"),
    "an indexed field, by another that may be missing": listed(f'where: {{name: {{eq: "Company 00100"}}}}, {BY_SIZE}'),
    "values of the field that sorts": listed(f"where: {{size: {{gte: 12}}}}, first: 5, {BY_SIZE}"),
    "an id": listed('where: {id: {eq: "c00100"}}'),
    "ids": listed('where: {id: {in: ["c00100", "c00101"]}}'),
    "of a record at the other end": listed(
        'where: {employers: {some: {node: {id: {eq: "c00002"}}}}}, orderBy: [{name: ASC}]', "people"
    ),
    "of a record two links away": listed(
        'where: {employees: {some: {node: {employers: {some: {node: {id: {eq: "c00002"}}}}}}}}', "companies"
    ),
    "what a record reaches": listed(
        'where: {reach: {via: [WORKS_AT], within: 2, direction: BOTH, to: {id: {eq: "c00002"}}}}, orderBy: [{name: ASC}]'
    ),
    "the links of one record but for those of another": listed(
        'where: {reach: {via: [WORKS_AT], within: 1, to: {id: {eq: "c00001"}}}, '
        'not: {reach: {via: [WORKS_AT], within: 2, direction: BOTH, to: {id: {eq: "c00002"}}}}}',
        "people",
    ),
    "the links of one record": (
        '{ company(id: "c00001") { employees(first: 20, orderBy: [{link: {role: ASC}}]) { nodes { id name } } } }'
    ),
}

ENTITIES = """query($of: [_Any!]!) { _entities(representations: $of) {
  ... on Company { id name employees(first: 2) { nodes { name } } } ... on Person { id name }
} }"""


def representations(first: int, last: int) -> list[dict[str, str]]:
    """Of each number a person by id, and a company by id, by its unique field and by its natural key."""
    numbers = [f"{number:05}" for number in range(first, last + 1)]
    return [
        representation
        for number in numbers
        for representation in (
            {"__typename": "Person", "id": f"p{number}"},
            {"__typename": "Company", "id": f"c{number}"},
            {"__typename": "Company", "mail": f"c{number}@example.org"},
            {"__typename": "Company", "name": f"Company {number}", "phone": f"+{number}"},
        )
    ]


ASKED = {"for records of a gateway": (2, 11), "for ten times as many records of a gateway": (2, 101)}


@pytest.fixture(scope="module")
def hits(neo4j_address: Address, neo4j_driver: neo4j.Driver) -> Iterator[dict[str, tuple[int, int]]]:
    """Hits of each page among few records and among many."""
    with neo4j_driver.session(database=neo4j_address.database) as session:
        session.run("MATCH (n) DETACH DELETE n").consume()
        session.run("CREATE CONSTRAINT record_id IF NOT EXISTS FOR (r:Record) REQUIRE r.id IS UNIQUE").consume()
        for index in derived(GROWING).values():
            session.run(index.create).consume()  # type: ignore[arg-type]  # text of the schema's own
        found = []
        for many in (FEW, MANY):
            session.run("MATCH (n) DETACH DELETE n").consume()
            session.run(FILL, many=many, links=LINKS).consume()
            session.run("CALL db.prepareForReplanning(60)").consume()
            found.append({name: profiled(neo4j_driver, text, None, GROWING).hits for name, text in PAGES.items()})
            for name, numbers in ASKED.items():
                asked = {"of": representations(*numbers)}
                found[-1][name] = profiled(neo4j_driver, ENTITIES, asked, GROWING).hits
        yield {name: (found[0][name], found[1][name]) for name in found[0]}
        session.run("MATCH (n) DETACH DELETE n").consume()
        for index in derived(GROWING).values():
            session.run(index.drop).consume()  # type: ignore[arg-type]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_costs_the_same_among_few_records_and_among_many(hits: dict[str, tuple[int, int]], page: str) -> None:
    few, many = hits[page]

    assert many <= few * 1.2 + 20
    assert many < (10 * LINKS if page.startswith("the links") else 400)


@pytest.mark.parametrize("asked", ASKED)
def test_records_of_a_gateway_cost_the_same_among_few_records_and_among_many(
    hits: dict[str, tuple[int, int]], asked: str
) -> None:
    few, many = hits[asked]

    assert many <= few * 1.2 + 20


def test_each_record_of_a_gateway_costs_the_same_in_one_statement_for_all(hits: dict[str, tuple[int, int]]) -> None:
    ten, hundred = (hits[asked][1] for asked in ASKED)

    assert ten < 4 * 10 * 15
    assert hundred <= ten * 10 + 20
