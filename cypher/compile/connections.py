"""Connections: the rows of a page with their columns, their total and their figures, at the root or along a relation."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cypher import request
from cypher.ast import (
    Binary,
    Call,
    Case,
    Clause,
    Collect,
    CountOf,
    Expression,
    HasLabel,
    IsNull,
    Item,
    ListOf,
    Literal,
    Match,
    Node,
    Param,
    Pattern,
    Prop,
    Query,
    Return,
    Var,
    every,
    some,
)
from cypher.compile import paging
from cypher.compile.aggregates import figures
from cypher.compile.anchors import anchor, begun_at, beside, compared, without
from cypher.compile.explanations import document_of
from cypher.compile.filters import condition, pins_id
from cypher.compile.groups import Groups
from cypher.compile.history import change_rows
from cypher.compile.properties import distance, readable, value_shape
from cypher.compile.scope import Scope, of_type
from cypher.request.groupings import Grouped
from cypher.schema import listed_by
from cypher.shape import (
    ByKind,
    ConnectionShape,
    CursorOf,
    Each,
    Explained,
    Figures,
    Fixed,
    Info,
    Listed,
    Record,
    Recounted,
    Shape,
    Total,
    Value,
)
from models import system
from models.display import display_of
from models.fields import kind_of
from models.metamodel import EntityType, Field, Side


class Columns:
    """The columns of one row, gathered while the selection is walked; equal ones are fetched once."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self._places: dict[Expression, int] = {}

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """The columns in the order of the row."""
        return tuple(self._places)

    def place(self, value: Expression) -> int:
        """Where a value stands in the row."""
        return self._places.setdefault(value, len(self._places))

    def node(self, var: str, by_type: request.ByType, *, force_kinds: bool = False) -> Shape:
        """What is selected of a record that is of one type, or of whichever type it turns out to be."""
        if len(by_type) == 1 and not force_kinds:
            (selection,) = by_type.values()
            return self.record(var, selection)
        kinds: dict[str, Record] = {}
        alike: dict[tuple[Expression, ...], list[str]] = {}
        for name, selection in by_type.items():
            inner = Columns(self.scope)
            inner.place(_TYPE)
            kinds[name] = inner.record(var, selection)
            alike.setdefault(inner.expressions, []).append(name)
        groups = sorted(alike.items(), key=lambda group: len(group[1]))
        whens = [_when(var, columns, names, rest=names is groups[-1][1]) for columns, names in groups]
        return ByKind(self.place(Case(tuple(whens))), kinds)

    def record(self, var: str, selection: request.Selection) -> Record:
        """What is selected of a record or link bound to `var`."""
        return Record(tuple((item.key, self._item(var, item)) for item in selection))

    def _item(self, var: str, item: request.Item) -> Shape:
        match item:
            case request.Constant(_, value):
                return Fixed(value)
            case request.Leaf(_, field, inside, from_slots):
                return self.leaf(var, field, inside, from_slots)
            case request.DisplayName(_, kind):
                return self._display(var, kind)
            case request.Group(_, items):
                return self.record(var, items)
            case request.Explained():
                return self._explained(var, item)
            case request.History():
                rows, size = self.place(change_rows(var, item)), self.place(Param(item.size_slot))
                return Recounted(rows, size, item.cut_slots is not None, item.fields, item.parts)
            case request.Sub(_, side, connection):
                place = len(self._places)
                parts, shape = connection_parts(self.scope, connection, place, var, side)
                self._places[ListOf(tuple(part.as_expression() for part in parts))] = place
                return shape

    def leaf(
        self,
        var: str,
        field: Field,
        inside: tuple[tuple[str, str], ...] | None = None,
        from_slots: tuple[str, ...] = (),
    ) -> Value:
        """A field's value; of a place also its distances from points."""
        columns = [readable(var, column) for column in kind_of(field).columns(field)]
        columns += [distance(var, field, slot) for slot in from_slots]
        return value_shape(field, tuple(map(self.place, columns)), inside)

    def _explained(self, var: str, item: request.Explained) -> Explained:
        document = self.place(document_of(var, item.engine))
        most, language = self.place(Param(item.most_slot)), self.place(Param(item.language_slot))
        return Explained(item.type, document, most, language, item.what, item.parts, item.signals)

    def _display(self, var: str, kind: EntityType) -> Value | Fixed:
        fields, finish = display_of(kind)
        if not fields:
            return Fixed(finish())
        places = [self.place(readable(var, column)) for field in fields for column in kind_of(field).columns(field)]
        return Value(tuple(places), finish, whole=True)


_TYPE = Literal("Record")  # stands for the record's own label until it is known which types share their columns


