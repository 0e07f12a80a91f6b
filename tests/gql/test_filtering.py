"""Filters through the API: the examples of the guide, and what they find."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from filter_worlds import made

pytestmark = pytest.mark.anyio

GUIDE = Path(__file__).parents[2] / "docs" / "how-to" / "filter.md"
EXAMPLES = re.findall(r"```graphql\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
async def api(standing_api: Any) -> Any:
    """These tests change no record, so that one world serves them all."""
    await made(standing_api)
    return standing_api


async def names(api: Any, arguments: str, **variables: Any) -> list[str]:
    head = f"query ({', '.join(f'${name}: {kind}' for name, (kind, _) in variables.items())})" if variables else ""
    text = f"{head} {{ companies({arguments}, orderBy: [{{name: ASC}}]) {{ nodes {{ name }} }} }}"
    answer = (await api.ask(text, **{name: value for name, (_, value) in variables.items()})).json()
    assert "errors" not in answer, answer
    return [node["name"] for node in answer["data"]["companies"]["nodes"]]


async def test_every_example_of_the_guide_is_answered(api: Any) -> None:
    values = {"least": "1000", "cities": ["Berlin", "Tehran"]}
    answers = [
        (await api.ask(example, **({"values": values} if "$values" in example else {}))).json() for example in EXAMPLES
    ]

    assert [answer.get("errors") for answer in answers] == [None] * 8
    by_fields, reached, timed, near, in_words, with_values, saved, used = (answer["data"] for answer in answers)
    assert by_fields == {"companies": {"nodes": [{"name": "ACME Straße"}]}}
    assert reached == {"companies": {"nodes": [{"name": "ACME Straße"}, {"name": "Bit"}]}}
    assert timed == {"deals": {"totalCount": 0}}
    assert near == {"offices": {"nodes": []}}
    assert with_values == {"companies": {"nodes": [{"name": "ACME Straße"}]}}
    assert in_words == {"companies": {"nodes": [{"name": "ACME Straße"}]}}
    assert saved["saveQuery"]["errors"] == []
    assert used["companies"] == {"nodes": []}
    assert used["savedQueries"][0]["problems"] == []


async def test_filters_find_what_they_say(api: Any) -> None:
    both = 'reach: {via: [OWNS], within: $n, direction: $way, to: {is: {company: {name: {eq: "Holding"}}}}}'

    assert await names(api, 'where: {name: {eqIgnoreCase: "acme STRASSE"}}') == ["ACME Straße"]
    assert await names(api, 'where: {name: {inIgnoreCase: ["BIT", "old"]}}') == ["Bit", "Old"]
    assert await names(api, 'where: {revenue: {between: {from: "2000", to: "5000"}}}') == ["ACME Straße", "Bit"]
    assert await names(api, 'where: {createdAt: {within: {last: 1, unit: HOUR}}, name: {lt: "B"}}') == ["ACME Straße"]
    assert await names(api, "where: {createdAt: {during: YESTERDAY}}") == []
    assert await names(api, 'where: {owners: {count: {where: {node: {id: {ne: "x"}}}, gte: 2}}}') == ["ACME Straße"]
    for n, way, found in ((1, "IN", ["ACME Straße"]), (2, "IN", ["ACME Straße", "Bit"]), (1, "OUT", [])):
        assert await names(api, f"where: {{{both}}}", n=("ReachSteps!", n), way=("ReachDirection", way)) == found
    assert await names(api, "whereText: $t", t=("FilterText", "reach(OWNS within 5 in)")) == ["ACME Straße", "Bit"]


async def test_a_day_is_that_of_the_readers_time_zone(api: Any) -> None:
    query = {"query": "{ deals(where: {engagedOn: {during: TODAY}}) { totalCount } }"}
    headers = {**api.bearer(), "time-zone": "Pacific/Kiritimati"}

    answer = (await api.http.post("/graphql", json=query, headers=headers)).json()

    assert answer["data"] == {"deals": {"totalCount": 0}}


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ("where: {reach: {via: [OWNS], within: 6}}", "bad_reach", "within must be from 1 to 5"),
        ("where: {reach: {via: [], within: 1}}", "bad_reach", "at least one relation"),
        ("where: {customerSince: {within: {last: 3, unit: HOUR}}}", "no_time_of_day", "has no time"),
        ("where: {customerSince: {within: {unit: DAY}}}", "bad_window", "exactly one of last and next"),
        ("where: {customerSince: {within: {last: 0, unit: DAY}}}", "bad_window", "from 1 to"),
        ("where: {customerSince: {within: {last: 99999, unit: YEAR}}}", "too_large", "years 1 to 9999"),
        ('where: {inSegment: {name: "Nobody\'s"}}', "unknown_segment", "no saved query"),
        ('whereText: "revenu > 5"', "bad_expression", "line 1, column 1"),
    ],
)
async def test_a_filter_that_cannot_be_used_is_refused_with_words(
    api: Any, arguments: str, code: str, says: str
) -> None:
    answer = (await api.ask(f"{{ companies({arguments}) {{ totalCount }} }}")).json()

    (error,) = answer["errors"]
    assert error["extensions"]["code"] == code
    assert says in error["message"]


async def test_a_fault_of_a_filter_in_words_comes_with_its_place_and_the_facts_of_its_sentence(api: Any) -> None:
    answer = (await api.ask('{ companies(whereText: "revenu > 5") { totalCount } }')).json()

    (fault,) = answer["errors"][0]["extensions"]["faults"]
    assert fault.pop("message").startswith("Company has no field 'revenu'; did you mean revenue")
    assert fault.pop("details").items() >= {"case": "of_type", "type": "Company", "name": "revenu"}.items()
    assert fault == {"code": "unknown_field", "line": 1, "column": 1, "length": 6}
