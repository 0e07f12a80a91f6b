"""Input types of writing: the data of new and changed records, and of the links inside it.

What is required is checked with everything else when the data is read, not by the types: so all problems come at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLID,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
)

from gql.typed.naming import LinkNames
from gql.typed.scalars import DATE_TIME, input_scalar
from gql.typed.wording import said, said_of_side, said_of_type
from models.fields import kind_of
from models.keys import keys_of
from models.metamodel import EntityType, Field, Metamodel, Side

Fields = Callable[[], dict[str, GraphQLInputField]]

_FAR_ID = GraphQLInputField(GraphQLNonNull(GraphQLID), description="The record to link to.")
_LINK_ID = GraphQLInputField(GraphQLNonNull(GraphQLID), description="The link.")
_VALIDITY = {
    "validFrom": GraphQLInputField(DATE_TIME, description="From when on the link holds; always, without one."),
    "validTo": GraphQLInputField(DATE_TIME, description="Until when the link holds; for good, without one."),
}
_SINCE = {
    "validFrom": GraphQLInputField(
        DATE_TIME, description="Since when it has been so, if not since now; with its new records and links."
    )
}
_PERIOD = {
    "validFrom": GraphQLInputField(
        DATE_TIME,
        description="Since when the values have been so, if not since now; what was known of that time is corrected.",
    ),
    "validTo": GraphQLInputField(
        DATE_TIME,
        description="Until when the values were so, if they are not any more; needs validFrom, goes without links.",
    ),
}
END_LINK = GraphQLInputObjectType(
    "EndLinkInput",
    {
        "linkId": _LINK_ID,
        "at": GraphQLInputField(DATE_TIME, description="Until when it was true; now, when left out."),
    },
    description="A link that is true no longer; it stays in the history.",
)
UNLINK = GraphQLInputObjectType(
    "UnlinkInput",
    {
        "linkId": GraphQLInputField(GraphQLID, description="One link."),
        "id": GraphQLInputField(GraphQLID, description="Every link to this record, instead of linkId."),
    },
    description="A link that should never have been.",
)


class DataInputs:
    """The data types of one model; each is made once, when first asked for."""

    def __init__(self, model: Metamodel, links: LinkNames) -> None:
        self.model, self.links = model, links
        self._made: dict[str, GraphQLInputObjectType] = {}
        self._keys: dict[str, GraphQLEnumType] = {}

    def _once(self, name: str, fields: Fields, description: str) -> GraphQLInputObjectType:
        made = self._made.get(name)
        if made is None:
            made = self._made[name] = GraphQLInputObjectType(name, fields, description=description)
        return made

    def of_type(self, kind: EntityType) -> Iterator[GraphQLNamedType]:
        """The types named for an entity type."""
        yield from (self.new(kind), self.changes(kind))
        if keys_of(kind):
            yield from (self.upsert(kind), self.key(kind))

    # records

    def new(self, kind: EntityType) -> GraphQLInputObjectType:
        """`CompanyDataInput`: the data of a new record."""
        return self._once(
            f"{kind.name}DataInput",
            lambda: {**self._data(kind, self._new_links), **_SINCE},
            f"A new {kind.name}; a field left out takes its default.",
        )

    def changes(self, kind: EntityType) -> GraphQLInputObjectType:
        """`CompanyChangesInput`: new values of a record."""
        return self._once(
            f"{kind.name}ChangesInput",
            lambda: {**self._data(kind, self._link_changes), **_PERIOD},
            f"New values of a {kind.name}: null clears a field, what is left out stays.",
        )

    def upsert(self, kind: EntityType) -> GraphQLInputObjectType:
        """`CompanyUpsertInput`: a record as it shall be, whether it is there already or not."""
        return self._once(
            f"{kind.name}UpsertInput",
            lambda: {**self._data(kind, self._ensured_links), **_SINCE},
            f"A {kind.name} as it shall be: null clears a field, what is left out stays or takes its default.",
        )

    def key(self, kind: EntityType) -> GraphQLEnumType:
        """`CompanyKeyInput`: the fields that tell records of a type apart; there must be some."""
        made = self._keys.get(kind.name)
        if made is None:
            names = dict.fromkeys(name for key in keys_of(kind) for name in key)
            values = {name: GraphQLEnumValue(name, **said(kind.fields[name])) for name in names}
            made = GraphQLEnumType(f"{kind.name}KeyInput", values, description=f"Fields that tell {kind.plural} apart.")
            self._keys[kind.name] = made
        return made

    def _data(self, kind: EntityType, links: Callable[[Side], GraphQLInputObjectType]) -> dict[str, GraphQLInputField]:
        sides = {
            name: GraphQLInputField(links(side), **said_of_side(side))
            for name, side in self.model.sides[kind.name].items()
        }
        return {**_own(kind.fields), **sides}

    # links inside the data of records

    def _new_links(self, side: Side) -> GraphQLInputObjectType:
        return self._once(f"{self.links.stem(side)}sInput", lambda: self._new_ways(side), f"New links: {side.name}.")

    def _new_ways(self, side: Side) -> dict[str, GraphQLInputField]:
        return {
            "link": several(self._link(side), "Links to records there are."),
            "create": several(self._created_far(side), "New records, and the links to them."),
        }

    def _link_changes(self, side: Side) -> GraphQLInputObjectType:
        def fields() -> dict[str, GraphQLInputField]:
            made = self._new_ways(side)
            if _link_data(side):
                made["update"] = several(self._link_update(side), "New values of links there are.")
            if side.relation.temporal:
                made["end"] = several(END_LINK, "Links that are true no longer.")
            made["unlink"] = several(UNLINK, "Links that should never have been.")
            return made

        return self._once(f"{self.links.stem(side)}ChangesInput", fields, f"Changes of links: {side.name}.")

    def _ensured_links(self, side: Side) -> GraphQLInputObjectType:
        def fields() -> dict[str, GraphQLInputField]:
            return {"link": several(self._link(side), "Links there shall be; one that is there is not doubled.")}

        return self._once(f"{self.links.stem(side)}EnsureInput", fields, f"Links there shall be: {side.name}.")

    def _link(self, side: Side) -> GraphQLInputObjectType:
        name, about = self.links.stem(side), f"A link {side.relation.name} to a record."
        return self._once(f"{name}Input", lambda: {"id": _FAR_ID, **_link_data(side)}, about)

    def _link_update(self, side: Side) -> GraphQLInputObjectType:
        return self._once(
            f"{self.links.stem(side)}UpdateInput",
            lambda: {"linkId": _LINK_ID, **_link_data(side)},
            f"New values of a link {side.relation.name}: null clears a field or a bound of its time, what is left out stays.",
        )

    def _created_far(self, side: Side) -> GraphQLInputObjectType:
        kinds = [self.model.types[name] for name in side.far.types]

        def fields() -> dict[str, GraphQLInputField]:
            if len(kinds) == 1:
                far = {"data": GraphQLInputField(GraphQLNonNull(self.new(kinds[0])), description="The new record.")}
            else:
                far = {
                    kind.one: GraphQLInputField(
                        self.new(kind), **said_of_type(kind, f"A new {kind.name}; give exactly one.")
                    )
                    for kind in kinds
                }
            return {**far, **_link_data(side)}

        return self._once(
            f"{self.links.stem(side)}CreateInput", fields, f"A new record in {side.name}, and the link to it."
        )


def several(kind: Any, description: str) -> GraphQLInputField:
    """An input field that takes a list."""
    return GraphQLInputField(GraphQLList(GraphQLNonNull(kind)), description=description)


def _own(fields: Mapping[str, Field]) -> dict[str, GraphQLInputField]:
    return {field.name: _data_field(field) for field in fields.values() if not field.read_only}


def _data_field(field: Field) -> GraphQLInputField:
    kind: Any = input_scalar(kind_of(field).graphql_scalar(field))
    if kind_of(field).is_list:
        kind = GraphQLList(GraphQLNonNull(kind))
    return GraphQLInputField(kind, **said(field))


def _link_data(side: Side) -> dict[str, GraphQLInputField]:
    own = _own(side.relation.fields)
    return {**own, **_VALIDITY} if side.relation.temporal else own
