"""Links changed and closed; what a link was stays beside the graph as a LinkVersion.

A change of a link's fields, or the end of a link that has no time of its own, holds from now on: what was is *held* to
have been true until now (`held_to`). New bounds of a link's time, its end and its removal where it has a time are
corrections: they concern all that was held of it.
"""

from __future__ import annotations

from cypher.ast import (
    Call,
    Case,
    Clause,
    Create,
    Delete,
    Expression,
    Filter,
    Item,
    Link,
    ListOf,
    Match,
    Node,
    Param,
    Pattern,
    Prop,
    Query,
    Seek,
    Set,
    SetAll,
    Unwind,
    Var,
    With,
    every,
)
from cypher.ast.expressions import Binary, Not
from cypher.ast.updates import Foreach, Listed
from cypher.compile.writes.changes import (
    CHANGED,
    KEY,
    MOMENT,
    NONE,
    ONCE,
    WAS,
    change_row,
    compare,
    moment,
    moved_on,
    of_row,
    own_keys,
    tally,
    tally_changed,
    values_after,
    values_before,
    values_changed,
    where_changed,
)
from cypher.compile.writes.groups import CloseLinks, Closing, LinkKind, UpdateLinks
from cypher.compile.writes.held import (
    BOUNDS,
    held_anew,
    held_before,
    held_from_now,
    held_until_now,
    known_only_as_held,
    not_held,
    within_new_bounds,
)
from cypher.compile.writes.limits import SOURCE, TARGET, VERSION, Time, pair_taken, unless_unknown
from cypher.compile.writes.links import closed

PARTS = ("row", "a", "b", "l")
MOVED: Time = (
    Call("coalesce", (of_row("since"), Prop(WAS, "validFrom"))),
    Call("coalesce", (of_row("until"), Prop(WAS, "validTo"))),
)


def update_links(group: UpdateLinks, name: str) -> Query:
    """New values for links that are there; each as it was is kept, known until now."""
    kind = group.kind
    return Query(
        (
            Unwind(Param(name), "row"),
            link_by_id(kind),
            _locked(_crowded_ends(kind) if group.times else ()),
            *compare(*PARTS),
            Filter(_still((in_order(),) if group.times else ())),
            *((held_before(),) if group.times else ()),
            where_changed(
                (
                    *_kept("v", kind, "update"),
                    Set(((Prop(Var("v"), "knownTo"), MOMENT),)),
                    *((held_until_now("v"), held_from_now()) if not group.times else (*held_anew(), *_was_held(kind))),
                    SetAll(Var("l"), of_row("props")),
                    moved_on("l"),
                    Set(((Prop(Var("l"), "knownFrom"), MOMENT),)),
                    *change_row(kind.name, ("source", SOURCE), ("target", TARGET)),
                    values_changed(),
                )
            ),
            tally_changed(name),
        )
    )


def close_links(group: CloseLinks, name: str) -> Query:
    """Links out of the graph, each kept as it was believed until now; an ended one also as it is known from now on."""
    kind = group.kind
    ended = group.why is Closing.ENDED
    parts = (*(Item(Var(part), part) for part in PARTS), Item(WAS, "was"), moment())
    return Query(
        (
            Unwind(Param(name), "row"),
            link_by_id(kind),
            _locked((SOURCE,) if ended and kind.single else ()),
            With((*(Item(Var(part), part) for part in PARTS), Item(Call("properties", (Var("l"),)), "was"))),
            Filter(_still((end_fits(kind),) if ended else ())),
            With(parts),
            *((held_before(),) if kind.temporal else ()),
            *_kept("v", kind, group.why),
            Set(((Prop(Var("v"), "knownTo"), MOMENT),)),
            *(_known_as_ended(kind) if ended else _taken_back(kind)),
            *change_row(kind.name, ("source", SOURCE), ("target", TARGET)),
            values_before(own_keys()),
            *((values_after(),) if ended else ()),
            Delete((Var("l"),)),
            tally(name, Var("row"), Var("row")),
        )
    )


