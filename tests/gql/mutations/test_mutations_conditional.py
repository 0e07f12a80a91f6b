"""A value that others of the same record ask for: needed by new records, by changes of either field, and by upserts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from models.actor import Actor, ActorKind
from models.definitions import patch_from_plain

pytestmark = pytest.mark.anyio

ANN = Actor("ann", "Ann", ActorKind.PERSON, administrator=True)
LOST = {
    "types": [
        {
            "extends": "Company",
            "fields": [
                {"name": "why", "kind": "money", "when": {"field": "active", "values": [False], "required": True}},
                {"name": "motto", "kind": "text", "when": {"field": "status", "values": ["won"], "required": True}},
            ],
        }
    ]
}
ERRORS = "errors { code path message details }"
NEW = f"mutation ($data: CompanyDataInput!) {{ createCompany(input: {{data: $data}}) {{ company {{ id }} {ERRORS} }} }}"
UPDATE = f"""mutation ($input: UpdateCompanyInput!) {{
  updateCompany(input: $input) {{ company {{ status motto version }} {ERRORS} }} }}"""
UPSERT = f"""mutation ($data: CompanyUpsertInput!) {{
  upsertCompanies(input: {{by: [taxId], data: [$data]}}) {{ companies {{ status motto }} {ERRORS} }} }}"""


async def change_model(office: Any, document: dict[str, Any]) -> None:
    patch, problems = patch_from_plain(document)
    assert problems == []
    await office.registry.apply(ANN, patch)


@pytest.fixture(autouse=True)
async def as_it_was(office: Any) -> AsyncIterator[None]:
    """The model without the conditions again."""
    yield
    await change_model(office, {"drop": {"fields": ["Company.why", "Company.motto"]}})


async def changed(office: Any, id: str, **data: Any) -> dict[str, Any]:
    payload: dict[str, Any] = (await office.ask(UPDATE, {"input": {"id": id, "data": data}}))["updateCompany"]
    return payload


async def new(office: Any, **data: Any) -> dict[str, Any]:
    payload: dict[str, Any] = (await office.ask(NEW, {"data": {"name": "Acme", **data}}))["createCompany"]
    return payload


def at(payload: dict[str, Any]) -> list[tuple[str, str]]:
    return [(error["code"], error["path"][-1]) for error in payload["errors"]]


async def test_new_records_and_changes_of_either_field_are_held_to_it(office: Any) -> None:
    await change_model(office, LOST)

    assert at(await new(office, status="won", active=False)) == [("required", "why"), ("required", "motto")]
    id = (await new(office))["company"]["id"]
    assert at(await changed(office, id, status="won")) == [("required", "motto")]
    assert at(await changed(office, id, status="won", active=False)) == [("required", "why"), ("required", "motto")]
    payload = await changed(office, id, status="won", motto="on")
    assert payload == {"company": {"status": "won", "motto": "on", "version": 2}, "errors": []}
    assert at(await changed(office, id, motto=None)) == [("required", "motto")]
    assert at(await changed(office, id, motto=None, status="prospect")) == []


async def test_what_lacks_a_value_already_can_be_changed_elsewhere(office: Any) -> None:
    id = (await new(office, status="won"))["company"]["id"]
    await change_model(office, LOST)

    assert at(await changed(office, id, name="Bolt")) == []
    assert at(await changed(office, id, active=True)) == [("required", "motto")]


async def test_upserts_need_it_whether_the_record_is_there_or_not(office: Any) -> None:
    await change_model(office, LOST)
    won = {"name": "Acme", "taxId": "DE1", "status": "won"}
    assert at((await office.ask(UPSERT, {"data": won}))["upsertCompanies"]) == [("required", "motto")]

    assert at(await new(office, taxId="DE1")) == []
    assert at((await office.ask(UPSERT, {"data": won}))["upsertCompanies"]) == [("required", "motto")]
    whole = {**won, "motto": "on"}
    payload = (await office.ask(UPSERT, {"data": whole}))["upsertCompanies"]
    assert payload == {"companies": [{"status": "won", "motto": "on"}], "errors": []}
