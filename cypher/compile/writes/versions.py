"""What a record was before a write, kept beside the graph as a RecordVersion."""

from __future__ import annotations

from cypher.ast import Clause, Create, Literal, Node, Pattern, Prop, Set, SetAll, Var
from cypher.ast.expressions import Binary
from cypher.ast.updates import Element, Foreach
from cypher.compile.writes.changes import CHANGE_SET_ID, KEY, MOMENT, WAS, keys_of_was

RECORD_VERSION = "RecordVersion"
SCORES = "insight_"
STATE = Var("kept")


def kept_state(type_name: str, why: str) -> tuple[Clause, ...]:
    """The record as it was: believed to hold without end until now, and known to have held until now from now on.

    Scores of engines are no part of it: they say what was computed, not what was true.
    """
    facts = (
        ("type", Literal(type_name)),
        ("validTo", MOMENT),
        ("closed_at", MOMENT),
        ("closed_in", CHANGE_SET_ID),
        ("closed_by", Literal(why)),
    )
    return (
        Create((Pattern((Node("kept", (RECORD_VERSION,)),)),)),
        SetAll(STATE, WAS, added=False),
        Set(tuple((Prop(STATE, key), value) for key, value in facts)),
        without_scores(STATE.name),
    )


def without_scores(var: str) -> Clause:
    """The state of a record without what engines have computed of it."""
    forgotten = Set(((Element(Var(var), KEY), Literal(None)),))
    return Foreach("key", keys_of_was(Binary(KEY, "STARTS WITH", Literal(SCORES))), (forgotten,))


def begun(var: str) -> Clause:
    """The new state of a record begins where the old one ends."""
    return Set(((Prop(Var(var), "validFrom"), MOMENT), (Prop(Var(var), "knownFrom"), MOMENT)))
