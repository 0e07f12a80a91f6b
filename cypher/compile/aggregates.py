"""Aggregates: counts, exact sums, averages, percentiles, smallest and largest, over a list, its links and the lists behind it."""

from __future__ import annotations

from cypher.ast import (
    EVERY,
    Arithmetic,
    Call,
    CallSubquery,
    Clause,
    Collect,
    Expression,
    Item,
    ListOf,
    Match,
    Query,
    Return,
    Var,
    With,
    every,
)
from cypher.compile.figure_rows import FigureRow, needs_order
from cypher.compile.scope import Scope
from cypher.request import AggregatePart
from cypher.shape import Figures, Record, Shape


def figures(
    scope: Scope, clauses: tuple[Clause, ...], parts: tuple[AggregatePart, ...], node: str, link: str = ""
) -> tuple[Expression, Record]:
    """An expression holding one row of figures over the rows of `clauses`, and how to read it.

    The row is a list in a list: first the figures over the rows themselves, then one list for each relation of the
    distinct records among them.
    """
    row = FigureRow(scope, node, link, stepwise=needs_order(parts))
    entries = row.entries(parts)
    own = _gathered(clauses, row)
    if not row.behind:
        return own if row.columns else ListOf((ListOf(()),)), entries
    lists, placed = behind(scope, clauses, row)
    whole: Expression = ListOf(lists)
    if row.columns:
        whole = Arithmetic(Call("head", (own,)), "+", whole)
    return ListOf((whole,)), Record(tuple((key, filled(shape, placed)) for key, shape in entries.entries))


def _gathered(clauses: tuple[Clause, ...], row: FigureRow) -> Expression:
    """A list with the row of figures in it.

    The steps stand in a sub-query of their own: right inside COLLECT, Neo4j 2026.09 takes what a WITH aggregates to be
    grouped by the variables around it, and so no rows give no row of figures rather than one.
    """
    figures = ListOf(tuple(row.columns))
    if not row.stepwise:
        return Collect(Query((*clauses, Return((Item(figures, ""),)))))
    made = Query((*clauses, *row.steps(), Return((Item(figures, "row"),))))
    return Collect(Query((CallSubquery(made, EVERY), Return((Item(Var("row"), ""),)))))


def behind(scope: Scope, clauses: tuple[Clause, ...], row: FigureRow) -> tuple[tuple[Expression, ...], list[Figures]]:
    """The lists that follow a row's own columns, one for each relation of the records of `clauses`, and where each is."""
    through = [_behind(scope, clauses, row.node, part) for part in row.behind]
    placed = [Figures(len(row.columns) + place, record) for place, (_, record) in enumerate(through)]
    return tuple(expression for expression, _ in through), placed


def _behind(scope: Scope, clauses: tuple[Clause, ...], near: str, part: AggregatePart) -> tuple[Expression, Record]:
    """Figures over the links that the distinct records have along a relation."""
    assert part.side is not None
    link, far = scope.fresh("l"), scope.fresh("m")
    pattern, in_force = scope.along(near, part.side, link, far)
    onward = (With((Item(Var(near), near),), distinct=True), Match((pattern,), every((in_force,))))
    return figures(scope, (*clauses, *onward), part.parts, far, link)


def filled(shape: Shape, placed: list[Figures]) -> Shape:
    """What is read from a row, with the lists behind it in their places."""
    match shape:
        case Figures(column) if column < 0:
            return placed[-1 - column]
        case Figures(column, Record(entries)):
            return Figures(column, Record(tuple((key, filled(inner, placed)) for key, inner in entries)))
    return shape
