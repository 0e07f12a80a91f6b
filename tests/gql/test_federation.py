"""The API as a subgraph of Apollo Federation 2: what it says of itself composes, and its records are found by their keys."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from graphql import parse
from node_tools import ran
from served_models import until_served
from small_worlds import COMPANY, MODEL

from gql.fixed.schema import fixed_schema
from gql.schema import build_schema
from gql.typed.subgraph import subgraph_sdl

pytestmark = pytest.mark.anyio

KEYED = replace(
    COMPANY,
    natural_keys=(("name", "phone"), ("worth",)),
    fields={**COMPANY.fields, "mail": replace(COMPANY.fields["mail"], unique=True)},
)
FEDERATED = replace(MODEL, types={**MODEL.types, "Company": KEYED})
REVIEWS = """
extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable", "@external", "@requires"])
type Company @key(fields: "id") @key(fields: "mail") {
  id: ID!
  mail: String
  name: String! @external
  reviews: [Review!]!
  headline: String! @requires(fields: "name")
}
type Review { text: String!  of: Company! }
type PageInfo @shareable { hasNextPage: Boolean!  hasPreviousPage: Boolean!  startCursor: String  endCursor: String }
type Query { review(id: ID!): Review  pages: PageInfo }
"""


def sdl() -> str:
    return subgraph_sdl(build_schema(FEDERATED, fixed_schema()), FEDERATED)


async def test_it_composes_with_a_subgraph_that_adds_to_one_of_its_types() -> None:
    composed = await ran("compose.mjs", given=_json(xrm=sdl(), reviews=REVIEWS))

    assert composed["errors"] == []
    supergraph = composed["supergraph"]
    assert "reviews: [Review!]!" in supergraph
    assert '@join__type(graph: XRM, key: "name phone")' in supergraph
    assert "The record's id, unique across all types." in supergraph


async def test_the_composition_tool_finds_what_does_not_fit() -> None:
    unfit = REVIEWS.replace("type PageInfo @shareable", "type PageInfo")

    composed = await ran("compose.mjs", given=_json(xrm=sdl(), reviews=unfit))

    assert {error["code"] for error in composed["errors"]} == {"INVALID_FIELD_SHARING"}


def test_records_have_their_keys_what_is_alike_everywhere_is_shareable_and_descriptions_stay() -> None:
    text = sdl()

    assert (
        'type Company implements Record & Node @key(fields: "id") @key(fields: "name phone") @key(fields: "mail") {'
        in text
    )
    assert 'type Person implements Record & Node @key(fields: "id") {' in text
    assert "type PageInfo @shareable {" in text
    assert "type Money @shareable {" in text
    assert '"""The record\'s id, unique across all types."""' in text
    assert not {"_Any", "_Entity", "_Service", "_entities", "_service"} & set(text.split())
    assert "_entities(" not in text
    parse(text)


def _json(**subgraphs: str) -> str:
    return json.dumps(subgraphs)


MODEL_PATCH = {
    "types": [
        {
            "name": "Firm",
            "plural": "Firms",
            "naturalKeys": [["country", "taxId"]],
            "fields": [
                {"name": "country", "kind": "text"},
                {"name": "taxId", "kind": "integer"},
                {"name": "mail", "kind": "email", "unique": True},
            ],
        },
        {"name": "Town", "plural": "Towns", "fields": [{"name": "name", "kind": "text"}]},
    ],
    "relations": [
        {"name": "IN", "source": {"types": ["Firm"], "field": "towns"}, "target": {"types": ["Town"], "field": "firms"}}
    ],
}
APPLY = "mutation($input: ApplyModelInput!) { applyModel(input: $input) { errors { message } } }"
CREATE = """mutation {
  createFirms(input: {data: [
    {country: "DE", taxId: 1, mail: "a@example.org", towns: {create: [{data: {name: "Ulm"}}]}},
    {country: "DE", taxId: 2, mail: "b@example.org"}
  ]}) { firms { id towns { nodes { id } } } errors { message } } }"""
ENTITIES = """query($of: [_Any!]!) { _entities(representations: $of) {
  __typename
  ... on Firm { taxId towns { nodes { name } } }
  ... on Town { name }
} }"""


async def test_records_are_found_by_id_and_by_natural_keys_in_the_order_asked_for_and_gaps_are_told(api: Any) -> None:
    assert (await api.ask(APPLY, input=MODEL_PATCH)).json()["data"]["applyModel"] == {"errors": []}
    await until_served(api, 1)
    one, two = (await api.ask(CREATE)).json()["data"]["createFirms"]["firms"]
    town = one["towns"]["nodes"][0]["id"]

    answer = (
        await api.ask(
            ENTITIES,
            of=[
                {"__typename": "Town", "id": town},
                {"__typename": "Firm", "country": "DE", "taxId": 2},
                {"__typename": "Firm", "mail": "a@example.org"},
                {"__typename": "Firm", "id": town},
                {"__typename": "Ship", "id": two["id"]},
                {"__typename": "Town", "name": "Ulm"},
                {"__typename": "Firm", "country": "DE", "taxId": "many"},
                {"__typename": "Firm", "country": "FR", "taxId": 1},
                {"__typename": "Firm", "id": one["id"]},
            ],
        )
    ).json()

    first = {"__typename": "Firm", "taxId": 1, "towns": {"nodes": [{"name": "Ulm"}]}}
    assert answer["data"]["_entities"] == [
        {"__typename": "Town", "name": "Ulm"},
        {"__typename": "Firm", "taxId": 2, "towns": {"nodes": []}},
        first,
        None,
        None,
        None,
        None,
        None,
        first,
    ]
    assert [(error["path"], error["extensions"]["code"]) for error in answer["errors"]] == [
        (["_entities", 3], "not_found"),
        (["_entities", 4], "bad_representation"),
        (["_entities", 5], "bad_representation"),
        (["_entities", 6], "bad_representation"),
        (["_entities", 7], "not_found"),
    ]
    assert answer["errors"][2]["message"] == "A Town is known by id; give one of these."

    served = (await api.ask("{ _service { sdl } }")).json()["data"]["_service"]["sdl"]
    assert (
        'type Firm implements Record & Node @key(fields: "id") @key(fields: "country taxId") @key(fields: "mail") {'
        in served
    )

    refused = (await api.ask(ENTITIES, of=[{"id": town}])).json()
    assert "data" not in refused or refused["data"] is None
    assert "A representation is an object with __typename" in refused["errors"][0]["message"]
    stranger = await api.http.post("/graphql", json={"query": "{ _service { sdl } }"})
    assert stranger.status_code == 401
