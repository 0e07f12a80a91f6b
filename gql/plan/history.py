"""`history(fields, first, after)` of a record or a link into a request."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from graphql import FieldNode

from cypher import request
from gql.plan.cursors import Cursors
from gql.plan.given import Given
from gql.plan.insights import Selects
from gql.typed.history import DEFAULT_SIZE, HISTORY
from graph.history import Change, change_keys, kinds_of, told_fields
from graph.unit.values import readable
from models.fields.date_time import moment
from models.fields.kind import InvalidValue
from models.metamodel import EntityType, Metamodel, RelationType

ORDER = HISTORY
MOST_FIELDS = 100
_TYPES: Mapping[tuple[str, str], str] = {
    ("ChangeConnection", "edges"): "ChangeEdge",
    ("ChangeConnection", "nodes"): "Change",
    ("ChangeConnection", "pageInfo"): "PageInfo",
    ("ChangeEdge", "node"): "Change",
    ("Change", "actor"): "ChangeActor",
    ("Change", "fields"): "ChangedField",
}
Nodes = list[FieldNode]


class Histories:
    """Reads the selections of `history`."""

    def __init__(self, selects: Selects, model: Metamodel, cursors: Cursors) -> None:
        self.selects, self.model, self.cursors = selects, model, cursors
        self._slots: dict[int, tuple[str, tuple[str, str] | None]] = {}

    def of(self, kind: EntityType | RelationType, key: str, nodes: Nodes) -> request.History:
        """What is asked of the changes of a record of a type, or of a link of a relation."""
        given = self.selects.arguments(nodes[0])
        size, cut = self._page(nodes[0], given)
        names, keys = given.get("fields"), None
        if names:
            keys = self.selects.slots.add(names, lambda value: change_keys(kind, self._known(value)), "history.fields")
        of_link = isinstance(kind, RelationType)
        return request.History(key, of_link, told_fields(kind), size, cut, keys, self._parts(nodes, "ChangeConnection"))

    def _page(self, node: FieldNode, given: Mapping[str, Given]) -> tuple[str, tuple[str, str] | None]:
        """The parameters of a page, the same ones for every type of record it is read for."""
        known = self._slots.get(id(node))
        if known is None:
            slots, after = self.selects.slots, given.get("after")
            size = slots.add(given.get("first") or Given(DEFAULT_SIZE), self._rows, "history.first")
            cut = None
            if after:
                at = slots.add(after, lambda text: read_cursor(self.cursors, text)[0], "history.after")
                cut = (at, slots.add(after, lambda text: read_cursor(self.cursors, text)[1], "history.after"))
            known = self._slots[id(node)] = size, cut
        return known

    def _rows(self, value: Any) -> int:
        if not isinstance(value, int) or not 0 <= value <= self.selects.most:
            raise InvalidValue(
                "page_too_large", f"ask for 0 to {self.selects.most} changes a page; use after to go on."
            )
        return value + 1

    def _known(self, value: Any) -> list[str]:
        names = [str(each.plain() if isinstance(each, Given) else each) for each in value]
        return known_fields(self.model, names)

    def _parts(self, nodes: Nodes, of: str) -> tuple[request.Part, ...]:
        wanted = self.selects.collect([node.selection_set for node in nodes], frozenset((of,)))
        return tuple(self._part(key, each, of) for key, each in wanted.items())

    def _part(self, key: str, nodes: Nodes, of: str) -> request.Part:
        what = nodes[0].name.value
        if what == "__typename":
            return request.Part(key, "typename", type_name=of)
        inner = _TYPES.get((of, what))
        return request.Part(key, what, self._parts(nodes, inner) if inner else ())


def cursor_of(cursors: Cursors, change: Change) -> str:
    """Where a change lies in a history."""
    return cursors.make(ORDER, [readable(change.at)], change.id)


def read_cursor(cursors: Cursors, cursor: Any) -> tuple[datetime, str]:
    """The moment and the id of the change that a cursor of a history stands for. Raises InvalidValue."""
    (at,), tie = cursors.read(ORDER, cursor)
    return moment(at), tie


def known_fields(model: Metamodel, names: list[str]) -> list[str]:
    """The same names. Raises InvalidValue for too many, and for one that no type and no relation has a field of."""
    if len(names) > MOST_FIELDS:
        raise InvalidValue("too_many_fields", f"name at most {MOST_FIELDS} fields; leave them out for all.")
    known = {name for kind in kinds_of(model) for name in told_fields(kind)}
    for name in names:
        if name not in known:
            near = get_close_matches(name[:60], known, 1)
            hint = f"did you mean {near[0]}?" if near else "give names of fields as the type has them."
            raise InvalidValue("unknown_field", f"nothing has a field {name[:60]!r}; {hint}")
    return names
