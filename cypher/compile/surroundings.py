"""What lies around some records at a reading of both clocks: which of them are seen, and the links that touch them."""

from __future__ import annotations

from cypher.ast import (
    Binary,
    Call,
    Expression,
    Item,
    Link,
    Match,
    Node,
    Param,
    Pattern,
    Prop,
    Query,
    Return,
    Unwind,
    Var,
)
from cypher.clock import Clock
from cypher.compile.scope import Scope
from models.metamodel import Direction

IDS, READING = "ids", "reading"


def states(types: tuple[str, ...]) -> Query:
    """One row: the labels of those of some records that are seen then, and the properties of each as they were."""
    scope = Scope()
    with scope.at(Clock(READING)):
        near = scope.fresh("n")
        columns = Call("labels", (Var(near),)), Call("properties", (Var(near),))
        return scope.looked_back(Query((Unwind(Param(IDS), "i"), _found(near, types), _collected(*columns))))


def layer(types: tuple[str, ...], relations: tuple[str, ...]) -> Query:
    """One row of lists, a place for each link of some relations that touches a record and is in force then.

    The record's id, the id and the labels of the one at the other end, the relation, and whether the link leads away.
    """
    scope = Scope()
    with scope.at(Clock(READING)):
        near, link, far = (scope.fresh(prefix) for prefix in ("n", "l", "m"))
        ways = Link(link, relations, Direction.BOTH, relation=relations[0])
        walked = Match((Pattern((Node(near), ways, Node(far, record=()))),), scope.in_force(link))
        columns = (
            Prop(Var(near), "id"),
            Prop(Var(far), "id"),
            Call("labels", (Var(far),)),
            Call("type", (Var(link),)),
            Binary(Call("startNode", (Var(link),)), "=", Var(near)),
        )
        whole = Query((Unwind(Param(IDS), "i"), _found(near, types), walked, _collected(*columns)))
        return scope.looked_back(whole)


def _found(var: str, types: tuple[str, ...]) -> Match:
    return Match((Pattern((Node(var, ("Record",), (("id", Var("i")),), record=types),)),))


def _collected(*columns: Expression) -> Return:
    return Return(tuple(Item(Call("collect", (each,)), f"c{place}") for place, each in enumerate(columns)))
