"""A section of a view: the links of one relation with the records at their far ends."""

from __future__ import annotations

from collections.abc import Sequence

from cypher.ast import (
    Arithmetic,
    Binary,
    Call,
    Case,
    Clause,
    Collect,
    Expression,
    Item,
    Link,
    ListOf,
    Literal,
    Match,
    Node,
    Param,
    Pattern,
    Query,
    Return,
    Var,
    every,
)
from cypher.ast.packing import Slice
from cypher.compile.scope import Scope
from cypher.compile.view360.walks import HERE, MOST_WALKED, record
from models.metamodel import Direction, Side

MOST_SHOWN = 50  # links of a hub's relation that has more of them; with fewer all are at hand, for figures
SHOWN = "shown"  # parameter: how many links of a relation are wanted


def walked(scope: Scope, side: Side) -> Expression:
    """Rows [properties of the link, whether it leads away, [labels, properties] of the far record]: the first MOST_SHOWN."""
    link, far = scope.fresh("l"), scope.fresh("m")
    pattern, condition = scope.along(HERE, side, link, far)
    first, middle, last = pattern.parts
    assert isinstance(last, Node)
    bare = Pattern((first, middle, Node(far, record=side.far.types)))
    return _rows((Match((bare,), condition),), link, far, Literal(MOST_SHOWN))


def sent(rows: Expression, degree_name: str) -> Expression:
    """All rows of a side with at most MOST_SHOWN links, else those that are wanted: to be sent costs more than to be read."""
    many = Binary(Var(degree_name), ">", Literal(MOST_SHOWN))
    return Slice(rows, Literal(0), Case(((many, Param(SHOWN)),), Literal(MOST_SHOWN)))


def all_links(scope: Scope, relations: tuple[str, ...], degree_names: Sequence[str]) -> Expression:
    """Rows [relation, …as of `walked`] of every link in force; none where there are more of them than are walked.

    Without degrees, which of the past are not known beforehand, one link more than are walked.
    """
    link, far = scope.fresh("l"), scope.fresh("m")
    total: Expression = Literal(0)
    for name in degree_names:
        total = Arithmetic(total, "+", Var(name))
    few = Binary(total, "<=", Literal(MOST_WALKED)) if degree_names else None
    pattern = Pattern((Node(HERE), Link(link, relations, Direction.BOTH), Node(far, record=())))
    away = Binary(Call("startNode", (Var(link),)), "=", Var(HERE))
    row = ListOf((Call("type", (Var(link),)), Call("properties", (Var(link),)), away, record(far)))
    most = None if degree_names else Literal(MOST_WALKED + 1)
    found = Match((pattern,), every((few, scope.in_force(link))))
    return Collect(Query((found, Return((Item(row, "row"),), limit=most))))


def _rows(clauses: tuple[Clause, ...], link: str, far: str, most: Expression) -> Expression:
    away = Binary(Call("startNode", (Var(link),)), "=", Var(HERE))
    row = ListOf((Call("properties", (Var(link),)), away, record(far)))
    return Collect(Query((*clauses, Return((Item(row, "row"),), limit=most))))
