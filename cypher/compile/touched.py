"""Which types and relations a statement looks at, so that it is known which changes may change its answer."""

from __future__ import annotations

from typing import Any

from cypher.ast import Link, Node, Query, transform


def touched(query: Query) -> frozenset[str] | None:
    """The names of all types and relations in the statement's patterns; None when records of any type may be in it."""
    names: set[str] = set()
    anything = False

    def note(part: Any) -> Any:
        nonlocal anything
        if isinstance(part, Node):
            names.update(part.record)
            anything = anything or ("Record" in part.labels and not part.record)
        elif isinstance(part, Link):
            names.update([part.relation] if part.relation else part.types)
        return part

    transform(query, note)
    return None if anything else frozenset(names)