def link_by_id(kind: LinkKind, *, optional: bool = False) -> Match:
    """The link whose id stands in the row, where it is what the row says of it.

    It is sought, also where few links make the planner find that a scan costs the same: in a transaction that has
    deleted a link, Neo4j (2026.09) takes the keys of an index that it scans for those of other links.
    """
    link = Link("l", (kind.name,), props=(("id", of_row("id")),), relation=kind.name)
    return Match((Pattern((Node("a"), link, Node("b"))),), touching(), optional, Seek("l", kind.name, ("id",)))


def touching() -> Expression:
    """Whether the link touches the record it was reached through, and is at the version that was read, where given."""
    near = unless_unknown(Binary(of_row("near"), "IN", ListOf((SOURCE, TARGET))))
    both = every((near, _at_version(Var("l"))))
    assert both is not None
    return both


def _at_version(of: Expression) -> Expression:
    return unless_unknown(Binary(Prop(of, "version"), "=", of_row("version")))


def in_order() -> Expression:
    """Whether the time a link shall hold for begins before it ends."""
    return unless_unknown(Binary(MOVED[0], "<=", MOVED[1]))


def end_fits(kind: LinkKind) -> Expression:
    """Whether the time a link has held for is one, and free where a pair is linked once at a time."""
    taken = Not(pair_taken(kind, *MOVED, besides=of_row("id"))) if kind.single else None
    fits = every((in_order(), taken))
    assert fits is not None
    return fits


def _crowded_ends(kind: LinkKind) -> tuple[Prop, ...]:
    """The ends whose other links count when a link is moved in time."""
    source = (SOURCE,) if kind.single or kind.most_of_source is not None else ()
    return (*source, TARGET) if kind.most_of_target is not None else source


def _still(conditions: tuple[Expression, ...]) -> Expression:
    """The conditions on a link as it lies under its lock, where another writer may have closed it meanwhile."""
    there = Binary(Prop(WAS, "id"), "=", of_row("id"))
    found = every((there, _at_version(WAS), *conditions))
    assert found is not None
    return found


def _locked(ends: tuple[Prop, ...] = ()) -> Clause:
    """The write lock of a link, by writing the id it has, and of records at its ends: other writers of these wait."""
    return Set((*((end, end) for end in ends), (Prop(Var("l"), "id"), of_row("id"))))


def _kept(var: str, kind: LinkKind, why: str) -> tuple[Clause, ...]:
    """The link as it was, as a node of its own."""
    facts = tuple((Prop(Var(var), key), value) for key, value in closed(kind, why))
    return (Create((Pattern((Node(var, (VERSION,)),)),)), SetAll(Var(var), WAS, added=False), Set(facts))


def _known_as_ended(kind: LinkKind) -> tuple[Clause, ...]:
    """The link as it is known from now on, with the values of the row; the moment it ended is one of them."""
    return (
        *_kept("e", kind, Closing.ENDED),
        SetAll(Var("e"), of_row("props")),
        Set(((Prop(Var("e"), "knownFrom"), MOMENT),)),
        *held_anew(),
    )


def _taken_back(kind: LinkKind) -> tuple[Clause, ...]:
    """A link that has a time of its own was never true; another one is true no longer."""
    return (not_held(),) if kind.temporal else (held_until_now("v"),)


def _was_held(kind: LinkKind) -> tuple[Clause, ...]:
    """Where fields change together with the bounds: the old fields were true until now, within the new bounds."""
    fields = Listed("key", CHANGED, Not(Binary(KEY, "IN", BOUNDS)))
    old = (*_kept("h", kind, "update"), known_only_as_held("h"), held_until_now("h"), within_new_bounds("h"))
    return (Foreach("once", Case(((Binary(fields, "<>", NONE), ONCE),), NONE), (*old, held_from_now())),)
