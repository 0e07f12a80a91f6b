"""What a mutation's payload comes to is worked out once for variables of one shape."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.anyio

HIRE = """
mutation Hire($data: PersonDataInput!, $many: Int, $brief: Boolean = false) {
  createPerson(input: {data: $data}) {
    person { name ...Employers }
    errors { code }
  }
}
fragment Employers on Person {
  employers(first: $many, orderBy: [{node: {name: ASC}}]) @skip(if: $brief) { nodes { name } }
}
"""


def plans_of(office: Any) -> list[int]:
    """For each field that writes and is known, how many plans it has."""
    fields = office.editions.current.plans.fields
    return [len(planned.plans) for planned, _ in fields._entries.values()]


async def companies(office: Any, *names: str) -> list[dict[str, str]]:
    rows = [{"name": name} for name in names]
    made = await office.ask(
        "mutation($data: [CompanyDataInput!]!) { createCompanies(input: {data: $data}) { companies { id } } }",
        {"data": rows},
    )
    return list(made["createCompanies"]["companies"])


async def test_what_is_written_does_not_shape_the_payload(office: Any) -> None:
    office.editions.current.plans.fields._entries.clear()
    links = await companies(office, "Acme", "Base")

    first = await office.ask(HIRE, {"data": {"name": "Ann"}, "many": 5})
    second = await office.ask(HIRE, {"data": {"name": "Bob", "employers": {"link": links}}, "many": 1})

    assert first["createPerson"] == {"person": {"name": "Ann", "employers": {"nodes": []}}, "errors": []}
    assert second["createPerson"]["person"] == {"name": "Bob", "employers": {"nodes": [{"name": "Acme"}]}}
    assert plans_of(office) == [1, 1]


async def test_what_is_asked_for_does(office: Any) -> None:
    office.editions.current.plans.fields._entries.clear()

    whole = await office.ask(HIRE, {"data": {"name": "Ann"}, "many": 5})
    brief = await office.ask(HIRE, {"data": {"name": "Bob"}, "many": 5, "brief": True})
    again = await office.ask(HIRE, {"data": {"name": "Cid"}, "many": 5})

    assert brief["createPerson"] == {"person": {"name": "Bob"}, "errors": []}
    assert whole["createPerson"]["person"].keys() == again["createPerson"]["person"].keys() == {"name", "employers"}
    assert plans_of(office) == [2]


async def test_a_new_edition_begins_without_plans(office: Any) -> None:
    await office.ask(HIRE, {"data": {"name": "Ann"}})

    await office.change_model_elsewhere({"types": [{"extends": "Note", "icon": "note"}]})
    await office.registry.refresh()

    assert plans_of(office) == []
