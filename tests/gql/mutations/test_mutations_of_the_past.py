"""Records written with the time since when they have been so: made, corrected, upserted; and what cannot be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from kept_times import Stored

pytestmark = pytest.mark.anyio

CREATE = """mutation ($data: CompanyDataInput!) { createCompany(input: {data: $data}) {
  company { id version validFrom knownFrom createdAt } errors { code path message } } }"""
UPDATE = """mutation ($input: UpdateCompanyInput!) { updateCompany(input: $input) {
  company { id version name size validFrom } errors { code path message } counts { updated unchanged } } }"""
UPSERT = """mutation ($data: [CompanyUpsertInput!]!) { upsertCompanies(input: {by: [taxId], data: $data}) {
  companies { id size validFrom } errors { code path } counts { created updated unchanged } } }"""
Y2020, Y2022, Y2024 = (datetime(year, 1, 1, tzinfo=UTC) for year in (2020, 2022, 2024))


def text(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


async def acme(office: Any, **data: Any) -> dict[str, Any]:
    given = {"name": "Acme", "size": 1, "validFrom": text(Y2020), **data}
    payload = (await office.ask(CREATE, {"data": given}))["createCompany"]
    assert payload["errors"] == []
    made: dict[str, Any] = payload["company"]
    return made


def sizes(office: Any, id: str, known: datetime) -> list[Any]:
    """The company's size in 2019, 2021, 2023 and 2025, as it was known at a moment."""
    stored = Stored.read(lambda cypher: [each[0] for each in office.driver.execute_query(cypher).records])
    moments = [datetime(year, 1, 1, tzinfo=UTC) for year in (2019, 2021, 2023, 2025)]
    return [stored.seen(at, known, ("size",)).get(id, {}).get("size") for at in moments]


async def test_what_is_made_with_a_time_has_been_so_since_then_with_its_links_and_new_records(office: Any) -> None:
    note = {"data": {"text": "founded"}}

    made = await acme(office, notes={"create": [note]})

    assert made["validFrom"] == text(Y2020)
    assert made["knownFrom"] == made["createdAt"] > text(Y2024)
    found = office.driver.execute_query("MATCH (n:Note)-[l:ABOUT]->() RETURN [n.validFrom, l.held_from]").records
    assert [at.to_native() for at in found[0][0]] == [Y2020, Y2020]


async def test_a_value_that_has_been_so_for_long_is_corrected_since_then(office: Any) -> None:
    id = (await acme(office))["id"]
    before = datetime.now(UTC)

    change = {"id": id, "version": 1, "data": {"size": 2, "validFrom": text(Y2022)}}
    payload = (await office.ask(UPDATE, {"input": change}))["updateCompany"]

    assert payload["errors"] == []
    assert payload["counts"] == {"updated": 1, "unchanged": 0}
    assert payload["company"] == {"id": id, "version": 2, "name": "Acme", "size": 2, "validFrom": text(Y2022)}
    assert sizes(office, id, before) == [None, 1, 1, 1]
    assert sizes(office, id, before + timedelta(days=1)) == [None, 1, 2, 2]


async def test_a_value_that_was_so_for_a_time_leaves_the_present_as_it_is(office: Any) -> None:
    id = (await acme(office))["id"]

    data = {"size": 9, "validFrom": text(Y2022), "validTo": text(Y2024)}
    payload = (await office.ask(UPDATE, {"input": {"id": id, "data": data}}))["updateCompany"]
    again = (await office.ask(UPDATE, {"input": {"id": id, "data": data}}))["updateCompany"]

    assert payload["errors"] == []
    assert (payload["company"]["size"], payload["company"]["version"]) == (1, 1)
    assert sizes(office, id, datetime.now(UTC)) == [None, 1, 9, 1]
    assert [each["counts"]["unchanged"] for each in (payload, again)] == [0, 1]


async def test_an_upsert_makes_and_corrects_since_its_time(office: Any) -> None:
    rows = [
        {"name": "Acme", "taxId": "1", "size": 1, "validFrom": text(Y2020)},
        {"name": "Bolt", "taxId": "2", "size": 1},
    ]
    await office.ask(UPSERT, {"data": rows})

    later = [{"taxId": "1", "name": "Acme", "size": 2, "validFrom": text(Y2022)}]
    payload = (await office.ask(UPSERT, {"data": later}))["upsertCompanies"]

    (company,) = payload["companies"]
    assert payload["counts"] == {"created": 0, "updated": 1, "unchanged": 0}
    assert (company["size"], company["validFrom"]) == (2, text(Y2022))
    assert sizes(office, company["id"], datetime.now(UTC)) == [None, 1, 2, 2]


