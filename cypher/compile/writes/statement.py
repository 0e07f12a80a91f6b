"""The whole statement of a unit of work: locks, groups, change set and outbox, the model's version, and the read-back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from cypher.ast import (
    Call,
    CallSubquery,
    Case,
    Clause,
    Create,
    Expression,
    Item,
    ListOf,
    Literal,
    Match,
    Node,
    Param,
    Pattern,
    Prop,
    Query,
    Return,
    Set,
    SetAll,
    Unwind,
    Var,
)
from cypher.ast.expressions import And, Arithmetic, Binary
from cypher.ast.updates import Element, Foreach
from cypher.compile.scope import NOW
from cypher.compile.writes.asked import check_asked
from cypher.compile.writes.changes import CHANGE_SET, NONE, ONCE
from cypher.compile.writes.corrections import correct_records
from cypher.compile.writes.groups import (
    CheckAsked,
    CheckLimits,
    CloseLinks,
    CorrectRecords,
    CreateLinks,
    CreateRecords,
    Group,
    UpdateLinks,
    UpdateRecords,
    WriteShape,
    slot,
)
from cypher.compile.writes.limits import check_limits
from cypher.compile.writes.link_changes import close_links, update_links
from cypher.compile.writes.links import create_links
from cypher.compile.writes.records import create_records, update_records

LOCKS, OUTBOX, SHOULD, EXPECTED = "locks", "outbox", "changed", "expected"
DONE, MODEL = "done", "model"


def compile_write(shape: WriteShape, read_back: Query | None = None) -> Query:
    """The statement of a unit of work; its one row is [done, model, …columns of the read-back].

    `done` holds, for each group, how many rows found all in order and how many of them changed something.
    Parameters: `w0`, `w1`, … the rows of the groups; `locks`, `changeSet`, `outbox`, `now`; `changed`, whether
    something changes whatever the updates find, or the change set is wanted in any case; `expected`, the version of
    the model, where the statement halts: then it divides by zero, for Cypher knows no other way to refuse.
    """
    clauses, returned = _written(shape)
    if read_back is None:
        return Query((*clauses, Return(returned)))
    *reading, last = read_back.clauses
    assert isinstance(last, Return)
    return Query((*clauses, *reading, Return((*returned, *last.items))))


def compile_part(groups: Sequence[Group], first: int) -> Query:
    """The groups alone, counted from `first` on, without a change set: to see what would come of them."""
    names = [slot(number) for number, _ in enumerate(groups, first)]
    done = [CallSubquery(_of(group, name)) for group, name in zip(groups, names, strict=True)]
    return Query((*done, Return((Item(ListOf(tuple(map(Var, names))), DONE),))))


@lru_cache(maxsize=4096)
def _written(shape: WriteShape) -> tuple[tuple[Clause, ...], tuple[Item, ...]]:
    clauses: list[Clause] = [CallSubquery(_locks())] if shape.locks else []
    names = [slot(number) for number in range(len(shape.groups))]
    clauses += [CallSubquery(_of(group, name)) for group, name in zip(shape.groups, names, strict=True)]
    clauses.append(_change_set(shape.groups))
    clauses.append(CallSubquery(_model()))
    done = ListOf(tuple(Var(name) for name in names))
    version = Arithmetic(Var(MODEL), "/", _all_well(names)) if shape.halts else Var(MODEL)
    return tuple(clauses), (Item(done, DONE), Item(version, MODEL))


def _all_well(names: Sequence[str]) -> Expression:
    """1 when every row of every group found all in order and the model is the expected one, else 0."""
    met = (Binary(Element(Var(name), Literal(0)), "=", Call("size", (Param(name),))) for name in names)
    return Case(((And((Binary(Var(MODEL), "=", Param(EXPECTED)), *met)), Literal(1)),), Literal(0))


def _of(group: Group, name: str) -> Query:
    match group:
        case CreateRecords():
            return create_records(group, name)
        case UpdateRecords():
            return update_records(group, name)
        case CorrectRecords():
            return correct_records(group, name)
        case CreateLinks():
            return create_links(group, name)
        case UpdateLinks():
            return update_links(group, name)
        case CloseLinks():
            return close_links(group, name)
        case CheckLimits():
            return check_limits(group, name)
        case CheckAsked():
            return check_asked(group, name)


def _locks() -> Query:
    """Write locks on records, taken in the order of their ids, by writing the id that is there."""
    found = Pattern((Node("n", ("Record",), (("id", Var("id")),)),))
    lock = Set(((Prop(Var("n"), "id"), Var("id")),))
    return Query(
        (Unwind(Param(LOCKS), "id"), Match((found,)), lock, Return((Item(Call("count", (Var("n"),)), LOCKS),)))
    )


def _change_set(groups: Sequence[Group]) -> CallSubquery:
    """The change set and its outbox entry: always, or only when an update found something to change."""
    made = (
        Create((Pattern((Node("s", ("ChangeSet", "Unnumbered")),)), Pattern((Node("o", ("Outbox",)),)))),
        SetAll(Var("s"), Param(CHANGE_SET), added=False),
        SetAll(Var("o"), Param(OUTBOX), added=False),
        Set(((Prop(Var("s"), "at"), Param(NOW)), (Prop(Var("o"), "at"), Param(NOW)))),
    )
    unsure = [
        number for number, group in enumerate(groups) if isinstance(group, UpdateRecords | CorrectRecords | UpdateLinks)
    ]
    if groups and not unsure:
        return CallSubquery(Query(made))
    total: Expression = Param(SHOULD)
    for number in unsure:
        total = Arithmetic(total, "+", Element(Var(slot(number)), Literal(1)))
    once = Case(((Binary(total, ">", Literal(0)), ONCE),), NONE)
    return CallSubquery(Query((Foreach("once", once, made),)), tuple(map(slot, unsure)))


def _model() -> Query:
    """The version of the model, read when everything is written; 0 where there is none yet."""
    found = Match((Pattern((Node("m", ("ModelRoot",)),)),), optional=True)
    version = Call("coalesce", (Call("max", (Prop(Var("m"), "version"),)), Literal(0)))
    return Query((found, Return((Item(version, MODEL),))))
