"""New links, and what may stand in their way."""

from __future__ import annotations

from dataclasses import dataclass

from cypher.ast import (
    Call,
    Case,
    CountOf,
    Create,
    Exists,
    Expression,
    HasLabel,
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
    SetAll,
    Unwind,
    Var,
    With,
    every,
    some,
)
from cypher.ast.expressions import Arithmetic, Binary, Not
from cypher.compile.scope import NOW
from cypher.compile.writes.changes import CHANGE_SET_ID, change_row, of_row, tally
from cypher.compile.writes.groups import Closing, CreateLinks, LinkKind
from cypher.compile.writes.records import FIRST_VERSION, by_id
from models.metamodel import Direction

VERSION = "LinkVersion"
FIRST_BELIEF = (*FIRST_VERSION, ("knownFrom", Param(NOW)))
SOURCE, TARGET = Prop(Var("a"), "id"), Prop(Var("b"), "id")
Time = tuple[Expression, Expression]  # from when to when; null is open
NEW_TIME: Time = (of_row("since"), of_row("until"))


def create_links(group: CreateLinks, name: str) -> Query:
    """New links between records that are there, of types that may stand there, and with room for one more."""
    kind = group.kind
    held = () if kind.temporal else (("held_from", Param(NOW)),)
    made = Pattern((Node("a"), Link("l", (kind.name,), props=(*FIRST_BELIEF, *held)), Node("b")))
    if group.past:
        made = Pattern((Node("l", (VERSION,), (*FIRST_BELIEF, *closed(kind, Closing.ENDED))),))
    free = tuple(Not(condition) for condition in obstacles(group))
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


def obstacles(group: CreateLinks) -> tuple[Expression, ...]:
    """The conditions that refuse a link: the pair is linked already, or an end has all that it may have."""
    kind = group.kind
    found: list[Expression] = []
    if group.check_pair:
        found.append(pair_taken(kind, of_row("since"), of_row("until")))
    if group.check_source and kind.most_of_source is not None:
        found.append(source_full(kind, of_row("sources"), NEW_TIME))
    if group.check_target and kind.most_of_target is not None:
        found.append(target_full(kind, of_row("targets"), NEW_TIME))
    return tuple(found)


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


def source_full(kind: LinkKind, adding: Expression, time: Time, besides: Expression | None = None) -> Expression:
    """Whether the source would have more links than it may, with those that this unit of work adds to it in this time."""
    assert kind.most_of_source is not None
    return _full(_At(kind, "a", Direction.OUT, kind.most_of_source, time, besides), adding)


def target_full(kind: LinkKind, adding: Expression, time: Time, besides: Expression | None = None) -> Expression:
    """The same of the target."""
    assert kind.most_of_target is not None
    return _full(_At(kind, "b", Direction.IN, kind.most_of_target, time, besides), adding)


@dataclass(frozen=True, slots=True)
class _At:
    """The links at an end of a link, itself left out, that hold at any moment of a time."""

    kind: LinkKind
    var: str
    direction: Direction
    most: int
    time: Time
    besides: Expression | None

    def links(self, name: str, *conditions: Expression) -> Match:
        """They, by a variable, where they meet some conditions too."""
        way = Direction.BOTH if self.kind.symmetric else self.direction
        pattern = Pattern((Node(self.var), Link(name, (self.kind.name,), way, relation=self.kind.name), Node()))
        other = None if self.besides is None else Binary(Prop(Var(name), "id"), "<>", self.besides)
        at_once = overlapping(name, *self.time) if self.kind.temporal else None
        return Match((pattern,), every((other, at_once, *conditions)))


def _full(at: _At, adding: Expression) -> Expression:
    """More links than there may be, all at one moment: the most are there when one of them begins, or the new one does."""
    most = Literal(at.most)
    if not at.kind.temporal:
        return Binary(Arithmetic(CountOf(Query((at.links("o"),))), "+", adding), ">", most)
    since, moment = at.time[0], Var("point")
    begins = Prop(Var("o"), "validFrom")
    later = Case(((IsNull(since), begins), (Binary(begins, ">", since), begins)), since)
    begun = some([IsNull(Prop(Var("q"), "validFrom")), Binary(Prop(Var("q"), "validFrom"), "<=", moment)])
    lasts = some([IsNull(Prop(Var("q"), "validTo")), IsNull(moment), Binary(moment, "<", Prop(Var("q"), "validTo"))])
    together = Arithmetic(Call("count", (Var("q"),)), "+", adding)
    crowded = Query(
        (
            at.links("o"),
            With((Item(later, "point"),), distinct=True),
            at.links("q", begun, lasts),
            With((Item(moment, "point"), Item(together, "together")), where=Binary(Var("together"), ">", most)),
            Return((Item(moment, "point"),)),
        )
    )
    return some([Binary(adding, ">", most), Exists(crowded)])


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