def _when(var: str, columns: tuple[Expression, ...], names: list[str], *, rest: bool) -> tuple[Expression, Expression]:
    """The columns of types that are read alike; the largest group comes last and takes what is left."""
    if len(names) == 1:
        return HasLabel(Var(var), names[0]), ListOf((Literal(names[0]), *columns[1:]))
    labels = ["Record"] if rest else names
    condition = some([HasLabel(Var(var), label) for label in labels])
    return condition, ListOf((Call("head", (_own_labels(var),)), *columns[1:]))


def _own_labels(var: str) -> Expression:
    among = Binary(Var("x"), "IN", Call("labels", (Var(var),)))
    return ListOf((Binary(among, "WHERE", Binary(Var("x"), "<>", Literal("Record"))),))


@dataclass(frozen=True, slots=True)
class Part:
    """One column of a connection: clauses that end in rows, and what to make of them."""

    clauses: tuple[Clause, ...]
    value: Expression
    gathered: str  # "collect", "count" or "figures"

    def as_query(self, name: str) -> Query:
        """The part as a sub-query of its own that returns one column."""
        if self.gathered == "figures":
            return Query((Return((Item(self.value, name),)),))
        function = Call("collect", (self.value,)) if self.gathered == "collect" else Call("count", (self.value,))
        return Query((*self.clauses, Return((Item(function, name),))))

    def as_expression(self) -> Expression:
        """The part as an expression inside a row."""
        if self.gathered == "figures":
            return self.value
        inner = Query((*self.clauses, Return((Item(self.value, ""),))))
        return Collect(inner) if self.gathered == "collect" else CountOf(inner)


class _Source:
    """Where a connection's rows come from: all records of a type, or the links of one record."""

    def __init__(self, scope: Scope, wanted: request.Connection, near: str, side: Side | None) -> None:
        self.scope, self.wanted, self.near, self.side = scope, wanted, near, side
        # of the past no record's links are known by walking from it
        self.anchor = anchor(wanted.page.filter) if side is None and wanted.clock is None else None

    def rows(self) -> tuple[Match, str, str]:
        """The match that finds the rows, and the variables of record and link ("" at the root)."""
        node, link = self.scope.fresh("n"), self.scope.fresh("l") if self.side else ""
        pattern: Pattern
        in_force: Expression | None = None
        asked, begun = self.wanted.page.filter, None
        if self.side is None:
            pattern = of_type(node, self.wanted.types[0], by_id=self.by_id)
            if self.anchor is not None:
                sieve, further = compared(asked), beside(asked, self.anchor)
                begun = begun_at(self.scope, self.anchor, sieve, further, node)
                asked = without(asked, self.anchor, *sieve, *further)
        else:
            pattern, in_force = self.scope.along(self.near, self.side, link, node)
        where = every((in_force, begun, condition(self.scope, asked, node, link)))
        return Match((pattern,), where), node, link

    @property
    def by_id(self) -> bool:
        """Whether the index on ids finds the rows: few, sought, then sorted."""
        return self.anchor is not None or pins_id(self.wanted.page.filter)

    @property
    def listed_by(self) -> Field | None:
        """The field in whose order an index holds the records as they are now."""
        return listed_by(self.wanted.types[0]) if self.side is None and self.wanted.clock is None else None

    def selected(self, var: str, by_type: request.ByType) -> tuple[Expression, Shape]:
        """What is selected of a record as one list, and how it is read."""
        columns = Columns(self.scope)
        shape = columns.node(var, by_type, force_kinds=self.wanted.interface)
        return ListOf(columns.expressions), shape


def connection_parts(
    scope: Scope, wanted: request.Connection, place: int, near: str = "", side: Side | None = None
) -> tuple[list[Part], ConnectionShape]:
    """The columns of a connection and the shape that reads them, for a list at `place` of the outer row."""
    with scope.at(wanted.clock):
        return _connection_parts(scope, wanted, place, near, side)


def _connection_parts(
    scope: Scope, wanted: request.Connection, place: int, near: str, side: Side | None
) -> tuple[list[Part], ConnectionShape]:
    source = _Source(scope, wanted, near, side)
    parts: list[Part] = []
    entries: list[tuple[str, Shape]] = []
    rows = None
    for part in wanted.parts:
        if part.what in ("edges", "nodes", "pageInfo") and rows is None:
            rows = _Page(source)
            parts.append(Part((), Literal(None), "collect"))
    for part in wanted.parts:
        match part.what:
            case "typename":
                entries.append((part.key, Fixed(part.type_name)))
            case "totalCount":
                match_, node, link = source.rows()
                counted = Var(link or node)
                entries.append((part.key, Total(len(parts))))
                parts.append(Part((known_by_count(match_),), counted, "count"))
            case "grouped":
                assert part.grouped is not None
                entries.append((part.key, _grouped(source, part.grouped, parts)))
            case "aggregate":
                match_, node, link = source.rows()
                if all(each.what in ("count", "typename") for each in part.aggregate):
                    match_ = known_by_count(match_)
                expression, record = figures(scope, (match_,), part.aggregate, node, link)
                entries.append((part.key, Figures(len(parts), record)))
                parts.append(Part((), expression, "figures"))
            case _:
                assert rows is not None
                entries.append((part.key, rows.entry(part)))
    if rows is not None:
        parts[0] = rows.part()
    page = wanted.page
    return parts, ConnectionShape(place, tuple(entries), page.size_slot, page.backward, page.peek, rows is not None)


