"""Which variables a part of a statement names and binds, so that parts can be moved into sub-queries with what they need."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from cypher.ast import And, CallSubquery, Clause, Expression, Link, Match, Node, Query, Return, Union, Unwind, Var, With
from cypher.ast.indexes import FullText, Nearest

Names = frozenset[str]


def mentioned(part: Any) -> Names:
    """The names of all variables in a part of a statement, those inside its sub-queries too."""
    if isinstance(part, Var):
        return frozenset((part.name,))
    if isinstance(part, Node | Link):
        return frozenset((part.var,)) | mentioned(part.props)
    if isinstance(part, tuple):
        return frozenset().union(*map(mentioned, part))
    if not is_dataclass(part) or isinstance(part, type):
        return frozenset()
    return frozenset().union(*(mentioned(getattr(part, each.name)) for each in fields(part)))


def variables(match: Match) -> Names:
    """The variables of a match's patterns."""
    return frozenset(part.var for pattern in match.patterns for part in pattern.parts if part.var)


def bound_after(clause: Clause, bound: Names) -> Names:
    """The variables that are bound behind a clause."""
    match clause:
        case Match():
            return bound | variables(clause)
        case With(items):
            return frozenset(item.name for item in items)
        case Unwind(_, var):
            return bound | {var}
        case FullText(_, _, _, node, score) | Nearest(_, _, _, node, score):
            return bound | {node, score}
        case CallSubquery(query):
            first = query.queries[0] if isinstance(query, Union) else query
            last = first.clauses[-1]
            return bound | {item.name for item in last.items} if isinstance(last, Return) else bound
    return bound


def imports(bound: Names, *parts: Any) -> tuple[str, ...]:
    """The bound variables that parts of a statement need."""
    return tuple(sorted(bound & mentioned(parts)))


def conjuncts(where: Expression | None) -> list[Expression]:
    """The conditions that a condition is made of."""
    return list(where.parts) if isinstance(where, And) else [where] if where is not None else []


def asks_further(part: Any) -> bool:
    """Whether a condition has a sub-query in it."""
    if isinstance(part, Query):
        return True
    if isinstance(part, tuple):
        return any(map(asks_further, part))
    if not is_dataclass(part) or isinstance(part, type):
        return False
    return any(asks_further(getattr(part, each.name)) for each in fields(part))
