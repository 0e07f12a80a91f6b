"""Values that a record is known, only now, to have had for a time: what was believed of that time is superseded.

Every state whose time the correction touches, and whose values differ, is taken back (`knownTo`) and put in again in
pieces, which are known from now on: what lies before the correction's time and after it as it was, what lies within it
with the new values. The record as it is now changes only where its time is touched.
"""

from __future__ import annotations

from cypher.ast import (
    Call,
    CallSubquery,
    Case,
    Clause,
    Create,
    Exists,
    Expression,
    HasLabel,
    IsNull,
    Item,
    Literal,
    Match,
    Node,
    Order,
    Param,
    Pattern,
    Prop,
    Query,
    Return,
    Set,
    SetAll,
    Unwind,
    Var,
    With,
    every,
    some,
)
from cypher.ast.expressions import Arithmetic, Binary
from cypher.ast.updates import Foreach
from cypher.compile.scope import NOW
from cypher.compile.writes.changes import (
    CHANGE_SET_ID,
    CHANGED,
    MOMENT,
    NONE,
    ONCE,
    ROW,
    WAS,
    change_row,
    compare,
    differing,
    of_row,
    tally,
    values_changed,
)
from cypher.compile.writes.groups import CorrectRecords
from cypher.compile.writes.records import by_id
from cypher.compile.writes.search import found_anew
from cypher.compile.writes.versions import RECORD_VERSION, kept_state, without_scores

CORRECTED = "correct"
RECORD, PAST, PIECE, STATES, LATEST = Var("n"), Var("past"), Var("piece"), Var("states"), Var("latest")
SINCE, UNTIL = of_row("since"), of_row("until")


def correct_records(group: CorrectRecords, name: str) -> Query:
    """New values for a time that began in the past, where the version is the expected one and there was a record then."""
    expected = Call("coalesce", (Binary(Prop(RECORD, "version"), "=", of_row("version")), Literal(True)))
    reached = Binary(Prop(WAS, "validFrom"), "<", UNTIL) if group.until else None
    present = every((Binary(CHANGED, "<>", NONE), reached))
    assert present is not None
    carried = tuple(Item(var, var.name) for var in (ROW, RECORD, WAS, MOMENT, CHANGED))
    return Query(
        (
            Unwind(Param(name), "row"),
            Match((by_id("n", "id", group.type),), every((HasLabel(RECORD, group.type), expected, begun_by_then()))),
            *compare("row", "n"),
            _believed_states(group),
            With((*carried, Item(STATES, "states"), Item(Case(((present, ONCE),), NONE), "now"))),
            _latest(),
            *_superseded_states(group),
            Foreach("once", Var("now"), _present_state(group)),
            Foreach("once", Case(((_anything(), ONCE),), NONE), _change(group)),
            tally(name, ROW, Case(((_anything(), Literal(1)),))),
        )
    )


def begun_by_then() -> Expression:
    """Whether the record is known to have been there when the correction's time begins, or need not have been."""
    earlier = Pattern((Node("first", (RECORD_VERSION,), (("id", of_row("id")),)),))
    believed = every((IsNull(Prop(Var("first"), "knownTo")), Binary(Prop(Var("first"), "validFrom"), "<=", SINCE)))
    return some(
        (
            of_row("clipped"),
            Binary(Prop(RECORD, "validFrom"), "<=", SINCE),
            Exists(Query((Match((earlier,), believed),))),
        )
    )


def _believed_states(group: CorrectRecords) -> Clause:
    """The earlier states that the correction touches and differs from, the latest first."""
    version = Pattern((Node("past", (RECORD_VERSION,), (("id", of_row("id")),)),))
    touched = every(
        (
            Binary(Prop(PAST, "closed_at"), ">", SINCE),
            IsNull(Prop(PAST, "knownTo")),
            Binary(Prop(PAST, "validTo"), ">", SINCE),
            Binary(Prop(PAST, "validFrom"), "<", UNTIL) if group.until else None,
            Binary(Prop(PAST, "validFrom"), "<", Prop(PAST, "validTo")),
            Binary(differing(PAST), "<>", NONE),
        )
    )
    in_order = With((Item(PAST, "past"),), order=(Order(Prop(PAST, "validFrom"), descending=True),))
    gathered = Return((Item(Call("collect", (PAST,)), "states"),))
    return CallSubquery(Query((Match((version,), touched), in_order, gathered)), ("row",))


