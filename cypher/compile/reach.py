"""Conditions on what lies several links away."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cypher import request
from cypher.ast import CallSubquery, Clause, Exists, Expression, Item, Match, Query, Return, Union, Var, With, some
from cypher.compile.scope import Scope
from models.metamodel import Direction, Side

Inner = Callable[[str], Expression | None]


def reaches(scope: Scope, wanted: request.Reach, var: str, inner: Inner) -> Expression:
    """Whether a record that `inner` holds for lies up to so many links away.

    What lies one link further is walked to from each record once, so that circles and many ways to the same record cost
    no more than the links there are, for each step.
    """
    return some([Exists(Query(_walk(scope, wanted, var, steps, inner))) for steps in range(1, wanted.within + 1)])


def _walk(scope: Scope, wanted: request.Reach, var: str, steps: int, inner: Inner) -> tuple[Clause, ...]:
    clauses: list[Clause] = []
    for left in reversed(range(steps)):
        far = scope.fresh("m")
        clauses.append(step(scope, wanted, var, far, bound=var))
        where = None if left else inner(far)
        clauses.append(With((Item(Var(far), far),), distinct=True, where=where))
        var = far
    return (*clauses, Return((Item(Var(var), var),)))


def step(scope: Scope, wanted: request.Reach, near: str, far: str, *, bound: str) -> Clause:
    """One link walked from `near` to `far`, of which one is `bound` already and the other found."""
    found = far if bound == near else near
    ways = [
        Match((pattern,), in_force)
        for side in _sides(wanted)
        for pattern, in_force in (scope.along(near, side, scope.fresh("l"), far),)
    ]
    if len(ways) == 1:
        return ways[0]
    end = Return((Item(Var(found), found),))
    return CallSubquery(Union(tuple(Query((way, end)) for way in ways)), (bound,))


def _sides(wanted: request.Reach) -> Iterator[Side]:
    """The ways to walk one step: a symmetric relation always both, any other as asked."""
    for relation in wanted.relations:
        if relation.symmetric:
            yield Side(relation, Direction.BOTH, relation.source, relation.target)
            continue
        if wanted.direction is not Direction.IN:
            yield Side(relation, Direction.OUT, relation.source, relation.target)
        if wanted.direction is not Direction.OUT:
            yield Side(relation, Direction.IN, relation.target, relation.source)
