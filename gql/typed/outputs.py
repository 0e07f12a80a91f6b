"""Object types: records, connections, links and aggregates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLFloat,
    GraphQLID,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLString,
)

from gql.typed import insights
from gql.typed.comparisons import FILTER_TEXT
from gql.typed.groups import GROUPED, grouped_field
from gql.typed.history import HISTORY, history_field
from gql.typed.inputs import Inputs
from gql.typed.insights import INSIGHTS_FIELD
from gql.typed.naming import along
from gql.typed.pages import PAGE_INFO
from gql.typed.scalars import BIG_INT, DATE_TIME, JSON, output_scalar
from gql.typed.values import value_field
from gql.typed.wording import FIGURES, SHARE, said, said_of_side, text
from models import system
from models.fields import kind_of
from models.fields.kind import Aggregate
from models.metamodel import EntityType, Field, Metamodel, Side
from models.scores import INSIGHTS


def type_of(value: Any, *_: Any) -> str:
    """The type of a record in an answer."""
    name: str = value["__typename"]
    return name


NODE = GraphQLInterfaceType(
    "Node",
    {"id": GraphQLField(GraphQLNonNull(GraphQLID), description="The record's id, unique across all types.")},
    resolve_type=type_of,
    description="Anything with an id.",
)
RECORD_FIELDS: Mapping[str, GraphQLField] = {
    "id": GraphQLField(GraphQLNonNull(GraphQLID), description="The record's id, unique across all types."),
    "version": GraphQLField(
        GraphQLNonNull(GraphQLInt), description="Counts the changes; give it back to change safely."
    ),
    "createdAt": GraphQLField(GraphQLNonNull(DATE_TIME), description="When the record was written first."),
    "updatedAt": GraphQLField(GraphQLNonNull(DATE_TIME), description="When the record was changed last."),
    "validFrom": GraphQLField(
        GraphQLNonNull(DATE_TIME), description="Since when the record has been as it is, as far as is known."
    ),
    "knownFrom": GraphQLField(GraphQLNonNull(DATE_TIME), description="Since when this has been known to the database."),
    "displayName": GraphQLField(GraphQLNonNull(GraphQLString), description="The record's name for people."),
    INSIGHTS: INSIGHTS_FIELD,
    HISTORY: history_field("record"),
}
RECORD = GraphQLInterfaceType(
    "Record",
    dict(RECORD_FIELDS),
    interfaces=[NODE],
    resolve_type=type_of,
    description="A record of any type.",
)


class Outputs:
    """The object types of one model; each is made once, when first asked for."""

    def __init__(self, model: Metamodel, inputs: Inputs) -> None:
        self.model, self.inputs, self.links = model, inputs, inputs.links
        self._made: dict[str, GraphQLObjectType] = {}

    def once(self, name: str, fields: Any, description: str, interfaces: Any = ()) -> GraphQLObjectType:
        """The type of a name, made when it is first asked for."""
        made = self._made.get(name)
        if made is None:
            made = self._made[name] = GraphQLObjectType(name, fields, interfaces=interfaces, description=description)
        return made

    def record(self, name: str) -> GraphQLObjectType:
        """The object type of an entity type."""
        kind = self.model.types[name]
        return self.once(
            name,
            lambda: self._record_fields(kind),
            text(kind.description) or text(kind.labels) or kind.name,
            (RECORD, NODE),
        )

    def _record_fields(self, kind: EntityType) -> dict[str, GraphQLField]:
        own = {field.name: value_field(field) for field in kind.fields.values()}
        sides = {side.name: self._relation_field(kind, side) for side in self.model.sides[kind.name].values()}
        return {**RECORD_FIELDS, **own, **sides}

    def far(self, side: Side) -> GraphQLObjectType | GraphQLInterfaceType:
        """What stands at the far end of a relation: its one type, or any record."""
        return self.record(side.far.types[0]) if len(side.far.types) == 1 else RECORD

    def _relation_field(self, kind: EntityType, side: Side) -> GraphQLField:
        arguments = list_arguments(self.inputs.linked_filter(kind, side), self.inputs.linked_order(kind, side))
        return GraphQLField(
            GraphQLNonNull(self.relation_connection(kind, side)),
            args=arguments,
            **said_of_side(side),
        )

    def connection(self, kind: EntityType) -> GraphQLObjectType:
        """`CompanyConnection`."""
        return self.once(
            f"{kind.name}Connection",
            lambda: self._connection_fields(kind, None, self.edge(kind), self.aggregate(kind)),
            f"A page of {text(kind.labels) or kind.plural}.",
        )

    def edge(self, kind: EntityType) -> GraphQLObjectType:
        """`CompanyEdge`."""
        return self.once(f"{kind.name}Edge", lambda: _edge_fields(self.record(kind.name)), _EDGE)

    def relation_connection(self, kind: EntityType, side: Side) -> GraphQLObjectType:
        """`CompanyEmployeesConnection`."""
        stem = along(kind, side)
        edge = self.once(f"{stem}Edge", lambda: _edge_fields(self.far(side), self.link(side)), _EDGE)
        aggregate = self.once(f"{stem}Aggregate", lambda: self._linked_aggregate(side), f"Figures over {side.name}.")
        return self.once(
            f"{stem}Connection",
            lambda: self._connection_fields(kind, side, edge, aggregate),
            f"A page of {text(side.near.labels) or side.name}.",
        )

    def _connection_fields(
        self, kind: EntityType, side: Side | None, edge: GraphQLObjectType, aggregate: GraphQLObjectType
    ) -> dict[str, GraphQLField]:
        node = self.record(kind.name) if side is None else self.far(side)
        return {**_connection_fields(edge, node, aggregate), GROUPED: grouped_field(self, kind, side, node, aggregate)}

    def link(self, side: Side) -> GraphQLObjectType:
        """`EmployeesLink`: the link itself, with its own fields."""
        about = text(side.relation.description) or f"A link {side.relation.name}."
        return self.once(self.links.stem(side), lambda: self._link_fields(side), about)

    def _link_fields(self, side: Side) -> dict[str, GraphQLField]:
        relation = side.relation
        fields = {name: RECORD_FIELDS[name] for name in ("id", "version", "createdAt", "updatedAt")}
        if relation.temporal:
            fields["validFrom"] = value_field(system.VALID_FROM)
            fields["validTo"] = value_field(system.VALID_TO)
        own = {field.name: value_field(field) for field in relation.fields.values()}
        return {**fields, **own, HISTORY: history_field("link")}

    def aggregate(self, kind: EntityType) -> GraphQLObjectType:
        """`CompanyAggregate`: figures over a list of the type."""
        return self.once(f"{kind.name}Aggregate", lambda: self._aggregate_fields(kind), f"Figures over {kind.plural}.")

    def _aggregate_fields(self, kind: EntityType) -> dict[str, GraphQLField]:
        through = {
            side.name: GraphQLField(
                GraphQLNonNull(self.relation_connection(kind, side).fields["aggregate"].type.of_type),
                description="Figures over all links of these records.",
                deprecation_reason=side.deprecated or None,
            )
            for side in self.model.sides[kind.name].values()
        }
        return {
            "count": COUNT,
            **self.all_figures({**system.STAMPS, **kind.fields}),
            INSIGHTS: insights.figures_field(self),
            **through,
        }

    def _linked_aggregate(self, side: Side) -> dict[str, GraphQLField]:
        fields = {"count": COUNT}
        if len(side.far.types) == 1:
            fields |= self._aggregate_fields(self.model.types[side.far.types[0]])
        if side.relation.fields:
            stem = self.links.stem(side)
            about = "Figures over the links' own fields."
            made = self.once(f"{stem}Aggregate", lambda: self.all_figures(side.relation.fields), about)
            fields["link"] = GraphQLField(GraphQLNonNull(made), description=about)
        return fields

    def all_figures(self, fields: Mapping[str, Field]) -> dict[str, GraphQLField]:
        """An entry for each field, with the figures of its kind."""
        return {
            name: GraphQLField(GraphQLNonNull(self.figures(field)), **said(field)) for name, field in fields.items()
        }

    def figures(self, field: Field) -> GraphQLObjectType:
        """`DecimalFigures`: what can be computed over fields of one kind."""
        scalar, offered = kind_of(field).graphql_scalar(field), offered_figures(field)
        mean = output_scalar("Decimal" if scalar in ("Int", "BigInt") else scalar)
        total = BIG_INT if scalar in ("Int", "BigInt") else output_scalar(scalar)
        types: Mapping[Aggregate, GraphQLOutputType] = {
            Aggregate.COUNT: GraphQLNonNull(GraphQLInt),
            Aggregate.COUNT_DISTINCT: GraphQLNonNull(GraphQLInt),
            Aggregate.SUM: total,
            Aggregate.AVERAGE: mean,
            Aggregate.MIN: output_scalar(scalar),
            Aggregate.MAX: output_scalar(scalar),
            Aggregate.MEDIAN: mean,
            Aggregate.PERCENTILE: mean,
            Aggregate.STANDARD_DEVIATION: GraphQLFloat,
        }
        return self.once(
            figures_name(field),
            lambda: {w.value: _figure(w, types[w]) for w in Aggregate if w in offered},
            "Figures over the values of one field.",
        )


def _figure(what: Aggregate, answer: GraphQLOutputType) -> GraphQLField:
    arguments = {"p": GraphQLArgument(GraphQLNonNull(GraphQLFloat), description=SHARE)}
    return GraphQLField(answer, arguments if what is Aggregate.PERCENTILE else None, description=FIGURES[what])


def figures_name(field: Field) -> str:
    """The name of the type of a field's figures; fields that offer the same ones share it."""
    scalar, offered = kind_of(field).graphql_scalar(field), offered_figures(field)
    if Aggregate.MIN not in offered:
        return "DistinctFigures" if Aggregate.COUNT_DISTINCT in offered else "CountFigures"
    return f"{scalar}Figures"


