"""Records created with links to and from both ends; what is wrong comes back whole, and then nothing is there."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.anyio

CREATE = """
mutation ($input: CreateCompanyInput!) {
  createCompany(input: $input) {
    company {
      name status version displayName revenue { amount currency }
      employees(orderBy: [{node: {name: ASC}}]) { totalCount edges { node { name } link { role since validFrom } } }
    }
    errors { code path }
    counts { created linked }
    clientMutationId
  }
}
"""


async def person(office: Any, name: str) -> str:
    text = "mutation ($n: String) { createPerson(input: {data: {name: $n}}) { person { id } errors { message } } }"
    made = (await office.ask(text, {"n": name}))["createPerson"]
    assert made["errors"] == []
    id: str = made["person"]["id"]
    return id


async def company(office: Any, name: str, **data: Any) -> str:
    text = "mutation ($d: CompanyDataInput!) { createCompany(input: {data: $d}) { company { id } errors { message } } }"
    made = (await office.ask(text, {"d": {"name": name, **data}}))["createCompany"]
    assert made["errors"] == []
    id: str = made["company"]["id"]
    return id


async def test_a_record_with_new_and_linked_others_comes_back_as_it_was_written(office: Any) -> None:
    ada = await person(office, "Ada")
    links = {
        "link": [{"id": ada, "role": "CEO", "validFrom": "2026-01-01T00:00:00Z"}],
        "create": [{"data": {"name": "Bob", "email": "bob@acme.example"}, "since": "2026-02-03"}],
    }

    data = {"name": "Acme", "revenue": {"amount": "1265793.04"}, "employees": links}
    payload = (await office.ask(CREATE, {"input": {"data": data, "clientMutationId": "7"}}))["createCompany"]

    assert payload == {
        "company": {
            "name": "Acme",
            "status": "prospect",
            "version": 1,
            "displayName": "Acme",
            "revenue": {"amount": "1265793.04", "currency": "EUR"},
            "employees": {
                "totalCount": 2,
                "edges": [
                    {
                        "node": {"name": "Ada"},
                        "link": {"role": "CEO", "since": None, "validFrom": "2026-01-01T00:00:00Z"},
                    },
                    {"node": {"name": "Bob"}, "link": {"role": None, "since": "2026-02-03", "validFrom": None}},
                ],
            },
        },
        "errors": [],
        "counts": {"created": 2, "linked": 2},
        "clientMutationId": "7",
    }


async def test_linking_a_person_to_a_second_company_keeps_the_first(office: Any) -> None:
    ada = await person(office, "Ada")

    for name in ("Acme", "Bolt"):
        await company(office, name, employees={"link": [{"id": ada}]})

    text = "query ($id: ID!) { person(id: $id) { employers(orderBy: [{node: {name: ASC}}]) { nodes { name } } } }"
    found = await office.ask(text, {"id": ada})
    assert found["person"]["employers"]["nodes"] == [{"name": "Acme"}, {"name": "Bolt"}]


async def test_literals_and_variables_write_the_same(office: Any) -> None:
    literal = """mutation { createCompany(input: {data: {
      name: "Acme", revenue: {amount: 12.5}, status: "won", tags: ["big"], size: 7, founded: "2020-02-29",
      seen: "2026-01-01T00:00:00Z", share: 12.5, active: true, website: "https://acme.example/",
      employees: {create: {data: {name: "Bob"}, role: "CEO"}}
    }}) { company { ...all } errors { message } } }"""
    data = {
        "name": "Acme",
        "revenue": {"amount": 12.5},
        "status": "won",
        "tags": ["big"],
        "size": 7,
        "founded": "2020-02-29",
        "seen": "2026-01-01T00:00:00Z",
        "share": 12.5,
        "active": True,
        "website": "https://acme.example/",
        "employees": {"create": {"data": {"name": "Bob"}, "role": "CEO"}},
    }
    whole = (
        "mutation ($data: CompanyDataInput!) { createCompany(input: {data: $data}) {company{...all} errors{message}}}"
    )
    mixed = """mutation ($name: String, $role: String, $size: Int, $tags: [String!]) { createCompany(input: {data: {
      name: $name, revenue: {amount: "12.50"}, status: "won", tags: $tags, size: $size, founded: "2020-02-29",
      seen: "2026-01-01T03:00:00+03:00", share: "12.5", active: true, website: "https://acme.example/",
      employees: {create: [{data: {name: "Bob"}, role: $role}]}
    }}) { company { ...all } errors { message } } }"""
    all = """ fragment all on Company {
      name revenue { amount currency } status tags size founded seen share active website
      employees { edges { node { name } link { role } } } }"""

    answers = [
        await office.ask(literal + all),
        await office.ask(whole + all, {"data": data}),
        await office.ask(mixed + all, {"name": "Acme", "role": "CEO", "size": 7, "tags": "big"}),
    ]

    assert answers[0]["createCompany"]["errors"] == []
    assert answers[0]["createCompany"]["company"]["size"] == 7
    assert answers[1] == answers[0]
    assert answers[2] == answers[0]


async def test_everything_wrong_comes_back_at_once_and_nothing_is_written(office: Any) -> None:
    data = {
        "revenue": {"amount": "1.234"},
        "status": "lost",
        "website": "no",
        "employees": {"create": [{"data": {"name": "Bob", "email": "no"}}], "link": [{"id": "x"}]},
    }

    payload = (await office.ask(CREATE, {"input": {"data": data, "clientMutationId": "c"}}))["createCompany"]

    assert payload["company"] is None
    assert payload["clientMutationId"] == "c"
    assert payload["counts"] == {"created": 0, "linked": 0}
    assert sorted((error["code"], error["path"]) for error in payload["errors"]) == [
        ("bad_email", ["data", "employees", "create", 0, "data", "email"]),
        ("bad_id", ["data", "employees", "link", 0, "id"]),
        ("bad_url", ["data", "website"]),
        ("no_choice", ["data", "status"]),
        ("required", ["data", "name"]),
        ("too_precise", ["data", "revenue"]),
    ]
    assert office.count("(n) WHERE n:Record OR n:Change OR n:ChangeSet OR n:Outbox") == 0


async def test_what_only_the_database_knows_to_be_wrong_comes_back_at_once_too(office: Any) -> None:
    await company(office, "Acme", taxId="7")
    nobody = "01900000-0000-7000-8000-00000000000a"
    before = office.count()

    data = {"name": "Other", "taxId": "7", "employees": {"link": [{"id": nobody}]}}
    errors = await office.errors(CREATE, {"input": {"data": data}})

    assert sorted(errors) == [("not_found", ["data", "employees", "link", 0]), ("not_unique", ["data", "taxId"])]
    assert office.count() == before


async def test_far_records_of_several_types_are_created_by_their_type(office: Any) -> None:
    text = """mutation { createNote(input: {data: {text: "hi", subjects: {create: [
      {company: {name: "Acme"}}, {person: {name: "Bob"}}]}}}) {
      note { subjects { nodes { __typename displayName } } } errors { message } } }"""

    payload = (await office.ask(text))["createNote"]

    assert payload["errors"] == []
    found = {(node["__typename"], node["displayName"]) for node in payload["note"]["subjects"]["nodes"]}
    assert found == {("Company", "Acme"), ("Person", "Bob")}


WRONG = [
    ("name", 5),
    ("name", True),
    ("name", ["Acme"]),
    ("name", {"a": 1}),
    ("revenue", "12"),
    ("revenue", {"amount": True}),
    ("revenue", {}),
    ("status", 1),
    ("tags", [1]),
    ("size", "7"),
    ("size", 2**31),
    ("size", 1.5),
    ("founded", 20260101),
    ("seen", 0),
    ("share", True),
    ("active", "yes"),
    ("active", 1),
    ("website", {}),
    ("employees", [1]),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
async def test_values_of_a_wrong_type_are_refused_before_anything_is_done(office: Any, name: str, value: Any) -> None:
    answer = await office.answer(CREATE, {"input": {"data": {"name": "Acme", name: value}}})

    assert answer.refused
    assert f".data.{name}".encode() in answer.body
    assert office.count() == 0


UNFIT = [
    ("name", "", "empty"),
    ("name", "a\x00b", "control_character"),
    ("name", "a" * 2_000, "too_long"),
    ("revenue", {"amount": "1e99"}, "too_large"),
    ("revenue", {"amount": "NaN"}, "wrong_type"),
    ("revenue", {"amount": "1", "currency": "XXX1"}, "bad_currency"),
    ("status", "lost", "no_choice"),
    ("tags", ["big", "small"], "no_choice"),
    ("founded", "2026-02-30", "no_day"),
    ("seen", "2026-01-01T00:00:00", "no_offset"),
    ("share", "many", "wrong_type"),
    ("website", "javascript:alert(1)", "bad_url"),
]


@pytest.mark.parametrize(("name", "value", "code"), UNFIT)
async def test_values_their_field_refuses_are_data_in_the_payload(
    office: Any, name: str, value: Any, code: str
) -> None:
    errors = await office.errors(CREATE, {"input": {"data": {"name": "Acme", name: value}}})

    assert errors == [(code, ["data", name])]
    assert office.count() == 0


async def test_aliases_fragments_and_type_names_stand_in_the_order_of_the_selection(office: Any) -> None:
    text = """mutation ($no: Boolean!) {
      first: createPerson(input: {data: {name: "Ada"}}) { ...told a: person { n: name __typename } }
      createPerson(input: {data: {name: "Bob"}}) { person { name } b: person { name @include(if: $no) } __typename }
    }
    fragment told on CreatePersonPayload { __typename wrong: errors { __typename code } counts { __typename created } }"""

    answer = await office.answer(text, {"no": False})

    assert answer.body.decode().startswith(
        '{"data":{"first":{"__typename":"CreatePersonPayload","wrong":[],'
        '"counts":{"__typename":"ChangeCounts","created":1},"a":{"n":"Ada","__typename":"Person"}},'
        '"createPerson":{"person":{"name":"Bob"},"b":{},"__typename":"CreatePersonPayload"}},'
    )


async def test_a_bad_argument_inside_the_payload_is_found_before_anything_is_written(office: Any) -> None:
    text = """mutation { createCompany(input: {data: {name: "Acme"}}) {
      company { employees(first: 1000000000) { nodes { name } } } } }"""

    answer = await office.answer(text)

    assert b"page_too_large" in answer.body
    assert office.count() == 0
