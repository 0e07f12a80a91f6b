"""Aggregates: counts, exact sums, averages, smallest and largest, over a list, its links and the lists behind it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from cypher.ast import (
    Arithmetic,
    Call,
    Clause,
    Collect,
    Expression,
    Item,
    ListOf,
    Literal,
    Match,
    Query,
    Return,
    Var,
    With,
    every,
)
from cypher.compile.properties import compared, first_column
from cypher.compile.scope import Scope
from cypher.request import AggregatePart, Constant, Figure
from cypher.shape import Figures, Fixed, Record, Shape, Value
from models.fields import kind_of
from models.fields.decimal import plain
from models.fields.integer import BIG
from models.fields.kind import Aggregate, Storage
from models.metamodel import Field

HALF = 1_000_000_000


class FigureRow:
    """The figures of one list, gathered as columns of one row."""

    def __init__(self, node: str, link: str) -> None:
        self.node, self.link = node, link
        self.columns: list[Expression] = []
        self.behind: list[AggregatePart] = []

    def column(self, value: Expression) -> int:
        """The place of a value in the row, added when it is not there yet."""
        if value not in self.columns:
            self.columns.append(value)
        return self.columns.index(value)

    def entries(self, parts: tuple[AggregatePart, ...]) -> Record:
        """The answer's entries, each reading from the row."""
        return Record(tuple((part.key, self._entry(part)) for part in parts))

    def _entry(self, part: AggregatePart) -> Shape:
        if part.what == "typename":
            return Fixed(part.type_name)
        if part.what == "count":
            return Value((self.column(Call("count", (Literal(1),))),), None, True)
        if part.what in ("link", "group"):
            return self.entries(part.parts)
        if part.what == "relation":
            self.behind.append(part)
            return Figures(-len(self.behind), Record(()))  # which list it is; its place and entries follow
        assert part.field is not None
        var = self.link if part.of_link else self.node
        return Record(tuple((figure.key, self._figure(figure, part.field, var)) for figure in part.figures))

    def _figure(self, figure: Figure | Constant, field: Field, var: str) -> Shape:
        if isinstance(figure, Constant):
            return Fixed(figure.value)
        prop = compared(var, field)
        match figure.what:
            case Aggregate.COUNT:
                return Value((self.column(Call("count", (prop,))),), None, True)
            case Aggregate.COUNT_DISTINCT:
                return Value((self.column(Call("count", (prop,), distinct=True)),), None, True)
            case Aggregate.MIN | Aggregate.MAX:
                value: Expression = Call(figure.what.value, (prop,))
                if first_column(field).storage in (Storage.DATE, Storage.DATETIME):
                    value = Call("toString", (value,))
                return Value((self.column(value),), _extreme(field), inside=figure.inside)
            case _ if first_column(field).storage is Storage.FLOAT:
                return Value(
                    (self.column(Call("sum", (prop,))), self.column(Call("count", (prop,)))),
                    _float_sum if figure.what is Aggregate.SUM else _float_average,
                    whole=True,
                )
            case _:
                places = tuple(self.column(part) for part in (*_halves(prop), Call("count", (prop,))))
                return Value(
                    places,
                    _sum(field) if figure.what is Aggregate.SUM else _average(field),
                    whole=True,
                    inside=figure.inside,
                )


def _halves(prop: Expression) -> tuple[Expression, Expression]:
    base = Literal(HALF)
    return Call("sum", (Arithmetic(prop, "/", base),)), Call("sum", (Arithmetic(prop, "%", base),))


def _scale(field: Field) -> int:
    key = first_column(field).key
    return int(key.rpartition("_e")[2]) if "_e" in key[len(field.key) :] else 0


def _money(field: Field, amount: str) -> Any:
    return {"amount": amount, "currency": field.options["currency"]}


def _extreme(field: Field) -> Callable[[Any], Any]:
    kind = kind_of(field)
    if len(kind.columns(field)) == 1:
        return lambda stored: kind.from_store(field, stored)
    return lambda stored: kind.from_store(field, stored, field.options.get("currency"))


def _float_sum(total: float, count: int) -> float:  # noqa: ARG001  # called as the average is
    return float(total)


def _float_average(total: float, count: int) -> float | None:
    return total / count if count else None


def _sum(field: Field) -> Callable[[int, int, int], Any]:
    scale, kind = _scale(field), field.kind

    def finish(high: int, low: int, count: int) -> Any:  # noqa: ARG001  # called as the average's is
        units = high * HALF + low
        if kind == "integer":
            return units if BIG[0] <= units <= BIG[1] else str(units)
        return _money(field, plain(units, scale)) if kind == "money" else plain(units, scale)

    return finish


def _average(field: Field) -> Callable[[int, int, int], Any]:
    scale, kind = _scale(field), field.kind
    step = Decimal(1).scaleb(-(scale + 6))

    def finish(high: int, low: int, count: int) -> Any:
        if not count:
            return None
        mean = format((Decimal(high * HALF + low) / count).scaleb(-scale).quantize(step), "f")
        return _money(field, mean) if kind == "money" else mean

    return finish


def figures(
    scope: Scope, clauses: tuple[Clause, ...], parts: tuple[AggregatePart, ...], node: str, link: str = ""
) -> tuple[Expression, Record]:
    """An expression holding one row of figures over the rows of `clauses`, and how to read it.

    The row is a list in a list: first the figures over the rows themselves, then one list for each relation of the
    distinct records among them.
    """
    row = FigureRow(node, link)
    entries = row.entries(parts)
    own = Collect(Query((*clauses, Return((Item(ListOf(tuple(row.columns)), ""),)))))
    if not row.behind:
        return own if row.columns else ListOf((ListOf(()),)), entries
    through = [_behind(scope, clauses, node, part) for part in row.behind]
    whole: Expression = ListOf(tuple(expression for expression, _ in through))
    if row.columns:
        whole = Arithmetic(Call("head", (own,)), "+", whole)
    behind = [Figures(len(row.columns) + place, record) for place, (_, record) in enumerate(through)]
    return ListOf((whole,)), _filled(entries, behind)


def _behind(scope: Scope, clauses: tuple[Clause, ...], near: str, part: AggregatePart) -> tuple[Expression, Record]:
    """Figures over the links that the distinct records have along a relation."""
    assert part.side is not None
    link, far = scope.fresh("l"), scope.fresh("m")
    pattern, in_force = scope.along(near, part.side, link, far)
    onward = (With((Item(Var(near), near),), distinct=True), Match((pattern,), every((in_force,))))
    return figures(scope, (*clauses, *onward), part.parts, far, link)


def _filled(entries: Record, behind: list[Figures]) -> Record:
    def fill(shape: Shape) -> Shape:
        return behind[-1 - shape.column] if isinstance(shape, Figures) else shape

    return Record(tuple((key, fill(shape)) for key, shape in entries.entries))
