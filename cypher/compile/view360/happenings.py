"""What happened to a hub, newest first, and what waits for somebody there; what lies further than one link; its own changes."""

from __future__ import annotations

from cypher.ast import (
    And,
    Binary,
    Call,
    Clause,
    Collect,
    Expression,
    IsNull,
    Item,
    ListOf,
    Literal,
    Match,
    Node,
    Or,
    Order,
    Param,
    Pattern,
    Prop,
    Query,
    Return,
    Var,
    With,
    every,
)
from cypher.compile.properties import compared
from cypher.compile.scope import NOW, Scope
from cypher.compile.view360.walks import HERE, MOST_WALKED, Finder, record, walk
from models import system
from models.metamodel import Metamodel
from models.profiles import Happening, Unfinished

SIZE = "size"  # parameter: how many events of each source are looked for
TODAY = "today"  # the day of `now`, for events that have a day and no time of it
CUT_AT, CUT_DAY, CUT_LATER, CUT_ID = "cutAt", "cutDay", "cutLater", "cutId"  # where a later page begins
MOST_WAITING = "waiting"  # parameter: how many unfinished records of each source are shown


def happened(
    scope: Scope, model: Metamodel, type_name: str, happening: Happening, found: Finder, *, later: bool
) -> Expression:
    """A hub's newest events of one source until now, or those behind the cut, as `found` finds them."""
    way = walk(scope, model, type_name, happening.path, happening.type)
    field = model.types[happening.type].fields.get(happening.time, system.CREATED_AT)
    time, id = compared(way.far, field), Prop(Var(way.far), system.ID.key)
    dated = field.kind == "date"
    until = Binary(time, "<=", Param(TODAY if dated else NOW))
    where = every((IsNull(time, negated=True), until, _behind(time, way.far, dated=dated) if later else None))
    order: tuple[Order, ...] = (Order(time, True), Order(id, True))
    if field is system.CREATED_AT:  # ids are made in the order of time, and have the index
        order = (Order(id, True),)
    return _collected(found(way, where, order, Param(SIZE)), way.far)


def waiting(
    scope: Scope, model: Metamodel, type_name: str, unfinished: Unfinished, found: Finder, slot: str
) -> Expression:
    """A hub's records whose state is one of those in the parameter `slot`, the first due first, as records."""
    way = walk(scope, model, type_name, unfinished.path, unfinished.type)
    kind = model.types[unfinished.type]
    due = kind.fields[unfinished.due] if unfinished.due else system.CREATED_AT
    where = Binary(compared(way.far, kind.fields[unfinished.field]), "IN", Param(slot))
    order = (Order(compared(way.far, due)), Order(Prop(Var(way.far), system.ID.key)))
    return _collected(found(way, where, order, Param(MOST_WAITING)), way.far)


def beyond(scope: Scope, model: Metamodel, type_name: str, path: tuple[str, ...], far_type: str) -> Expression:
    """The records of a type at the end of a path of several steps, each once; the first few hundred of them."""
    way = walk(scope, model, type_name, path, far_type)
    once = With((Item(Var(way.far), way.far),), distinct=True, limit=Literal(MOST_WALKED))
    return _collected((way.match(), once), way.far)


def changes(until: Expression, *, later: bool) -> Expression:
    """Rows [id, moment, what was done, by whom, that account's name, why, from where, the properties changed] of its own
    changes until then; the name is null where there is no such account."""
    at, id = Prop(Var("c"), "at"), Prop(Var("c"), "id")
    cut = Or((Binary(at, "<", Param(CUT_AT)), And((Binary(at, "=", Param(CUT_AT)), Binary(id, "<", Param(CUT_ID))))))
    mine = Pattern((Node("c", ("Change",), (("record", Prop(Var(HERE), "id")),)),))
    of_set = Pattern((Node("s", ("ChangeSet",), (("id", Prop(Var("c"), "set")),)),))
    account = Pattern((Node("u", ("User",), (("id", Prop(Var("s"), "actor")),)),))
    by = (Prop(Var("s"), "actor"), Prop(Var("u"), "name"), Prop(Var("s"), "reason"), Prop(Var("s"), "origin"))
    row = ListOf((id, at, Prop(Var("c"), "op"), *by, Call("keys", (Var("c"),))))
    of_index = tuple(Order(Prop(Var("c"), key), True) for key in ("record", "at", "id"))
    clauses = (
        Match((mine,), every((Binary(at, "<=", until), cut if later else None))),
        With((Item(Var("c"), "c"),), order=of_index, limit=Param(SIZE)),
        Match((of_set,)),
        Match((account,), optional=True),
        Return((Item(row, "row"),)),
    )
    return Collect(Query(clauses))


def _behind(time: Expression, var: str, *, dated: bool) -> Expression:
    """The events after the cut in the order newest first; a day counts as its first moment."""
    at = Param(CUT_DAY if dated else CUT_AT)
    smaller: Expression = Binary(Prop(Var(var), system.ID.key), "<", Param(CUT_ID))
    if dated:
        smaller = Or((Binary(Param(CUT_LATER), "=", Literal(True)), smaller))
    return Or((Binary(time, "<", at), And((Binary(time, "=", at), smaller))))


def _collected(clauses: tuple[Clause, ...], far: str) -> Expression:
    return Collect(Query((*clauses, Return((Item(record(far), "row"),)))))