def _latest() -> Clause:
    """The latest state that the correction differs from: what the change row says was before."""
    latest = Case(((Binary(Var("now"), "<>", NONE), WAS),), Call("properties", (Call("head", (STATES,)),)))
    kept = tuple(Item(var, var.name) for var in (ROW, RECORD, WAS, MOMENT, CHANGED, STATES, Var("now")))
    return With((*kept, Item(latest, "latest")))


def _superseded_states(group: CorrectRecords) -> tuple[Clause, ...]:
    begins, ends = Prop(PAST, "validFrom"), Prop(PAST, "validTo")
    until = _earlier(ends, UNTIL) if group.until else ends
    pieces = (
        _piece(Call("properties", (PAST,)), begins, SINCE),
        _piece(Call("properties", (PAST,)), _later(begins, SINCE), until, new=True),
        *((_piece(Call("properties", (PAST,)), UNTIL, ends),) if group.until else ()),
    )
    over = Set(((Prop(PAST, "knownTo"), MOMENT), (Prop(PAST, "superseded_in"), CHANGE_SET_ID)))
    return (Foreach("past", STATES, (*pieces, over)),)


def _present_state(group: CorrectRecords) -> tuple[Clause, ...]:
    """The present state is no longer believed to have begun when it did, or to have been as it was all the time."""
    begins = Prop(WAS, "validFrom")
    superseded = Set(((Prop(Var("kept"), "knownTo"), MOMENT), (Prop(Var("kept"), "superseded_in"), CHANGE_SET_ID)))
    kept = (*kept_state(group.type, CORRECTED), superseded, _piece(WAS, begins, SINCE, of=group.type))
    known = (Prop(RECORD, "knownFrom"), MOMENT)
    if group.until:
        corrected = _piece(WAS, _later(begins, SINCE), UNTIL, new=True, of=group.type)
        return (*kept, corrected, Set(((Prop(RECORD, "validFrom"), UNTIL), known)))
    version = Arithmetic(Prop(WAS, "version"), "+", Literal(1))
    moved = ((Prop(RECORD, "version"), version), (Prop(RECORD, "updatedAt"), Param(NOW)))
    begun = (Prop(RECORD, "validFrom"), _later(begins, SINCE))
    found = (found_anew("n"),) if group.searched else ()
    return (*kept, SetAll(RECORD, of_row("props")), *found, Set((*moved, begun, known)))


def _piece(state: Expression, begins: Expression, ends: Expression, *, new: bool = False, of: str = "") -> Clause:
    """A part of a state, known from now on, unless no time is left for it; with the `new` values or as it was."""
    facts = [
        ("validFrom", begins),
        ("validTo", ends),
        ("knownFrom", MOMENT),
        ("closed_at", MOMENT),
        ("closed_in", CHANGE_SET_ID),
        ("closed_by", Literal(CORRECTED)),
    ]
    if of:
        facts.append(("type", Literal(of)))
    made = (
        Create((Pattern((Node("piece", (RECORD_VERSION,)),)),)),
        SetAll(PIECE, state, added=False),
        *((SetAll(PIECE, of_row("props")),) if new else ()),
        *((without_scores("piece"),) if of else ()),
        Set(tuple((Prop(PIECE, key), value) for key, value in facts)),
    )
    return Foreach("once", Case(((Binary(begins, "<", ends), ONCE),), NONE), made)


def _change(group: CorrectRecords) -> tuple[Clause, ...]:
    """The change row, with the time that the values are known of now."""
    bounds = [("validFrom", SINCE), *([("validTo", UNTIL)] if group.until else [])]
    return (*change_row(group.type, *bounds), values_changed(LATEST, differing(LATEST)))


def _anything() -> Expression:
    return Binary(Arithmetic(Call("size", (STATES,)), "+", Call("size", (Var("now"),))), ">", Literal(0))


def _later(one: Expression, other: Expression) -> Expression:
    return Case(((Binary(one, ">", other), one),), other)


def _earlier(one: Expression, other: Expression) -> Expression:
    return Case(((Binary(one, "<", other), one),), other)
