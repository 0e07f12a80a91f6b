"""A model for tests of REST: companies with money and a key, people who work there for a time, and what both own."""

from __future__ import annotations

from typing import Any

import httpx

MODEL = """
mutation {
  applyModel(input: {
    types: [
      {name: "Company", plural: "Companies", labels: {fa: {other: "شرکت"}}, display: "{name}",
       naturalKeys: [["taxId"]], fields: [
        {name: "name", kind: "text", required: true, searchable: true, labels: {fa: {other: "نام"}}}
        {name: "taxId", kind: "text", unique: true}
        {name: "size", kind: "integer"}
        {name: "revenue", kind: "money"}
        {name: "founded", kind: "date"}
        {name: "place", kind: "geoPoint"}
        {name: "tags", kind: "multiChoice", options: {choices: [{value: "big"}, {value: "new"}]}}
      ]}
      {name: "Person", plural: "People", display: "{name}", fields: [{name: "name", kind: "text", required: true}]}
    ]
    relations: [
      {name: "WORKS_AT", source: {types: ["Person"], field: "employers"}, target: {types: ["Company"], field: "employees"},
       fields: [{name: "role", kind: "text"}], validity: OVERLAPS}
      {name: "KNOWS", source: {types: ["Person"], field: "friends"}, target: {types: ["Person"], field: "friends"},
       symmetric: true}
      {name: "OWNS", source: {types: ["Company", "Person"], field: "owns"}, target: {types: ["Company"], field: "owners"}}
    ]
  }) { errors { message } }
}
"""


class Rest:
    """Requests of an administrator, in short."""

    def __init__(self, api: Any) -> None:
        self.api = api

    @classmethod
    async def begun(cls, api: Any) -> Rest:
        """The same once the server has the model."""
        answer = await api.http.post("/graphql", json={"query": MODEL}, headers=api.bearer(), timeout=120)
        assert answer.json()["data"]["applyModel"] == {"errors": []}, answer.text
        return cls(api)

    async def __call__(self, method: str, address: str, body: Any = None, **headers: str) -> httpx.Response:
        """The response to a request; names of headers are written with underscores."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        given = {} if body is None else {"json": body}
        response: httpx.Response = await self.api.http.request(
            method, f"/api{address}", headers=self.api.bearer() | named, timeout=120, **given
        )
        return response

    async def company(self, name: str, **more: Any) -> str:
        """A new company's id."""
        made = await self("POST", "/companies", {"name": name, **more})
        assert made.status_code == 201, made.text
        id: str = made.json()["id"]
        return id

    async def listed(self, address: str) -> Any:
        """The items of a list."""
        answer = await self("GET", address)
        assert answer.status_code == 200, answer.text
        return answer.json()["items"]


def problems(response: httpx.Response) -> list[tuple[str, list[Any]]]:
    """The codes and paths of a problem document."""
    assert response.headers["content-type"] == "application/problem+json", response.text
    told = response.json()
    assert (told["type"], told["status"], told["code"]) == (
        "about:blank",
        response.status_code,
        told["errors"][0]["code"],
    )
    return [(error["code"], error["path"]) for error in told["errors"]]
