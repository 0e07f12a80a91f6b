"""Documents written to cost much: refused by counting, before anything compares or makes what they ask for."""

from __future__ import annotations

import pytest
from small_worlds import MODEL

from gql.editions import Edition, Editions
from gql.execute.documents import coerced, document
from gql.execute.errors import Refused
from gql.execute.limits import Limits
from models.metamodel import End, EntityType, Field, Metamodel, RelationType

UNUSED = "fragment G on Query { " + "companies { nodes { id } } " * 1_200 + "}"
HOSTILE = {
    "one field again and again": "{ companies { nodes { " + "id " * 1_000 + "} } }",
    "one list again and again": "{ " + "companies { totalCount } " * 950 + "}",
    "one list with other arguments": "{ "
    + " ".join(f"companies(first: {n}) {{ totalCount }}" for n in range(900))
    + "}",
    "one field out of many fragments": "{ "
    + " ".join(f"...F{n}" for n in range(300))
    + " } "
    + " ".join(f"fragment F{n} on Query {{ companies {{ totalCount }} }}" for n in range(300)),
    "one field out of nested fragments": "{ "
    + "... { companies { " * 9
    + "totalCount "
    + "} } " * 9
    + " companies { nodes { id } } " * 600
    + "}",
    "one large fragment in many operations": " ".join(f"query Q{n} {{ ...A }}" for n in range(100))
    + " fragment A on Query { "
    + "companies { totalCount nodes { id } } " * 50
    + "}",
    "a hundred and one aliases": "{ " + " ".join(f"a{n}: __typename" for n in range(101)) + " }",
    "many aliases in a fragment that is used often": "{ "
    + "...A " * 50
    + "} fragment A on Query { "
    + " ".join(f"a{n}: __typename" for n in range(101))
    + " }",
    "a hundred directives": "{ companies " + "@include(if: true) " * 100 + "{ totalCount } }",
    "directives in a fragment that is used often": "{ "
    + "...A " * 50
    + "} fragment A on Query { companies @include(if: true) @skip(if: false) { totalCount } }",
    "more fields than may be": "{ " + "id " * 9_990 + "}",
    "a chain of fragments": "{ ...F0 } "
    + " ".join(f"fragment F{n} on Query {{ ...F{n + 1} }}" for n in range(900))
    + " fragment F900 on Query { __typename }",
}
NESTED = {
    "inline fragments": "{ " + "... { " * 3_000 + "id" + " }" * 3_000 + " }",
    "lists": "{ companies(where: " + "[" * 4_000 + "]" * 4_000 + ") { totalCount } }",
    "objects": "{ companies(where: " + "{not:" * 2_400 + "{}" + "}" * 2_400 + ") { totalCount } }",
    "types": "query($a: " + "[" * 4_000 + "Int" + "]" * 4_000 + ") { __typename }",
}


def codes(text: str, edition: Edition | None = None) -> list[str]:
    """The codes of the faults for which a document is refused."""
    edition = edition or Editions(None, MODEL).current
    try:
        document(text, edition.schema, edition.plans, Limits())
    except Refused as refused:
        return [(error.extensions or {}).get("code", error.message) for error in refused.errors]
    return []


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_would_cost_much_to_validate_is_counted_and_refused(text: str) -> None:
    assert codes(text) == ["too_complex"]


@pytest.mark.parametrize("text", NESTED.values(), ids=NESTED)
def test_what_is_nested_without_end_is_not_parsed(text: str) -> None:
    assert codes(text) == ["syntax_error"]


def test_fragments_without_use_are_refused_without_comparing_their_fields() -> None:
    assert codes("{ __typename } " + UNUSED) == ["Fragment 'G' is never used."]


def test_fragments_that_lead_back_to_themselves_are_refused_used_or_not() -> None:
    cycle = "fragment A on Query { ...B } fragment B on Query { ...A }"

    assert codes("{ ...A } " + cycle) == ["fragment_cycle"]
    assert "Cannot spread fragment 'A' within itself via 'B'." in codes("{ __typename } " + cycle)


def test_components_that_ask_for_the_same_fields_are_merged() -> None:
    parts = range(30)
    fragments = " ".join(f"fragment F{n} on Company {{ id name mark displayName }}" for n in parts)

    assert codes("{ companies { nodes { " + " ".join(f"...F{n}" for n in parts) + " } } } " + fragments) == []


def test_fields_that_differ_under_one_key_are_told() -> None:
    (told,) = codes("{ companies { nodes { a: name } nodes { a: mark } } }")

    assert told.startswith("Fields 'nodes' conflict because")


def wide_model(many: int) -> Metamodel:
    """A model of so many types in a ring."""
    fields = {name: Field(name, "text") for name in ("a", "b", "c")}
    kinds = [EntityType(f"T{n:04}", f"T{n:04}s", fields) for n in range(many)]
    relations = [
        RelationType(f"NEXT_{n}", End((f"T{n:04}",), "next"), End((f"T{(n + 1) % many:04}",), "previous"))
        for n in range(many)
    ]
    return Metamodel(1, {kind.name: kind for kind in kinds}, {relation.name: relation for relation in relations})


def types_made(many: int) -> int:
    """How many types the first use of one type makes in a model of so many."""
    edition = Editions(None, wide_model(many)).current
    before = len(edition.schema.type_map._made)  # type: ignore[attr-defined]  # counting would make all
    text = "query($w: T0005Filter) { t0005s(where: $w) { nodes { id next { nodes { a } } } } }"
    known = document(text, edition.schema, edition.plans, Limits())
    coerced(edition.schema, known.operation(None), {"w": {"a": {"eq": "x"}}}, Limits())
    return len(edition.schema.type_map._made) - before  # type: ignore[attr-defined]


def test_the_first_use_of_a_type_makes_as_many_types_in_a_large_model_as_in_a_small_one() -> None:
    assert types_made(300) == types_made(30) < 90
