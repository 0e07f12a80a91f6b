"""`grouped` of every connection: what rows are grouped by, which groups, in which order, and what is said of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLFloat,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLString,
)

from gql.typed.comparisons import COUNTED, many, optional, pinned
from gql.typed.naming import along, capital
from gql.typed.scalars import DATE, DATE_TIME, DECIMAL, JSON, ORDER_DIRECTION
from gql.typed.wording import COMPARISONS, FIGURES, ONE_KEY, said, said_of_side, text
from models import scores, system
from models.calendars import SPANS, Calendar
from models.fields import kind_of
from models.fields.kind import COMPARABLE, Aggregate, Storage
from models.metamodel import EntityType, Field, Side
from models.scores import INSIGHTS

if TYPE_CHECKING:
    from gql.typed.inputs import Inputs
    from gql.typed.outputs import Outputs

GROUPED, GROUP_KEY_ORDER = "grouped", "groupKey"
MOST_KEYS, DEFAULT_GROUPS, DEFAULT_NODES = 8, 100, 10
_NUMBERS = (Storage.INTEGER, Storage.FLOAT)

# the same for every model

EACH_VALUE = GraphQLEnumType(
    "EachValue", pinned({"VALUE": "A group for each value."}), description="Groups by the values themselves."
)
EACH_CURRENCY = GraphQLEnumType(
    "EachCurrency", pinned({"CURRENCY": "A group for each currency."}), description="Groups of amounts by currency."
)
GROUP_PERIOD = GraphQLEnumType(
    "GroupPeriod",
    pinned({unit.value: f"A group for each {unit.value.lower()}." for unit in SPANS}),
    description="Groups of days and moments by a period of the calendar.",
)
NUMBER_GROUPS = GraphQLInputObjectType(
    "NumberGroups",
    {
        "width": optional(DECIMAL, "Stretches as wide as this, of which one begins at 0; 1 parts whole numbers."),
        "bounds": many(DECIMAL, "Below the first, from each on to the next, and from the last on; up to 100, rising."),
    },
    description="Groups of numbers: exactly one of width and bounds.",
)
REPORT_CALENDAR = GraphQLEnumType(
    "ReportCalendar",
    pinned({
        Calendar.ISO.value: "ISO 8601: weeks begin on Monday.",
        Calendar.PERSIAN.value: "The Persian calendar (solar Hijri): the year begins at Nowruz, weeks on Saturday.",
    }),
    description="The calendar whose periods make groups.",
)  # fmt: skip
GROUP_KEY = GraphQLObjectType(
    "GroupKey",
    {
        "name": GraphQLField(GraphQLNonNull(GraphQLString), description="The field, with the way to it: company.city."),
        "value": GraphQLField(
            JSON, description="The value; the first day of a period, the bounds of numbers; null where there is none."
        ),
        "label": GraphQLField(GraphQLString, description="It in short: 2026-11, 2026-Q4, 1405-09, 0.00..100.00."),
        "from": GraphQLField(GraphQLString, description="The first day or the least number; null without a bound."),
        "until": GraphQLField(GraphQLString, description="The first day or number behind it; null without a bound."),
    },
    description="What the records of a group have in common.",
)
_KEY_ORDER = GraphQLInputObjectType(
    "GroupKeyOrder",
    {
        f"key{place}": optional(ORDER_DIRECTION, f"By the key at place {place} of by.")
        for place in range(1, MOST_KEYS + 1)
    },
    description=ONE_KEY,
)


def _comparisons(scalar: GraphQLScalarType) -> GraphQLInputObjectType:
    entries = {operator.value: optional(scalar, COMPARISONS[operator]) for operator in COUNTED}
    return GraphQLInputObjectType(f"{scalar.name}Comparisons", entries, description="Comparisons of a figure.")


_COMPARED = {scalar.name: _comparisons(scalar) for scalar in (GraphQLInt, DECIMAL, GraphQLFloat, DATE, DATE_TIME)}
_FAMILIES: Mapping[str, tuple[str, frozenset[Aggregate]]] = {
    "Exact": ("Decimal", COMPARABLE),
    "Float": ("Float", COMPARABLE),
    "Date": ("Date", frozenset({Aggregate.COUNT, Aggregate.COUNT_DISTINCT, Aggregate.MIN, Aggregate.MAX})),
    "DateTime": ("DateTime", frozenset({Aggregate.COUNT, Aggregate.COUNT_DISTINCT, Aggregate.MIN, Aggregate.MAX})),
    "Distinct": ("Int", frozenset({Aggregate.COUNT, Aggregate.COUNT_DISTINCT})),
    "Count": ("Int", frozenset({Aggregate.COUNT})),
}


def _made(suffix: str, entry: Callable[[str, Aggregate], Any], says: str) -> dict[str, GraphQLInputObjectType]:
    return {
        name: GraphQLInputObjectType(
            f"{name}Figures{suffix}",
            {what.value: optional(entry(scalar, what), FIGURES[what]) for what in Aggregate if what in figures},
            description=says,
        )
        for name, (scalar, figures) in _FAMILIES.items()
    }


def _compared(scalar: str, what: Aggregate) -> GraphQLInputObjectType:
    return _COMPARED["Int" if what in (Aggregate.COUNT, Aggregate.COUNT_DISTINCT) else scalar]


_HAVING = _made("Having", _compared, "Conditions on the figures of one field; all given must hold.")
_ORDER = _made("Order", lambda *_: ORDER_DIRECTION, ONE_KEY)
SHARED: tuple[GraphQLNamedType, ...] = (
    EACH_VALUE,
    EACH_CURRENCY,
    GROUP_PERIOD,
    NUMBER_GROUPS,
    REPORT_CALENDAR,
    GROUP_KEY,
    _KEY_ORDER,
    *_COMPARED.values(),
    *_HAVING.values(),
    *_ORDER.values(),
)


def family(field: Field) -> str:
    """Fields of one family offer groups the same figures to be compared by."""
    kind = kind_of(field)
    scalar = kind.graphql_scalar(field)
    if scalar == "Money" and not field.options.get("currency"):
        return "Count"
    if Aggregate.SUM in kind.aggregates:
        return "Float" if scalar == "Float" else "Exact"
    if scalar in ("Date", "DateTime"):
        return scalar
    return "Distinct" if Aggregate.COUNT_DISTINCT in kind.aggregates else "Count"


def key_of(field: Field) -> GraphQLEnumType | GraphQLInputObjectType | None:
    """What a field is grouped by; None for places, no two of which are the same."""
    kind = kind_of(field)
    if kind.name == "money" and not field.options.get("currency"):
        return EACH_CURRENCY
    storage = kind.columns(field)[0].storage
    if storage is Storage.POINT:
        return None
    if storage in _NUMBERS:
        return NUMBER_GROUPS
    return GROUP_PERIOD if storage in (Storage.DATE, Storage.DATETIME) else EACH_VALUE


Entries = dict[str, GraphQLInputField]
Entry = Callable[[Field], Any]


class GroupInputs:
    """The input types of `grouped` for one model."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs

    # keys

    def by(self, kind: EntityType) -> GraphQLInputObjectType:
        """`DealGroupedBy`."""

        def fields() -> Entries:
            own = _entries({**system.OF_RECORDS, **kind.fields}, key_of)
            sides = {
                name: optional(self.linked_by(kind, side), **said_of_side(side))
                for name, side in self.inputs.model.sides[kind.name].items()
            }
            return {**own, INSIGHTS: self._insights("GroupedBy", key_of), **sides}

        return self.inputs.once(f"{kind.name}GroupedBy", fields, "One key of groups: exactly one field.")

    def linked_by(self, kind: EntityType, side: Side) -> GraphQLInputObjectType:
        """`CompanyEmployeesGroupedBy`: by the far record or by the link."""

        def fields() -> Entries:
            one = len(side.far.types) == 1
            far = self.by(self.inputs.model.types[side.far.types[0]]) if one else self.record_by()
            return {
                "node": optional(far, "By the record at the other end."),
                "link": optional(self._link(side, "GroupedBy", key_of, _ALL), "By the link."),
            }

        return self.inputs.once(f"{along(kind, side)}GroupedBy", fields, "One key: of the record or of the link.")

    def record_by(self) -> GraphQLInputObjectType:
        """`RecordGroupedBy`: a key of records of several types."""

        def fields() -> Entries:
            own = _entries(system.OF_RECORDS, key_of)
            return {"type": optional(EACH_VALUE, "By type."), **own, INSIGHTS: self._insights("GroupedBy", key_of)}

        return self.inputs.once("RecordGroupedBy", fields, "One key of groups: exactly one field.")

    # conditions and orders

    def having(self, kind: EntityType, side: Side | None) -> GraphQLInputObjectType:
        """`DealGroupedHaving`, or `CompanyEmployeesGroupedHaving` along a relation."""

        def fields() -> Entries:
            this = self.having(kind, side)
            figures = self._figures(kind, side, "GroupedHaving", lambda field: _HAVING[family(field)])
            count = optional(_COMPARED["Int"], "How many rows the group has.")
            logic = {
                "and": many(this, "All of these hold."),
                "or": many(this, "At least one of these holds."),
                "not": optional(this, "This does not hold."),
            }
            return {"count": count, **figures, **logic}

        says = "Conditions on the figures of a group; all given must hold."
        return self.inputs.once(f"{_stem(kind, side)}GroupedHaving", fields, says)

    def order(self, kind: EntityType, side: Side | None) -> GraphQLInputObjectType:
        """`DealGroupedOrder`, or `CompanyEmployeesGroupedOrder` along a relation."""

        def fields() -> Entries:
            figures = self._figures(kind, side, "GroupedOrder", lambda field: _ORDER[family(field)])
            count = optional(ORDER_DIRECTION, "By how many rows the group has.")
            return {"count": count, GROUP_KEY_ORDER: optional(_KEY_ORDER, "By one of the keys."), **figures}

        return self.inputs.once(
            f"{_stem(kind, side)}GroupedOrder", fields, "One sort key of groups: exactly one entry."
        )

    def _figures(self, kind: EntityType, side: Side | None, suffix: str, entry: Entry) -> Entries:
        """An entry for the figures of each field that the rows' aggregate has."""
        types = (kind.name,) if side is None else side.far.types
        found: Entries = {}
        if len(types) == 1:
            found = {
                **_entries(self.inputs.model.types[types[0]].fields, entry),
                INSIGHTS: self._insights(suffix, entry),
            }
        if side is not None and side.relation.fields:
            found["link"] = optional(self._link(side, suffix, entry, side.relation.fields), "Of the links' own fields.")
        return found

    def _link(self, side: Side, suffix: str, entry: Entry, fields: Mapping[str, Field]) -> GraphQLInputObjectType:
        wanted = link_keys(side) if fields is _ALL else fields
        says = f"Of links {side.relation.name}; exactly one entry." if suffix != "GroupedHaving" else "Of the links."
        return self.inputs.once(f"{self.inputs.links.stem(side)}{suffix}", lambda: _entries(wanted, entry), says)

    def _insights(self, suffix: str, entry: Entry) -> GraphQLInputField:
        """The same for scores, by engine."""

        def of(engine: scores.EngineDefinition) -> GraphQLInputField:
            made = self.inputs.once(
                f"{capital(engine.name)}Insight{suffix}",
                lambda: _entries(scores.fields(engine.name), entry),
                f"Scores of {engine.name}.",
            )
            return optional(made, text(engine.description) or engine.name)

        whole = self.inputs.once(
            f"Insights{suffix}", lambda: {name: of(each) for name, each in scores.ENGINES.items()}, "Scores, by engine."
        )
        return optional(whole, "By what analytics says of the record.")

    def named_types(self) -> Iterator[GraphQLNamedType]:
        """What bears no type's name, for whoever looks one up."""
        yield self.record_by()
        for suffix, entry in (("GroupedBy", key_of), *_SUFFIXED):
            whole = self._insights(suffix, entry).type
            assert isinstance(whole, GraphQLInputObjectType)
            yield whole
            yield from (inner.type for inner in whole.fields.values())


