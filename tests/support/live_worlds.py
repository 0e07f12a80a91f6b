"""Firms and the people who work at them, made and changed through the API, for tests that follow them."""

from __future__ import annotations

from typing import Any

FIRMS = """
mutation {
  applyModel(input: {
    types: [
      {name: "Firm", plural: "Firms", fields: [
        {name: "name", kind: "text", required: true}, {name: "size", kind: "integer"}, {name: "about", kind: "longText"}
      ]}
      {name: "Person", plural: "People", fields: [{name: "name", kind: "text", required: true}]}
    ]
    relations: [
      {name: "WORKS_AT", source: {types: ["Person"], field: "employers"}, target: {types: ["Firm"], field: "staff"},
       fields: [{name: "role", kind: "text"}], validity: OVERLAPS}
    ]
  }) { errors { message } }
}
"""


async def do(api: Any, text: str, **variables: Any) -> Any:
    """The payload of a mutation that is done."""
    answer = (await api.ask(text, **variables)).json()
    assert "errors" not in answer, answer
    (payload,) = answer["data"].values()
    assert payload.get("errors", []) == [], payload
    return payload


async def firm(api: Any, name: str, size: int = 1) -> str:
    """A new firm's id."""
    made = await do(
        api,
        "mutation ($i: CreateFirmInput!) { createFirm(input: $i) { errors { message } firm { id } } }",
        i={"data": {"name": name, "size": size}},
    )
    return str(made["firm"]["id"])


async def resize(api: Any, id: str, size: int) -> None:
    """Another size for a firm."""
    await do(
        api,
        "mutation ($i: UpdateFirmInput!) { updateFirm(input: $i) { errors { message } } }",
        i={"id": id, "data": {"size": size}},
    )


async def staffed(api: Any, name: str, person: str) -> tuple[str, str, str]:
    """A new firm with somebody new who works there: their ids and the link's."""
    made = await do(
        api,
        """mutation ($i: CreateFirmInput!) { createFirm(input: $i) { errors { message }
           firm { id staff { edges { node { id } link { id } } } } } }""",
        i={"data": {"name": name, "staff": {"create": [{"data": {"name": person}, "role": "boss"}]}}},
    )
    (edge,) = made["firm"]["staff"]["edges"]
    return made["firm"]["id"], edge["node"]["id"], edge["link"]["id"]
