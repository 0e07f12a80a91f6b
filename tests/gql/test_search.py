"""`search`: records of any type by what is written in them, however it is written, and never more than was asked for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import orjson
import pytest

from gql.editions import Editions
from gql.execute.executor import Executor
from gql.execute.limits import Limits
from gql.plan.cursors import Cursors
from graph.address import Address
from graph.registry import Registry
from graph.session import Database
from graph.unit import write
from models.actor import SYSTEM
from models.commands import Command, CreateRecord, DeleteRecord, EraseRecord, RestoreRecord, UpdateRecord
from models.definitions import patch_from_plain
from models.fields.money import Money
from models.ids import new_id

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
CITY = {"name": "city", "kind": "text", "searchable": True, "labels": {"de": "Stadt", "ru": "город"}}
WORLD: dict[str, Any] = {
    "types": [
        {
            "name": "Person",
            "plural": "People",
            "display": "{name}",
            "fields": [
                {"name": "name", "kind": "text"},
                CITY,
                {"name": "phone", "kind": "phone", "searchable": True},
                {"name": "note", "kind": "longText", "searchable": True},
                {"name": "secret", "kind": "text"},
            ],
        },
        {
            "name": "Company",
            "plural": "Companies",
            "display": "{name}",
            "fields": [
                {"name": "name", "kind": "text"},
                CITY,
                {"name": "worth", "kind": "money", "searchable": True, "options": {"currency": "EUR"}},
            ],
        },
    ]
}
ASKED = """query ($text: String!, $types: [String!], $first: Int, $after: String) {
  search(text: $text, types: $types, first: $first, after: $after) {
    __typename totalCount totalCountIsExact facets { type count } pageInfo { hasNextPage endCursor }
    edges { score highlights { field text ranges { start end } } node { __typename id displayName ... on Person { city } } }
  }
}"""
PEOPLE = (
    {"name": "Иван Иванов", "city": "Berlin", "phone": "+49301234567", "note": "Любит компанию на Straße 7"},
    {"name": "Anna Müller", "city": "München", "secret": "hidden", "note": "Two companies, одна ёлка"},
    {"name": "نیلوفر", "city": "تهران", "note": "این کتاب\u200cها را دوست دارد"},
)
COMPANIES = (
    {"name": "Acme", "city": "New York", "worth": Money(Decimal("1234.50"), "EUR")},
    {"name": "Acme Holding", "city": "York New"},
    {"name": "Holding Acme", "city": "Berlin"},
)


@dataclass
class World:
    """A few records, and somebody who searches them."""

    database: Database
    registry: Registry
    executor: Executor
    ids: dict[str, str] = field(default_factory=dict)

    async def write(self, *commands: Command, now: datetime = NOW) -> None:
        await write(self.database, self.registry.model, SYSTEM, commands, now=now)

    async def search(self, text: str, **variables: Any) -> dict[str, Any]:
        answer = await self.executor.execute(ASKED, {"text": text, **variables}, None, SYSTEM)
        told = orjson.loads(answer.body)
        assert "errors" not in told, told
        found: dict[str, Any] = told["data"]["search"]
        return found

    async def names(self, text: str, **variables: Any) -> list[str]:
        return [edge["node"]["displayName"] for edge in (await self.search(text, **variables))["edges"]]

    async def refusal(self, text: str, **variables: Any) -> str:
        answer = await self.executor.execute(ASKED, {"text": text, **variables}, None, SYSTEM)
        code: str = orjson.loads(answer.body)["errors"][0]["extensions"]["code"]
        return code


@pytest.fixture
async def world(model_neo4j: Address) -> AsyncIterator[World]:
    database = await Database.connect(model_neo4j)
    registry = await Registry.open(database)
    patch, problems = patch_from_plain(WORLD)
    assert not problems
    await registry.apply(SYSTEM, patch)
    executor = Executor(database, Editions(None, registry.model), None, Cursors(b"test"), Limits(), lambda a, e: None)  # type: ignore[arg-type]
    made = World(database, registry, executor)
    for type_name, rows in (("Person", PEOPLE), ("Company", COMPANIES)):
        for values in rows:
            made.ids[str(values["name"])] = new_id()
            await made.write(CreateRecord(type_name, made.ids[str(values["name"])], values, ()))
    yield made
    await database.close()


IVAN, ANNA, NILOUFAR = (str(person["name"]) for person in PEOPLE)
FOUND = {
    "ivanov": [IVAN],
    "Иванов": [IVAN],
    "Iwanow": [IVAN],
    "иванову": [IVAN],
    "iva": [IVAN],
    "ivanof": [IVAN],
    "030-1234": [IVAN],
    "+49 30 1234": [IVAN],
    "0049 (30) 12-34": [IVAN],
    "0049301234": [IVAN],
    "+49 (0)30 1234": [IVAN],
    "۰۳۰-۱۲۳۴": [IVAN],
    "компаниями": [IVAN],
    "company": [ANNA],
    "yolka": [ANNA],
    "jolka": [ANNA],
    "елка": [ANNA],
    "note:company": [ANNA],
    "strasse": [IVAN],
    "muller": [ANNA],
    "Mueller munch": [ANNA],
    "MÜLLER": [ANNA],
    "كتاب": [NILOUFAR],
    "کتابها": [NILOUFAR],
    "کتاب ها": [NILOUFAR],
    "1.234,50": ["Acme"],
    '"new york"': ["Acme"],
    '"york new"': ["Acme Holding"],
    "acme": ["Acme", "Acme Holding", "Holding Acme"],
    "holding acme": ["Holding Acme", "Acme Holding"],
    "akme hold": ["Holding Acme", "Acme Holding"],
    "city:Berlin acme": ["Holding Acme"],
    "Stadt:berl иван": [IVAN],
    "город:Берлин холдинг": ["Holding Acme"],
    "name:york": [],
    "hidden": [],
    "acme nowhere": [],
    "": [],
}
HOSTILE = (
    "*", "*:*", "a* OR *", "acme OR muller", "acme || muller", "-acme", "NOT acme", "acme~9", "acme^1000 muller", "[a TO z]",
    "/.*/", "{* TO *}", "insight_search:acme", "_t_Person", "name:*", "acme AND (", '"', "\\", "+ - ! ( ) { } [ ] ^ ~ * ? : /",
    "/acme|muller/", "?cme", "(acme", "acme)", "acme\\", '"acme" OR "muller"',
    "\x00",
)  # fmt: skip


async def test_one_way_of_writing_finds_the_others_best_first(world: World) -> None:
    found = {text: await world.names(text) for text in FOUND}

    assert {text: sorted(names) for text, names in found.items()} == {t: sorted(names) for t, names in FOUND.items()}
    assert found["acme"] == FOUND["acme"]
    assert found["holding acme"] == FOUND["holding acme"]


async def test_a_typing_error_in_a_name_finds_names_before_what_else_holds_the_word(world: World) -> None:
    people = [{"name": name, "city": "Amberfield"} for name in ("Greta Berg", "Sven Stein", "Rosa Mann")]
    await world.write(CreateRecord("Company", new_id(), {"name": "Amberfield Builders"}, ()))
    await world.write(*(CreateRecord("Person", new_id(), person, ()) for person in people))

    for text in ("amberfeild", "ambrfeild"):
        first, *others = await world.names(text)

        assert first == "Amberfield Builders", text
        assert sorted(others) == sorted(person["name"] for person in people), text


@pytest.mark.parametrize("text", ["zzzzqq", "qqqqq", "aaaaaa", "knna", "wolding", "hxxding"])
async def test_what_shares_hardly_anything_with_the_text_is_not_found(world: World, text: str) -> None:
    await world.write(CreateRecord("Person", new_id(), {"name": "K. Zikova", "city": "Aa"}, ()))

    assert await world.names(text) == []


async def test_syntax_that_a_user_types_breaks_nothing_and_finds_no_more(world: World) -> None:
    for text in HOSTILE:
        names = await world.names(text)

        assert set(names) <= {"Acme", "Acme Holding", "Holding Acme"}, text
        if "muller" in text:
            assert names == [], text


async def test_the_answer_tells_counts_types_and_what_matches(world: World) -> None:
    found = await world.search("berlin")

    assert found["totalCount"] == 2
    assert found["totalCountIsExact"] is True
    assert found["facets"] == [{"type": "Company", "count": 1}, {"type": "Person", "count": 1}]
    assert {edge["node"]["__typename"]: edge["node"].get("city") for edge in found["edges"]} == {
        "Person": "Berlin",
        "Company": None,
    }
    assert found["edges"][0]["highlights"] == [{"field": "city", "text": "Berlin", "ranges": [{"start": 0, "end": 6}]}]


async def test_types_limit_what_is_found_and_not_what_is_counted_by_type(world: World) -> None:
    found = await world.search("berlin", types=["Person"])

    assert [edge["node"]["displayName"] for edge in found["edges"]] == [IVAN]
    assert len(found["facets"]) == 2
    assert await world.names("berlin", types=[]) == []


async def test_pages_go_on_where_the_last_one_ended(world: World) -> None:
    names, after, pages = [], None, 0
    while pages == 0 or after:
        found = await world.search("acme", first=1, after=after)
        names += [edge["node"]["displayName"] for edge in found["edges"]]
        after = found["pageInfo"]["endCursor"] if found["pageInfo"]["hasNextPage"] else None
        pages += 1

    assert names == ["Acme", "Acme Holding", "Holding Acme"]
    assert pages == 3


async def test_what_cannot_be_meant_is_refused_with_a_code(world: World) -> None:
    assert await world.refusal("a", types=["Persn"]) == "unknown_type"
    assert await world.refusal("a" * 501) == "too_long"
    assert await world.refusal("a", first=-1) == "page_too_large"
    assert await world.refusal("a", first=1_001) == "page_too_large"
    assert await world.refusal("a", after="forged") == "bad_cursor"


async def test_a_search_is_one_statement_and_stands_beside_other_roots(world: World) -> None:
    text = """{ a: search(text: "acme") { nodes { id } } b: search(text: "muller") { nodes { displayName } }
      people { totalCount } }"""

    answer = await world.executor.execute(text, None, None, SYSTEM)

    data = orjson.loads(answer.body)["data"]
    assert len(data["a"]["nodes"]) == 3
    assert data["b"]["nodes"] == [{"displayName": ANNA}]
    assert data["people"] == {"totalCount": 3}


async def test_a_correction_is_found_where_it_reaches_the_present(world: World) -> None:
    acme, day = world.ids["Acme"], timedelta(days=1)

    await world.write(
        UpdateRecord("Company", acme, {"name": "Past"}, valid_from=NOW, valid_to=NOW + day), now=NOW + 2 * day
    )
    assert await world.names("past") == []
    assert await world.names("acme 1234") == ["Acme"]

    await world.write(UpdateRecord("Company", acme, {"name": "Zenith"}, valid_from=NOW + day), now=NOW + 3 * day)
    assert await world.names("zenith 1234") == ["Zenith"]
    assert await world.names("acme 1234") == []


async def test_every_change_of_a_record_is_found_at_once(world: World) -> None:
    acme = world.ids["Acme"]

    await world.write(UpdateRecord("Company", acme, {"name": "Zenith"}))
    assert await world.names("acme") == ["Acme Holding", "Holding Acme"]
    assert await world.names('zenith "new york"') == ["Zenith"]

    await world.write(UpdateRecord("Company", acme, {"city": None}))
    assert await world.names("zenith york") == []

    await world.write(DeleteRecord("Company", acme))
    assert await world.names("zenith") == []

    await world.write(RestoreRecord("Company", acme))
    assert await world.names("zenith") == ["Zenith"]

    await world.write(DeleteRecord("Company", acme))
    await world.write(EraseRecord("Company", acme))
    assert await world.names("zenith") == []
    rows = await world.database.driver.execute_query(
        "MATCH (n) WHERE any(k IN keys(n) WHERE k ENDS WITH 'insight_search') AND NOT n:Record RETURN n"
    )
    assert rows.records == []
