"""Changes of the records and links of a small world: drawn, written to a database, and told the plain way."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from gql.plan.cursors import Cursors
from models.metamodel import Field

ANN = {"id": "ann", "name": "Ann"}
SETS = (
    {"id": "s1", "actor": "ann", "actorKind": "person", "reason": "because", "origin": "api"},
    {"id": "s2", "actor": "left", "actorKind": "token", "origin": "import"},
    {"id": "s3", "actor": "system", "origin": "undo"},
)
ACTORS = {"s1": ("ann", "Ann", "person"), "s2": ("left", "left", "token"), "s3": ("system", "XRM", "system")}
BEGIN = dt.datetime(2001, 1, 1, tzinfo=dt.UTC)


@dataclass
class PlainChange:
    """A change; `before` and `after` hold canonical values by field."""

    id: str
    at: dt.datetime
    op: str
    set: str
    type: str
    of_link: bool
    thing: str
    source: str
    target: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def drawn(
    chance: random.Random, thing: Any, fields: Mapping[str, Field], value: Callable[[random.Random, Field], Any]
) -> list[PlainChange]:
    """Some changes of a record or a link, several of them at one moment."""
    found = []
    for number in range(chance.choice([0, 0, 1, 4])):
        names = [name for name in fields if chance.random() < 0.3]
        before, after = ({name: value(chance, fields[name]) for name in names} for _ in range(2))
        at = BEGIN + dt.timedelta(seconds=chance.randint(0, 2))
        set_ = chance.choice(SETS)["id"]
        ends = (thing.source, thing.target)
        op = chance.choice(["create", "update"])
        change = PlainChange(
            f"{thing.id}.{number}", at, op, set_, thing.type, bool(thing.source), thing.id, *ends, before, after
        )
        found.append(change)
    return found


def row_of(change: PlainChange, stored: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> dict[str, Any]:
    """The change as a node's properties."""
    row: dict[str, Any] = {"id": change.id, "at": change.at, "op": change.op, "set": change.set, "type": change.type}
    row |= {"link": change.thing, "source": change.source, "target": change.target} if change.of_link else {}
    row |= {} if change.of_link else {"record": change.thing}
    for moment, values in (("before", change.before), ("after", change.after)):
        row |= {f"{moment}.{key}": value for key, value in stored(values).items()}
    return row


def page_of(
    changes: list[PlainChange], first: int | None, cursors: Cursors, shown: Callable[[str, Any], Any]
) -> SimpleNamespace:
    """The first page of a history, as strawberry's resolvers read it."""
    ordered = sorted(changes, key=lambda change: (change.at, change.id), reverse=True)
    size = 20 if first is None else first
    nodes = [_told(change, shown) for change in ordered[:size]]
    marks = [cursors.make("history", [node.at], node.id) for node in nodes]
    info = {
        "hasNextPage": len(ordered) > size,
        "hasPreviousPage": False,
        "startCursor": marks[0] if marks else None,
        "endCursor": marks[-1] if marks else None,
    }
    edges = [SimpleNamespace(cursor=mark, node=node) for mark, node in zip(marks, nodes, strict=True)]
    return SimpleNamespace(edges=edges, nodes=nodes, page_info=info)


def _told(change: PlainChange, shown: Callable[[str, Any], Any]) -> SimpleNamespace:
    id_, name, kind = ACTORS[change.set]
    of = next(each for each in SETS if each["id"] == change.set)
    fields = [
        SimpleNamespace(
            field=name, before=shown(name, change.before.get(name)), after=shown(name, change.after.get(name))
        )
        for name in change.before
    ]
    return SimpleNamespace(
        id=change.id,
        at=change.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        operation=change.op,
        actor=SimpleNamespace(id=id_, name=name, kind=kind),
        reason=of.get("reason"),
        origin=of["origin"],
        change_set=change.set,
        type=change.type,
        record=None if change.of_link else change.thing,
        link=change.thing if change.of_link else None,
        source=change.source or None,
        target=change.target or None,
        fields=fields,
    )
