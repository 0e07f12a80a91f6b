"""Why a unit of work cannot be done: every row that stands in its own way, asked before anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from cypher.ast import (
    Call,
    CallSubquery,
    Case,
    Clause,
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
    Unwind,
    Var,
    With,
    every,
)
from cypher.ast.expressions import Binary, HasLabel, IsNull, Not
from cypher.ast.updates import Listed
from cypher.compile.writes.asked import lacks, record_of_row
from cypher.compile.writes.changes import NONE, ROW, of_row
from cypher.compile.writes.corrections import begun_by_then
from cypher.compile.writes.groups import (
    CheckAsked,
    CheckLimits,
    CloseLinks,
    Closing,
    CorrectRecords,
    CreateLinks,
    CreateRecords,
    Group,
    LinkKind,
    UpdateLinks,
    UpdateRecords,
    slot,
)
from cypher.compile.writes.limits import SOURCE, full_ends, link_of_row, overlaps, pair_taken
from cypher.compile.writes.link_changes import end_fits, in_order, link_by_id
from cypher.compile.writes.links import of_types
from cypher.compile.writes.records import by_id

PLACE = of_row("place")


class Finding(StrEnum):
    """What can be wrong with a row; each finding is the row's place and what is known about it."""

    ID_TAKEN = "id_taken"
    NOT_UNIQUE = "not_unique"
    MISSING = "missing"
    CONFLICT = "conflict"  # the present version, the present properties
    NO_SOURCE = "no_source"  # whether there is a record of another type
    NO_TARGET = "no_target"
    PAIR_TAKEN = "pair_taken"
    SOURCE_FULL = "source_full"
    TARGET_FULL = "target_full"
    BAD_TIMES = "bad_times"
    NOT_YET_THERE = "not_yet_there"
    LACKING = "lacking"


@dataclass(frozen=True, slots=True)
class Check:
    """One column of the answer: which group it is about, what it found, and for a key, which one."""

    group: int
    finding: Finding
    key: int = 0


def compile_checks(groups: tuple[Group, ...], first: int = 0) -> tuple[Query, tuple[Check, ...]]:
    """A reading statement over the parameters of the write, with one column for each check: the rows that fail it.

    The groups may be a part of those of the write; `first` is the number of the first among them.
    """
    clauses: list[Clause] = []
    checks: list[Check] = []
    for number, group in enumerate(groups, first):
        for finding, key, query in _checks(group):
            name = f"f{len(checks)}"
            *before, last = query
            assert isinstance(last, Return)
            gathered = Return((Item(Call("collect", (last.items[0].value,)), name),))
            clauses.append(CallSubquery(Query((Unwind(Param(slot(number)), "row"), *before, gathered))))
            checks.append(Check(number, finding, key))
    columns = tuple(Item(Var(f"f{number}"), f"f{number}") for number in range(len(checks)))
    return Query((*clauses, Return(columns or (Item(Literal(1), "f0"),)))), tuple(checks)


Found = tuple[Finding, int, tuple[Clause, ...]]


def _checks(group: Group) -> Iterator[Found]:
    match group:
        case CreateRecords():
            yield Finding.ID_TAKEN, 0, (Match((by_id("o", "id"),)), _found())
            yield from _unique(group.type, group.keys, present=False)
        case UpdateRecords():
            yield Finding.MISSING, 0, _absent("n", "id", (group.type,))
            yield Finding.CONFLICT, 0, _conflicts(group.type)
            yield from _unique(group.type, group.keys, present=True)
        case CorrectRecords():
            yield Finding.MISSING, 0, _absent("n", "id", (group.type,))
            yield Finding.CONFLICT, 0, _conflicts(group.type)
            yield Finding.NOT_YET_THERE, 0, _too_early(group.type)
            if not group.until:
                yield from _unique(group.type, group.keys, present=True)
        case CreateLinks():
            yield from _new_links(group)
        case UpdateLinks() | CloseLinks():
            yield Finding.MISSING, 0, _absent_link(group.kind)
            yield from _wrong_times(group)
        case CheckLimits():
            yield from _crowded(group)
        case CheckAsked():
            for number, asked in enumerate(group.asked):
                yield Finding.LACKING, number, (record_of_row(group), _only(lacks(asked), "n"), _found())


def _wrong_times(group: UpdateLinks | CloseLinks) -> Iterator[Found]:
    fits: Expression | None = None
    if isinstance(group, UpdateLinks):
        fits = in_order() if group.times else None
    elif group.why is Closing.ENDED:
        fits = end_fits(group.kind)
    if fits is not None:
        yield Finding.BAD_TIMES, 0, (*_link(group.kind), _only(Not(fits), "a", "b", "l", "was"), _found())


