"""The schema as a subgraph of Apollo Federation 2: as it is printed, with the directives that a gateway composes by."""

from __future__ import annotations

from collections.abc import Iterator

from graphql import (
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    is_introspection_type,
    is_specified_scalar_type,
    print_type,
)

from models.fields import kind_of
from models.keys import keys_of
from models.metamodel import EntityType, Metamodel

LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])'
_ROOTS = ("Query", "Mutation", "Subscription")
_OWN = frozenset({"_Any", "_Entity", "_Service"})  # a gateway brings these itself
_OWN_FIELDS = ("_service", "_entities")
_OBJECTS = frozenset({"Money", "GeoPoint"})  # have parts, which a key would have to name
_SHAREABLE = _OBJECTS | {"PageInfo"}  # say nothing of any record, and are the same wherever they are meant alike


def subgraph_sdl(schema: GraphQLSchema, model: Metamodel) -> str:
    """The whole schema with `@key` on records and `@shareable` on what any API may have alike; slow for large models."""
    types = [
        found
        for found in schema.type_map.values()
        if not (is_introspection_type(found) or is_specified_scalar_type(found) or found.name in _OWN)
    ]
    return "\n\n".join((LINK, *(_printed(found, model) for found in types))) + "\n"


def _printed(found: GraphQLNamedType, model: Metamodel) -> str:
    if not isinstance(found, GraphQLObjectType):
        return print_type(found)
    if found.name in _ROOTS:
        fields = {name: field for name, field in found.fields.items() if name not in _OWN_FIELDS}
        return print_type(GraphQLObjectType(found.name, fields, description=found.description))
    kind = model.types.get(found.name)
    said = " ".join(_keys(kind)) if kind else "@shareable" if found.name in _SHAREABLE else ""
    return _with(print_type(found), found, said)


def _keys(kind: EntityType) -> Iterator[str]:
    """How records of a type are known, the id first."""
    yield '@key(fields: "id")'
    for key in keys_of(kind):
        if all(kind_of(kind.fields[name]).graphql_scalar(kind.fields[name]) not in _OBJECTS for name in key):
            yield f'@key(fields: "{" ".join(key)}")'


def _with(text: str, found: GraphQLObjectType, said: str) -> str:
    """A printed type with directives behind its interfaces."""
    if not said:
        return text
    interfaces = " & ".join(each.name for each in found.interfaces)
    head = f"type {found.name}" + (f" implements {interfaces}" if interfaces else "")
    return text.replace(f"{head} {{", f"{head} {said} {{", 1)
