"""What a unit of work is asked to do, as data: every id is known beforehand, every value is canonical."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models.metamodel import Direction

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class CreateRecord:
    """A new record; `values` holds canonical values by field name (defaults already filled in).

    It has been so since `valid_from`, which is not in the future; without one, since now.
    """

    type: str
    id: str
    values: Mapping[str, Any]
    path: Path = ()
    valid_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class UpsertRecord:
    """The record whose `by` fields have these values, changed; or a new one with this id when there is none.

    `values` holds the fields of `by` too. `defaults` is added only to a new record. Equal values change nothing.
    Links of the same unit of work may name the record by `id`, whichever id it turns out to have.
    It has been so since `valid_from`, as far as it is known to have been there, or as a new record.
    """

    type: str
    id: str
    by: tuple[str, ...]
    values: Mapping[str, Any]
    defaults: Mapping[str, Any]
    path: Path = ()
    valid_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class UpdateRecord:
    """New values for a record; None clears a field. `version`, where given, must be the present one.

    With `valid_from` they have held since then, with `valid_to` until then, neither of them in the future: what was
    known of that time is corrected, and the record as it is now changes only where they hold until now. A time that
    begins before the record is known to have been there is refused, or `clipped` to when it was.
    """

    type: str
    id: str
    values: Mapping[str, Any]
    version: int | None = None
    path: Path = ()
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    clipped: bool = False


@dataclass(frozen=True, slots=True)
class DeleteRecord:
    """Into the trash, by the delete rules of its relations."""

    type: str
    id: str
    version: int | None = None
    path: Path = ()


@dataclass(frozen=True, slots=True)
class RestoreRecord:
    """Back from the trash, with the links its deletion closed, where their other ends live."""

    type: str
    id: str
    path: Path = ()


@dataclass(frozen=True, slots=True)
class EraseRecord:
    """Gone for good: the record, its closed links and the values in its change rows."""

    type: str
    id: str
    path: Path = ()


@dataclass(frozen=True, slots=True)
class CreateLink:
    """A link between two records, either of which may be created by the same unit of work.

    `held_from` says since when there has been a link that has no time of its own; without it, since now.
    """

    relation: str
    id: str
    source: str
    target: str
    values: Mapping[str, Any]
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    path: Path = ()
    held_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class EnsureLink:
    """A link between two records with these values: the one there is, changed where it differs, or a new one.

    Where a relation may link two records several times, a link is the same one when its values of `by` are equal.
    `defaults` and `held_from` (see CreateLink) are for a new link only.
    """

    relation: str
    id: str
    source: str
    target: str
    values: Mapping[str, Any]
    by: tuple[str, ...] = ()
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    path: Path = ()
    defaults: Mapping[str, Any] = field(default_factory=dict)
    held_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class UpdateLink:
    """New values for a link's own fields; `near` is a record it must touch, when reached through one.

    A time that is None stays as it is; the bounds in `open` ("validFrom", "validTo") are taken away. `version`, where
    given, must be the present one.
    """

    relation: str
    id: str
    values: Mapping[str, Any]
    near: str | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    path: Path = ()
    open: tuple[str, ...] = ()
    version: int | None = None


@dataclass(frozen=True, slots=True)
class EndLink:
    """The link was true until `at`."""

    relation: str
    id: str
    at: datetime
    near: str | None = None
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Unlink:
    """The link should never have been: by its id, or every link between two records, seen from `near` in a direction.

    `version`, where given, must be the present one.
    """

    relation: str
    id: str | None = None
    near: str | None = None
    far: str | None = None
    path: Path = ()
    version: int | None = None
    direction: Direction = Direction.BOTH


@dataclass(frozen=True, slots=True)
class RetractLink:
    """A link that is over, and kept beside the graph, should never have been."""

    relation: str
    id: str
    path: Path = ()


Command = (
    CreateRecord
    | UpsertRecord
    | UpdateRecord
    | DeleteRecord
    | RestoreRecord
    | EraseRecord
    | CreateLink
    | EnsureLink
    | UpdateLink
    | EndLink
    | Unlink
    | RetractLink
)
