"""Records that a batch of changes names, read in one statement: which of them meet a filter, and what is asked of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cypher import request
from cypher.ast import (
    TRUE,
    Call,
    CallSubquery,
    Case,
    Clause,
    Expression,
    IsNull,
    Item,
    Literal,
    Match,
    Node,
    Param,
    Pattern,
    Query,
    Return,
    Unwind,
    Var,
    With,
)
from cypher.compile.filters import condition
from cypher.compile.reads import Compiled, root_columns
from cypher.compile.scope import Scope

IDS = "ids"
_MET = "met"


@dataclass(frozen=True, slots=True)
class CompiledChanges:
    """The statement over the ids in the parameter IDS; with a filter its last column says which of them meet it."""

    read: Compiled
    filtered: bool


def compile_changed(
    roots: Sequence[request.ReadRecords], wanted: request.Filter | None, types: tuple[str, ...]
) -> CompiledChanges:
    """What the roots ask of the records, one list for each root in the order of the ids, null where there is none now.

    A record that was deleted meets the filter as it was when it was deleted.
    """
    scope = Scope()
    clauses, shape = root_columns(scope, roots)
    if wanted is not None:
        *before, last = clauses
        assert isinstance(last, Return)
        clauses = (*before, CallSubquery(_met(scope, wanted, types)), Return((*last.items, Item(Var(_MET), _MET))))
    return CompiledChanges(Compiled(Query(clauses), shape, scope.uses_now), wanted is not None)


def _met(scope: Scope, wanted: request.Filter, types: tuple[str, ...]) -> Query:
    """For each id whether its record meets the filter, wherever it lies now."""
    living, deleted, found = scope.fresh("n"), scope.fresh("d"), scope.fresh("n")
    holds = condition(scope, wanted, found) or TRUE
    met: Expression = Case(((IsNull(Var(found)), Literal(False)),), Call("coalesce", (holds, Literal(False))))
    clauses: tuple[Clause, ...] = (
        Unwind(Param(IDS), "id"),
        _by_id(living, "Record", types),
        _by_id(deleted, "Deleted", types),
        With((Item(Call("coalesce", (Var(living), Var(deleted))), found),)),
        Return((Item(Call("collect", (met,)), _MET),)),
    )
    return Query(clauses)


def _by_id(var: str, label: str, types: tuple[str, ...]) -> Match:
    return Match((Pattern((Node(var, (label,), (("id", Var("id")),), record=types),)),), optional=True)