@pytest.mark.parametrize(
    ("data", "code", "at"),
    [
        ({"validFrom": "2999-01-01T00:00:00Z"}, "bad_times", "validFrom"),
        ({"validFrom": text(Y2022), "validTo": "2999-01-01T00:00:00Z"}, "bad_times", "validTo"),
        ({"validFrom": text(Y2022), "validTo": text(Y2022)}, "bad_times", "validTo"),
        ({"validTo": text(Y2022)}, "required", "validFrom"),
        ({"validFrom": "2019-01-01T00:00:00Z"}, "not_yet_there", "validFrom"),
    ],
)
async def test_a_time_that_cannot_be_is_refused_and_nothing_changes(
    office: Any, data: dict[str, Any], code: str, at: str
) -> None:
    id = (await acme(office))["id"]

    payload = (await office.ask(UPDATE, {"input": {"id": id, "data": {"size": 2, **data}}}))["updateCompany"]

    assert [(error["code"], error["path"]) for error in payload["errors"]] == [(code, ["data", at])]
    assert sizes(office, id, datetime.now(UTC)) == [None, 1, 1, 1]


async def test_links_are_not_changed_together_with_values_that_are_over(office: Any) -> None:
    id = (await acme(office))["id"]
    note = {"create": [{"data": {"text": "gone"}}]}
    data = {"notes": note, "size": 2, "validFrom": text(Y2022), "validTo": text(Y2024)}

    payload = (await office.ask(UPDATE, {"input": {"id": id, "data": data}}))["updateCompany"]

    assert [(error["code"], error["path"]) for error in payload["errors"]] == [("ambiguous", ["data", "notes"])]
    assert office.count("(n:Note)") == 0


LINKS = """query ($id: ID!, $asOf: DateTime, $knownAt: DateTime) { company(id: $id, asOf: $asOf, knownAt: $knownAt) {
  employees { edges { link { id version role validTo } } } } }"""


async def roles(office: Any, id: str, **clocks: str | None) -> list[tuple[str, str | None]]:
    found = (await office.ask(LINKS, {"id": id, **clocks}))["company"]["employees"]["edges"]
    return [(edge["link"]["role"], edge["link"]["validTo"]) for edge in found]


async def test_a_link_that_is_over_is_corrected_by_the_ordinary_mutation_and_both_clocks_tell(office: Any) -> None:
    start = {"data": {"name": "Ada"}, "role": "dev", "validFrom": text(Y2020)}
    id = (await acme(office, employees={"create": [start]}))["id"]
    edges = (await office.ask(LINKS, {"id": id}))["company"]["employees"]["edges"]
    link = edges[0]["link"]["id"]
    ended = {"id": id, "data": {"employees": {"end": [{"linkId": link, "at": text(Y2022)}]}}}
    assert (await office.ask(UPDATE, {"input": ended}))["updateCompany"]["errors"] == []
    before = datetime.now(UTC).isoformat()

    change = {"linkId": link, "role": "cto", "validTo": text(Y2024)}
    payload = (await office.ask(UPDATE, {"input": {"id": id, "data": {"employees": {"update": [change]}}}}))[
        "updateCompany"
    ]
    y2021, y2023 = "2021-01-01T00:00:00Z", "2023-01-01T00:00:00Z"

    assert payload["errors"] == []
    assert [await roles(office, id, asOf=at) for at in (y2021, y2023, None)] == [
        [("cto", text(Y2024))],
        [("cto", text(Y2024))],
        [],
    ]
    assert [await roles(office, id, asOf=at, knownAt=before) for at in (y2021, y2023)] == [[("dev", text(Y2022))], []]
    reopened = {"linkId": link, "validTo": None}
    await office.ask(UPDATE, {"input": {"id": id, "data": {"employees": {"update": [reopened]}}}})
    assert await roles(office, id) == [("cto", None)]
