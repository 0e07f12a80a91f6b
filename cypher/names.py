"""The one function through which every run-time name reaches the text of a statement."""

from __future__ import annotations

import re
from functools import lru_cache

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,80}\Z", re.ASCII)
_QUOTED = re.compile(r"[A-Za-z][A-Za-z0-9_.]{0,120}\Z", re.ASCII)


class UnsafeName(ValueError):
    """A name that the registry should never have let through; no statement is made with it."""


@lru_cache(maxsize=65_536)
def quote(name: str) -> str:
    """The name as Cypher text: plain where it may stand plain, in back-ticks where it holds a dot.

    Everything else is refused rather than escaped, because names come from the registry's strict pattern.
    """
    if _PLAIN.match(name) and name.upper() not in _WORDS:
        return name
    if _QUOTED.match(name):
        return f"`{name}`"
    raise UnsafeName(f"{name[:80]!r} is not a name the model can hold.")


_WORDS = frozenset(
    [
        "ALL",
        "AND",
        "ANY",
        "AS",
        "ASC",
        "BY",
        "CALL",
        "CASE",
        "COLLECT",
        "CONSTRAINT",
        "CONTAINS",
        "COUNT",
        "CREATE",
        "CSV",
        "DELETE",
        "DESC",
        "DETACH",
        "DISTINCT",
        "DROP",
        "ELSE",
        "END",
        "ENDS",
        "EXISTS",
        "FALSE",
        "FOR",
        "FOREACH",
        "FROM",
        "IN",
        "INDEX",
        "INSERT",
        "INTO",
        "IS",
        "LIMIT",
        "LOAD",
        "MATCH",
        "MERGE",
        "NODETACH",
        "NONE",
        "NOT",
        "NULL",
        "OF",
        "OFFSET",
        "ON",
        "OPTIONAL",
        "OR",
        "ORDER",
        "REDUCE",
        "REMOVE",
        "RETURN",
        "SET",
        "SINGLE",
        "SKIP",
        "STARTS",
        "THEN",
        "TO",
        "TRUE",
        "UNION",
        "UNIQUE",
        "UNWIND",
        "USE",
        "USING",
        "WHEN",
        "WHERE",
        "WITH",
        "XOR",
    ]
)
