"""Rows of changes into the connection that a `history` field asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from cypher.request import Part
from cypher.shape import Recounted
from gql.plan.cursors import Cursors
from gql.plan.history import cursor_of
from graph.history import Change, change_of
from graph.unit.values import readable

_ATTRIBUTES = {"changeSet": "change_set"}


def recounter(wanted: Recounted, cursors: Cursors) -> Callable[[Sequence[Any], int], dict[str, Any]]:
    """A function from the rows of changes, and how many were looked for, to the connection."""

    def recount(rows: Sequence[Any], size: int) -> dict[str, Any]:
        changes = [change_of(wanted.fields, row) for row in rows[: size - 1]]
        page = _Page(changes, cursors, more=len(rows) >= size, paged=wanted.paged)
        return {part.key: page.part(part) for part in wanted.parts}

    return recount


class _Page:
    """The changes of a page, and what its connection says of them."""

    def __init__(self, changes: Sequence[Change], cursors: Cursors, *, more: bool, paged: bool) -> None:
        self.changes, self.cursors, self.more, self.paged = changes, cursors, more, paged

    def part(self, part: Part) -> Any:
        match part.what:
            case "edges":
                return [{inner.key: self._edge(change, inner) for inner in part.inside} for change in self.changes]
            case "nodes":
                return [_picked(change, part.inside) for change in self.changes]
            case "pageInfo":
                return {inner.key: self._info(inner) for inner in part.inside}
        return part.type_name

    def _edge(self, change: Change, part: Part) -> Any:
        match part.what:
            case "cursor":
                return cursor_of(self.cursors, change)
            case "node":
                return _picked(change, part.inside)
        return part.type_name

    def _info(self, part: Part) -> Any:
        match part.what:
            case "hasNextPage":
                return self.more
            case "hasPreviousPage":
                return self.paged
            case "startCursor" | "endCursor":
                place = 0 if part.what == "startCursor" else -1
                return cursor_of(self.cursors, self.changes[place]) if self.changes else None
        return part.type_name


def _picked(of: object, parts: Sequence[Part]) -> dict[str, Any]:
    """What is asked of a change, or of something in it."""
    return {part.key: _value(of, part) for part in parts}


def _value(of: object, part: Part) -> Any:
    if part.what == "typename":
        return part.type_name
    value = getattr(of, _ATTRIBUTES.get(part.what, part.what))
    if not part.inside:
        return readable(value)
    return [_picked(each, part.inside) for each in value] if isinstance(value, tuple) else _picked(value, part.inside)