def _grouped(source: _Source, wanted: Grouped, parts: list[Part]) -> Record:
    """The columns of what is asked of groups, added to those of the connection, and how they are read."""
    entries: list[tuple[str, Shape]] = []
    for part in wanted.parts:
        groups = Groups(source.scope, wanted, source.rows, source.selected)
        match part.what:
            case "typename":
                entries.append((part.key, Fixed(part.type_name)))
            case "totalCount":
                entries.append((part.key, Total(len(parts))))
                parts.append(Part(groups.counted(), Literal(1), "count"))
            case _:
                clauses, value, record = groups.listed(part.rows)
                entries.append((part.key, Listed(len(parts), record)))
                parts.append(Part(clauses, value, "collect"))
    return Record(tuple(entries))


def known_by_count(match: Match) -> Match:
    """The match without the type at its far end, which its relation implies: Neo4j knows a record's links by their count."""
    (pattern,) = match.patterns
    *near, far = pattern.parts
    if not near or match.where is not None or not isinstance(far, Node):
        return match
    shorter = Pattern((*near, replace(far, labels=())))
    return replace(match, patterns=(shorter,))


class _Page:
    """The rows of a page."""

    def __init__(self, source: _Source) -> None:
        self.source = source
        self.page = source.wanted.page
        self.columns = Columns(source.scope)
        self.match, self.node, self.link = source.rows()
        self.tie = self.link or self.node

    def entry(self, part: request.ConnectionPart) -> Shape:
        """One of edges, nodes and pageInfo."""
        if part.what == "pageInfo":
            cursor = self._cursor()
            paged = self.page.cut is not None
            return Record(
                tuple(
                    (
                        info.key,
                        Fixed("PageInfo")
                        if info.what == "typename"
                        else Info(info.what, cursor, paged, self.page.skip_slot),
                    )
                    for info in part.info
                )
            )
        if part.what == "nodes":
            assert part.node is not None
            return Each(self._node(part.node))
        return Each(Record(tuple((edge.key, self._edge(edge)) for edge in part.edge)))

    def _edge(self, edge: request.EdgePart) -> Shape:
        match edge.what:
            case "cursor":
                return self._cursor()
            case "node":
                assert edge.node is not None
                return self._node(edge.node)
            case "link":
                assert edge.link is not None
                return self.columns.record(self.link, edge.link)
            case _:
                return Fixed(edge.type_name)

    def _node(self, by_type: request.ByType) -> Shape:
        return self.columns.node(self.node, by_type, force_kinds=self.source.wanted.interface)

    def _cursor(self) -> CursorOf:
        places = []
        for key in self.page.order:
            var = self.link if key.of_link else self.node
            places.append(self.columns.place(_sort_value(var, key)))
        tie = self.columns.place(Prop(Var(self.tie), system.ID.key))
        return CursorOf(tuple(places), tie, order_name(self.page.order))

    def part(self) -> Part:
        """The rows, ordered and cut to the page."""
        found = paging.Found(self.match, self.node, self.link, self.source.listed_by)
        if self.source.side is None and not self.source.by_id:
            clauses = paging.scanned(self.source.scope, self.page, found)
        else:  # few: walked to or sought, then sorted
            clauses = paging.sorted_rows(self.page, found)
        return Part(clauses, ListOf(self.columns.expressions), "collect")


def _sort_value(var: str, key: request.OrderKey) -> Expression:
    """What a cursor keeps of a sort key: of a distance also whence, so that it goes on from no other point."""
    if not key.from_slot:
        return readable(var, kind_of(key.field).columns(key.field)[0])
    far, whence = distance(var, key.field, key.from_slot), Param(key.from_slot)
    told = ListOf((far, Prop(whence, "latitude"), Prop(whence, "longitude")))
    return Case(((IsNull(far, negated=True), told),))


def order_name(order: tuple[request.OrderKey, ...]) -> str:
    """The order of a list as text: a cursor made under one order is refused under another."""
    return ",".join(
        f"{'link.' if key.of_link else ''}{key.field.name}{'-' if key.descending else '+'}" for key in order
    )