def _found(*facts: Expression) -> Return:
    return Return((Item(ListOf((PLACE, *facts)), "found"),))


def _only(where: Expression | None, *kept: str) -> With:
    return With((Item(ROW, "row"), *(Item(Var(name), name) for name in kept)), where=where)


def _absent(var: str, key: str, types: tuple[str, ...]) -> tuple[Clause, ...]:
    """Rows whose record is not there, or of another type, which is told apart; records of this unit are not looked for."""
    fitting = Not(of_types(var, types))
    looked_for = IsNull(Prop(Prop(ROW, "new"), key))
    return (
        Match((by_id(var, key),), optional=True),
        _only(every((looked_for, fitting)), var),
        _found(IsNull(Var(var), negated=True)),
    )


def _conflicts(type_name: str) -> tuple[Clause, ...]:
    other = Binary(Prop(Var("n"), "version"), "<>", of_row("version"))
    return (
        Match((by_id("n", "id"),), every((HasLabel(Var("n"), type_name), other))),
        _found(Prop(Var("n"), "version"), Call("properties", (Var("n"),))),
    )


def _too_early(type_name: str) -> tuple[Clause, ...]:
    there = every((HasLabel(Var("n"), type_name), Not(begun_by_then())))
    return (Match((by_id("n", "id"),), there), _found())


def _unique(type_name: str, keys: tuple[tuple[str, ...], ...], *, present: bool) -> Iterator[Found]:
    """Rows whose key another record has; of a record that is there, the parts that stay count too."""
    before: tuple[Clause, ...] = (Match((by_id("n", "id"),), HasLabel(Var("n"), type_name)),) if present else ()
    for number, key in enumerate(keys):
        parts = tuple((part, _part(part, present=present)) for part in key)
        named = tuple((part, Var(f"k{place}")) for place, part in enumerate(key))
        values = With((Item(ROW, "row"), *(Item(value, f"k{place}") for place, (_, value) in enumerate(parts))))
        other = Pattern((Node("o", (type_name,), named, record=(type_name,)),))
        where = every((_touches(key) if present else None, Binary(Prop(Var("o"), "id"), "<>", of_row("id"))))
        yield Finding.NOT_UNIQUE, number, (*before, values, Match((other,), where), _found(Prop(Var("o"), "id")))


def _touches(key: tuple[str, ...]) -> Expression:
    """Whether the row gives any part of a key."""
    given = Listed("key", Call("keys", (of_row("props"),)), Binary(Var("key"), "IN", ListOf(tuple(map(Literal, key)))))
    return Binary(given, "<>", NONE)


def _part(part: str, *, present: bool) -> Expression:
    given = Prop(of_row("props"), part)
    if not present:
        return given
    named = Binary(Literal(part), "IN", Call("keys", (of_row("props"),)))
    return Case(((named, given),), Prop(Var("n"), part))


def _new_links(group: CreateLinks) -> Iterator[Found]:
    kind = group.kind
    yield Finding.NO_SOURCE, 0, _absent("a", "source", kind.sources)
    yield Finding.NO_TARGET, 0, _absent("b", "target", kind.targets)
    ends = Match((by_id("a", "source"), by_id("b", "target")))
    if group.check_pair:
        taken = pair_taken(kind, of_row("since"), of_row("until"))
        yield Finding.PAIR_TAKEN, 0, (ends, _only(taken, "a", "b"), _found())


def _crowded(group: CheckLimits) -> Iterator[Found]:
    """Rows whose link stands at a record that has more than it may, or in the time of another of its pair."""
    for id, full in full_ends(group.kind):
        finding = Finding.SOURCE_FULL if id is SOURCE else Finding.TARGET_FULL
        yield finding, 0, (link_of_row(group.kind), _only(full, "a", "b", "l"), _found(id))
    if group.pair:
        _, overlapping = overlaps(group.kind)
        yield Finding.BAD_TIMES, 0, (link_of_row(group.kind), _only(overlapping, "a", "b", "l"), _found())


def _absent_link(kind: LinkKind) -> tuple[Clause, ...]:
    return (
        link_by_id(kind, optional=True),
        _only(IsNull(Var("l")), "l"),
        _found(),
    )


def _link(kind: LinkKind) -> tuple[Clause, ...]:
    parts = tuple(Item(Var(name), name) for name in ("a", "b", "l"))
    was = Item(Call("properties", (Var("l"),)), "was")
    return (link_by_id(kind), With((Item(ROW, "row"), *parts, was)))
