"""What an undo would do, and what is in its way: told to people, and as commands of a unit of work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from graph.history import ChangeActor, ChangedField
from models.commands import Command


class OnConflict(StrEnum):
    """What to do where others have changed something since."""

    REFUSE = "REFUSE"
    KEEP = "KEEP"
    OVERRIDE = "OVERRIDE"


class Action(StrEnum):
    """What an undo does with a record or link."""

    DELETE = "delete"
    RESTORE = "restore"
    UPDATE = "update"
    UNLINK = "unlink"
    LINK = "link"
    RELINK = "relink"


@dataclass(frozen=True, slots=True)
class Step:
    """One record or link and what is done with it; `fields` hold what is now and what will be."""

    action: Action
    type: str
    id: str
    of_link: bool
    fields: tuple[ChangedField, ...]
    commands: tuple[Command, ...]
    source: str | None = None
    target: str | None = None
    waits: bool = False  # for a record to come back, and a link with it


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something others did since: `present` is what is now, `restored` what undoing would make of it."""

    code: str
    message: str
    type: str
    id: str
    of_link: bool
    field: str | None = None
    present: Any = None
    restored: Any = None
    actor: ChangeActor | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reversal:
    """What is to be done with one record or link, and what is in the way of some or all of it."""

    step: Step | None
    conflicts: Sequence[Conflict] = ()
