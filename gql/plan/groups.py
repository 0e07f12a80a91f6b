"""`grouped` of a connection into a request: keys, conditions, orders, and what is asked of each group."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from graphql import GraphQLError

from cypher import request
from cypher.compile.measures import in_two, operand
from cypher.compile.properties import first_column
from cypher.request import groupings
from gql.plan.costs import Ledger
from gql.plan.filters import Filters
from gql.plan.given import Given, key_of
from gql.plan.group_keys import KeyReader, bad, only
from gql.plan.insights import Nodes, Selects
from gql.typed.groups import DEFAULT_GROUPS, DEFAULT_NODES, GROUP_KEY_ORDER
from models import scores
from models.fields import kind_of
from models.fields.decimal import exact, floor_units
from models.fields.integer import BIG
from models.fields.kind import Aggregate, InvalidValue, Operator, Storage
from models.metamodel import EntityType, Field, Metamodel, Side
from models.scores import INSIGHTS

_COUNTS = (Aggregate.COUNT, Aggregate.COUNT_DISTINCT)


class Reads(Selects, Protocol):
    """What reads the selections of connections."""

    model: Metamodel
    filters: Filters
    ledger: Ledger

    def by_type(self, sets: Any, types: Any) -> request.ByType:
        """What to select of a record, for each type it may be."""
        ...

    def aggregate(
        self, types: tuple[EntityType, ...], side: Side | None, name: str, sets: Any
    ) -> tuple[request.AggregatePart, ...]:
        """What is asked of figures."""
        ...


class GroupReader:
    """Reads the arguments and selections of `grouped` for one connection."""

    def __init__(self, reads: Reads, types: tuple[EntityType, ...], side: Side | None, stem: str) -> None:
        self.reads, self.slots, self.model = reads, reads.slots, reads.model
        self.types, self.side, self.stem = types, side, stem
        self.kind = types[0] if len(types) == 1 else None

    def of(self, nodes: Nodes) -> groupings.Grouped:
        """The request. Raises GraphQLError for what cannot be used."""
        given = self.reads.arguments(nodes[0])
        keys = KeyReader(self.slots, self.model, given).keys(given["by"], self.kind, self.side)
        having = given.get("having")
        condition = self._having(having) if having else None
        orders = given.get("orderBy")
        order = tuple(self._order(each, len(keys)) for each in orders.each()) if orders else ()
        size = self.slots.add(given.get("first") or Given(DEFAULT_GROUPS), self._rows, "grouped.first")
        with self.reads.ledger.at(key_of(nodes[0])), self.reads.ledger.page(size):
            parts = tuple(self._part(key, each) for key, each in self._inside(nodes, f"{self.stem}Grouped").items())
        return groupings.Grouped(keys, condition, order, size, parts)

    def _rows(self, value: Any) -> int:
        if not isinstance(value, int) or not 0 <= value <= self.reads.most:
            raise InvalidValue("page_too_large", f"ask for 0 to {self.reads.most} at once.")
        return value

    def _inside(self, nodes: Nodes, name: str) -> dict[str, Nodes]:
        return self.reads.collect([node.selection_set for node in nodes], frozenset((name,)))

    # what is asked for

    def _part(self, key: str, nodes: Nodes) -> groupings.GroupedPart:
        what = nodes[0].name.value
        if what == "__typename":
            return groupings.GroupedPart(key, "typename", type_name=f"{self.stem}Grouped")
        if what == "totalCount":
            return groupings.GroupedPart(key, what)
        rows = self._inside(nodes, f"{self.stem}GroupedRow")
        return groupings.GroupedPart(key, what, tuple(self._row_part(each, inner) for each, inner in rows.items()))

    def _row_part(self, key: str, nodes: Nodes) -> groupings.RowPart:
        what, sets = nodes[0].name.value, [node.selection_set for node in nodes]
        match what:
            case "__typename":
                return groupings.RowPart(key, "typename", type_name=f"{self.stem}GroupedRow")
            case "keys":
                inner = self._inside(nodes, "GroupKey")
                parts = (groupings.KeyPart(each, n[0].name.value.removeprefix("__")) for each, n in inner.items())
                return groupings.RowPart(key, what, keys=tuple(parts))
            case "aggregate":
                figures = self.reads.aggregate(self.types, self.side, f"{self.stem}Aggregate", sets)
                return groupings.RowPart(key, what, aggregate=figures)
            case "nodes":
                return self._nodes(key, nodes)
        return groupings.RowPart(key, what)

    def _nodes(self, key: str, nodes: Nodes) -> groupings.RowPart:
        given, filters = self.reads.arguments(nodes[0]), self.reads.filters
        wanted = given.get("orderBy")
        side = self.side
        order = filters.order(self.types[0], wanted) if side is None else filters.linked_order(side, wanted)
        size = self.slots.add(given.get("first") or Given(DEFAULT_NODES), self._rows, "grouped.rows.nodes.first")
        with self.reads.ledger.at(key), self.reads.ledger.page(size):
            node = self.reads.by_type([each.selection_set for each in nodes], [kind.name for kind in self.types])
        return groupings.RowPart(key, "nodes", node=node, order=order, size_slot=size)

    # figures that are compared

    def _having(self, wanted: Given) -> groupings.Having:
        parts: list[groupings.Having] = []
        for name, value in wanted.items():
            if not value:
                continue
            match name:
                case "and":
                    parts += [self._having(each) for each in value.each()]
                case "or":
                    parts.append(groupings.Any(tuple(map(self._having, value.each()))))
                case "not":
                    parts.append(groupings.Opposite(self._having(value)))
                case "count":
                    parts += self._compared(groupings.Measured(Aggregate.COUNT), value, "count")
                case _:
                    for field, figures, of_link in self._fields(name, value):
                        parts += self._figures(field, figures, of_link=of_link)
        return parts[0] if len(parts) == 1 else groupings.All(tuple(parts))

    def _fields(self, name: str, value: Given) -> list[tuple[Field, Given, bool]]:
        """The fields that an entry is about, each with what is said of it, and whether it is the link's."""
        if name == "link":
            assert self.side is not None
            fields = self.side.relation.fields
            return [(fields[each], inner, True) for each, inner in value.items() if inner]
        if name == INSIGHTS:
            engines = [(scores.fields(engine), inner) for engine, inner in value.items() if inner]
            return [(of[each], what, False) for of, inner in engines for each, what in inner.items() if what]
        assert self.kind is not None
        return [(self.kind.fields[name], value, False)]

    def _figures(self, field: Field, wanted: Given, *, of_link: bool) -> list[groupings.Having]:
        return [
            condition
            for name, comparisons in wanted.items()
            if comparisons
            for condition in self._compared(
                groupings.Measured(Aggregate(name), field, of_link), comparisons, f"{field.name}.{name}"
            )
        ]

    def _compared(self, figure: groupings.Measured, wanted: Given, where: str) -> list[groupings.Having]:
        parts: list[groupings.Having] = []
        for name, value in wanted.items():
            if not value:
                raise GraphQLError(
                    f"having.{where}.{name}: null compares with nothing; leave it out.",
                    extensions={"code": "null_operand"},
                )
            operator = Operator(name)
            converts = _operands(figure, operator)
            slots = tuple(self.slots.add(value, convert, f"having.{where}.{name}") for convert in converts)
            parts.append(groupings.Holds(figure, operator, slots))
        return parts

    def _order(self, wanted: Given, keys: int) -> groupings.GroupOrder:
        name, value = only(wanted, _ONE_ORDER, "bad_order")
        if name == "count":
            return groupings.GroupOrder(groupings.Measured(Aggregate.COUNT), value.plain() == "DESC")
        if name == GROUP_KEY_ORDER:
            key, way = only(value, _ONE_ORDER, "bad_order")
            place = int(key.removeprefix("key"))
            if place > keys:
                raise bad("bad_order", f"orderBy.{GROUP_KEY_ORDER}.{key}: there are {keys} keys in by.")
            return groupings.GroupOrder(place - 1, way.plain() == "DESC")
        fields = self._fields(name, value)
        if len(fields) != 1:
            raise bad("bad_order", _ONE_ORDER)
        ((field, inner, of_link),) = fields
        figure, way = only(inner, _ONE_ORDER, "bad_order")
        return groupings.GroupOrder(groupings.Measured(Aggregate(figure), field, of_link), way.plain() == "DESC")


_ONE_ORDER = "orderBy: give exactly one entry in each key: [{count: DESC}, {amount: {sum: DESC}}]."


def _operands(figure: groupings.Measured, operator: Operator) -> tuple[Callable[[Any], Any], ...]:
    """How what a figure is compared with becomes its parameters."""
    field = figure.field
    if field is None or figure.what in _COUNTS:
        return (int,)
    if in_two(figure):
        return (
            lambda value: operand(figure, exact(value), operator)[0],
            lambda value: operand(figure, exact(value), operator)[1],
        )
    if first_column(field).storage is Storage.FLOAT:
        return (lambda value: float(exact(value)),)
    if field.kind == "integer":
        return (lambda value: _whole(value, operator),)
    return (lambda value: kind_of(field).to_compare(field, value, operator=operator),)


def _whole(value: Any, operator: Operator) -> int | None:
    """A whole number that compares as the given one does; None where no whole number is equal to it."""
    number, rest = floor_units(exact(value), 0)
    if not BIG[0] <= number < BIG[1]:
        raise InvalidValue("too_large", "compare with a number of at most 64 bits.")
    if rest and operator in (Operator.EQ, Operator.NE):
        return None
    return number + 1 if rest and operator in (Operator.LT, Operator.GTE) else number
