"""Records changed, deleted, restored and erased: links in every way, conflicts, keys that make a change happen once."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.anyio

NOBODY = "01900000-0000-7000-8000-00000000000a"
MOTTO = {"types": [{"extends": "Company", "fields": [{"name": "motto", "kind": "text"}]}]}
NEW = """mutation ($data: CompanyDataInput!) { createCompany(input: {data: $data}) {
  company { id version employees { edges { node { id name } link { id role } } } } errors { code message path } } }"""
UPDATE = """mutation ($input: UpdateCompanyInput!) { updateCompany(input: $input) {
  company { name size version status employees(orderBy: [{node: {name: ASC}}]) {
    edges { node { name } link { role validTo } } } }
  errors { code path details message } counts { created updated linked relinked ended unlinked unchanged } } }"""


async def acme(office: Any, **data: Any) -> dict[str, Any]:
    """A company with two people, Ada and Bob, by name."""
    people = [{"data": {"name": name}, "role": role} for name, role in (("Ada", "CEO"), ("Bob", "clerk"))]
    given = {"name": "Acme", "size": 7, "employees": {"create": people}, **data}
    payload = (await office.ask(NEW, {"data": given}))["createCompany"]
    assert payload["errors"] == []
    made: dict[str, Any] = payload["company"]
    edges = made["employees"]["edges"]
    links = {edge["node"]["name"]: edge["link"]["id"] for edge in edges}
    return {**made, "links": links, "people": {edge["node"]["name"]: edge["node"]["id"] for edge in edges}}


async def test_links_are_made_changed_ended_and_removed_in_one_transaction(office: Any) -> None:
    made = await acme(office)
    cleo = (await acme(office, name="Bolt"))["people"]["Ada"]
    wanted = {
        "link": [{"id": cleo, "role": "advisor"}],
        "create": [{"data": {"name": "Dan"}}],
        "update": [{"linkId": made["links"]["Ada"], "role": "chair"}],
        "end": [{"linkId": made["links"]["Bob"]}],
    }

    change = {"id": made["id"], "version": 1, "data": {"size": None, "employees": wanted}}
    payload = (await office.ask(UPDATE, {"input": change}))["updateCompany"]

    assert payload["errors"] == []
    found = [(e["node"]["name"], e["link"]["role"]) for e in payload["company"]["employees"]["edges"]]
    assert sorted(found, key=str) == [("Ada", "advisor"), ("Ada", "chair"), ("Dan", None)]
    assert (payload["company"]["size"], payload["company"]["version"]) == (None, 2)
    counts = {name: number for name, number in payload["counts"].items() if number}
    assert counts == {"created": 1, "updated": 1, "linked": 2, "relinked": 1, "ended": 1}


async def test_links_are_removed_by_their_id_and_by_the_far_record(office: Any) -> None:
    made = await acme(office)
    wanted = {"unlink": [{"linkId": made["links"]["Ada"]}, {"id": made["people"]["Bob"]}]}

    payload = (await office.ask(UPDATE, {"input": {"id": made["id"], "data": {"employees": wanted}}}))["updateCompany"]

    assert payload["errors"] == []
    assert payload["company"]["employees"]["edges"] == []
    assert payload["counts"]["unlinked"] == 2
    assert office.count("(:Person)") == 2


async def test_a_conflict_shows_both_values_and_changes_nothing(office: Any) -> None:
    made = await acme(office)
    await office.ask(UPDATE, {"input": {"id": made["id"], "version": 1, "data": {"size": 8}}})

    change = {"id": made["id"], "version": 1, "data": {"size": 9, "name": "Acme"}}
    payload = (await office.ask(UPDATE, {"input": change}))["updateCompany"]

    (error,) = payload["errors"]
    assert (error["code"], error["path"]) == ("version_conflict", ["version"])
    both = {"size": {"present": 8, "yours": 9}}
    assert error["details"] == {"type": "Company", "version": 2, "yourVersion": 1, "fields": both}
    assert payload["company"] is None
    found = await office.ask("query ($id: ID!) { company(id: $id) { size version } }", {"id": made["id"]})
    assert found["company"] == {"size": 8, "version": 2}


async def test_a_record_that_is_not_there_is_named_where_its_id_was_given(office: Any) -> None:
    assert await office.errors(UPDATE, {"input": {"id": NOBODY, "data": {"size": 1}}}) == [("not_found", ["id"])]


async def test_equal_values_change_nothing(office: Any) -> None:
    made = await acme(office)
    changes = office.count("(n:Change)")

    payload = (await office.ask(UPDATE, {"input": {"id": made["id"], "data": {"size": 7}}}))["updateCompany"]

    assert payload["company"]["version"] == 1
    assert payload["counts"]["unchanged"] == 1
    assert office.count("(n:Change)") == changes


async def test_a_record_that_may_have_one_link_refuses_a_second(office: Any) -> None:
    made = await acme(office)
    ada, bob = made["people"]["Ada"], made["people"]["Bob"]

    await office.ask(UPDATE, {"input": {"id": made["id"], "data": {"leader": {"link": [{"id": ada}]}}}})
    errors = await office.errors(UPDATE, {"input": {"id": made["id"], "data": {"leader": {"link": [{"id": bob}]}}}})

    assert errors == [("too_many_links", ["data", "leader", "link", 0])]
    assert office.count("()-[:LEADS]->()") == 1


# once, whatever happens


async def test_the_same_key_does_the_same_thing_once_and_answers_again(office: Any) -> None:
    text = """mutation ($i: CreateCompanyInput!) { createCompany(input: $i) {
      company { id name } errors { code path } changeSet clientMutationId } }"""
    given = {"data": {"name": "Acme", "share": 12.5}, "idempotencyKey": "k1", "reason": "a test"}

    first = (await office.ask(text, {"i": {**given, "clientMutationId": "1"}}))["createCompany"]
    again = (await office.ask(text, {"i": {**given, "clientMutationId": "2"}}))["createCompany"]
    other = (await office.ask(text, {"i": {**given, "data": {"name": "Bolt"}}}))["createCompany"]

    assert first["errors"] == []
    assert again == {**first, "clientMutationId": "2"}
    assert other["company"] is None
    assert [error["code"] for error in other["errors"]] == ["idempotency_key_reused"]
    assert office.count("(:Company)") == 1
    assert office.count("(:ChangeSet {reason: 'a test'})") == 1


async def test_what_changes_nothing_names_no_change_set(office: Any) -> None:
    made = await acme(office)
    text = "mutation ($i: UpdateCompanyInput!) { updateCompany(input: $i) { changeSet counts { updated unchanged } } }"
    same = {"id": made["id"], "data": {"size": 7}}

    before = office.count("(:ChangeSet)")
    plain = (await office.ask(text, {"i": same}))["updateCompany"]
    keyed = [(await office.ask(text, {"i": {**same, "idempotencyKey": "k"}}))["updateCompany"] for _ in range(2)]
    other = (await office.ask(text, {"i": {**same, "data": {"size": 8}}}))["updateCompany"]

    assert plain == {"changeSet": None, "counts": {"updated": 0, "unchanged": 1}}
    assert [each["changeSet"] for each in keyed] == [None, None]
    assert office.count("(:Change {set: $id})".replace("$id", repr(other["changeSet"]))) == 1
    assert before == 1


async def test_a_key_or_a_reason_that_is_too_long_is_refused(office: Any) -> None:
    text = "mutation ($i: CreateCompanyInput!) { createCompany(input: $i) { errors { code path } } }"
    given = {"data": {"name": "Acme"}, "idempotencyKey": "k" * 201, "reason": "r" * 2_001}

    assert await office.errors(text, {"i": given}) == [("too_long", ["idempotencyKey"]), ("too_long", ["reason"])]
    assert office.count() == 0


# to the trash, back, and gone

DELETE = """mutation ($id: ID!, $v: Int) { deleteCompany(input: {id: $id, version: $v}) {
  deletedId errors { code path } counts { deleted } } }"""
RESTORE = "mutation ($id: ID!) { restoreCompany(input: {id: $id}) { company { name } errors { code path } } }"
ERASE = "mutation ($id: ID!) { eraseCompany(input: {id: $id}) { erasedId errors { code path } } }"


async def test_a_deleted_record_comes_back_as_it_was(office: Any) -> None:
    id = (await acme(office))["id"]

    deleted = (await office.ask(DELETE, {"id": id}))["deleteCompany"]
    assert deleted == {"deletedId": id, "errors": [], "counts": {"deleted": 1}}
    assert (await office.ask("query ($id: ID!) { company(id: $id) { name } }", {"id": id}))["company"] is None

    restored = (await office.ask(RESTORE, {"id": id}))["restoreCompany"]
    assert restored == {"company": {"name": "Acme"}, "errors": []}


async def test_deleting_what_has_moved_on_is_refused(office: Any) -> None:
    made = await acme(office)
    await office.ask(UPDATE, {"input": {"id": made["id"], "data": {"size": 8}}})

    assert await office.errors(DELETE, {"id": made["id"], "v": 1}) == [("version_conflict", ["version"])]
    assert await office.errors(DELETE, {"id": NOBODY}) == [("not_found", ["id"])]
    assert office.count("(:Company)") == 1


async def test_only_administrators_erase(office: Any, colleague: Any) -> None:
    id = (await acme(office))["id"]
    before = office.count("(n)")

    refused = (await office.ask(ERASE, {"id": id}, colleague))["eraseCompany"]
    assert refused == {"erasedId": None, "errors": [{"code": "forbidden", "path": []}]}
    assert office.count("(n)") == before

    erased = (await office.ask(ERASE, {"id": id}))["eraseCompany"]
    assert erased == {"erasedId": id, "errors": []}
    assert office.count(f"(n {{id: '{id}'}})") == 0


# the model moves on meanwhile


async def test_a_change_planned_on_an_older_model_is_planned_again(office: Any) -> None:
    before = office.editions.current.model.version
    await office.change_model_elsewhere(MOTTO)

    made = await acme(office)

    assert made["version"] == 1
    assert office.editions.current.model.version > before


async def test_a_change_that_no_longer_fits_the_model_is_refused_and_nothing_is_written(office: Any) -> None:
    await office.change_model_elsewhere(MOTTO)
    await office.registry.refresh()
    text = 'mutation { createCompany(input: {data: {name: "Acme"}}) { company { motto } errors { code } } }'
    await office.change_model_elsewhere({"drop": {"fields": ["Company.motto"]}})

    answer = await office.answer(text)

    assert b'"code":"model_changed"' in answer.body
    assert b'"data":{"createCompany":null}' in answer.body
    assert office.count() == 0
