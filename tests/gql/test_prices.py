"""What questions to the engines and other fixed root fields cost: by what they answer with and what they pass over."""

from __future__ import annotations

from typing import Any

import pytest
from small_worlds import MODEL

from analytics import nearby
from analytics.answering import past
from analytics.engines import influence, paths
from gql.editions import Editions
from gql.execute.documents import coerced, document
from gql.execute.errors import Refused
from gql.execute.limits import Limits
from gql.execute.prices import EXACT_UP_TO, HOLES, LEAST, MOST_NEARBY, MOST_READ, MOST_WAYS, SOURCES, least, priced
from gql.execute.spending import Spending
from gql.fixed.schema import fixed_schema
from gql.plan.costs import Dearest
from gql.plan.selection import Selections
from gql.plan.slots import Slots
from models.actor import SYSTEM, Actor, ActorKind
from models.allowances import Allowance
from models.counts import NOTHING_KNOWN, Known

EDITION = Editions(fixed_schema(), MODEL).current
FEW = Known({"Company": 10, "Person": 90}, {"WORKS_AT": 100, "KNOWS": 50}, 100)
MANY = Known({"Company": 100_000, "Person": 900_000}, {"WORKS_AT": 4_000_000, "KNOWS": 6_000_000}, 1_000_000)
ENDS = 'from: "a", to: "b"'


def parts(text: str, known: Known = NOTHING_KNOWN, **variables: Any) -> list[Dearest]:
    """What each root field of a query costs."""
    operation = document(text, EDITION.schema, EDITION.plans, Limits()).operation(None)
    values = coerced(EDITION.schema, operation, variables, Limits())
    fields = Selections(MODEL, Slots(), {}, values, None, 0).collect([operation.selection_set], frozenset({"Query"}))
    return [priced(EDITION, operation.operation, key, nodes[0], values, known) for key, nodes in fields.items()]


def cost(text: str, known: Known = NOTHING_KNOWN, **variables: Any) -> int:
    return sum(part.cost for part in parts(text, known, **variables))


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ('{ subgraph(ids: ["a"]) { seq } }', 60 + 200),
        ('{ subgraph(ids: ["a"], maxRecords: 5, maxLinks: 5) { seq } }', LEAST),
        ('{ subgraph(ids: ["a", "b", "c"], hops: 0, maxLinks: 20) { seq } }', 3 + 20),
        ('{ subgraph(ids: ["a", "b", "c"], maxRecords: 1, maxLinks: 20) { seq } }', 3 + 20),
        ("query ($n: Int = 400) { subgraph(maxRecords: $n, maxLinks: 0) { seq } }", 400),
        ("{ subgraph(maxRecords: 20000, maxLinks: 60000) { seq } }", 80_000),
    ],
)
def test_each_record_and_link_that_may_be_drawn_costs_one(text: str, price: int) -> None:
    assert cost(text) == price


def test_a_drawing_is_charged_for_the_links_it_passes_over_by_the_relations_it_names() -> None:
    around = '{ subgraph(ids: ["a"], maxRecords: 1000, maxLinks: 0%s) { seq } }'
    whole = "{ subgraph(maxRecords: 1000, maxLinks: 0%s) { seq } }"
    few, one, every = (
        [cost(text % named, MANY) - 1_000 for text in (around, whole)]
        for named in (", relations: []", ', relations: ["WORKS_AT"]', "")
    )

    assert few == [0, 500]
    assert one == [4, 500 + 2_000]
    assert every == [10, 500 + 5_000]
    assert cost(whole % "", FEW) == 1_000 + 1


ENGINES = [
    "influence { totalCount }",
    "influence(measure: BETWEENNESS) { totalCount }",
    "influence(measure: BROKERAGE) { totalCount }",
    "communities { totalCount }",
    'segments(type: "Company") { records }',
    f"paths({ENDS}) {{ complete }}",
    f"paths({ENDS}, measure: STRONGEST) {{ complete }}",
    f"introductions({ENDS}) {{ seq }}",
    'likelyLinks(record: "a") { seq }',
    'riskPaths(id: "a") { risk }',
    'recommend(id: "a") { seq }',
    'whatIf(input: {removeRecords: ["a"]}) { moved }',
    'whatIf(input: {removeRecords: ["a"], engine: "churn", type: "Company"}) { moved }',
]


@pytest.mark.parametrize("asked", ENGINES)
def test_a_question_costs_little_where_there_is_little_and_much_where_there_is_much(asked: str) -> None:
    nothing, few, many = (cost(f"{{ {asked} }}", known) for known in (NOTHING_KNOWN, FEW, MANY))

    assert nothing <= few <= nothing + 50
    assert many >= few + 4_000


