"""New links."""

from __future__ import annotations

from cypher.ast import (
    Call,
    Create,
    Expression,
    HasLabel,
    Link,
    Literal,
    Match,
    Node,
    Param,
    Pattern,
    Query,
    SetAll,
    Unwind,
    Var,
    every,
    some,
)
from cypher.ast.expressions import Not
from cypher.compile.scope import NOW
from cypher.compile.writes.changes import CHANGE_SET_ID, change_row, of_row, tally
from cypher.compile.writes.groups import Closing, CreateLinks, LinkKind
from cypher.compile.writes.limits import SOURCE, TARGET, VERSION, pair_taken
from cypher.compile.writes.records import FIRST_VERSION, by_id

FIRST_BELIEF = (*FIRST_VERSION, ("knownFrom", Param(NOW)))


def create_links(group: CreateLinks, name: str) -> Query:
    """New links between records that are there, of types that may stand there, and that are not linked yet."""
    kind = group.kind
    held = () if kind.temporal else (("held_from", Param(NOW)),)
    made = Pattern((Node("a"), Link("l", (kind.name,), props=(*FIRST_BELIEF, *held)), Node("b")))
    if group.past:
        made = Pattern((Node("l", (VERSION,), (*FIRST_BELIEF, *closed(kind, Closing.ENDED))),))
    free = (Not(pair_taken(kind, of_row("since"), of_row("until"))),) if group.check_pair else ()
    return Query(
        (
            Unwind(Param(name), "row"),
            Match((by_id("a", "source", *kind.sources),), of_types("a", kind.sources)),
            Match((by_id("b", "target", *kind.targets),), every((of_types("b", kind.targets), *free))),
            Create((made,)),
            SetAll(Var("l"), of_row("props")),
            *change_row(kind.name, ("source", SOURCE), ("target", TARGET)),
            tally(name, Var("l"), Var("l")),
        )
    )


def closed(kind: LinkKind, why: str) -> tuple[tuple[str, Expression], ...]:
    """What a link that is kept beside the graph has besides its own properties."""
    ends = (("source", SOURCE), ("target", TARGET))
    return (("relation", Literal(kind.name)), *ends, ("closed_in", CHANGE_SET_ID), ("closed_by", Literal(why)))


def of_types(var: str, types: tuple[str, ...]) -> Expression:
    """Whether a record that was found by its id is of one of these types.

    Wrapped, so that the planner does not weigh a way through every one of the types' indexes: with many types, and other
    sub-queries beside it, that took it half a second, more than two thousand links take to be written.
    """
    return Call("coalesce", (some([HasLabel(Var(var), name) for name in types]), Literal(False)))