_ALL: Mapping[str, Field] = {}
_SUFFIXED: tuple[tuple[str, Entry], ...] = (
    ("GroupedHaving", lambda field: _HAVING[family(field)]),
    ("GroupedOrder", lambda field: _ORDER[family(field)]),
)


def link_keys(side: Side) -> Mapping[str, Field]:
    """The fields of a relation's links that rows can be grouped by."""
    own = system.OF_TEMPORAL_LINKS if side.relation.temporal else system.OF_LINKS
    return {**own, **side.relation.fields}


def _entries(fields: Mapping[str, Field], entry: Entry) -> Entries:
    ways = {name: entry(field) for name, field in fields.items()}
    return {name: optional(way, **said(fields[name])) for name, way in ways.items() if way is not None}


def _stem(kind: EntityType, side: Side | None) -> str:
    return kind.name if side is None else along(kind, side)


def grouped_field(
    outputs: Outputs, kind: EntityType, side: Side | None, node: Any, aggregate: GraphQLObjectType
) -> GraphQLField:
    """`grouped` of the connection of a type, or of a relation of it."""
    inputs, stem = outputs.inputs, _stem(kind, side)
    groups = GroupInputs(inputs)
    by = groups.by(kind) if side is None else groups.linked_by(kind, side)
    node_order = inputs.order(kind) if side is None else inputs.linked_order(kind, side)
    row = outputs.once(f"{stem}GroupedRow", lambda: _row_fields(node, node_order, aggregate), "One group.")
    made = outputs.once(f"{stem}Grouped", lambda: _grouped_fields(row), "Rows in groups.")
    arguments = {
        "by": GraphQLArgument(
            GraphQLNonNull(GraphQLList(GraphQLNonNull(by))), description=f"What makes a group: up to {MOST_KEYS} keys."
        ),
        "having": GraphQLArgument(groups.having(kind, side), description="Which groups; all, when left out."),
        "orderBy": GraphQLArgument(
            GraphQLList(GraphQLNonNull(groups.order(kind, side))), description="In which order; then by the keys."
        ),
        "first": GraphQLArgument(GraphQLInt, description=f"How many groups; {DEFAULT_GROUPS} when left out."),
        "timeZone": GraphQLArgument(
            GraphQLString, description="Whose days moments fall on: Asia/Tehran; the reader's own when left out."
        ),
        "calendar": GraphQLArgument(REPORT_CALENDAR, description="Whose periods are meant; ISO when left out."),
    }
    return GraphQLField(GraphQLNonNull(made), arguments, description="All rows in groups, with figures of each.")


