"""Records by whatever tells them apart, the id or a natural key: one row for each that is asked for, in their order."""

from __future__ import annotations

from cypher import request
from cypher.ast import (
    Call,
    Case,
    Clause,
    IsNull,
    Item,
    ListOf,
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
)
from cypher.ast.expressions import Binary
from cypher.compile.connections import Columns
from cypher.compile.scope import Scope
from cypher.shape import Rows, Shape


def entities(scope: Scope, root: request.ReadEntities, name: str, place: int) -> tuple[Query, Shape]:
    """Each row's record; null where there is none of the row's type. A key whose values a row lacks finds nothing."""
    row, var, columns = scope.fresh("r"), scope.fresh("n"), Columns(scope)
    shape = columns.node(var, root.node, force_kinds=True)
    by_id = scope.fresh("e")
    clauses: list[Clause] = [Unwind(Param(root.slot), row), _by_id(by_id, row, tuple(root.node))]
    found = [by_id]
    for key in root.keys:
        found.append(scope.fresh("e"))
        clauses.append(_by_key(found[-1], row, key))
    one = Call("coalesce", tuple(map(Var, found))) if len(found) > 1 else Var(by_id)
    clauses.append(With((Item(Var(row), row), Item(one, var))))
    present = Case(((IsNull(Var(var), negated=True), ListOf(columns.expressions)),))
    answered = Return((Item(Call("collect", (ListOf((present,)),)), name),))
    return Query((*clauses, answered)), Rows(shape, place, single=False)


def _by_id(var: str, row: str, types: tuple[str, ...]) -> Match:
    node = Node(var, ("Record",), (("id", Prop(Var(row), "id")),), record=types)
    of_type = Binary(Prop(Var(row), "type"), "IN", Call("labels", (Var(var),)))
    return Match((Pattern((node,)),), of_type, optional=True)


def _by_key(var: str, row: str, key: request.EntityKey) -> Match:
    props = tuple((column, Prop(Var(row), entry)) for column, entry in key.columns)
    return Match((Pattern((Node(var, (key.type.name,), props, record=(key.type.name,)),)),), optional=True)
