"""What a federated gateway asks of this API: `_entities` by their keys, and `_service`, the schema as a subgraph."""

from __future__ import annotations

import asyncio
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLError,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLScalarType,
    GraphQLString,
    GraphQLUnionType,
)

from gql.plan.entities import ENTITIES, ENTITY
from gql.typed.outputs import Outputs, type_of
from gql.typed.subgraph import subgraph_sdl
from models.metamodel import Metamodel

SERVICE = "_service"


def _representation(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict) or not isinstance(value.get("__typename"), str):
        raise GraphQLError("A representation is an object with __typename and the fields of one of the type's keys.")
    return value


ANY = GraphQLScalarType(
    "_Any",
    parse_value=_representation,
    description="A record by its type and one of its keys: {__typename: Company, id: 7}.",
)


async def _sdl(_: Any, info: GraphQLResolveInfo[Any]) -> str:
    edition = info.context.edition
    return await asyncio.to_thread(subgraph_sdl, edition.schema, edition.model)


SERVICE_TYPE = GraphQLObjectType(
    "_Service",
    {"sdl": GraphQLField(GraphQLNonNull(GraphQLString), resolve=_sdl, description="The schema, in SDL.")},
    description="This API as a part of a larger one.",
)
FEDERATION_TYPES = (ANY, SERVICE_TYPE)


def federation_fields(model: Metamodel, outputs: Outputs) -> dict[str, GraphQLField]:
    """The two root fields of a subgraph; without types there are no entities."""
    service = GraphQLField(
        GraphQLNonNull(SERVICE_TYPE), resolve=lambda *_: {}, description="The schema, for composing a larger one."
    )
    if not model.types:
        return {SERVICE: service}
    entity = GraphQLUnionType(
        ENTITY,
        lambda: [outputs.record(name) for name in model.types],
        resolve_type=type_of,
        description="A record of any type, known by a key.",
    )
    representations = GraphQLArgument(
        GraphQLNonNull(GraphQLList(GraphQLNonNull(ANY))), description="Which, each by its type and a key."
    )
    entities = GraphQLField(
        GraphQLNonNull(GraphQLList(entity)),
        args={"representations": representations},
        description="Records by their keys, in the order asked for; null, with an error, for what there is not.",
    )
    return {SERVICE: service, ENTITIES: entities}
