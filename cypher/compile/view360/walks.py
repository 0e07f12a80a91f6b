"""Ways from the record at hand along relation fields, and the records at the ends of a hub's links in the order of an index."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cypher.ast import (
    Binary,
    Call,
    CallSubquery,
    Clause,
    CountOf,
    Exists,
    Expression,
    Item,
    Link,
    ListOf,
    Literal,
    Match,
    Node,
    Order,
    Pattern,
    Query,
    Return,
    Union,
    Var,
    With,
    every,
)
from cypher.compile.scope import Scope
from models.metamodel import Direction, Metamodel, Side
from models.profiles.paths import Step, steps

HERE = "n"  # the record at hand
MOST_WALKED = 1000  # links; a record with more is a hub


@dataclass(frozen=True, slots=True)
class Walk:
    """A way from the record at hand to records of one type bound to `far`: its pattern, and what its links must be."""

    pattern: Pattern
    in_force: Expression | None
    far: str

    def match(self, where: Expression | None = None) -> Match:
        """The rows of the way that also pass a condition."""
        return Match((self.pattern,), every((self.in_force, where)))

    def exists(self) -> Expression:
        """Whether the way leads to what `far` is bound to."""
        return Exists(Query((self.match(),)))


Finder = Callable[[Walk, Expression | None, tuple[Order, ...], Expression], tuple[Clause, ...]]
"""The clauses that bind the end of a way to the records that pass a condition: in an order, and no more than so many."""


def walk(scope: Scope, model: Metamodel, type_name: str, path: Sequence[str], far_type: str) -> Walk:
    """The way along a path to the records of a type at its end. Raises NoStep where the model has no such path."""
    found = steps(model, type_name, path)
    parts: list[Node | Link] = [Node(HERE)]
    conditions: list[Expression | None] = []
    far = ""
    for place, step in enumerate(found):
        link, far = scope.fresh("l"), scope.fresh("m")
        last = place == len(found) - 1
        parts += [_link(link, step), Node(far, (far_type,) if last else (), record=(far_type,) if last else step.far)]
        if any(side.relation.temporal for side in step.sides.values()):
            conditions.append(scope.in_force(link))
    return Walk(Pattern(tuple(parts)), every(conditions), far)


def _link(var: str, step: Step) -> Link:
    sides = step.sides.values()
    relations = tuple(dict.fromkeys(side.relation.name for side in sides))
    directions = {side.direction for side in sides}
    direction = directions.pop() if len(directions) == 1 else Direction.BOTH
    return Link(var, relations, direction, relation=relations[0])


def degree(scope: Scope, side: Side) -> Expression:
    """How many links a record has along a side; the database knows it without reading them where they carry no time."""
    temporal = side.relation.temporal
    link = Link("l" if temporal else "", (side.relation.name,), side.direction, relation=side.relation.name)
    pattern = Pattern((Node(HERE), link, Node("", record=side.far.types)))
    return CountOf(Query((Match((pattern,), scope.in_force("l") if temporal else None),)))


def from_index(
    degree_name: str, way: Walk, where: Expression | None, order: tuple[Order, ...], size: Expression
) -> tuple[Clause, ...]:
    """The first records of the far type, bound to `far`, that a hub's way leads to, in the order they are asked for.

    Where there are many links (`degree_name` says how many the first step has) they come out of the far type's index in
    that order, so that the cost is that of the page and not of the hub's links; where there are few, those are walked.
    """
    kept = (Item(Var(way.far), way.far),)
    found = Match((Pattern((way.pattern.parts[-1],)),), every((where, way.exists())))
    sought = CallSubquery(Query((found, With(kept, order=order, limit=size), Return(kept))), (HERE,))
    walked = (way.match(where), With(kept, order=order, limit=size))
    branches = Union((_branch(degree_name, ">", (sought,), kept), _branch(degree_name, "<=", walked, kept)))
    return (CallSubquery(branches, (HERE, degree_name)),)


def _branch(degree_name: str, op: str, clauses: tuple[Clause, ...], kept: tuple[Item, ...]) -> Query:
    here = With((Item(Var(HERE), HERE),), where=Binary(Var(degree_name), op, Literal(MOST_WALKED)))
    return Query((here, *clauses, Return(kept)))


def record(var: str) -> Expression:
    """A record as [its labels, its properties]."""
    return ListOf((Call("labels", (Var(var),)), Call("properties", (Var(var),))))
