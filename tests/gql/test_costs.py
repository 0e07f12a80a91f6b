"""What operations cost: page sizes multiplied, records and links looked at, priced by the numbers there are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from graphql import FieldNode, GraphQLError, OperationDefinitionNode, parse
from small_worlds import MODEL

from gql.editions import Editions
from gql.execute.documents import coerced, document
from gql.execute.errors import Refused
from gql.execute.limits import Limits
from gql.execute.reading import Reader, plan_read
from gql.execute.spending import Spending
from gql.mutations.measuring import written_by
from gql.plan.costs import Dearest
from gql.plan.cursors import Cursors
from models.actor import SYSTEM, Actor, ActorKind
from models.allowances import Allowance, Bearer
from models.counts import NOTHING_KNOWN, Known

EDITION = Editions(None, MODEL).current
KNOWN = Known({"Company": 1_000, "Person": 10_000}, {"WORKS_AT": 20_000, "KNOWS": 50_000, "OWNS": 500}, 11_000)


def priced(text: str, known: Known = NOTHING_KNOWN, **variables: Any) -> tuple[int, Callable[[], Dearest]]:
    limits = Limits()
    known_document = document(text, EDITION.schema, EDITION.plans, limits)
    operation = known_document.operation(None)
    values = coerced(EDITION.schema, operation, variables, limits)
    plan = plan_read(Reader(MODEL, known_document.fragments, values, Cursors(b"test"), limits), operation)
    assert plan.typed is not None
    filled, costs = plan.typed.parameters(values, datetime.now(UTC)), plan.typed.costs
    return costs.of(filled, known), lambda: costs.dearest(filled, known)


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("{ companies { nodes { id } } }", 50),
        ("{ companies(first: 7) { nodes { id } } }", 7),
        ("{ companies(first: 7) { nodes { id } pageInfo { hasNextPage } } }", 8),
        ("{ companies { totalCount } }", 1),
        ("{ companies(first: 7, skip: 40000) { nodes { id } } }", 7 + 400),
        ("{ companies(first: 10) { nodes { employees(first: 20, skip: 50) { nodes { id } } } } }", 10 + 200 + 5),
        ("{ companies(first: 10) { nodes { employees(first: 20) { nodes { id } } } } }", 10 + 200),
        ("{ a: companies(first: 10) { nodes { id } } b: companies(first: 10) { nodes { id } } }", 20),
        ("query($n: Int = 3) { companies(first: $n) { nodes { id } } }", 3),
        ('{ company(id: "x") { employees(first: 20) { nodes { id } } } }', 1 + 20),
        ('{ nodes(ids: ["a", "b", "c"]) { ... on Company { employees(first: 20) { nodes { id } } } } }', 3 + 60),
    ],
)
def test_every_row_that_pages_may_hold_costs_one(text: str, cost: int) -> None:
    assert priced(text)[0] == cost


def test_of_a_record_that_may_be_of_several_types_the_dearest_counts() -> None:
    text = """{ node(id: "x") { ... on Company { employees(first: 30) { nodes { id } } } ... on Person {
      employers(first: 20) { nodes { id } } employees: knows(first: 90) { nodes { id } } } } }"""

    assert priced(text)[0] == 1 + 90 + 20


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("{ companies { totalCount } }", 1),
        ('{ companies(where: {name: {eq: "x"}}) { totalCount } }', 10 + 10),
        ('{ companies(where: {id: {eq: "x"}}) { nodes { id } } }', 50),
        ("{ companies { aggregate { count } } }", 10),
        ('{ companies(where: {employees: {some: {node: {name: {eq: "x"}}}}}) { nodes { id } } }', 50 + 10 * 21),
        ("{ companies(first: 10) { nodes { employees { aggregate { count } } } } }", 10 + 2),
    ],
)
def test_a_hundred_records_or_links_looked_at_cost_as_much_as_a_row(text: str, cost: int) -> None:
    assert priced(text, KNOWN)[0] == cost


def test_what_lies_several_links_away_is_never_more_than_there_are_links() -> None:
    text = "{ people(where: {reach: {via: [KNOWS], within: %d, to: {}}}) { totalCount } }"
    near, far = (priced(text % steps, KNOWN)[0] for steps in (1, 5))

    assert near < far <= 2 * (10_000 * 50_001 // 100 + 1)


def test_a_hundred_times_a_hundred_times_a_hundred_is_refused_with_what_makes_it_dear() -> None:
    spending = Spending(Limits())
    cost, dearest = priced(
        "{ companies(first: 100) { nodes { employees(first: 100) { nodes { employers(first: 100) { nodes { id } } } } } } }"
    )

    assert cost == 100 + 10_000 + 1_000_000
    with pytest.raises(Refused) as caught:
        spending.admit(SYSTEM, cost, dearest)
    (error,) = caught.value.errors
    assert isinstance(error, GraphQLError)
    assert error.extensions == {
        "code": "too_costly",
        "cost": {"requested": 1_010_100, "limit": 500_000},
        "dearest": {"path": "companies.employees.employers", "cost": 1_000_000, "pages": [100, 100, 100]},
    }
    assert (
        "`companies.employees.employers`: 1,000,000, pages of 100 × 100 × 100 rows; ask for smaller pages"
        in error.message
    )


@pytest.mark.parametrize(
    ("person", "token", "most"),
    [(None, None, 500_000), (90, None, 90), (900_000, None, 900_000), (90, 80, 80), (90, 100, 90), (None, 80, 80)],
)
def test_a_person_may_spend_what_is_set_for_them_and_a_token_never_more(
    person: int | None, token: int | None, most: int
) -> None:
    bearer = Bearer("t", Allowance(token))
    actor = Actor("u", "u", ActorKind.TOKEN, allowance=Allowance(person), token=bearer)

    assert Spending(Limits()).most(actor) == most


@pytest.mark.parametrize(
    ("text", "variables", "written"),
    [
        ('mutation { createCompany(input: {data: {name: "x"}}) { changeSet } }', {}, (1, 1)),
        ("mutation($i: DeleteCompanyInput!) { deleteCompany(input: $i) { id } }", {"i": {"id": "x"}}, (1, 1)),
        ("mutation($d: X) { createCompanies(input: {data: $d}) { changeSet } }", {"d": [{"name": "x"}] * 4}, (4, 4)),
        (
            "mutation($d: X) { createCompany(input: {data: $d}) { changeSet } }",
            {"d": {"name": "x", "employees": {"create": [{"data": {"name": "y"}}] * 5}}},
            (1, 12),
        ),
    ],
    ids=["literals", "an id", "many", "links and records inside"],
)
def test_what_a_mutation_writes_is_counted_in_its_input(
    text: str, variables: dict[str, Any], written: tuple[int, int]
) -> None:
    (operation,) = parse(text).definitions
    assert isinstance(operation, OperationDefinitionNode)
    (field,) = operation.selection_set.selections
    assert isinstance(field, FieldNode)

    assert written_by(field, variables) == written
