"""Input types of reading: filters and orders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLString,
)

from gql.plan.given import Pinned
from gql.typed import insights
from gql.typed.comparisons import (
    GEO_ORDER,
    ID_OPERATORS,
    REACH_DIRECTION,
    REACH_STEPS,
    SEGMENT_USE,
    compared,
    counted,
    many,
    optional,
    pinned,
)
from gql.typed.data import DataInputs
from gql.typed.naming import LinkNames, along, capital, link_names
from gql.typed.scalars import ORDER_DIRECTION, operand_scalar
from gql.typed.wording import COMPARISONS, ONE_KEY, said, said_of_side, said_of_type, text
from models import system
from models.fields import kind_of
from models.fields.geo_point import GeoPointKind
from models.fields.kind import Operator
from models.metamodel import EntityType, Field, Metamodel, RelationType, Side
from models.scores import INSIGHTS


class Inputs:
    """The input types of one model; each is made once, when first asked for."""

    def __init__(self, model: Metamodel, links: LinkNames | None = None) -> None:
        self.model, self.links = model, links or link_names(model)
        self.data = DataInputs(model, self.links)
        self._made: dict[str, GraphQLInputObjectType] = {}
        self._relation_names: GraphQLEnumType | None = None

    def once(self, name: str, fields: Any, description: str) -> GraphQLInputObjectType:
        """The type of a name, made when it is first asked for."""
        made = self._made.get(name)
        if made is None:
            made = self._made[name] = GraphQLInputObjectType(name, fields, description=description)
        return made

    # filters

    def operators(self, field: Field) -> GraphQLInputObjectType:
        """`TextOperators`: the comparisons of one kind of field."""
        if field is system.ID:
            return ID_OPERATORS
        kind = kind_of(field)
        scalar = operand_scalar(kind.graphql_scalar(field))
        big = "Big" if kind.graphql_scalar(field) == "BigInt" else ""

        def fields() -> dict[str, GraphQLInputField]:
            made = {
                operator.value: compared(operator, scalar)
                for operator in Operator
                if operator in kind.operators and operator is not Operator.IS_NULL
            }
            if kind.name == "money":
                made["currency"] = many(GraphQLString, "In one of these currencies.")
            return {**made, "isNull": optional(GraphQLBoolean, COMPARISONS[Operator.IS_NULL])}

        name = f"{big}{capital(kind.name)}Operators"
        return self.once(name, fields, f"Comparisons of fields of the kind {kind.name}; all given must hold.")

    def filter(self, kind: EntityType) -> GraphQLInputObjectType:
        """`CompanyFilter`."""
        return self.once(f"{kind.name}Filter", lambda: self._filter_fields(kind), f"Conditions on {kind.plural}.")

    def _filter_fields(self, kind: EntityType) -> dict[str, GraphQLInputField]:
        own = self.compared({**system.OF_RECORDS, **kind.fields})
        sides = {
            name: optional(self.quantifiers(kind, side), **said_of_side(side))
            for name, side in self.model.sides[kind.name].items()
        }
        segment = {"inSegment": optional(SEGMENT_USE, "In the segment of a saved query.")}
        return {
            **own,
            INSIGHTS: insights.filter_field(self),
            **sides,
            **self.reach(),
            **segment,
            **_logic(self.filter(kind)),
        }

    def compared(self, fields: Mapping[str, Field]) -> dict[str, GraphQLInputField]:
        """An entry for each field, with the comparisons of its kind."""
        return {name: optional(self.operators(field), **said(field)) for name, field in fields.items()}

    def record_filter(self) -> GraphQLInputObjectType:
        """`RecordFilter`: conditions on records of several types."""

        def fields() -> dict[str, GraphQLInputField]:
            types = many(GraphQLString, "Of one of these types.")
            own = {**self.compared(system.OF_RECORDS), INSIGHTS: insights.filter_field(self)}
            return {**own, "type": types, **self.is_of_type(), **self.reach(), **_logic(self.record_filter())}

        return self.once("RecordFilter", fields, "Conditions on records of any type.")

    def is_of_type(self) -> dict[str, GraphQLInputField]:
        """`is`, where the model has types."""
        says = "Of one of these types, and meeting its conditions."
        return {"is": optional(self.of_type_filter(), says)} if self.model.types else {}

    def of_type_filter(self) -> GraphQLInputObjectType:
        """`RecordOfTypeFilter`: conditions by the type that a record turns out to be of."""

        def fields() -> dict[str, GraphQLInputField]:
            return {
                kind.one: optional(
                    self.filter(kind), **said_of_type(kind, f"A {kind.name} that meets these conditions.")
                )
                for kind in self.model.types.values()
            }

        return self.once("RecordOfTypeFilter", fields, "Conditions by type: a record meets those of its own type.")

    # what lies several links away

    def reach(self) -> dict[str, GraphQLInputField]:
        """`reach`, where the model has relations to walk."""
        return {"reach": optional(self.reach_filter(), "What lies several links away.")} if self.model.relations else {}

    def reach_filter(self) -> GraphQLInputObjectType:
        """`ReachFilter`."""

        def fields() -> dict[str, GraphQLInputField]:
            via = GraphQLNonNull(GraphQLList(GraphQLNonNull(self.relation_names())))
            return {
                "via": GraphQLInputField(via, description="The relations to walk along."),
                "within": GraphQLInputField(GraphQLNonNull(REACH_STEPS), description="At most so many links away."),
                "direction": GraphQLInputField(
                    REACH_DIRECTION, Pinned("OUT"), description="Which way they are walked."
                ),
                "to": optional(self.record_filter(), "Conditions on the record that is reached."),
            }

        return self.once("ReachFilter", fields, "A record that can be walked to along relations meets conditions.")

    def relation_names(self) -> GraphQLEnumType:
        """`RelationName`."""
        if self._relation_names is None:
            relations = self.model.relations
            values = pinned({name: text(relation.labels) or name for name, relation in relations.items()})
            for name, value in values.items():
                value.deprecation_reason = _given_up(relations[name])
            self._relation_names = GraphQLEnumType("RelationName", values, description="The relations there are.")
        return self._relation_names

    def far_filter(self, side: Side) -> GraphQLInputObjectType:
        """The filter of the records at a relation's far end."""
        types = side.far.types
        return self.filter(self.model.types[types[0]]) if len(types) == 1 else self.record_filter()

    def link_filter(self, side: Side) -> GraphQLInputObjectType:
        """`EmployeesLinkFilter`."""

        def fields() -> dict[str, GraphQLInputField]:
            return {**self.compared(link_fields(side)), **_logic(self.link_filter(side))}

        return self.once(f"{self.links.stem(side)}Filter", fields, f"Conditions on links {side.relation.name}.")

    def linked_filter(self, kind: EntityType, side: Side) -> GraphQLInputObjectType:
        """`CompanyEmployeesFilter`: conditions on the far records and on the links."""

        def fields() -> dict[str, GraphQLInputField]:
            own = {
                "node": optional(self.far_filter(side), "Conditions on the record at the other end."),
                "link": optional(self.link_filter(side), "Conditions on the link."),
            }
            return {**own, **_logic(self.linked_filter(kind, side))}

        return self.once(f"{along(kind, side)}Filter", fields, f"Conditions on {side.name} and on the links to them.")

    def quantifiers(self, kind: EntityType, side: Side) -> GraphQLInputObjectType:
        """`CompanyEmployeesQuantifiers`: some, every, none, count."""

        def fields() -> dict[str, GraphQLInputField]:
            inner = self.linked_filter(kind, side)
            return {
                "some": optional(inner, "At least one meets these conditions."),
                "every": optional(inner, "All meet these conditions, if there are any."),
                "none": optional(inner, "Not one meets these conditions."),
                "count": optional(self.count(kind, side), "How many there are, or how many meet conditions."),
            }

        return self.once(f"{along(kind, side)}Quantifiers", fields, f"How many of {side.name} meet conditions.")

    def count(self, kind: EntityType, side: Side) -> GraphQLInputObjectType:
        """`CompanyEmployeesCountOperators`: how many, and of which."""

        def fields() -> dict[str, GraphQLInputField]:
            return {"where": optional(self.linked_filter(kind, side), "Which are counted."), **counted()}

        says = f"Comparisons of the number of {side.name}; all given must hold."
        return self.once(f"{along(kind, side)}CountOperators", fields, says)

    # orders

    def order(self, kind: EntityType) -> GraphQLInputObjectType:
        """`CompanyOrder`."""
        fields = {**system.OF_RECORDS, **kind.fields}

        def keys() -> dict[str, GraphQLInputField]:
            return {**directions(fields), INSIGHTS: insights.order_field(self)}

        return self.once(f"{kind.name}Order", keys, ONE_KEY)

    def linked_order(self, kind: EntityType, side: Side) -> GraphQLInputObjectType:
        """`CompanyEmployeesOrder`: by the far record or by the link."""

        def fields() -> dict[str, GraphQLInputField]:
            link = self.once(f"{self.links.stem(side)}Order", lambda: directions(link_fields(side)), ONE_KEY)
            one = len(side.far.types) == 1
            far = self.order(self.model.types[side.far.types[0]]) if one else self.record_order()
            return {
                "node": optional(far, "By a field of the record."),
                "link": optional(link, "By a field of the link."),
            }

        return self.once(f"{along(kind, side)}Order", fields, "One sort key: of the record or of the link.")

    def record_order(self) -> GraphQLInputObjectType:
        """`RecordOrder`: a sort key of records of several types."""

        def keys() -> dict[str, GraphQLInputField]:
            return {**directions(system.OF_RECORDS), INSIGHTS: insights.order_field(self)}

        return self.once("RecordOrder", keys, ONE_KEY)


def link_fields(side: Side) -> Mapping[str, Field]:
    """The fields of a relation's links, the system's own first."""
    return system.link_fields(side.relation)


def directions(fields: Mapping[str, Field]) -> dict[str, GraphQLInputField]:
    """An entry for each field that sorts, and for each place: by its distance from a point."""
    ways = {name: _way(field) for name, field in fields.items()}
    return {name: optional(way, **said(fields[name])) for name, way in ways.items() if way is not None}


def _way(field: Field) -> GraphQLEnumType | GraphQLInputObjectType | None:
    if field.kind == GeoPointKind.name:
        return GEO_ORDER
    return ORDER_DIRECTION if kind_of(field).sortable else None


def _given_up(relation: RelationType) -> str | None:
    """Why a relation should not be walked by its name any more: it is deprecated from both its ends."""
    both = relation.source.deprecated and relation.target.deprecated
    return relation.source.deprecated if both else None


def _logic(own: GraphQLInputObjectType) -> dict[str, GraphQLInputField]:
    return {
        "and": many(own, "All of these hold."),
        "or": many(own, "At least one of these holds."),
        "not": optional(own, "This does not hold."),
    }
