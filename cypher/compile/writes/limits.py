"""How many links there may be: of a pair, and of a record at an end, at any moment.

Links are counted when a unit of work has done everything else, so that what goes makes room for what comes, and links
that move or come together are judged together.
"""

from __future__ import annotations

from dataclasses import dataclass

from cypher.ast import (
    Call,
    Case,
    CountOf,
    Exists,
    Expression,
    Filter,
    IsNull,
    Item,
    Link,
    Literal,
    Match,
    Node,
    Param,
    Pattern,
    Prop,
    Query,
    Return,
    Seek,
    Unwind,
    Var,
    With,
    every,
    some,
)
from cypher.ast.expressions import Binary, Not
from cypher.compile.writes.changes import ROW, of_row, tally
from cypher.compile.writes.groups import CheckLimits, LinkKind
from models.metamodel import Direction

VERSION = "LinkVersion"
SOURCE, TARGET = Prop(Var("a"), "id"), Prop(Var("b"), "id")
Time = tuple[Expression, Expression]  # from when to when; null is open
ITS_TIME: Time = (Prop(Var("l"), "validFrom"), Prop(Var("l"), "validTo"))


def check_limits(group: CheckLimits, name: str) -> Query:
    """Whether links that were made or moved leave every pair and end as it may be."""
    obstacles = (*full_ends(group.kind), *((overlaps(group.kind),) if group.pair else ()))
    free = every(Not(obstacle) for _, obstacle in obstacles)
    assert free is not None
    return Query((Unwind(Param(name), "row"), link_of_row(group.kind), Filter(free), tally(name, ROW, ROW)))


def link_of_row(kind: LinkKind) -> Match:
    """The link whose id stands in the row, which this unit of work has written."""
    link = Link("l", (kind.name,), props=(("id", of_row("id")),), relation=kind.name)
    return Match((Pattern((Node("a"), link, Node("b"))),), seek=Seek("l", kind.name, ("id",)))


def full_ends(kind: LinkKind) -> tuple[tuple[Prop, Expression], ...]:
    """The ends of a link that are limited: the record's id, and whether it has more links than it may in the link's time."""
    sides = (
        (SOURCE, "a", Direction.OUT, kind.most_of_source),
        (TARGET, "b", Direction.IN, kind.most_of_target),
    )
    return tuple((id, _full(_At(kind, var, way, most))) for id, var, way, most in sides if most is not None)


def overlaps(kind: LinkKind) -> tuple[Prop, Expression]:
    """The link's id, and whether another link of its pair holds at any moment of its time."""
    own = Prop(Var("l"), "id")
    return own, pair_taken(kind, *ITS_TIME, besides=own)


def pair_taken(kind: LinkKind, since: Expression, until: Expression, besides: Expression | None = None) -> Expression:
    """Whether two records are linked already; where links hold for a time, whether at any moment of this time."""
    pattern = Pattern((Node("a"), Link("o", (kind.name,), relation=kind.name), Node("b")))
    other = None if besides is None else Binary(Prop(Var("o"), "id"), "<>", besides)
    if not kind.temporal:
        return Exists(Query((Match((pattern,), other),)))
    at_once = overlapping("o", since, until)
    live = Exists(Query((Match((pattern,), every((other, at_once))),)))
    ends = (("source", SOURCE), ("target", TARGET))
    kept = Pattern((Node("o", (VERSION,), ends),))
    believed = (Binary(Prop(Var("o"), "relation"), "=", Literal(kind.name)), IsNull(Prop(Var("o"), "knownTo")))
    past = Exists(Query((Match((kept,), every((*believed, other, at_once))),)))
    return some((live, past))


@dataclass(frozen=True, slots=True)
class _At:
    """The links at an end of a link that hold at any moment of its time, itself among them."""

    kind: LinkKind
    var: str
    direction: Direction
    most: int

    def links(self, name: str, *conditions: Expression) -> Match:
        """They, by a variable, where they meet some conditions too."""
        way = Direction.BOTH if self.kind.symmetric else self.direction
        pattern = Pattern((Node(self.var), Link(name, (self.kind.name,), way, relation=self.kind.name), Node()))
        at_once = overlapping(name, *ITS_TIME) if self.kind.temporal else None
        return Match((pattern,), every((at_once, *conditions)))


def _full(at: _At) -> Expression:
    """More links than there may be, all at one moment: the most are there when one of them begins, or this one does."""
    most = Literal(at.most)
    if not at.kind.temporal:
        return Binary(CountOf(Query((at.links("o"),))), ">", most)
    since, moment = ITS_TIME[0], Var("point")
    begins = Prop(Var("o"), "validFrom")
    later = Case(((IsNull(since), begins), (Binary(begins, ">", since), begins)), since)
    begun = some([IsNull(Prop(Var("q"), "validFrom")), Binary(Prop(Var("q"), "validFrom"), "<=", moment)])
    lasts = some([IsNull(Prop(Var("q"), "validTo")), IsNull(moment), Binary(moment, "<", Prop(Var("q"), "validTo"))])
    together = Call("count", (Var("q"),))
    return Exists(
        Query(
            (
                at.links("o"),
                With((Item(later, "point"),), distinct=True),
                at.links("q", begun, lasts),
                With((Item(moment, "point"), Item(together, "together")), where=Binary(Var("together"), ">", most)),
                Return((Item(moment, "point"),)),
            )
        )
    )


def overlapping(link: str, since: Expression, until: Expression) -> Expression:
    """Whether a link holds at any moment of a time; a missing bound is open, the upper bound is outside."""
    begins = unless_unknown(Binary(Prop(Var(link), "validFrom"), "<", until))
    ends = unless_unknown(Binary(since, "<", Prop(Var(link), "validTo")))
    both = every((begins, ends))
    assert both is not None
    return both


def unless_unknown(comparison: Expression) -> Expression:
    """The comparison; true where a side of it is missing."""
    return Call("coalesce", (comparison, Literal(True)))
