"""Records created and changed."""

from __future__ import annotations

from cypher.ast import (
    Call,
    Create,
    HasLabel,
    Literal,
    Match,
    Node,
    Param,
    Pattern,
    Prop,
    Query,
    SetAll,
    Unwind,
    Var,
    every,
)
from cypher.ast.expressions import Binary
from cypher.compile.scope import NOW
from cypher.compile.writes.changes import (
    change_row,
    compare,
    moved_on,
    of_row,
    tally,
    tally_changed,
    values_changed,
    where_changed,
)
from cypher.compile.writes.groups import CreateRecords, UpdateRecords
from cypher.compile.writes.search import found_anew
from cypher.compile.writes.versions import begun, kept_state

RECORD = "Record"
# moments are parameters of the statement, not of its rows: the driver packs each of them slowly
FIRST_VERSION = (("version", Literal(1)), ("createdAt", Param(NOW)), ("updatedAt", Param(NOW)))
FIRST_STATE = (*FIRST_VERSION, ("validFrom", Param(NOW)), ("knownFrom", Param(NOW)))


def create_records(group: CreateRecords, name: str) -> Query:
    """New records as the rows hold them, true and known from now on; uniqueness is guarded by the constraints."""
    return Query(
        (
            Unwind(Param(name), "row"),
            Create((Pattern((Node("n", (RECORD, group.type), FIRST_STATE),)),)),
            SetAll(Var("n"), of_row("props")),
            *change_row(group.type),
            tally(name, Var("n"), Var("n")),
        )
    )


def update_records(group: UpdateRecords, name: str) -> Query:
    """New values where the version is the expected one. The records are locked before, so what is read is the latest."""
    expected = Call("coalesce", (Binary(Prop(Var("n"), "version"), "=", of_row("version")), Literal(True)))
    return Query(
        (
            Unwind(Param(name), "row"),
            Match((by_id("n", "id", group.type),), every((HasLabel(Var("n"), group.type), expected))),
            *compare("row", "n"),
            where_changed(
                (
                    *kept_state(group.type, "update"),
                    SetAll(Var("n"), of_row("props")),
                    *((found_anew("n"),) if group.searched else ()),
                    moved_on("n"),
                    begun("n"),
                    *change_row(group.type),
                    values_changed(),
                )
            ),
            tally_changed(name),
        )
    )


def by_id(var: str, key: str, *types: str) -> Pattern:
    """The record whose id stands in the row, through the one index on ids."""
    return Pattern((Node(var, (RECORD,), (("id", of_row(key)),), record=types),))