def offered_figures(field: Field) -> frozenset[Aggregate]:
    """The figures a field offers; money of mixed currencies is only counted, since its sum would mean nothing."""
    kind = kind_of(field)
    if kind.graphql_scalar(field) == "Money" and not field.options.get("currency"):
        return frozenset({Aggregate.COUNT})
    return kind.aggregates


_EDGE = "One row of a page."
COUNT = GraphQLField(GraphQLNonNull(GraphQLInt), description="How many there are.")


CLOCK_ARGUMENTS = {
    "asOf": GraphQLArgument(
        DATE_TIME, description="What was true at this moment, here and inside; null looks at the present again."
    ),
    "knownAt": GraphQLArgument(
        DATE_TIME,
        description="What was known at this moment, here and inside; without asOf as it was then.",
    ),
}


def list_arguments(filter: GraphQLInputObjectType, order: GraphQLInputObjectType) -> dict[str, GraphQLArgument]:
    """The arguments of every list."""
    return {
        "where": GraphQLArgument(filter, description="Which of them; all, when left out."),
        "whereText": GraphQLArgument(
            FILTER_TEXT, description="The same in the expression language; with where, both must hold."
        ),
        "whereValues": GraphQLArgument(
            JSON, description='Values of the $names in whereText: {least: "1000", cities: ["Berlin", "Tehran"]}.'
        ),
        "orderBy": GraphQLArgument(
            GraphQLList(GraphQLNonNull(order)),
            description="In which order: one key to an entry, the first counts most.",
        ),
        "first": GraphQLArgument(GraphQLInt, description="How many from the beginning; 50 when left out."),
        "after": GraphQLArgument(GraphQLString, description="Begin behind this cursor."),
        "last": GraphQLArgument(GraphQLInt, description="How many from the end."),
        "before": GraphQLArgument(GraphQLString, description="End before this cursor."),
        "skip": GraphQLArgument(
            GraphQLInt,
            description="How many rows to pass over first, from the beginning or behind after; with last, from the end.",
        ),
        **CLOCK_ARGUMENTS,
    }


def _edge_fields(node: Any, link: GraphQLObjectType | None = None) -> dict[str, GraphQLField]:
    fields = {
        "cursor": GraphQLField(GraphQLNonNull(GraphQLString), description="Where this row lies in the list."),
        "node": GraphQLField(GraphQLNonNull(node), description="The record."),
    }
    return fields if link is None else {**fields, "link": GraphQLField(GraphQLNonNull(link), description="The link.")}


def _connection_fields(edge: Any, node: Any, aggregate: Any) -> dict[str, GraphQLField]:
    return {
        "edges": GraphQLField(
            GraphQLNonNull(GraphQLList(GraphQLNonNull(edge))), description="The rows of this page, with their cursors."
        ),
        "nodes": GraphQLField(
            GraphQLNonNull(GraphQLList(GraphQLNonNull(node))), description="The records of this page."
        ),
        "pageInfo": GraphQLField(GraphQLNonNull(PAGE_INFO), description="Where this page lies in the list."),
        "totalCount": GraphQLField(GraphQLNonNull(GraphQLInt), description="How many there are on all pages."),
        "aggregate": GraphQLField(GraphQLNonNull(aggregate), description="Figures over all pages."),
    }
