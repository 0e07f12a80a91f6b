"""Thousands of records in one request: all of them or none, in the order they were given."""

from __future__ import annotations

from typing import Any

import pytest

from gql.mutations.asking import MOST_RECORDS

pytestmark = pytest.mark.anyio

TOLD = "errors { code path } counts { created updated linked unchanged deleted }"
CREATE = f"""mutation ($data: [CompanyDataInput!]!) {{ createCompanies(input: {{data: $data}}) {{
  companies {{ id name }} {TOLD} }} }}"""
UPDATE = f"""mutation ($data: [UpdateCompaniesEntryInput!]!) {{ updateCompanies(input: {{data: $data}}) {{
  companies {{ name size version }} {TOLD} }} }}"""
UPSERT = f"""mutation ($data: [CompanyUpsertInput!]!, $by: [CompanyKeyInput!]! = [taxId]) {{
  upsertCompanies(input: {{by: $by, data: $data}}) {{
    companies {{ id name version employees {{ totalCount }} }} {TOLD} }} }}"""
DELETE = f"mutation ($ids: [ID!]!) {{ deleteCompanies(input: {{ids: $ids}}) {{ deletedIds {TOLD} }} }}"


async def test_ten_thousand_records_are_created_in_one_request_in_their_order(office: Any) -> None:
    data = [{"name": f"Company {place}", "taxId": str(place)} for place in range(MOST_RECORDS)]

    payload = (await office.ask(CREATE, {"data": data}))["createCompanies"]

    assert payload["errors"] == []
    assert payload["counts"]["created"] == MOST_RECORDS
    assert [record["name"] for record in payload["companies"]] == [row["name"] for row in data]
    assert office.count("(:Company)") == MOST_RECORDS


async def test_more_records_than_that_are_refused(office: Any) -> None:
    errors = await office.errors(CREATE, {"data": [{"name": "x"}] * (MOST_RECORDS + 1)})

    assert errors == [("too_many", ["data"])]
    assert office.count() == 0


async def test_one_bad_record_keeps_all_the_others_out(office: Any) -> None:
    await office.ask(CREATE, {"data": [{"name": "there", "taxId": "7"}]})

    errors = await office.errors(CREATE, {"data": [{"name": "a"}, {"name": "b", "size": 1}, {}, {"name": ""}]})
    assert errors == [("required", ["data", 2, "name"]), ("empty", ["data", 3, "name"])]

    errors = await office.errors(CREATE, {"data": [{"name": "a"}, {"name": "b", "taxId": "7"}]})
    assert errors == [("not_unique", ["data", 1, "taxId"])]
    assert office.count() == 1


async def test_no_records_are_no_change(office: Any) -> None:
    payload = (await office.ask(CREATE, {"data": []}))["createCompanies"]

    assert (payload["companies"], payload["errors"]) == ([], [])
    assert office.count("(n:ChangeSet)") == 0


async def test_many_records_are_changed_each_at_its_version(office: Any) -> None:
    made = (await office.ask(CREATE, {"data": [{"name": "a"}, {"name": "b"}]}))["createCompanies"]["companies"]
    change = [{"id": record["id"], "version": 1, "data": {"size": place}} for place, record in enumerate(made)]

    payload = (await office.ask(UPDATE, {"data": change}))["updateCompanies"]
    assert payload["companies"] == [
        {"name": "a", "size": 0, "version": 2},
        {"name": "b", "size": 1, "version": 2},
    ]

    change[0]["version"] = 2
    assert await office.errors(UPDATE, {"data": change}) == [("version_conflict", ["data", 1, "version"])]


async def test_a_record_named_twice_is_refused(office: Any) -> None:
    made = (await office.ask(CREATE, {"data": [{"name": "a"}]}))["createCompanies"]["companies"]
    change = [{"id": made[0]["id"], "data": {"size": size}} for size in (1, 2)]

    assert await office.errors(UPDATE, {"data": change}) == [("duplicate", ["data", 1, "id"])]
    assert await office.errors(DELETE, {"ids": [made[0]["id"]] * 2}) == [("duplicate", ["ids", 1])]


async def test_upserting_twice_changes_nothing_the_second_time(office: Any) -> None:
    text = 'mutation { createPerson(input: {data: {name: "Ada"}}) { person { id } } }'
    ada = (await office.ask(text))["createPerson"]["person"]["id"]
    await office.ask(CREATE, {"data": [{"name": "old", "taxId": "2", "size": 2}]})
    links = {"link": [{"id": ada, "role": "owner"}]}
    data = [{"name": f"C{number}", "taxId": str(number), "employees": links} for number in (1, 2, 3)]

    first = (await office.ask(UPSERT, {"data": data}))["upsertCompanies"]
    changes = office.count("(n:Change)")
    second = (await office.ask(UPSERT, {"data": data}))["upsertCompanies"]

    assert first["errors"] == []
    assert {name: first["counts"][name] for name in ("created", "updated", "linked")} == {
        "created": 2,
        "updated": 1,
        "linked": 3,
    }
    assert [record["name"] for record in first["companies"]] == ["C1", "C2", "C3"]
    assert second["companies"] == first["companies"]
    assert {name: second["counts"][name] for name in ("created", "updated", "linked")} == {
        "created": 0,
        "updated": 0,
        "linked": 0,
    }
    assert second["counts"]["unchanged"] >= 3
    assert office.count("(n:Change)") == changes
    assert office.count("(:Person)-[:WORKS_AT]->(:Company)") == 3


async def test_an_upsert_by_what_is_no_key_is_refused(office: Any) -> None:
    errors = await office.errors(UPSERT, {"data": [{"name": "a", "taxId": "1"}, {"name": "b", "taxId": "1"}]})
    assert errors == [("duplicate", ["data", 1])]

    assert await office.errors(UPSERT, {"data": [{"name": "a"}], "by": []}) == [("no_key", ["by"])]
    answer = await office.answer(UPSERT, {"data": [{"name": "a"}], "by": ["name"]})
    assert answer.refused
    assert office.count() == 0


async def test_many_records_are_deleted_or_none(office: Any) -> None:
    made = (await office.ask(CREATE, {"data": [{"name": "a"}, {"name": "b"}]}))["createCompanies"]["companies"]
    ids = [record["id"] for record in made]
    nobody = "01900000-0000-7000-8000-00000000000a"

    assert await office.errors(DELETE, {"ids": [*ids, nobody]}) == [("not_found", ["ids", 2])]
    assert office.count("(:Company)") == 2

    payload = (await office.ask(DELETE, {"ids": ids}))["deleteCompanies"]
    assert (payload["deletedIds"], payload["counts"]["deleted"]) == (ids, 2)
    assert office.count("(:Company)") == 0