@pytest.mark.parametrize(
    ("less", "more"),
    [
        (f"paths({ENDS}, first: 1) {{ complete }}", f"paths({ENDS}, first: 50) {{ complete }}"),
        (f"paths({ENDS}, hops: 2) {{ complete }}", f"paths({ENDS}, hops: 10) {{ complete }}"),
        (f"paths({ENDS}, via: []) {{ complete }}", f'paths({ENDS}, via: ["KNOWS"]) {{ complete }}'),
        (f"paths({ENDS}) {{ complete }}", f"paths({ENDS}, measure: STRONGEST) {{ complete }}"),
        (f"paths({ENDS}) {{ complete }}", f'paths({ENDS}, knownAt: "2026-01-01T00:00:00Z") {{ complete }}'),
        ("influence { totalCount }", "influence(measure: CLOSENESS) { totalCount }"),
        ('influence(relations: ["KNOWS"]) { totalCount }', "influence { totalCount }"),
        ("communities(members: 1) { totalCount }", "communities(members: 50) { totalCount }"),
        ('riskPaths(id: "a", hops: 1) { risk }', 'riskPaths(id: "a", hops: 6) { risk }'),
        ("whatIf(input: {hops: 1}) { moved }", "whatIf(input: {hops: 10}) { moved }"),
        ("influence(measure: BETWEENNESS) { totalCount }", "whatIf(input: {}) { moved }"),
    ],
)  # fmt: skip
def test_more_that_is_asked_costs_more(less: str, more: str) -> None:
    assert cost(f"{{ {less} }}", MANY) < cost(f"{{ {more} }}", MANY)


@pytest.mark.parametrize("asked", [each for each in ENGINES if "whatIf" not in each])
def test_one_question_about_a_million_records_with_ten_million_links_is_admitted(asked: str) -> None:
    assert cost(f"{{ {asked} }}", MANY) < Limits().max_cost


def test_a_view_costs_its_events_and_the_links_of_its_sections_and_lists_cost_their_rows() -> None:
    view = '{ view360(id: "a", events: %d, links: %d) { at } }'
    sections = max(len(sides) for sides in MODEL.sides.values())

    assert cost(view % (0, 0)) == 100
    assert cost(view % (200, 50)) == 100 + 200 + 50 * sections
    assert cost("{ analyses(first: 200) { nodes { id } } }") == 200
    assert cost("{ changes(first: 1000) { __typename } }") == 1_000
    assert cost('{ compareRuns(a: "a", b: "b", first: 500) { both } }', MANY) == 2_500 + 200
    assert cost("{ me { name } }") == LEAST == least("x").cost


def test_variables_are_priced_by_their_values() -> None:
    text = "query ($ids: [ID!], $most: Int!) { subgraph(ids: $ids, maxRecords: $most, maxLinks: 0) { seq } }"

    assert cost(text, ids=["a"], most=30) == 30
    assert cost(text, ids=[str(each) for each in range(50)], most=30) == 50


def test_a_huge_drawing_is_refused_with_the_limit_and_what_to_do() -> None:
    poor = Actor("u", "u", ActorKind.PERSON, allowance=Allowance(10_000))
    (huge,) = parts("{ all: subgraph(maxRecords: 20000, maxLinks: 60000) { seq } }", MANY)

    with pytest.raises(Refused) as caught:
        Spending(Limits()).admit(poor, huge.cost, lambda: huge)
    (error,) = caught.value.errors
    assert error.message == (
        "This operation may cost 85,500, and 10,000 is the most. The dearest part is `all`: 85,500; draw fewer records and "
        "links with maxRecords and maxLinks, begin at fewer ids, or name fewer relations."
    )
    assert error.extensions is not None
    assert error.extensions["code"] == "too_costly"
    assert Spending(Limits()).admit(SYSTEM, huge.cost, lambda: huge).requested == 85_500


def test_the_bounds_of_the_engines_are_those_that_are_priced() -> None:
    """They are told twice because a server that is asked nothing of engines does not load them."""
    bounds = influence.Parameters()

    assert (bounds.exact_up_to, bounds.sources, bounds.hole_work) == (EXACT_UP_TO, SOURCES, HOLES)
    assert paths.Parameters(0, 1).most == MOST_WAYS
    assert past.MOST_LINKS == MOST_READ
    assert nearby.MOST_LINKS == MOST_NEARBY
