"""`grouped` of a connection into a request: keys, conditions, orders, and what is asked of each group."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from itertools import pairwise
from typing import Any, Protocol

from graphql import GraphQLError

from cypher import groupings, request
from cypher.compile.measures import in_two, operand
from cypher.compile.properties import first_column
from gql.plan.filters import Filters
from gql.plan.given import Given
from gql.plan.insights import Nodes, Selects
from gql.plan.slots import RequestTime
from gql.typed.groups import DEFAULT_GROUPS, DEFAULT_NODES, GROUP_KEY_ORDER, MOST_KEYS, link_keys
from models import calendars, scores, system
from models.calendars import Calendar
from models.fields import kind_of
from models.fields.decimal import exact, floor_units
from models.fields.integer import BIG
from models.fields.kind import Aggregate, InvalidValue, Operator, Storage
from models.metamodel import EntityType, Field, Metamodel, Side
from models.periods import TimeUnit, zone
from models.scores import INSIGHTS

MOST_STEPS, MOST_BOUNDS = 5, 100
_NUMBERS = (Storage.INTEGER, Storage.FLOAT)
_COUNTS = (Aggregate.COUNT, Aggregate.COUNT_DISTINCT)
Path = tuple[Side, ...]


class Reads(Selects, Protocol):
    """What reads the selections of connections."""

    model: Metamodel
    filters: Filters

    def inside(self, *sizes: str) -> AbstractContextManager[None]:
        """What is read inside is read once for each row of pages of these sizes."""
        ...

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
        keys = KeyReader(self.reads, given).keys(given["by"], self.kind, self.side)
        having = given.get("having")
        condition = self._having(having) if having else None
        orders = given.get("orderBy")
        order = tuple(self._order(each, len(keys)) for each in orders.each()) if orders else ()
        size = self.slots.add(given.get("first") or Given(DEFAULT_GROUPS), self._rows, "grouped.first")
        with self.reads.inside(size):
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
        with self.reads.inside(size):
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
        name, value = _only(wanted, _ONE_ORDER)
        if name == "count":
            return groupings.GroupOrder(groupings.Measured(Aggregate.COUNT), value.plain() == "DESC")
        if name == GROUP_KEY_ORDER:
            key, way = _only(value, _ONE_ORDER)
            place = int(key.removeprefix("key"))
            if place > keys:
                raise _bad("bad_order", f"orderBy.{GROUP_KEY_ORDER}.{key}: there are {keys} keys in by.")
            return groupings.GroupOrder(place - 1, way.plain() == "DESC")
        fields = self._fields(name, value)
        if len(fields) != 1:
            raise _bad("bad_order", _ONE_ORDER)
        ((field, inner, of_link),) = fields
        figure, way = _only(inner, _ONE_ORDER)
        return groupings.GroupOrder(groupings.Measured(Aggregate(figure), field, of_link), way.plain() == "DESC")


class KeyReader:
    """Reads the keys of groups."""

    def __init__(self, reads: Reads, given: Mapping[str, Given]) -> None:
        self.slots, self.model = reads.slots, reads.model
        self._given_zone = given.get("timeZone") or Given(None)
        calendar = given.get("calendar")
        self._calendar = Calendar(calendar.plain()) if calendar else Calendar.ISO
        self._zone_slot = ""

    def keys(self, wanted: Given, kind: EntityType | None, side: Side | None) -> tuple[groupings.Key, ...]:
        """All keys of the rows of a type, or of those along a relation."""
        listed = list(wanted.each())
        if not 1 <= len(listed) <= MOST_KEYS:
            raise _bad("bad_group_key", f"by: give 1 to {MOST_KEYS} keys, not {len(listed)}.")
        if side is not None:
            return tuple(self._along(side, each, (), ()) for each in listed)
        assert kind is not None
        return tuple(self._of(kind, each, (), ()) for each in listed)

    def _along(self, side: Side, wanted: Given, path: Path, names: tuple[str, ...]) -> groupings.Key:
        end, value = _only(wanted, _ONE_KEY)
        if end == "link":
            name, how = _only(value, _ONE_KEY)
            field = link_keys(side)[name]
            return self._key((*names, "link", name), path, field, how, of_link=True)
        kind = self.model.types[side.far.types[0]] if len(side.far.types) == 1 else None
        return self._of(kind, value, path, names)

    def _of(self, kind: EntityType | None, wanted: Given, path: Path, names: tuple[str, ...]) -> groupings.Key:
        name, value = _only(wanted, _ONE_KEY)
        if name == INSIGHTS:
            engine, inner = _only(value, _ONE_KEY)
            score, how = _only(inner, _ONE_KEY)
            return self._key((*names, name, engine, score), path, scores.fields(engine)[score], how)
        own = kind.fields if kind else {}
        field = own.get(name) or system.OF_RECORDS.get(name)
        if field is not None:
            return self._key((*names, name), path, field, value)
        if kind is None:
            return groupings.Key(".".join((*names, name)), path, None, False, groupings.Each())
        if len(path) == MOST_STEPS:
            raise _bad("bad_group_key", f"by: a key leads over at most {MOST_STEPS} relations.")
        side = self.model.sides[kind.name][name]
        return self._along(side, value, (*path, side), (*names, name))

    def _key(
        self, names: tuple[str, ...], path: Path, field: Field, how: Given, *, of_link: bool = False
    ) -> groupings.Key:
        name = ".".join(names)
        return groupings.Key(name, path, field, of_link, self._how(field, how, f"by.{name}"))

    def _how(self, field: Field, how: Given, where: str) -> groupings.How:
        storage = first_column(field).storage
        if storage in (Storage.DATE, Storage.DATETIME):
            return self._period(TimeUnit(how.plain()), moment=storage is Storage.DATETIME)
        if storage in _NUMBERS and isinstance(how.value, dict):
            name, value = _only(how, f"{where}: give exactly one of width and bounds.")
            if name == "width":
                return groupings.OfWidth(self.slots.add(value, _width(field), f"{where}.width"))
            return groupings.Between(self.slots.add(value, _bounds(field), f"{where}.bounds"))
        return groupings.Each()

    def _period(self, unit: TimeUnit, *, moment: bool) -> groupings.Period:
        if self._calendar is Calendar.ISO or unit is TimeUnit.DAY:
            tables: tuple[str, ...] = (self.slots.add(Given(unit.value.lower()), str, "by"),)
        elif unit is TimeUnit.WEEK:
            tables = ()
        else:
            made = (calendars.nowruz(), calendars.lately(), calendars.days_back(unit))
            tables = tuple(self.slots.add(Given(table), list, "by") for table in made)
        return groupings.Period(unit, self._calendar, tables, self._zone() if moment else None)

    def _zone(self) -> str:
        """The parameter of the time zone: the one given, or that of the reader."""
        if not self._zone_slot:
            add = self.slots.add_timed
            self._zone_slot = add(self._given_zone, _zone_name, "grouped.timeZone")
        return self._zone_slot


_ONE_KEY = "by: give exactly one field in each key: [{stage: VALUE}, {closeOn: MONTH}]."
_ONE_ORDER = "orderBy: give exactly one entry in each key: [{count: DESC}, {amount: {sum: DESC}}]."


def _bad(code: str, message: str) -> GraphQLError:
    return GraphQLError(message, extensions={"code": code})


def _only(wanted: Given, advice: str) -> tuple[str, Given]:
    entries = [(name, value) for name, value in wanted.items() if value]
    if len(entries) != 1:
        raise _bad("bad_order" if advice is _ONE_ORDER else "bad_group_key", advice)
    return entries[0]


def _zone_name(value: Any, clock: RequestTime) -> str:
    return zone(clock.time_zone if value is None else value).key


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


def _width(field: Field) -> Callable[[Any], Any]:
    def convert(value: Any) -> Any:
        low, high = (kind_of(field).to_compare(field, value, operator=each) for each in (Operator.LTE, Operator.GTE))
        if low != high or low <= 0:
            raise InvalidValue("bad_width", "give a width above 0, with no more digits after the point than the field.")
        return low

    return convert


def _bounds(field: Field) -> Callable[[Any], list[Any]]:
    def convert(value: Any) -> list[Any]:
        given = value if isinstance(value, list) else [value]
        if not 1 <= len(given) <= MOST_BOUNDS:
            raise InvalidValue("bad_bounds", f"give 1 to {MOST_BOUNDS} bounds, not {len(given)}.")
        made = [kind_of(field).to_compare(field, each, operator=Operator.GTE) for each in given]
        if any(one >= other for one, other in pairwise(made)):
            raise InvalidValue("bad_bounds", "give the bounds from the least to the greatest, each once.")
        return made

    return convert
