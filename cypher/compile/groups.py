"""Rows put into groups: what is said of each group, which of them are shown, and in which order."""

from __future__ import annotations

from collections.abc import Callable

from cypher import request
from cypher.ast import (
    Call,
    Clause,
    Collect,
    Expression,
    Filter,
    Item,
    ListOf,
    Match,
    Order,
    Param,
    Query,
    Return,
    Unwind,
    Var,
    With,
)
from cypher.compile import paging
from cypher.compile.aggregates import behind, filled
from cypher.compile.figure_rows import COUNT, FigureRow
from cypher.compile.group_keys import Keys, told
from cypher.compile.measures import Measures
from cypher.compile.scope import Scope
from cypher.request.groupings import Grouped, RowPart
from cypher.shape import Figures, Fixed, Listed, Record, Several, Shape, Value

Source = Callable[[], tuple[Match, str, str]]  # the match that finds the rows, and the variables of record and link
Selected = Callable[[str, request.ByType], tuple[Expression, Shape]]  # what is selected of a record, as one list


class Groups:
    """The groups of a list's rows."""

    def __init__(self, scope: Scope, wanted: Grouped, source: Source, selected: Selected) -> None:
        self.scope, self.wanted, self.selected = scope, wanted, selected
        self.match, self.node, self.link = source()
        self.keys = Keys(scope, self.node, self.link, wanted.keys)
        self.row = FigureRow(scope, self.node, self.link, stepwise=True)
        self.row.gathered(COUNT)
        self.measures = Measures(self.row)
        self._columns: list[Expression] = []

    def counted(self) -> tuple[Clause, ...]:
        """The clauses with one row for each group."""
        having = self.wanted.having
        met: tuple[Clause, ...] = () if having is None else (Filter(self.measures.condition(having)),)
        named = (*self.keys.names, *self.row.names)
        return (
            self.match,
            *self.keys.clauses,
            *self.row.steps(self.keys.grouping),
            *self.measures.steps(named),
            *met,
        )

    def listed(self, parts: tuple[RowPart, ...]) -> tuple[tuple[Clause, ...], Expression, Record]:
        """The clauses with one row for each group that is shown, the list it becomes, and how that is read."""
        entries = tuple((part.key, self._entry(part)) for part in parts)
        lists, placed = behind(self.scope, self._members(), self.row) if self.row.behind else ((), [])
        figures = ListOf((ListOf((*self.row.columns, *lists)),))
        orders = self._orders()
        gathered = self.counted()
        names = tuple(Item(Var(name), name) for name in self._names())
        shown = With(names, order=orders, limit=Param(self.wanted.size_slot))
        told_entries = tuple((key, filled(shape, placed)) for key, shape in entries)
        return (*gathered, shown), ListOf((figures, *self._columns)), Record(told_entries)

    def _orders(self) -> tuple[Order, ...]:
        """As asked for, groups without the value last; then by the keys, so that no two groups are on a par."""
        orders: list[Order] = []
        for each in self.wanted.order:
            if isinstance(each.by, int):
                orders += paging.directed(Var(self.keys.names[each.by]), descending=each.descending)
            else:
                for value in self.measures.of(each.by):
                    orders += paging.directed(value, descending=each.descending)
        return (*orders, *(Order(Var(name)) for name in self.keys.names))

    def _names(self) -> tuple[str, ...]:
        return (*self.keys.names, *self.row.names, *self.measures.names)

    # what is said of a group

    def _place(self, value: Expression) -> int:
        """Where a value stands in a group's list; its figures come first."""
        if value not in self._columns:
            self._columns.append(value)
        return 1 + self._columns.index(value)

    def _entry(self, part: RowPart) -> Shape:
        match part.what:
            case "typename":
                return Fixed(part.type_name)
            case "count":
                return Value((self._place(self.row.gathered(COUNT)),), None, True)
            case "keys":
                return Several(tuple(self._key(part, place) for place in range(len(self.wanted.keys))))
            case "nodes":
                return self._nodes(part)
        return Figures(0, self.row.entries(part.aggregate))

    def _key(self, part: RowPart, place: int) -> Record:
        key = self.wanted.keys[place]
        columns, finishes = told(key, self.keys.names[place])
        places = tuple(map(self._place, columns))
        entries: list[tuple[str, Shape]] = []
        for each in part.keys:
            if each.what == "typename":
                entries.append((each.key, Fixed("GroupKey")))
            elif each.what == "name":
                entries.append((each.key, Fixed(key.name)))
            else:
                entries.append((each.key, Value(places, finishes[each.what])))
        return Record(tuple(entries))

    def _members(self, *, linked: bool = False) -> tuple[Clause, ...]:
        """The clauses with one row for each record of the group, and the link to it where it is wanted."""
        if not linked:
            return (Unwind(self.row.gathered(Call("collect", (Var(self.node),))), self.node),)
        pair = self.scope.fresh("r")
        pairs = self.row.gathered(Call("collect", (ListOf((Var(self.node), Var(self.link))),)))
        both = (Item(Call("head", (Var(pair),)), self.node), Item(Call("last", (Var(pair),)), self.link))
        return Unwind(pairs, pair), With(both)

    def _nodes(self, part: RowPart) -> Listed:
        assert part.node is not None
        value, record = self.selected(self.node, part.node)
        found = paging.Found(self.match, self.node, self.link)
        kept = tuple(Item(Var(name), name) for name in (self.node, self.link) if name)
        ordering = paging.ordering(part.order, found, paging.Course.of(part.order))
        cut = With(kept, order=ordering, limit=Param(part.size_slot))
        members = self._members(linked=bool(self.link))
        return Listed(self._place(Collect(Query((*members, cut, Return((Item(value, ""),)))))), record)
