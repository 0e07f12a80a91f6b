"""Where deferred parts belong: places in an answer and the records they are read of; and the messages that tell of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import orjson

from gql.execute.answers import Errors
from gql.execute.parts import RECORDS, LaterPlan
from gql.plan.deferring import Later

Object = dict[str, Any]
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that a deferred part belongs to: what it was announced as, whose it is, and the record it is read of."""

    ids: tuple[str, ...]
    base: Path  # of the record
    inside: str
    record: str

    @property
    def path(self) -> list[str | int]:
        """The way there from the top of the answer."""
        return [*self.base, self.inside] if self.inside else [*self.base]


class Found(NamedTuple):
    """An object that was answered, and where it stands; a record that stands in several places is read once."""

    value: Object | None
    bases: Sequence[Path]


class Share(NamedTuple):
    """What a deferred part answered for one record, or for the query: the object, its errors, and where both belong."""

    value: Object | None
    errors: Errors
    spots: Sequence[Spot]


@dataclass(slots=True)
class Told:
    """What one message tells."""

    pending: list[Object] = field(default_factory=list)
    incremental: list[Object] = field(default_factory=list)
    completed: list[Object] = field(default_factory=list)

    @classmethod
    def all(cls, several: Iterable[Told]) -> Told:
        """What several tell, in one."""
        whole = cls()
        for each in several:
            whole.pending += each.pending
            whole.incremental += each.incremental
            whole.completed += each.completed
        return whole

    def announce(self, spot: Spot, labels: Sequence[str | None]) -> None:
        """Say what will come."""
        for id_, label in zip(spot.ids, labels, strict=True):
            self.pending.append({"id": id_, "path": spot.path} | ({"label": label} if label is not None else {}))

    def bring(self, spot: Spot, data: Object, errors: Errors) -> None:
        """Say what has come."""
        self.incremental.append({"id": spot.ids[0], "data": data} | ({"errors": errors} if errors else {}))
        self.completed += [{"id": id_} for id_ in spot.ids]

    def fail(self, spot: Spot, errors: Errors) -> None:
        """Say that it will not come, and why."""
        self.completed += [{"id": id_, "errors": errors} for id_ in spot.ids]

    def body(self, *, has_next: bool, extensions: Mapping[str, Any] | None) -> bytes:
        """The message as JSON."""
        said = {"pending": self.pending, "incremental": self.incremental, "completed": self.completed}
        message: Object = {name: listed for name, listed in said.items() if listed}
        message["hasNext"] = has_next
        if extensions:
            message["extensions"] = extensions
        return orjson.dumps(message, option=orjson.OPT_UTC_Z)  # the fixed half answers with datetimes as they are


def places(value: Any, place: Later) -> Iterator[tuple[Path, str]]:
    """Where in an object fragments are meant, and the ids of the records they are read of."""
    for path, found in _objects(value, place.path, ()):
        if not place.mark:
            yield path, ""
        elif place.mark in found:
            yield path, found[place.mark]


def unmarked(value: Any, later: Iterable[LaterPlan]) -> None:
    """Take out of an object the ids that are none of its reader's business."""
    for each in later:
        for _, found in _objects(value, each.place.path, ()):
            found.pop(each.place.mark, None)


def _objects(value: Any, keys: Sequence[str], path: Path) -> Iterator[tuple[Path, Object]]:
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from _objects(each, keys, (*path, number))
    elif isinstance(value, dict):
        if not keys:
            yield path, value
        elif keys[0] in value:
            yield from _objects(value[keys[0]], keys[1:], (*path, keys[0]))


def shares(place: Later, spots: Sequence[Spot], data: Object | None, errors: Errors) -> Iterator[Share]:
    """What was answered, record by record in the order in which they were asked for."""
    if not place.mark:
        yield Share(data, errors, spots)
        return
    by_record: dict[str, list[Spot]] = {}
    for spot in spots:
        by_record.setdefault(spot.record, []).append(spot)
    listed = data[RECORDS] if data is not None else [None] * len(by_record)
    for number, (value, own) in enumerate(zip(listed, by_record.values(), strict=True)):
        told = [{**each, "path": each["path"][2:]} for each in errors if each["path"][:2] == [RECORDS, number]]
        yield Share(value, told, own)


def placed(errors: Errors, base: Path) -> Errors:
    """Errors inside an object, told from the top of the answer."""
    return [{**each, "path": [*base, *each.get("path", ())]} for each in errors]
