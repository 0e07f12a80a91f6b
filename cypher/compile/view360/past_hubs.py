"""A hub of the past: no index knows its links as they were, so they are walked, once, and what is shown is taken from those."""

from __future__ import annotations

from cypher.ast import (
    Binary,
    Call,
    CallSubquery,
    Clause,
    Collect,
    Element,
    Expression,
    Filter,
    HasLabel,
    Item,
    Link,
    ListOf,
    Literal,
    MapOf,
    Match,
    Node,
    Order,
    Pattern,
    Prop,
    Query,
    Return,
    Rows,
    Unwind,
    Var,
    With,
    every,
    some,
)
from cypher.compile.scope import Scope
from cypher.compile.view360.walks import HERE, Walk, record
from models.metamodel import Direction, Side

WALKED = "walked"  # variable: the links in force, in groups
RELATION, AWAY, CIRCULAR, COUNT, PAIRS = "relation", "away", "circular", "count", "pairs"  # what a group has
GROUP, PAIR = "g", "p"


def walked(scope: Scope, relations: tuple[str, ...]) -> Clause:
    """Binds WALKED to the links of some relations in groups: a relation and direction, how many, each link with its far end."""
    link, far = scope.fresh("l"), scope.fresh("m")
    pattern = Pattern((Node(HERE), Link(link, relations, Direction.BOTH), Node(far, record=())))
    group = {
        RELATION: Call("type", (Var(link),)),
        AWAY: Binary(Call("startNode", (Var(link),)), "=", Var(HERE)),
        CIRCULAR: Binary(Prop(Var(far), "id"), "=", Prop(Var(HERE), "id")),
        COUNT: Rows(),
        PAIRS: Call("collect", (ListOf((Var(link), Var(far))),)),
    }
    grouped = With(tuple(Item(value, name) for name, value in group.items()))
    groups = Call("collect", (MapOf(tuple((name, Var(name)) for name in group)),))
    found = Match((pattern,), scope.in_force(link))
    return CallSubquery(Query((found, grouped, Return((Item(groups, WALKED),)))), (HERE,))


def count(side: Side) -> Expression:
    """How many links there are along a side."""
    total = Item(Call("sum", (Prop(Var(GROUP), COUNT),)), "row")
    return Call("head", (Collect(Query((*_groups(side), Return((total,))))),))


def links(scope: Scope, side: Side, most: int) -> Expression:
    """Rows [properties of the link, whether it leads away, [labels, properties] of the far record]: some along a side."""
    link, far = scope.fresh("l"), scope.fresh("m")
    both = With((_away(), Item(Element(Var(PAIR), 0), link), Item(Element(Var(PAIR), 1), far)), limit=Literal(most))
    row = ListOf((Call("properties", (Var(link),)), Var(AWAY), record(far)))
    return Collect(Query((*_pairs(side), both, Return((Item(row, "row"),)))))


def from_walked(
    side: Side, way: Walk, where: Expression | None, order: tuple[Order, ...], size: Expression
) -> tuple[Clause, ...]:
    """The first records of the far type, bound to `far`, that a way of one step leads to, in the order they are asked for."""
    end = way.pattern.parts[-1]
    assert isinstance(end, Node)
    of_type = every((*(HasLabel(Var(way.far), label) for label in end.labels), where))
    each = With((Item(Element(Var(PAIR), 1), way.far),), distinct=True, where=of_type)
    return *_pairs(side), each, With((Item(Var(way.far), way.far),), order=order, limit=size)


def _pairs(side: Side) -> tuple[Clause, ...]:
    return *_groups(side), Unwind(Prop(Var(GROUP), PAIRS), PAIR)


def _groups(side: Side) -> tuple[Clause, ...]:
    """The groups of a side; a link of a record to itself is on both sides of its relation."""
    of_relation = Binary(Prop(Var(GROUP), RELATION), "=", Literal(side.relation.name))
    away = Binary(Prop(Var(GROUP), AWAY), "=", Literal(side.direction is Direction.OUT))
    there = None if side.direction is Direction.BOTH else some((away, Prop(Var(GROUP), CIRCULAR)))
    condition = every((of_relation, there))
    assert condition is not None
    return Unwind(Var(WALKED), GROUP), Filter(condition)


def _away() -> Item:
    return Item(Prop(Var(GROUP), AWAY), AWAY)
