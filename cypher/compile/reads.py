"""A whole read operation, however nested, into one statement and the shape of its row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cypher import request
from cypher.ast import (
    Call,
    CallSubquery,
    Case,
    Clause,
    Expression,
    HasLabel,
    IsNull,
    Item,
    ListOf,
    Literal,
    Match,
    Node,
    Param,
    Pattern,
    Query,
    Return,
    Unwind,
    Var,
    some,
)
from cypher.compile.connections import Columns, connection_parts
from cypher.compile.entities import entities
from cypher.compile.scope import Scope
from cypher.compile.search import search
from cypher.shape import Fixed, Record, Rows, Shape


@dataclass(frozen=True, slots=True)
class Compiled:
    """A statement with one row, how its columns become the answer, and whether it asks what time it is."""

    query: Query
    shape: Record
    uses_now: bool


def compile_read(roots: Sequence[request.Root]) -> Compiled:
    """The statement for all root fields of an operation, one column each."""
    scope = Scope()
    clauses, shape = root_columns(scope, roots)
    return Compiled(Query(clauses), shape, scope.uses_now)


def root_columns(scope: Scope, roots: Sequence[request.Root]) -> tuple[tuple[Clause, ...], Record]:
    """The clauses that compute every root field and return them, and how the row is read."""
    clauses: list[Clause] = []
    entries: list[tuple[str, Shape]] = []
    names: list[Item] = []
    for root in roots:
        if isinstance(root, request.Constant):
            entries.append((root.key, Fixed(root.value)))
            continue
        name = f"c{len(names)}"
        query, shape = _root(scope, root, name, len(names))
        clauses.append(CallSubquery(scope.looked_back(query)))
        names.append(Item(Var(name), name))
        entries.append((root.key, shape))
    return (*clauses, Return(tuple(names) or (Item(Literal(1), "c0"),))), Record(tuple(entries))


_Reading = request.ReadList | request.ReadRecords | request.ReadEntities | request.Search


def _root(scope: Scope, root: _Reading, name: str, place: int) -> tuple[Query, Shape]:
    if isinstance(root, request.ReadRecords):
        with scope.at(root.clock):
            return _by_ids(scope, root, name, place)
    if isinstance(root, request.ReadEntities):
        return entities(scope, root, name, place)
    if isinstance(root, request.Search):
        return search(scope, root, name, place)
    parts, shape = connection_parts(scope, root.connection, place)
    clauses: list[Clause] = []
    columns: list[Expression] = []
    for part in parts:
        column = scope.fresh("d")
        clauses.append(CallSubquery(part.as_query(column)))
        columns.append(Var(column))
    return Query((*clauses, Return((Item(ListOf(tuple(columns)), name),)))), shape


def _by_ids(scope: Scope, root: request.ReadRecords, name: str, place: int) -> tuple[Query, Shape]:
    """Records by id through the one index on `Record(id)`, in the order of the ids; missing ones leave a gap (null)."""
    var, row = scope.fresh("n"), Columns(scope)
    shape = row.node(var, root.node, force_kinds=len(root.types) != 1)
    label = some([HasLabel(Var(var), kind.name) for kind in root.types]) if root.types else None
    names = tuple(kind.name for kind in root.types)
    found = Match((Pattern((Node(var, ("Record",), (("id", Var("id")),), record=names),)),), label, optional=True)
    present = _when_found(var, ListOf(row.expressions))
    query = Query(
        (Unwind(Param(root.slot), "id"), found, Return((Item(Call("collect", (ListOf((present,)),)), name),)))
    )
    return query, Rows(shape, place, single=not root.many)


def _when_found(var: str, columns: Expression) -> Expression:
    return Case(((IsNull(Var(var), negated=True), columns),))
