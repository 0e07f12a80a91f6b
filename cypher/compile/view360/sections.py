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
    HasLabel,
    IsNull,
    Item,
    Link,
    ListOf,
    Literal,
    Match,
    Node,
    Pattern,
    Prop,
    Query,
    Return,
    Var,
    every,
    some,
)
from cypher.compile.scope import Scope, in_force
from cypher.compile.view360.walks import HERE, MOST_WALKED, record
from models.metamodel import Direction, Side

MOST_SHOWN = 50  # links of a hub's relation


def walked(scope: Scope, side: Side) -> Expression:
    """Rows [properties of the link, whether it leads away, [labels, properties] of the far record]: the first ones."""
    link, far = scope.fresh("l"), scope.fresh("m")
    pattern, condition = scope.along(HERE, side, link, far)
    first, middle, last = pattern.parts
    assert isinstance(last, Node)
    bare = Pattern((first, middle, Node(far, record=side.far.types)))
    return _rows((Match((bare,), condition),), link, far, Literal(MOST_SHOWN))


def all_links(scope: Scope, relations: tuple[str, ...], degree_names: Sequence[str]) -> Expression:
    """Rows [relation, …as of `walked`] of every link in force; none where there are more of them than are walked."""
    link, far = scope.fresh("l"), scope.fresh("m")
    total: Expression = Literal(0)
    for name in degree_names:
        total = Arithmetic(total, "+", Var(name))
    pattern = Pattern((Node(HERE), Link(link, relations, Direction.BOTH), Node(far, record=())))
    scope.uses_now = True
    where = every((Binary(total, "<=", Literal(MOST_WALKED)), in_force(link)))
    away = Binary(Call("startNode", (Var(link),)), "=", Var(HERE))
    row = ListOf((Call("type", (Var(link),)), Call("properties", (Var(link),)), away, record(far)))
    return Collect(Query((Match((pattern,), where), Return((Item(row, "row"),)))))


def ended(scope: Scope, side: Side) -> Expression:
    """The same rows of links that were in force at the moment and have ended since, as they are known today."""
    version, far = scope.fresh("l"), scope.fresh("m")
    id, source, target = Prop(Var(HERE), "id"), Prop(Var(version), "source"), Prop(Var(version), "target")
    here, far_id = (source, target) if side.direction is Direction.OUT else (target, source)
    at_this_end: Expression = Binary(here, "=", id)
    other_end: Expression = far_id
    if side.direction is Direction.BOTH:
        at_this_end = some([Binary(source, "=", id), Binary(target, "=", id)])
        other_end = Case(((Binary(source, "=", id), target),), source)
    of_relation = Binary(Prop(Var(version), "relation"), "=", Literal(side.relation.name))
    where = every((at_this_end, of_relation, IsNull(Prop(Var(version), "knownTo")), in_force(version)))
    labelled = some([HasLabel(Var(far), name) for name in side.far.types])
    clauses = (
        Match((Pattern((Node(version, ("LinkVersion",)),)),), where),
        Match((Pattern((Node(far, ("Record",), (("id", other_end),), record=side.far.types),)),), labelled),
    )
    away = Binary(source, "=", id)
    return _rows(clauses, version, far, Literal(MOST_WALKED), away)


def _rows(
    clauses: tuple[Clause, ...], link: str, far: str, most: Expression, away: Expression | None = None
) -> Expression:
    away = away or Binary(Call("startNode", (Var(link),)), "=", Var(HERE))
    row = ListOf((Call("properties", (Var(link),)), away, record(far)))
    return Collect(Query((*clauses, Return((Item(row, "row"),), limit=most))))
