"""Lists begun at the other end: where a filter names a record by its id, its links are walked back to what is listed.

`people(where: {company: {some: {node: {id: {eq: …}}}}})` asks of every person whether a link leads to that company. A company
has far fewer links than there are people, so the list is begun at the company; which ids that gives is one condition more,
which the index on ids answers.

All records that are found so are looked at before any is shown. What is compared of them as it is stored is asked on the
spot, so that only what is left is sought by its id. What else is asked of them over several links to a record named by its
id, that it is reached or that it is not, is walked back from there once, not from each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cypher import request
from cypher.ast import (
    Binary,
    CallSubquery,
    Clause,
    Collect,
    Expression,
    Item,
    Match,
    Node,
    Not,
    Pattern,
    Prop,
    Query,
    Return,
    Union,
    Var,
    With,
    every,
)
from cypher.compile.filters import condition, pins_id
from cypher.compile.reach import step
from cypher.compile.scope import Scope
from models import system
from models.fields.kind import Operator

ID = system.ID.key
AS_STORED = frozenset({Operator.EQ, Operator.IN})  # signs that compare whatever a property holds
FAR = 2  # links, from which on walking from each record costs more than telling whether it was found


def anchor(wanted: request.Filter | None) -> request.Related | request.Reach | None:
    """The part of a filter that leads to records named by their ids; None where there is none, or an id is asked for itself."""
    return None if pins_id(wanted) else next(_leading(wanted), None)


def beside(wanted: request.Filter | None, part: request.Filter) -> tuple[request.Reach | request.Negated, ...]:
    """Further parts that ask whether a record named by its id is reached over several links, or that it is not."""
    return tuple(
        each
        for each in _parts(wanted)
        if each is not part and isinstance(each, request.Reach | request.Negated) and _far_walk(each) is not None
    )


def compared(wanted: request.Filter | None) -> tuple[request.Compare, ...]:
    """Parts that compare a property of the record as it is stored, which no record of whatever type can fail at."""
    return tuple(each for each in _parts(wanted) if isinstance(each, request.Compare) and each.operator in AS_STORED)


def begun_at(
    scope: Scope,
    part: request.Related | request.Reach,
    sieve: Sequence[request.Compare],
    further: Sequence[request.Reach | request.Negated],
    var: str,
) -> Expression:
    """Whether the record bound to `var` is among those that all parts hold for, which are found from the other end."""
    near, sets = scope.fresh("m"), [scope.fresh("s") for _ in further]
    found = _walked(scope, part, near)
    if sieve:
        found = (*found, With((Item(Var(near), near),), where=every(condition(scope, each, near) for each in sieve)))
    if further:
        gathered = [Item(_ids(scope, each), name) for each, name in zip(further, sets, strict=True)]
        among = (_is_in(near, each, name) for each, name in zip(further, sets, strict=True))
        carried = (Item(Var(near), near), *(Item(Var(name), name) for name in sets))
        inner = CallSubquery(Query((*found, Return((Item(Var(near), near),)))))
        found = (With(tuple(gathered)), inner, With(carried, where=every(among)))
    return Binary(Prop(Var(var), ID), "IN", Collect(Query((*found, Return((Item(Prop(Var(near), ID), ""),))))))


def without(wanted: request.Filter | None, *parts: request.Filter) -> request.Filter | None:
    """The filter but for some of its parts."""
    rest = tuple(each for each in _parts(wanted) if not any(each is part for part in parts))
    return request.Every(rest) if rest else None


def _far_walk(part: request.Reach | request.Negated) -> request.Reach | None:
    """The walk of several links that a part asks for or rules out, where it leads to records named by their ids."""
    walk, *others = _parts(part.part) if isinstance(part, request.Negated) else (part,)
    if others or not isinstance(walk, request.Reach) or walk.within < FAR:
        return None
    return walk if pins_id(walk.filter) or any(_leading(walk.filter)) else None


def _ids(scope: Scope, part: request.Reach | request.Negated) -> Expression:
    walk, near = _far_walk(part), scope.fresh("m")
    assert walk is not None
    return Collect(Query((*_walked(scope, walk, near), Return((Item(Prop(Var(near), ID), ""),)))))


def _is_in(near: str, part: request.Reach | request.Negated, ids: str) -> Expression:
    found = Binary(Prop(Var(near), ID), "IN", Var(ids))
    return Not(found) if isinstance(part, request.Negated) else found


def _parts(wanted: request.Filter | None) -> Iterator[request.Filter]:
    """What must hold all together."""
    if isinstance(wanted, request.Every):
        for part in wanted.parts:
            yield from _parts(part)
    elif wanted is not None:
        yield wanted


def _leading(wanted: request.Filter | None) -> Iterator[request.Related | request.Reach]:
    for part in _parts(wanted):
        if isinstance(part, request.Related) and part.quantifier is not request.Quantifier.SOME:
            continue
        if isinstance(part, request.Related | request.Reach) and (pins_id(part.filter) or any(_leading(part.filter))):
            yield part


def _walked(scope: Scope, part: request.Related | request.Reach, near: str) -> tuple[Clause, ...]:
    """Clauses with one row for each record that `part` holds for, bound to `near`."""
    far = scope.fresh("m")
    begun = _begun(scope, part, far)
    if isinstance(part, request.Related):
        return (*begun, *_along(scope, part, near, far))
    ways = [_steps(scope, part, near, far, steps) for steps in range(1, part.within + 1)]
    end = Return((Item(Var(near), near),))
    return (*begun, CallSubquery(Union(tuple(Query((*way, end)) for way in ways)), (far,)), _each_once(near))


def _begun(scope: Scope, part: request.Related | request.Reach, far: str) -> tuple[Clause, ...]:
    """Clauses with a row for each record at the far end; what is asked of it beside is asked on the way."""
    if (inner := anchor(part.filter)) is not None:
        return _walked(scope, inner, far)
    pins = next(each for each in _parts(part.filter) if pins_id(each))
    types = part.side.far.types if isinstance(part, request.Related) else ()
    labels = ("Record", *types) if len(types) == 1 else ("Record",)
    return (Match((Pattern((Node(far, labels, record=types),)),), condition(scope, pins, far)),)


def _along(scope: Scope, part: request.Related, near: str, far: str) -> tuple[Clause, ...]:
    link = scope.fresh("l")
    pattern, in_force = scope.along(near, part.side, link, far)
    rest = condition(scope, _unpinned(part.filter), far, link)
    return Match((pattern,), every((in_force, rest))), _each_once(near)


def _steps(scope: Scope, part: request.Reach, near: str, far: str, steps: int) -> Iterable[Clause]:
    """So many links walked, each record looked at once for each of them."""
    rest = condition(scope, _unpinned(part.filter), far)
    before = far
    if rest is not None:
        yield With((Item(Var(far), far),), where=rest)
    for left in reversed(range(steps)):
        after = scope.fresh("m") if left else near
        yield step(scope, part, after, before, bound=before)
        yield _each_once(after)
        before = after


def _unpinned(wanted: request.Filter | None) -> request.Filter | None:
    """What is left to ask of a record that was begun at."""
    inner = anchor(wanted)
    pins = inner if inner is not None else next(each for each in _parts(wanted) if pins_id(each))
    return without(wanted, pins)


def _each_once(var: str) -> With:
    return With((Item(Var(var), var),), distinct=True)
