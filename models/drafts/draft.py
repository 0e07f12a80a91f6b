"""One request as it is read: records created, changed, upserted, deleted, and the links inside their data."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from models.commands import (
    Command,
    CreateRecord,
    DeleteRecord,
    EraseRecord,
    Path,
    RestoreRecord,
    UpdateRecord,
    UpsertRecord,
)
from models.drafts.links import OF_CREATE, OF_UPDATE, OF_UPSERT, LinkReader
from models.drafts.periods import VALID_FROM, VALID_TO, read_period
from models.drafts.values import FieldReader
from models.errors import Problem, told
from models.ids import is_id, new_id
from models.keys import key_named, keys_of
from models.metamodel import EntityType, Metamodel

MOST_DEPTH = 8  # how deep new records may lie inside each other
MOST_COMMANDS = 100_000
MOST_PROBLEMS = 1_000


class Draft:
    """The commands a request comes to, and everything wrong with it; while there are problems nothing is to be done.

    Reading never raises for what a user gave. Records are told apart by ids made here; the methods answer with the id
    of the record they were about, or None where that cannot be known.
    """

    def __init__(self, model: Metamodel, *, now: datetime, new_id: Callable[[], str] = new_id) -> None:
        self.model, self.now, self.new_id = model, now, new_id
        self.commands: list[Command] = []
        self._problems: list[Problem] = []
        self._more_problems = 0
        self._fields: dict[str, FieldReader] = {}
        self._links: dict[tuple[str, str], LinkReader] = {}
        self._known: dict[str, Collection[str]] = {}
        self._seen: dict[tuple[Any, ...], Path] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything wrong, in the order of the input; beyond MOST_PROBLEMS the rest is only counted."""
        if not self._more_problems:
            return tuple(self._problems)
        more = Problem("too_many_problems", f"{self._more_problems} more problems are not listed; mend these first.")
        return (*self._problems, more)

    # whole records

    def create(
        self, kind: EntityType, given: Any, path: Path = (), *, depth: int = 0, since: datetime | None = None
    ) -> str | None:
        """A new record with its links, and the new records at their other ends.

        `since` is when all this began to be true, where the data does not say it.
        """
        if depth > MOST_DEPTH:
            self.refuse("too_deep", f"New records lie in each other at most {MOST_DEPTH} deep.", path)
            return None
        if not self.is_object(given, path):
            return None
        id = self.new_id()
        values = self._reader(kind).new(given, path, self._beside(kind))
        since, _ = self._period(given, path) or (since, None)
        self.add(CreateRecord(kind.name, id, values, path, since))
        self._read_links(kind, id, given, path, OF_CREATE, depth, since)
        return id

    def update(
        self, kind: EntityType, id: Any, given: Any, *, version: int | None = None, path: Path = (), id_path: Path = ()
    ) -> str | None:
        """New values and links for a record; `id_path` is where its id was given."""
        known = self._once_only(id, id_path)
        if not self.is_object(given, path) or known is None:
            return None
        values = self._reader(kind).changed(given, path, (*self._beside(kind), VALID_TO))
        since, until = self._period(given, path) or (None, None)
        self.add(UpdateRecord(kind.name, known, values, version, path, since, until))
        if until is not None:
            self._no_links(kind, given, path)
        self._read_links(kind, known, given, path, OF_UPDATE, 0, since)
        return known

    def key(self, kind: EntityType, by: Sequence[str], path: Path = ()) -> tuple[str, ...] | None:
        """The key of a type that consists of these fields, for `upsert`."""
        key = key_named(kind, by)
        if key is None:
            known = "; ".join(" + ".join(each) for each in keys_of(kind)) or "none"
            named = " + ".join(map(str, by)) or "Nothing"
            self.refuse("no_key", f"{named} names no single {kind.name}. Its keys are: {known}.", path)
        return key

    def upsert(self, kind: EntityType, key: tuple[str, ...], given: Any, path: Path = ()) -> str | None:
        """The record with this key, changed, or a new one; its links are ensured, never doubled.

        The id answered is that of the record if it turns out to be new.
        """
        if not self.is_object(given, path):
            return None
        values, defaults = self._reader(kind).either(given, path, self._beside(kind))
        since, _ = self._period(given, path) or (None, None)
        self._check_key(kind, key, given, values, path)
        id = self.new_id()
        self.add(UpsertRecord(kind.name, id, key, values, defaults, path, since))
        self._read_links(kind, id, given, path, OF_UPSERT, 0, since)
        return id

    def delete(self, kind: EntityType, id: Any, *, version: int | None = None, path: Path = ()) -> str | None:
        """Into the trash."""
        known = self._once_only(id, path)
        if known is not None:
            self.add(DeleteRecord(kind.name, known, version, path))
        return known

    def restore(self, kind: EntityType, id: Any, path: Path = ()) -> str | None:
        """Back from the trash."""
        known = self.id(id, path)
        if known is not None:
            self.add(RestoreRecord(kind.name, known, path))
        return known

    def erase(self, kind: EntityType, id: Any, path: Path = ()) -> str | None:
        """Gone for good."""
        known = self.id(id, path)
        if known is not None:
            self.add(EraseRecord(kind.name, known, path))
        return known

    # what the parts of a draft share

    def refuse(self, code: str, message: str, path: Path) -> None:
        """Note one thing wrong with the input."""
        self.note(Problem(code, message, path))

    def note(self, problem: Problem) -> None:
        """The same of a problem that is told already."""
        if len(self._problems) < MOST_PROBLEMS:
            self._problems.append(problem)
        else:
            self._more_problems += 1

    def add(self, command: Command) -> None:
        """Note one thing to do."""
        self.commands.append(command)
        if len(self.commands) == MOST_COMMANDS + 1:
            message = f"At most {MOST_COMMANDS:,} changes in one request; send several."
            self.note(Problem("too_many", message, command.path, {"case": "list", "most": MOST_COMMANDS}))

    def id(self, given: Any, path: Path) -> str | None:
        """An id that can be one, or None after noting that it cannot."""
        if is_id(given):
            known: str = given
            return known
        message = "Give an id." if given is None else f"{str(given)[:60]!r} is no id of this database."
        self.refuse("required" if given is None else "bad_id", message, path)
        return None

    def is_object(self, given: Any, path: Path) -> bool:
        """Whether something has named entries; a problem is noted where it has not."""
        if isinstance(given, (dict, Mapping)):  # dict first: it is one nearly always, and told at once
            return True
        self.refuse("wrong_type", f"Give an object, not {type(given).__name__}.", path)
        return False

    def _reader(self, kind: EntityType) -> FieldReader:
        reader = self._fields.get(kind.name)
        if reader is None:
            reader = self._fields[kind.name] = FieldReader(kind.name, kind.fields, self.note)
        return reader

    def _read_links(
        self,
        kind: EntityType,
        near: str,
        given: Mapping[str, Any],
        path: Path,
        ways: Mapping[str, str],
        depth: int,
        since: datetime | None,
    ) -> None:
        sides = self.model.sides[kind.name]
        for name, wanted in given.items():
            side = sides.get(name)
            if side is None:
                continue
            key = (side.relation.name, name)
            reader = self._links.get(key)
            if reader is None:
                reader = self._links[key] = LinkReader(self, side)
            reader.read(near, wanted, (*path, name), ways, depth, since)

    # since when it has been so

    def _beside(self, kind: EntityType) -> Collection[str]:
        """What may stand in the data of a record beside its fields."""
        known = self._known.get(kind.name)
        if known is None:
            known = self._known[kind.name] = (*self.model.sides[kind.name], VALID_FROM)
        return known

    def _period(self, given: Mapping[str, Any], path: Path) -> tuple[datetime | None, datetime | None] | None:
        """When what is given has been so, where it says it."""
        if VALID_FROM not in given and VALID_TO not in given:
            return None
        return read_period(given, path, now=self.now, refuse=self.note)

    def _no_links(self, kind: EntityType, given: Mapping[str, Any], path: Path) -> None:
        """What was so for a time are values; a link has a time of its own."""
        for name in self.model.sides[kind.name]:
            if given.get(name) is not None:
                sentence = "With an end only values are corrected; change {name} in a request of its own."
                self.note(told("ambiguous", sentence, (*path, name), case="corrected", name=name))

    # one record once

    def _once_only(self, id: Any, path: Path) -> str | None:
        known = self.id(id, path)
        return known if known is None or self._is_first((known,), path) else None

    def _is_first(self, key: tuple[Any, ...], path: Path) -> bool:
        first = self._seen.setdefault(key, path)
        if first is path:
            return True
        place = ".".join(map(str, first))
        sentence = "The same record stands at {place} already; say everything about it there."
        self.note(told("duplicate", sentence, path, place=place))
        return False

    def _check_key(
        self, kind: EntityType, key: tuple[str, ...], given: Mapping[str, Any], values: Mapping[str, Any], path: Path
    ) -> None:
        for name in key:
            if given.get(name) is None and not kind.fields[name].required:
                sentence = "{name} finds the record; give a value for it."
                self.note(told("required", sentence, (*path, name), case="key", name=name))
        if all(values.get(name) is not None for name in key):
            self._is_first((kind.name, *(values[name] for name in key)), path)
