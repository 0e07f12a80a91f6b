"""What one operation may ask for: every limit refuses before the database is asked, with a code and a sentence."""

from __future__ import annotations

from collections.abc import AsyncIterator

import orjson
import pytest
from asking import Asking
from small_worlds import MODEL

from gql.editions import Editions
from graph.address import Address
from graph.session import Database
from models.actor import STRANGER

pytestmark = pytest.mark.anyio


@pytest.fixture
async def asking(clean_neo4j: Address) -> AsyncIterator[Asking]:
    database = await Database.connect(clean_neo4j)
    yield Asking(database, Editions(None, MODEL))
    await database.close()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{ companies { nodes { id ", "syntax_error"),
        ("{ companies { } }", "syntax_error"),
        ("", "syntax_error"),
        ("{ companies { nodes { nothing } } }", "invalid_operation"),
        ("{ companies(first: 1000000000) { nodes { id } } }", "page_too_large"),
        ("{ companies(first: -1) { nodes { id } } }", "page_too_large"),
        ("{ companies(first: 1, last: 1) { nodes { id } } }", "bad_page"),
        ('{ companies(after: "forged") { nodes { id } } }', "bad_cursor"),
        ("{ companies(where: {name: {gt: null}}) { nodes { id } } }", "null_operand"),
        ("{ companies(where: {employees: {count: {lt: null}}}) { nodes { id } } }", "null_operand"),
        ("{ companies(where: {price: {currency: null}}) { nodes { id } } }", "null_operand"),
        ('{ companies(where: {price: {currency: ["usd"]}}) { nodes { id } } }', "bad_currency"),
        ('{ companies(where: {stage: {eq: "nwe"}}) { nodes { id } } }', "no_choice"),
        ('{ companies(where: {tags: {hasAny: ["new", "old"]}}) { nodes { id } } }', "no_choice"),
        ("{ companies(whereValues: {least: 1}) { nodes { id } } }", "unknown_parameter"),
        ('{ companies(whereText: "size > 1", whereValues: {least: 1}) { nodes { id } } }', "unknown_parameter"),
        ('{ companies(where: {revenue: {eq: "ten"}}) { nodes { id } } }', "wrong_type"),
        ("{ companies(orderBy: [{name: ASC, size: ASC}]) { nodes { id } } }", "bad_order"),
        ("{ companies { nodes { id } } #" + "x" * 1_000_000 + "\n}", "too_large"),
        ("{ " + "id " * 10_001 + "}", "syntax_error"),
        ("{ " + " ".join(f"a{n}: __typename" for n in range(201)) + " }", "too_complex"),
        (
            "{ companies { nodes " + "{ employees { nodes { employers { nodes " * 6 + "{ id }" + "} } } } " * 6 + "} }",
            "too_complex",
        ),
        ("{ companies(where: " + "{not: " * 40 + "{}" + "}" * 40 + ") { totalCount } }", "too_complex"),
        ("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }", "fragment_cycle"),
        ("subscription { nothing }", "invalid_operation"),
        ("{ people(first: 5000) { nodes { knows(first: 5000) { nodes { id } } } } }", "too_costly"),
        ('{ companies(where: {employees: {some: {node: {name: {matches: ""}}}}}) { totalCount } }', "empty"),
    ],
)
async def test_an_operation_beyond_a_limit_or_a_rule_is_refused_and_nothing_is_executed(
    asking: Asking, text: str, code: str
) -> None:
    answer = await asking.answer(text)

    body = orjson.loads(answer.body)
    assert answer.refused
    assert not answer.has_data
    assert "data" not in body
    assert body["errors"][0]["extensions"]["code"] == code


async def test_values_that_are_not_used_are_refused_whatever_was_asked_before(asking: Asking) -> None:
    text = """query ($text: FilterText, $values: JSON) {
      companies(whereText: $text, whereValues: $values) { totalCount } }"""
    answers = [
        await asking.answer(text, {"text": words, "values": values})
        for words, values in (
            ("size >= $least", {"least": 0}),
            ("size >= $least", {"least": 0, "most": 9}),
            (None, {}),
            (None, None),
            (None, {"least": 0}),
        )
    ]

    assert [answer.refused for answer in answers] == [False, True, False, False, True]
    assert "whereValues.most: whereText has no $most" in answers[1].body.decode()


async def test_a_count_is_never_null(asking: Asking) -> None:
    found = [
        await asking.data(f"{{ companies(where: {{employees: {{count: {{{comparison}}}}}}}) {{ totalCount }} }}")
        for comparison in ("eq: null", "ne: null", "gte: 0")
    ]
    none, all_, counted = [answer["companies"]["totalCount"] for answer in found]

    assert none == 0
    assert all_ == counted


async def test_fragments_that_double_again_and_again_are_counted_without_being_written_out(asking: Asking) -> None:
    doubling = " ".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(60))

    codes = await asking.codes("{ ...F0 } " + doubling + " fragment F60 on Query { __typename }")

    assert codes == ["too_complex"]


async def test_variables_that_do_not_fit_are_refused_all_at_once(asking: Asking) -> None:
    text = "query($id: ID!, $n: Int) { company(id: $id) { id } companies(first: $n) { totalCount } }"

    assert await asking.codes(text, {"n": "many"}) == ["bad_variable", "bad_variable"]


async def test_variables_nested_without_end_are_refused(asking: Asking) -> None:
    where: dict[str, object] = {}
    for _ in range(5_000):
        where = {"not": where}

    assert await asking.codes("query($w: CompanyFilter) { companies(where: $w) { totalCount } }", {"w": where}) == [
        "too_complex"
    ]


async def test_a_filter_of_thousands_of_conditions_is_refused(asking: Asking) -> None:
    where = {"or": [{"name": {"eq": str(n)}} for n in range(3_000)]}

    assert await asking.codes("query($w: CompanyFilter) { companies(where: $w) { totalCount } }", {"w": where}) == [
        "too_complex"
    ]


async def test_the_operation_is_picked_by_its_name(asking: Asking) -> None:
    two = "query A { __typename } query B { b: __typename }"

    assert await asking.codes(two) == ["operation_name"]
    assert await asking.codes(two, name="C") == ["operation_name"]
    assert orjson.loads((await asking.answer(two, name="B")).body)["data"] == {"b": "Query"}


async def test_a_stranger_is_told_to_sign_in_before_anything_is_read(asking: Asking) -> None:
    answer = await asking.answer("{ companies { nodes { id ", actor=STRANGER)

    assert answer.signed_out
    assert answer.refused
    assert orjson.loads(answer.body)["errors"][0]["extensions"]["code"] == "not_signed_in"


async def test_hostile_texts_cannot_fill_the_caches(asking: Asking) -> None:
    plans = asking.editions.current.plans
    for number in range(1_200):
        await asking.answer(f"{{ a{number}: __typename }}")
    for number in range(100):
        await asking.answer("{ __typename " + "#" * 99_000 + f"{number}\n}}")

    assert len(plans.documents) <= 1_000
    assert plans.documents.characters <= plans.documents.most_characters
    assert len(plans.plans) <= 2_000
    assert plans.plans.characters <= plans.plans.most_characters
