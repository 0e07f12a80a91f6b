"""Names are ASCII of one form each; whatever else is given is refused with a short message that says how to mend it."""

from __future__ import annotations

import inspect
from collections.abc import Callable

import pytest
from neomodel import AsyncStructuredNode

from models import names, system
from models.errors import Problem
from models.nodes import model as model_nodes
from models.nodes import people as people_nodes

Check = Callable[[object], list[Problem]]

CHECKS: dict[str, Check] = {
    "type": names.check_type_name,
    "plural": names.check_plural,
    "relation": names.check_relation_name,
    "field": names.check_field_name,
    "stored": names.check_stored_as,
}
HOSTILE = {
    "back-tick": "Company`) DETACH DELETE n //",
    "escaped back-tick": "Company\\u0060",
    "unicode back-tick": "Company\u0060",
    "cyrillic look-alike": "\u0421ompany",
    "fullwidth": "\uff23ompany",
    "combining mark": "Compan\u0443\u0301",
    "null": "Company\x00",
    "line break at the end": "Company\n",
    "blank": "Company Name",
    "empty": "",
    "digit first": "1Company",
    "underscores": "__type",
    "dot": "Company.name",
    "quote": "Company'",
    "right-to-left override": "Company\u202e",
    "10,000 characters": "C" * 10_000,
    "10,000 look-alikes": "\u0421" * 10_000,
    "61 characters": "C" * 61,
    "other digits": "Company\u0661",
    "no text": 7,
    "a list": ["Company"],
    "nothing": None,
    "true": True,
}


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_name_is_refused_in_short_plain_words(check: Check, name: object) -> None:
    problems = check(name)

    assert [problem.code for problem in problems] == ["bad_name"]
    message = problems[0].message
    assert len(message) <= 300
    assert message.isascii()
    assert message.isprintable()


@pytest.mark.parametrize(
    ("check", "name"),
    [
        (names.check_type_name, "C"),
        (names.check_type_name, "SalesOrder"),
        (names.check_type_name, "C" * 60),
        (names.check_type_name, "Order"),
        (names.check_type_name, "PurchaseOrder"),
        (names.check_type_name, "Match"),
        (names.check_plural, "Companies"),
        (names.check_relation_name, "WORKS_AT"),
        (names.check_relation_name, "R2_D2"),
        (names.check_field_name, "taxId"),
        (names.check_field_name, "where"),
        (names.check_field_name, "x"),
    ],
)
def test_a_good_name_is_let_through_also_where_cypher_knows_it_as_a_word(check: Check, name: str) -> None:
    assert check(name) == []


@pytest.mark.parametrize(
    ("check", "given", "mended"),
    [
        (names.check_type_name, "sales order", "SalesOrder"),
        (names.check_type_name, "sales_order", "SalesOrder"),
        (names.check_field_name, "TaxId", "taxId"),
        (names.check_field_name, "tax-id", "taxId"),
        (names.check_relation_name, "worksAt", "WORKS_AT"),
        (names.check_relation_name, "WORKS__AT", "WORKS_AT"),
    ],
)
def test_the_message_writes_the_name_as_it_should_be(check: Check, given: str, mended: str) -> None:
    (problem,) = check(given)

    assert problem.message.endswith(f"write {mended}.")


def test_a_name_beyond_repair_comes_with_an_example() -> None:
    (problem,) = names.check_type_name("\u0421ompany")

    assert problem.message == (
        "A type's name is made of ASCII letters and digits; '\\u0421ompany' is not: write it like SalesOrder."
    )


@pytest.mark.parametrize(
    "name",
    ["Query", "Mutation", "Subscription", "Node", "Record", "PageInfo", "Money", "Deleted", "ChangeSet", "Outbox",
     "User", "Token", "Session", "CompanyConnection", "CompanyEdge", "CompanyFilter", "CompanyPayload",
     "CompanyAggregate", "CompanyInput", "TextOperators", "DecimalFigures", "View360", "WhatIf", "Nodes"],
)  # fmt: skip
def test_names_of_the_api_and_of_the_fixed_graph_are_taken(name: str) -> None:
    assert [problem.code for problem in names.check_type_name(name)] == ["reserved_name"]
    assert [problem.code for problem in names.check_plural(name)] == ["reserved_name"]


@pytest.mark.parametrize(
    "name", ["id", "version", "createdAt", "displayName", "history", "insights", "and", "not", "type"]
)
def test_names_of_system_fields_are_taken(name: str) -> None:
    assert [problem.code for problem in names.check_field_name(name)] == ["reserved_name"]


@pytest.mark.parametrize("name", ["id", "linkId", "data", "at", "source", "target", "validFrom", "knownTo"])
def test_names_of_a_links_own_fields_are_taken_on_links(name: str) -> None:
    assert [problem.code for problem in names.check_field_name(name, of_link=True)] == ["reserved_name"]


@pytest.mark.parametrize("name", ["closedAt", "closedBy", "heldFrom", "retractedAt"])
def test_what_the_system_keeps_of_its_own_takes_no_name_from_anybody(name: str) -> None:
    assert names.check_field_name(name) == names.check_field_name(name, of_link=True) == []
    assert names.check_stored_as(name.replace("A", "_a").replace("B", "_b").replace("F", "_f")) != []


def test_every_system_field_is_reserved() -> None:
    assert set(system.OF_RECORDS) <= names.RESERVED_FIELDS
    assert set(system.OF_TEMPORAL_LINKS) <= names.RESERVED_LINK_FIELDS


def test_every_label_of_the_fixed_graph_is_reserved() -> None:
    classes = [value for module in (model_nodes, people_nodes) for value in vars(module).values()]
    nodes = {c for c in classes if inspect.isclass(c) and issubclass(c, AsyncStructuredNode)} - {AsyncStructuredNode}

    assert {node.__label__ for node in nodes} <= names.RESERVED_TYPES