def _grouped_fields(row: GraphQLObjectType) -> dict[str, GraphQLField]:
    return {
        "rows": GraphQLField(GraphQLNonNull(GraphQLList(GraphQLNonNull(row))), description="The groups."),
        "totalCount": GraphQLField(GraphQLNonNull(GraphQLInt), description="How many groups there are in all."),
    }


def _row_fields(node: Any, order: GraphQLInputObjectType, aggregate: GraphQLObjectType) -> dict[str, GraphQLField]:
    keys = GraphQLNonNull(GraphQLList(GraphQLNonNull(GROUP_KEY)))
    arguments = {
        "orderBy": GraphQLArgument(GraphQLList(GraphQLNonNull(order)), description="In which order."),
        "first": GraphQLArgument(GraphQLInt, description=f"How many; {DEFAULT_NODES} when left out."),
    }
    return {
        "keys": GraphQLField(keys, description="What its rows have in common, one for each key, in their order."),
        "count": GraphQLField(GraphQLNonNull(GraphQLInt), description="How many rows it has."),
        "aggregate": GraphQLField(GraphQLNonNull(aggregate), description="Figures over its rows."),
        "nodes": GraphQLField(
            GraphQLNonNull(GraphQLList(GraphQLNonNull(node))), arguments, description="The first of its records."
        ),
    }
