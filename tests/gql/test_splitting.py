"""What of an operation with deferred fragments is answered at once, and what later, at which place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import print_ast
from small_worlds import MODEL

from gql.editions import Editions
from gql.execute.documents import document
from gql.execute.limits import Limits
from gql.plan.deferring import Split, Splitting

EDITION = Editions(None, MODEL).current
Lines = list[tuple[Any, ...]]


def split(text: str, variables: Mapping[str, Any] | None = None) -> tuple[str, Lines]:
    """What is answered at once, and of each later part its labels, its place and what it asks for."""
    written = document(text, EDITION.schema, EDITION.plans, Limits()).in_parts
    assert written is not None
    splitting = Splitting(EDITION.schema, MODEL, written.fragments, variables or {})
    found = splitting.split(written.operation(None))
    return _said(found), [*_lines(found)]


def _said(found: Split) -> str:
    return " ".join(print_ast(found.selections).split())


def _lines(found: Split) -> Iterator[tuple[Any, ...]]:
    for each in found.later:
        place = (*each.path, each.inside) if each.inside else each.path
        yield each.labels, place, each.types, _said(each.split)
        yield from _lines(each.split)


def test_a_record_is_found_again_by_an_id_that_no_text_can_name() -> None:
    first, later = split('{ people { nodes { name ... @defer(label: "more") { about: knows { totalCount } } } } }')

    assert first == "{ people { nodes { name 0: id } } }"
    assert later == [(("more",), ("people", "nodes"), ("Person",), "{ about: knows { totalCount } }")]


def test_figures_of_a_list_are_read_by_the_list_itself() -> None:
    first, later = split("{ people(first: 3) { nodes { name } ... @defer { totalCount } } }")

    assert first == "{ people(first: 3) { nodes { name } } }"
    assert later == [((None,), ("people",), (), "{ people(first: 3) { totalCount } }")]


def test_figures_of_a_relation_are_read_of_its_record_at_the_moment_asked_for() -> None:
    asked = '{ person(id: "1", asOf: "2000-01-01T00:00:00Z") { employers { nodes { id } ... @defer { totalCount } } } }'

    _, later = split(asked)

    assert later == [((None,), ("person", "employers"), ("Person",), "{ employers { totalCount } }")]
    written = document(asked, EDITION.schema, EDITION.plans, Limits()).in_parts
    assert written is not None
    (part,) = Splitting(EDITION.schema, MODEL, {}, {}).split(written.operation(None)).later
    assert [*part.clock] == ["asOf"]


def test_rows_of_one_list_are_never_read_by_two_statements() -> None:
    first, later = split(
        "{ people { nodes { id } ... @defer { edges { cursor } pageInfo { hasNextPage } totalCount } } }"
    )

    assert first == "{ people { nodes { id } edges { cursor } pageInfo { hasNextPage } } }"
    assert later == [((None,), ("people",), (), "{ people { totalCount } }")]


def test_what_is_asked_for_outside_too_is_answered_at_once_and_whole() -> None:
    first, later = split("{ people { nodes { knows { nodes { id } } ... @defer { name knows { nodes { name } } } } } }")

    assert first == "{ people { nodes { knows { nodes { id name } } 0: id } } }"
    assert later == [((None,), ("people", "nodes"), ("Person",), "{ name }")]


def test_fragments_that_share_a_field_come_together_under_both_labels() -> None:
    first, later = split(
        """{ company(id: "1") { ...A @defer(label: "a") ...B @defer(label: "b") } }
        fragment A on Company { name employees { nodes { id } } } fragment B on Company { employees { nodes { name } } }"""
    )

    assert first == '{ company(id: "1") { 0: id } }'
    assert later == [(("a", "b"), ("company",), ("Company",), "{ name employees { nodes { id name } } }")]


def test_a_fragment_inside_a_deferred_one_comes_after_it() -> None:
    first, later = split(
        '{ company(id: "1") { id ... @defer(label: "a") { name ... @defer(label: "b") { name size } } } }'
    )

    assert first == '{ company(id: "1") { id 1: id } }'
    assert later == [
        (("a",), ("company",), ("Company",), "{ name 0: id }"),
        (("b",), (), ("Company",), "{ size }"),
    ]


def test_fragments_of_other_types_are_announced_for_records_of_theirs_alone() -> None:
    first, later = split(
        '{ node(id: "1") { id ... on Company @defer { size } ... on Person @defer { knows { totalCount } } } }'
    )

    assert first == '{ node(id: "1") { id ... on Company { 0: id } ... on Person { 1: id } } }'
    assert [types for _, _, types, _ in later] == [("Company",), ("Person",)]


def test_conditions_are_settled_before_anything_is_deferred() -> None:
    text = "query ($late: Boolean!, $left: Boolean!) { people { nodes { id ... @defer(if: $late) { name @skip(if: $left) } } } }"

    assert split(text, {"late": False, "left": False}) == ("{ people { nodes { id name } } }", [])
    assert split(text, {"late": True, "left": True}) == ("{ people { nodes { id } } }", [])


def test_what_cannot_be_read_by_itself_stands_with_what_is_around_it() -> None:
    asked = """{ people { pageInfo { ... @defer { hasNextPage } } edges { ... @defer { cursor } } }
        _service { ... @defer { sdl } } }"""

    first, later = split(asked)

    assert first == "{ people { pageInfo { hasNextPage } edges { cursor } } _service { ... { sdl } } }"
    assert later == []
