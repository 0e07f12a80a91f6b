"""What a file of an export holds: the records of a type, or the links from one type to another; as cells and as JSON."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from graph import exports
from graph.exports import Linked, Properties, Wanted
from graph.session import Database
from graph.unit.values import shown
from models import system
from models.actor import Actor
from models.fields import kind_of
from models.fields.kind import InvalidValue
from models.keys import keys_of
from models.metamodel import EntityType, Field, RelationType

# What a spreadsheet would take for a formula, and the mark itself that keeps it from doing so.
_RISKY = re.compile(r"[=+\-@\t\r']")
MARK = "'"
ID = system.ID.key
BOUNDS = (system.VALID_FROM.key, system.VALID_TO.key)


@dataclass(frozen=True, slots=True)
class RecordSheet:
    """All records of a type."""

    kind: EntityType

    @property
    def name(self) -> str:
        """The name of the file, without its ending."""
        return self.kind.name

    @property
    def columns(self) -> tuple[str, ...]:
        """The header: `id`, then every field."""
        return (ID, *self.kind.fields)

    def rows(self, database: Database, actor: Actor, page: int) -> AsyncIterator[Properties]:
        """The records, in the order of creation."""
        return exports.records(database, actor, self.kind, page=page)

    def cells(self, row: Properties) -> list[str]:
        """A record as cells under the columns."""
        return [str(row[ID]), *_cells(self.kind.fields, row)]

    def document(self, row: Properties) -> dict[str, Any]:
        """A record as a JSON object."""
        return {"type": self.kind.name, "id": row[ID], **_shown(self.kind.fields, row)}


@dataclass(frozen=True, slots=True)
class LinkSheet:
    """All live links of a relation from records of one type to records of another; `key`s tell those records apart."""

    relation: RelationType
    source: EntityType
    target: EntityType

    @property
    def name(self) -> str:
        """The name of the file, without its ending."""
        return f"{self.source.name}.{self.relation.name}.{self.target.name}"

    @property
    def columns(self) -> tuple[str, ...]:
        """The header: ids of the link and its ends, the keys of the ends, every field, and the bounds in time."""
        return (
            ID,
            *(f"{end}.{name}" for end, kind in self._ends() for name in (ID, *key_of(kind))),
            *self.relation.fields,
            *self.bounds,
        )

    @property
    def bounds(self) -> tuple[str, ...]:
        """The columns of the time that a link holds for."""
        return BOUNDS if self.relation.temporal else ()

    def rows(self, database: Database, actor: Actor, page: int) -> AsyncIterator[Linked]:
        """The links, in the order of creation."""
        source, target = (Wanted(kind, key_of(kind)) for _, kind in self._ends())
        return exports.links(database, actor, self.relation.name, source, target, page=page)

    def cells(self, row: Linked) -> list[str]:
        """A link as cells under the columns."""
        ends: list[str] = []
        for kind, found in ((self.source, row.source), (self.target, row.target)):
            ends += [str(found[ID]), *_cells({name: kind.fields[name] for name in key_of(kind)}, found)]
        bounds = [str(row.properties.get(name) or "") for name in self.bounds]
        return [str(row.properties[ID]), *ends, *_cells(self.relation.fields, row.properties), *bounds]

    def document(self, row: Linked) -> dict[str, Any]:
        """A link as a JSON object."""
        return {
            "relation": self.relation.name,
            "id": row.properties[ID],
            "source": {"type": self.source.name, "id": row.source[ID]},
            "target": {"type": self.target.name, "id": row.target[ID]},
            **_shown(self.relation.fields, row.properties),
            **{name: row.properties.get(name) for name in self.bounds},
        }

    def _ends(self) -> tuple[tuple[str, EntityType], ...]:
        return (("source", self.source), ("target", self.target))


def key_of(kind: EntityType) -> tuple[str, ...]:
    """The fields an import tells records of a type apart by: a key of which no part may be missing, or any; () if none."""
    keys = keys_of(kind)
    whole = [key for key in keys if all(kind.fields[name].required for name in key)]
    return next(iter((*whole, *keys)), ())


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: marked where it might be, or where it looks marked already."""
    return MARK + cell if _RISKY.match(cell) else cell


def _cells(fields: Mapping[str, Field], properties: Properties) -> list[str]:
    return [_cell(each, shown(each, properties)) for each in fields.values()]


def _cell(field: Field, value: Any) -> str:
    """A value as its kind exports it; one that its field would refuse today is written as it lies."""
    if value is None:
        return ""
    kind = kind_of(field)
    try:
        return harmless(kind.export(field, kind.coerce(field, value)))
    except InvalidValue:
        return harmless(value if isinstance(value, str) else orjson.dumps(value).decode())


def _shown(fields: Mapping[str, Field], properties: Properties) -> dict[str, Any]:
    return {name: shown(each, properties) for name, each in fields.items()}
