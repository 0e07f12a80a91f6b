"""JSON Schemas of what is answered and of what is taken, from the types of the GraphQL schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
)

from gql.rest.fields import needs_arguments
from gql.rest.methods import has_values
from gql.rest.parts import ITEMS, LINK, NEXT
from gql.schema import RuntimeSchema
from gql.typed.naming import along
from models.keys import keys_of
from models.metamodel import EntityType, Metamodel, Side

Schema = dict[str, Any]
_INT = {"type": "integer", "minimum": -(2**31), "maximum": 2**31 - 1}
_BIG = {
    "type": ["integer", "string"],
    "minimum": -(2**63),
    "maximum": 2**63 - 1,
    "pattern": "^[+-]?[0-9]{1,19}$",
    "description": "Digits in a string beyond 9007199254740991 either way from 0, which JavaScript would round.",
}
_DECIMAL = {"type": "string", "pattern": r"^[+-]?[0-9]+(\.[0-9]+)?$"}
_SCALARS: Mapping[str, Schema] = {
    "ID": {"type": "string"},
    "String": {"type": "string"},
    "Int": _INT,
    "Float": {"type": "number"},
    "Boolean": {"type": "boolean"},
    "BigInt": _BIG,
    "Decimal": _DECIMAL,
    "Date": {"type": "string", "format": "date"},
    "DateTime": {"type": "string", "format": "date-time"},
}
_CURSOR: Schema = {"type": ["string", "null"], "description": "The address of the next page; null on the last one."}
_TOTAL: Schema = {"type": "integer", "description": "How many there are on all pages, where it was asked for."}


def ref(name: str) -> Schema:
    """A schema by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


