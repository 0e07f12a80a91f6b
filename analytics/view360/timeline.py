"""One time line from many sources: merged newest first, cut to a page, each event once; and what waits for somebody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from analytics.view360 import reading
from analytics.view360.gathering import Gathered
from analytics.view360.reading import Properties, moment
from analytics.view360.shown import ChangeShown, EventShown, OpenShown, Timeline
from graph.history import actor_of
from models import system
from models.metamodel import EntityType
from models.profiles import Happening, Unfinished, ViewSections

AFTER, BEFORE = "after.", "before."
OF_EVERY_CHANGE = frozenset({"updatedAt", "version"})
Key = tuple[datetime, str]


def timeline(
    gathered: Gathered, view: ViewSections, now: datetime, size: int, cut: Key | None, *, changes: bool = True
) -> Timeline:
    """The newest `size` events of all sources until `now`, those behind the cut."""
    rows = gathered.row[gathered.compiled.changes] if changes else ()
    found = {event.id: event for event in _changes(rows)}
    for source in view.timeline:
        for event in _events(gathered, source, now):
            found.setdefault(event.id, event)
    later = [event for event in found.values() if cut is None or (event.at, event.id) < cut]
    later.sort(key=lambda event: (event.at, event.id), reverse=True)
    return Timeline(tuple(later[:size]), len(later) > size)


def _events(gathered: Gathered, source: Happening, now: datetime) -> Iterator[EventShown]:
    kind = gathered.model.types[source.type]
    for id, properties in gathered.sought(source).items():
        at = happened_at(kind, source.time, properties)
        if at is not None and at <= now:
            yield EventShown(at, id, source.path, gathered.card(kind, properties), None)


def happened_at(kind: EntityType, time: str, properties: Properties) -> datetime | None:
    """When a record happened, by the field that says so."""
    text = reading.read(kind.fields.get(time, system.CREATED_AT), properties)
    return None if text is None else moment(text)


def _changes(rows: Iterable[Sequence[Any]]) -> Iterator[EventShown]:
    for id, at, op, actor, name, reason, origin, keys in rows:
        names = {key.split(".", 1)[1] for key in keys if key.startswith((AFTER, BEFORE))}
        by = actor_of(actor or "", None, name)
        change = ChangeShown(op, by.id, by.name, reason or "", origin or "", tuple(sorted(names - OF_EVERY_CHANGE)))
        yield EventShown(moment(at), id, (), None, change)


def unfinished(gathered: Gathered, view: ViewSections, now: datetime, most: int) -> tuple[OpenShown, ...]:
    """What waits, the first due first, what has no day last."""
    found: dict[str, OpenShown] = {}
    for source in view.unfinished:
        for waiting in _waiting(gathered, source, now):
            found.setdefault(waiting.record.id, waiting)
    ordered = sorted(found.values(), key=lambda each: (each.due is None, each.due or now, each.record.id))
    return tuple(ordered[:most])


def _waiting(gathered: Gathered, source: Unfinished, now: datetime) -> Iterator[OpenShown]:
    kind = gathered.model.types[source.type]
    for properties in gathered.sought(source).values():
        if reading.read(kind.fields[source.field], properties) not in source.values:
            continue
        due = happened_at(kind, source.due, properties) if source.due else None
        late = due is not None and due.date() < now.date()
        yield OpenShown(source.path, gathered.card(kind, properties), due, late)
