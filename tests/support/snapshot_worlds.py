"""An organisation whose links have weights, validity and no direction, and random writes to it through the unit of work."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from analytics.snapshot import Snapshot
from graph.sequencer import number
from graph.session import Database
from graph.unit import write
from models.actor import SYSTEM
from models.commands import (
    Command,
    CreateLink,
    CreateRecord,
    DeleteRecord,
    EndLink,
    EraseRecord,
    RestoreRecord,
    RetractLink,
    Unlink,
    UpdateLink,
    UpdateRecord,
)
from models.errors import Rejected
from models.ids import new_id
from models.metamodel import End, EntityType, Field, Metamodel, RelationType, Validity

NOW = datetime(2026, 11, 25, 12, 0, 30, tzinfo=UTC)


def _fields(*fields: Field) -> dict[str, Field]:
    return {each.name: each for each in fields}


NAME = Field("name", "text")
TYPES = (
    EntityType("Company", "Companies", _fields(NAME)),
    EntityType("Deal", "Deals", _fields(NAME)),
    EntityType("Person", "People", _fields(NAME)),
)
RELATIONS = (
    RelationType("BOUGHT_BY", End(("Deal",), "buyers"), End(("Company", "Person"), "deals"), repeatable=True),
    RelationType(
        "KNOWS",
        End(("Person",), "knows"),
        End(("Person",), "knows"),
        _fields(Field("depth", "integer")),
        symmetric=True,
    ),
    RelationType(
        "OWNS",
        End(("Company", "Person"), "owns"),
        End(("Company",), "owners"),
        _fields(Field("share", "percent"), Field("note", "text")),
        repeatable=True,
    ),
    RelationType(
        "WORKS_AT",
        End(("Person",), "employers"),
        End(("Company",), "employees"),
        _fields(Field("load", "decimal")),
        repeatable=True,
        validity=Validity.OVERLAPS,
    ),
)
MODEL = Metamodel(0, {each.name: each for each in TYPES}, {each.name: each for each in RELATIONS})
WEIGHTS = {"KNOWS": "depth", "OWNS": "share", "WORKS_AT": "load"}
TEMPORAL = ("WORKS_AT",)


@dataclass
class Writer:
    """Writes at random, and knows what is there well enough to hit something most of the time."""

    database: Database
    chance: random.Random
    records: dict[str, str] = field(default_factory=dict)
    trash: dict[str, str] = field(default_factory=dict)
    links: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    past: dict[str, str] = field(default_factory=dict)
    model: Metamodel = MODEL

    async def write(self, *commands: Command) -> bool:
        """Whether the commands were accepted."""
        try:
            await write(self.database, self.model, SYSTEM, commands, now=NOW)
        except Rejected:
            return False
        return True

    async def fill(self, records: int, links: int) -> None:
        """A world to begin with."""
        commands: list[Command] = []
        for _ in range(records):
            kind, id = self.chance.choice(TYPES).name, new_id()
            self.records[id] = kind
            commands.append(CreateRecord(kind, id, {}))
        for _ in range(links):
            commands.extend(self._link())
        assert await self.write(*commands)

    async def step(self) -> None:
        """One random unit of work, and now and then numbers for those there are."""
        ways = [self._link_some, self._create, self._update, self._delete, self._restore, self._end, self._unlink]
        ways += [self._change, self._erase, self._retract, self._touch]
        await self.chance.choice(ways)()
        if self.chance.random() < 0.3:
            await number(self.database, batch=self.chance.choice([1, 2, 1000]))

    def of(self, *types: str) -> list[str]:
        return [id for id, kind in self.records.items() if kind in types]

    def _link(self) -> list[Command]:
        relation = self.chance.choice(RELATIONS)
        sources, targets = self.of(*relation.source.types), self.of(*relation.target.types)
        if not sources or not targets:
            return []
        source, target, id = self.chance.choice(sources), self.chance.choice(targets), new_id()
        if relation.symmetric:
            if source == target or any(
                each == (relation.name, *sorted((source, target))) for each in self.links.values()
            ):
                return []
            source, target = sorted((source, target))
        self.links[id] = relation.name, source, target
        times = self._times() if relation.temporal else {}
        return [CreateLink(relation.name, id, source, target, self._values(relation), **times)]

    def _values(self, relation: RelationType) -> dict[str, Any]:
        given = {
            "depth": lambda: self.chance.randint(0, 3),
            "share": lambda: Decimal(self.chance.randint(0, 10_000)) / 100,
            "load": lambda: Decimal(self.chance.randint(1, 4)) / 4,
        }
        return {name: given[name]() for name in relation.fields if name in given and self.chance.random() < 0.8}

    def _times(self) -> dict[str, Any]:
        begun = NOW + timedelta(days=self.chance.randint(-900, 30), seconds=self.chance.randint(0, 90))
        past = self.chance.random() < 0.3
        ended = begun + timedelta(days=self.chance.randint(1, 300))
        return {
            "valid_from": begun if past or self.chance.random() < 0.7 else None,
            "valid_to": ended if past or self.chance.random() < 0.2 else None,
        }

    def _any_link(self, *relations: str) -> str | None:
        found = [id for id, (relation, *_) in self.links.items() if not relations or relation in relations]
        return self.chance.choice(found) if found else None

    async def _link_some(self) -> None:
        await self.write(*[command for _ in range(self.chance.randint(1, 5)) for command in self._link()])

    async def _create(self) -> None:
        kind, id = self.chance.choice(TYPES).name, new_id()
        self.records[id] = kind
        await self.write(CreateRecord(kind, id, {}), *self._link(), *self._link())

    async def _update(self) -> None:
        for id, kind in list(self.records.items())[:1]:
            await self.write(UpdateRecord(kind, id, {"name": f"{self.chance.random()}"}))

    async def _delete(self) -> None:
        if self.records:
            id = self.chance.choice(list(self.records))
            if await self.write(DeleteRecord(self.records[id], id)):
                self.trash[id] = self.records.pop(id)

    async def _restore(self) -> None:
        if self.trash:
            id = self.chance.choice(list(self.trash))
            if await self.write(RestoreRecord(self.trash[id], id)):
                self.records[id] = self.trash.pop(id)

    async def _erase(self) -> None:
        if self.trash and self.chance.random() < 0.3:
            id = self.chance.choice(list(self.trash))
            if await self.write(EraseRecord(self.trash[id], id)):
                del self.trash[id]

    async def _end(self) -> None:
        id = self._any_link(*TEMPORAL)
        if id is not None:
            at = NOW - timedelta(hours=self.chance.randint(0, 900))
            if await self.write(EndLink(self.links[id][0], id, at)):
                self.past[id] = self.links.pop(id)[0]

    async def _retract(self) -> None:
        if self.past:
            id = self.chance.choice(list(self.past))
            if await self.write(RetractLink(self.past[id], id)):
                del self.past[id]

    async def _unlink(self) -> None:
        id = self._any_link()
        if id is not None and await self.write(Unlink(self.links[id][0], id)):
            del self.links[id]

    async def _change(self) -> None:
        id = self._any_link(*WEIGHTS)
        if id is not None:
            relation = MODEL.relations[self.links[id][0]]
            times = self._times() if relation.temporal else {}
            await self.write(UpdateLink(relation.name, id, self._values(relation), **times))

    async def _touch(self) -> None:
        """A change that a snapshot does not show."""
        id = self._any_link("OWNS")
        if id is not None:
            await self.write(UpdateLink("OWNS", id, {"note": f"{self.chance.random()}"}))


def same(one: Snapshot, other: Snapshot) -> None:
    """Fails where any array of two snapshots differs."""
    assert one.types == other.types
    np.testing.assert_array_equal(one.starts, other.starts)
    np.testing.assert_array_equal(one.ids, other.ids)
    assert list(one.links) == list(other.links)
    for name, links in one.links.items():
        against = other.links[name]
        assert (links.source_first, links.symmetric, links.source_types, list(links.arrays)) == (
            against.source_first,
            against.symmetric,
            against.source_types,
            list(against.arrays),
        ), name
        for column, array in links.arrays.items():
            assert array.dtype == against.arrays[column].dtype, (name, column)
            np.testing.assert_array_equal(array, against.arrays[column], err_msg=f"{name}.{column}")
