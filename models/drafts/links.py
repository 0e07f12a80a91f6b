"""Links inside the data of a record: made, changed, ended and removed, from whichever end the record stands at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.commands import CreateLink, EndLink, EnsureLink, Path, Unlink, UpdateLink
from models.drafts.periods import out_of_order, read_moment
from models.drafts.values import FieldReader
from models.metamodel import Direction, Side

if TYPE_CHECKING:
    from models.drafts.draft import Draft

# what may be asked of a relation's links inside new, changed and upserted records, and what each way comes to
OF_CREATE = {"link": "link", "create": "create"}
OF_UPDATE = {**OF_CREATE, "update": "update", "end": "end", "unlink": "unlink"}
OF_UPSERT = {"link": "ensure"}
_PERIOD = ("validFrom", "validTo")


class LinkReader:
    """Reads what is asked of one relation's links at one end; made once for a request."""

    def __init__(self, draft: Draft, side: Side) -> None:
        relation = side.relation
        self.draft, self.side, self.relation = draft, side, relation
        self.values = FieldReader(relation.name, relation.fields, draft.note)
        self.period = _PERIOD if relation.temporal else ()
        far = [draft.model.types[name] for name in side.far.types]
        self.far = {"data": far[0]} if len(far) == 1 else {kind.one: kind for kind in far}

    def read(
        self, near: str, given: Any, path: Path, ways: Mapping[str, str], depth: int, since: datetime | None = None
    ) -> None:
        """Commands for the links of the record `near`; null asks for nothing. `since` is when they came to be."""
        if given is None or not self.draft.is_object(given, path):
            return
        for way, wanted in given.items():
            if way == "end" and not self.relation.temporal:
                message = f"Links of {self.relation.name} hold for no particular time; unlink them instead."
                self.draft.refuse("no_validity", message, (*path, way))
                continue
            if way not in ways:
                known = ", ".join(ways)
                self.draft.refuse("unknown_field", f"{self.side.name} takes {known}; not {way!r}.", (*path, way))
                continue
            for place, each in self._each(wanted, (*path, way)):
                self._one(ways[way], near, each, place, depth, since)

    def _each(self, wanted: Any, path: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
        if wanted is None:
            return
        if not isinstance(wanted, (list, tuple)):
            self.draft.refuse("wrong_type", "Give a list.", path)
            return
        for place, each in enumerate(wanted):
            if self.draft.is_object(each, (*path, place)):
                yield (*path, place), each

    def _one(
        self, way: str, near: str, given: Mapping[str, Any], path: Path, depth: int, since: datetime | None
    ) -> None:
        match way:
            case "link" | "ensure":
                far = self._id(given, "id", path)
                self._new(near, far, given, path, since, beside=("id",), ensure=way == "ensure")
            case "create":
                far = self._create_far(given, path, depth, since)
                self._new(near, far, given, path, since, beside=tuple(self.far))
            case "update":
                self._update(near, given, path)
            case "end":
                self._end(near, given, path)
            case _:
                self._unlink(near, given, path)

    # new links

    def _new(
        self,
        near: str,
        far: str | None,
        given: Mapping[str, Any],
        path: Path,
        since: datetime | None,
        *,
        beside: tuple[str, ...],
        ensure: bool = False,
    ) -> None:
        values = self.values.new(given, path, (*beside, *self.period))
        valid_from, valid_to = self._period_of(given, path)
        if far is None:
            return
        source, target = (far, near) if self.side.direction is Direction.IN else (near, far)
        name, id = self.relation.name, self.draft.new_id()
        held_from = None if self.relation.temporal else since
        if ensure:
            by, defaults = (), dict[str, Any]()
            self.draft.add(
                EnsureLink(name, id, source, target, values, by, valid_from, valid_to, path, defaults, held_from)
            )
        else:
            self.draft.add(CreateLink(name, id, source, target, values, valid_from, valid_to, path, held_from))

    def _create_far(self, given: Mapping[str, Any], path: Path, depth: int, since: datetime | None) -> str | None:
        found = [(key, kind) for key, kind in self.far.items() if given.get(key) is not None]
        if len(found) != 1:
            keys = " or ".join(self.far)
            message = f"Give {keys}." if len(self.far) == 1 else f"Give exactly one of {keys}."
            self.draft.refuse("required" if not found else "ambiguous", message, path)
            return None
        ((key, kind),) = found
        return self.draft.create(kind, given[key], (*path, key), depth=depth + 1, since=since)

    # links there are

    def _update(self, near: str, given: Mapping[str, Any], path: Path) -> None:
        id = self._id(given, "linkId", path)
        values = self.values.changed(given, path, ("linkId", *self.period))
        valid_from, valid_to = self._period_of(given, path)
        opened = tuple(name for name in self.period if name in given and given[name] is None)
        if id is not None:
            times = (valid_from, valid_to)
            self.draft.add(UpdateLink(self.relation.name, id, values, near, *times, path, open=opened))

    def _end(self, near: str, given: Mapping[str, Any], path: Path) -> None:
        id = self._id(given, "linkId", path)
        self._only(given, ("linkId", "at"), path)
        at = self._moment(given, "at", path) or self.draft.now
        if id is not None:
            self.draft.add(EndLink(self.relation.name, id, at, near, path))

    def _unlink(self, near: str, given: Mapping[str, Any], path: Path) -> None:
        self._only(given, ("linkId", "id"), path)
        named = [name for name in ("linkId", "id") if given.get(name) is not None]
        if len(named) != 1:
            self.draft.refuse(
                "required" if not named else "ambiguous",
                "Give linkId for one link, or id of the record at the other end for every link to it.",
                path,
            )
            return
        id = self._id(given, named[0], path)
        if id is None:
            return
        if named[0] == "linkId":
            self.draft.add(Unlink(self.relation.name, id=id, near=near, path=path))
        else:
            way = self.side.direction
            self.draft.add(Unlink(self.relation.name, near=near, far=id, path=path, direction=way))

    # parts

    def _id(self, given: Mapping[str, Any], name: str, path: Path) -> str | None:
        return self.draft.id(given.get(name), (*path, name))

    def _only(self, given: Mapping[str, Any], names: tuple[str, ...], path: Path) -> None:
        for name in given:
            if name not in names:
                known = " and ".join(names)
                self.draft.refuse("unknown_field", f"This takes {known}; not {str(name)[:100]!r}.", (*path, name))

    def _period_of(self, given: Mapping[str, Any], path: Path) -> tuple[datetime | None, datetime | None]:
        if not self.period:
            return None, None
        since, until = (self._moment(given, name, path) for name in _PERIOD)
        if since is not None and until is not None and since >= until:
            self.draft.note(out_of_order(path))
        return since, until

    def _moment(self, given: Mapping[str, Any], name: str, path: Path) -> datetime | None:
        return read_moment(given, name, path, self.draft.note)