class Schemas:
    """The schemas that a document names, each made once."""

    def __init__(self, model: Metamodel, schema: RuntimeSchema) -> None:
        self.model, self.schema = model, schema
        self._made: dict[str, Schema] = {}

    def all(self) -> dict[str, Schema]:
        """Every schema that was named, by name."""
        return dict(sorted(self._made.items()))

    # what is answered

    def record(self, kind: EntityType | None) -> Schema:
        """A record of a type, or of any."""
        of = self._object("Record" if kind is None else kind.name)
        if self._begun(of.name):
            sides = {} if kind is None else self.model.sides[kind.name]
            properties: Schema = {"type": {"type": "string", "description": "The type's name."}} if kind is None else {}
            for name, field in of.fields.items():
                if kind is not None and name in sides:
                    properties[name] = {**self.links(kind, sides[name]), "description": field.description}
                elif name == "insights":
                    properties[name] = {"type": ["object", "null"], "description": field.description}
                elif name != "history":
                    properties[name] = self._value(field.type, field.description)
            self._made[of.name] = {"type": "object", "description": of.description, "properties": properties}
        return ref(of.name)

    def page(self, kind: EntityType) -> Schema:
        """A page of records."""
        name = f"{kind.name}Page"
        if self._begun(name):
            self._made[name] = _page(self.record(kind), f"A page of {kind.many}.")
        return ref(name)

    def links(self, kind: EntityType, side: Side) -> Schema:
        """A page of the records at the far ends of a relation, each with its link."""
        name = f"{along(kind, side)}Page"
        if self._begun(name):
            self._made[name] = _page(self.linked(kind, side), f"A page of {side.name}.")
        return ref(name)

    def linked(self, kind: EntityType, side: Side) -> Schema:
        """One of them."""
        name = f"{along(kind, side)}Item"
        if self._begun(name):
            far = self.record(self.model.types[side.far.types[0]] if len(side.far.types) == 1 else None)
            edge = self._object(f"{along(kind, side)}Edge")
            link = self._plain(cast("GraphQLObjectType", get_named_type(edge.fields[LINK].type)))
            self._made[name] = {"allOf": [far, {"type": "object", "properties": {LINK: link}}]}
        return ref(name)

    def _plain(self, of: GraphQLObjectType) -> Schema:
        if self._begun(of.name):
            properties = {
                name: self._value(field.type, field.description)
                for name, field in of.fields.items()
                if name != "history" and not needs_arguments(field)
            }
            self._made[of.name] = {"type": "object", "description": of.description, "properties": properties}
        return ref(of.name)

    def _value(self, of: Any, description: str | None) -> Schema:
        required = isinstance(of, GraphQLNonNull)
        inner = of.of_type if required else of
        if isinstance(inner, GraphQLList):
            schema: Schema = {"type": "array", "items": self._value(inner.of_type, None)}
        elif isinstance(inner, GraphQLObjectType):
            schema = self._plain(inner)
        else:
            schema = dict(_SCALARS.get(inner.name, {}))
        return _described(schema if required else _nullable(schema), description)

    # what is taken

    def new(self, kind: EntityType) -> Schema:
        """The data of a new record."""
        return self.given(self._data_type(kind, "Data"), _needed(kind))

    def changes(self, kind: EntityType) -> Schema:
        """New values of a record."""
        return self.given(self._data_type(kind, "Changes"))

    def upserted(self, kind: EntityType) -> Schema:
        """Records as they shall be."""
        assert keys_of(kind)
        return {"type": "array", "items": self.given(self._data_type(kind, "Upsert"))}

    def new_link(self, kind: EntityType, side: Side) -> Schema:
        """A link to a record there is, or to a new one."""
        ways = self._ways(kind, side, "Data")
        return {"anyOf": [self.given(ways["link"]), self.given(ways["create"])]}

    def changed_link(self, kind: EntityType, side: Side) -> Schema:
        """New values of a link."""
        assert has_values(side)
        update = self._ways(kind, side, "Changes")["update"]
        made = dict(self._properties(update))
        made.pop("linkId")
        return {"type": "object", "properties": made, "additionalProperties": False}

    def given(self, of: GraphQLInputObjectType, needed: list[str] | None = None) -> Schema:
        """An input type; `needed` are entries that the model requires beside those that the type does."""
        if self._begun(of.name):
            required = [name for name, field in of.fields.items() if isinstance(field.type, GraphQLNonNull)]
            made: Schema = {
                "type": "object",
                "description": of.description,
                "properties": self._properties(of),
                "additionalProperties": False,
            }
            if required := [*required, *(needed or ())]:
                made["required"] = required
            self._made[of.name] = made
        return ref(of.name)

    def _properties(self, of: GraphQLInputObjectType) -> Schema:
        return {name: self._taken(field.type, field.description) for name, field in of.fields.items()}

    def _taken(self, of: Any, description: str | None) -> Schema:
        required = isinstance(of, GraphQLNonNull)
        inner = of.of_type if required else of
        if isinstance(inner, GraphQLList):
            schema: Schema = {"type": "array", "items": self._taken(inner.of_type, None)}
        elif isinstance(inner, GraphQLInputObjectType):
            schema = self.given(inner, self._needed_of(inner.name))
        elif isinstance(inner, GraphQLEnumType):
            schema = {"type": "string", "enum": [*inner.values]}
        else:
            schema = dict(_SCALARS.get(inner.name, {}))
        return _described(schema if required else _nullable(schema), description)

    def _needed_of(self, name: str) -> list[str] | None:
        kind = self.model.types.get(name.removesuffix("DataInput"))
        return _needed(kind) if kind is not None and name.endswith("DataInput") else None

    def _data_type(self, kind: EntityType, which: str) -> GraphQLInputObjectType:
        return cast("GraphQLInputObjectType", self.schema.type_map[f"{kind.name}{which}Input"])

    def _ways(self, kind: EntityType, side: Side, which: str) -> Mapping[str, GraphQLInputObjectType]:
        of = cast("GraphQLInputObjectType", get_named_type(self._data_type(kind, which).fields[side.name].type))
        return {name: cast("GraphQLInputObjectType", get_named_type(field.type)) for name, field in of.fields.items()}

    def _object(self, name: str) -> GraphQLObjectType | GraphQLInterfaceType:
        return cast("GraphQLObjectType", self.schema.type_map[name])

    def _begun(self, name: str) -> bool:
        """Whether it is for the caller to make it; so that schemas may name each other in a circle."""
        if name in self._made:
            return False
        self._made[name] = {}
        return True


def _page(items: Schema, description: str) -> Schema:
    properties = {ITEMS: {"type": "array", "items": items}, NEXT: _CURSOR, "totalCount": _TOTAL}
    return {"type": "object", "description": description, "required": [ITEMS, NEXT], "properties": properties}


def _needed(kind: EntityType) -> list[str]:
    return [
        field.name for field in kind.fields.values() if field.required and field.default is None and not field.read_only
    ]


def _nullable(schema: Schema) -> Schema:
    if isinstance(schema.get("type"), str) and "enum" not in schema:
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]} if schema else schema


def _described(schema: Schema, description: str | None) -> Schema:
    return {**schema, "description": description} if description else schema
