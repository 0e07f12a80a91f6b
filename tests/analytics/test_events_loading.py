"""Events read from Neo4j for a model made here: exactly those that the profile asks for, whoever is at the end of a path."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from analytics.events import Events, day_of
from analytics.events_loading import events
from analytics.snapshot import Snapshot, take
from graph.registry import Registry
from graph.session import Database
from graph.unit import write
from models.actor import STRANGER, SYSTEM
from models.commands import CreateLink, CreateRecord
from models.definitions import patch_from_plain
from models.errors import NotSignedIn
from models.fields.money import Money
from models.ids import new_id
from models.metamodel import Metamodel
from models.profiles import Role

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
MODEL = {
    "types": [
        {"name": "Donor", "plural": "Donors", "fields": [{"name": "name", "kind": "text"}]},
        {"name": "Agent", "plural": "Agents", "fields": [{"name": "name", "kind": "text"}]},
        {
            "name": "Gift",
            "plural": "Gifts",
            "fields": [
                {"name": "givenOn", "kind": "date"},
                {"name": "sum", "kind": "money", "options": {"scale": 3}},
                {"name": "cleared", "kind": "boolean"},
            ],
        },
        {
            "name": "Talk",
            "plural": "Talks",
            "fields": [
                {"name": "at", "kind": "dateTime"},
                {"name": "minutes", "kind": "integer"},
                {
                    "name": "way",
                    "kind": "choice",
                    "options": {"choices": [{"value": v} for v in ("in", "out", "both")]},
                },
                {"name": "form", "kind": "choice", "options": {"choices": [{"value": "call"}, {"value": "visit"}]}},
            ],
        },
    ],
    "relations": [
        {
            "name": "GAVE",
            "source": {"types": ["Donor"], "field": "gifts"},
            "target": {"types": ["Gift"], "field": "donors"},
        },
        {
            "name": "SPOKE",
            "source": {"types": ["Donor", "Agent"], "field": "talks"},
            "target": {"types": ["Talk"], "field": "speakers"},
        },
        {
            "name": "SPEAKS_FOR",
            "source": {"types": ["Agent"], "field": "donors"},
            "target": {"types": ["Donor"], "field": "agents"},
            "validity": "overlaps",
        },
    ],
    "profiles": [
        {
            "type": "Donor",
            "signals": [
                {
                    "name": "gifts",
                    "path": ["gifts"],
                    "role": "business",
                    "time": "givenOn",
                    "value": "sum",
                    "weight": 2,
                    "where": [{"field": "cleared", "values": [True]}],
                },
                {
                    "name": "talks",
                    "path": ["talks"],
                    "role": "contact",
                    "time": "at",
                    "value": "minutes",
                    "weight": 10,
                    "weighBy": {"field": "form", "weights": [{"value": "visit", "weight": 0.5}]},
                    "inbound": {"field": "way", "values": ["in", "both"]},
                    "outbound": {"field": "way", "values": ["out", "both"]},
                },
                {"name": "agentTalks", "path": ["agents", "talks"], "role": "contact", "time": "at", "sign": -1},
                {"name": "records", "path": ["gifts"], "role": "trouble"},
            ],
        },
        {"type": "Gift"},
    ],
}


@dataclass
class World:
    """A model in Neo4j, and what is written to it, by short names."""

    database: Database
    registry: Registry
    ids: dict[str, str]

    @property
    def model(self) -> Metamodel:
        return self.registry.model

    async def add(self, type_name: str, *names: str, **values: Any) -> None:
        made = {name: new_id() for name in names}
        commands = [CreateRecord(type_name, id, values) for id in made.values()]
        await write(self.database, self.model, SYSTEM, commands, now=NOW)
        self.ids.update(made)

    async def link(self, relation: str, *pairs: str, since: datetime | None = None) -> None:
        ends = [pair.split("-") for pair in pairs]
        commands = [CreateLink(relation, new_id(), self.ids[a], self.ids[b], {}, since) for a, b in ends]
        await write(self.database, self.model, SYSTEM, commands, now=NOW)

    async def snapshot(self) -> Snapshot:
        return await take(self.database, self.model, SYSTEM, clock=lambda: NOW)

    def rows(self, found: Events, snapshot: Snapshot) -> list[tuple[Any, ...]]:
        """Events by short names: subject, event, day, value, weight, direction, signal."""
        names = {id: name for name, id in self.ids.items()}
        return [
            (
                names[snapshot.id(int(found.subject[place]))],
                names[snapshot.id(int(found.event[place]))],
                float(found.day[place]),
                None if np.isnan(found.value[place]) else float(found.value[place]),
                float(found.weight[place]),
                int(found.direction[place]),
                found.signals[found.signal[place]].name,
            )
            for place in range(len(found))
        ]


@pytest.fixture
async def world(database: Database) -> World:
    registry = await Registry.open(database)
    patch, problems = patch_from_plain(MODEL)
    assert problems == []
    await registry.apply(SYSTEM, patch)
    return World(database, registry, {})


async def loaded(world: World, type_name: str = "Donor", as_of: datetime | None = None) -> tuple[Events, Snapshot]:
    snapshot = await world.snapshot()
    return await events(world.database, world.model, SYSTEM, snapshot, type_name, as_of), snapshot


def days(day: date) -> float:
    return float((day - date(1970, 1, 1)).days)


def money(amount: str, currency: str = "EUR") -> Money:
    return Money(Decimal(amount), currency)


async def test_the_events_are_exactly_those_that_the_profile_asks_for(world: World) -> None:
    given = date(2026, 3, 1)
    at = datetime(2026, 5, 6, 18, 30, tzinfo=UTC)
    await world.add("Donor", "ann", "bob", "cas")
    await world.add("Agent", "zoe")
    await world.add("Gift", "gift", givenOn=given, sum=money("12345678.125"), cleared=True)
    await world.add("Gift", "unpaid", givenOn=given, cleared=True)
    await world.add("Gift", "uncleared", givenOn=given, sum=money("1.000"), cleared=False)
    await world.add("Gift", "undated", sum=money("1.000"), cleared=True)
    await world.add("Talk", "call", at=at, minutes=15, way="in", form="call")
    await world.add("Talk", "visit", at=at, way="out", form="visit")
    await world.add("Talk", "meeting", at=at, minutes=0, way="both")
    await world.add("Talk", "other", at=at - timedelta(days=1))
    await world.link("GAVE", "ann-gift", "bob-gift", "ann-unpaid", "ann-uncleared", "ann-undated")
    await world.link("SPOKE", "ann-call", "ann-visit", "bob-meeting", "zoe-call", "zoe-other")
    await world.link("SPEAKS_FOR", "zoe-ann", "zoe-bob")

    found, snapshot = await loaded(world)

    talked = day_of(at)
    assert sorted(row for row in world.rows(found.only(Role.BUSINESS), snapshot)) == [
        ("ann", "gift", days(given), 12345678.125, 2.0, 0, "gifts"),
        ("ann", "unpaid", days(given), None, 2.0, 0, "gifts"),
        ("bob", "gift", days(given), 12345678.125, 2.0, 0, "gifts"),
    ]
    assert sorted(world.rows(found.only(Role.CONTACT), snapshot), key=lambda row: row[:2]) == [
        ("ann", "call", talked, 15.0, 10.0, -1, "talks"),  # the agent was there too: it counts once
        ("ann", "other", talked - 1, None, 1.0, 0, "agentTalks"),
        ("ann", "visit", talked, None, 5.0, 1, "talks"),
        ("bob", "call", talked, None, 1.0, 0, "agentTalks"),
        ("bob", "meeting", talked, 0.0, 10.0, 0, "talks"),
        ("bob", "other", talked - 1, None, 1.0, 0, "agentTalks"),
    ]
    assert {row[2] for row in world.rows(found.only(Role.TROUBLE), snapshot)} == {day_of(NOW)}  # createdAt
    assert (found.currency, dict(found.other_currencies)) == ("EUR", {})
    assert set(found.sign[found.signal == 2].tolist()) == {-1}


async def test_only_the_commonest_currency_is_summed_and_the_others_are_counted(world: World) -> None:
    given = date(2026, 3, 1)
    await world.add("Donor", "ann")
    for place, currency in enumerate(("EUR", "USD", "USD", "RUB")):
        await world.add("Gift", f"gift{place}", givenOn=given, sum=money("7.000", currency), cleared=True)
        await world.link("GAVE", f"ann-gift{place}")

    found, _ = await loaded(world)

    business = found.only(Role.BUSINESS)
    assert (found.currency, dict(found.other_currencies)) == ("USD", {"EUR": 1, "RUB": 1})
    assert (len(business), float(np.nansum(business.value))) == (4, 14.0)


async def test_days_to_come_are_kept_unless_a_moment_is_asked_for(world: World) -> None:
    await world.add("Donor", "ann")
    await world.add("Talk", "past", at=NOW - timedelta(days=9))
    await world.add("Talk", "future", at=NOW + timedelta(days=9))
    await world.link("SPOKE", "ann-past", "ann-future")

    everything, snapshot = await loaded(world)
    until_now, _ = await loaded(world, as_of=NOW)

    assert [row[1] for row in world.rows(everything, snapshot)] == ["past", "future"]
    assert (everything.day > day_of(NOW)).tolist() == [False, True]
    assert [row[1] for row in world.rows(until_now, snapshot)] == ["past"]


async def test_paths_are_walked_as_of_a_moment(world: World) -> None:
    await world.add("Donor", "ann")
    await world.add("Agent", "zoe")
    await world.add("Talk", "talk", at=datetime(2020, 1, 1, tzinfo=UTC))
    await world.link("SPOKE", "zoe-talk")
    await world.link("SPEAKS_FOR", "zoe-ann", since=datetime(2025, 1, 1, tzinfo=UTC))

    before, _ = await loaded(world, as_of=datetime(2024, 6, 1, tzinfo=UTC))
    after, _ = await loaded(world, as_of=datetime(2025, 6, 1, tzinfo=UTC))

    assert (len(before), len(after)) == (0, 1)


async def test_a_type_without_signals_or_without_records_has_no_events(world: World) -> None:
    without_signals, _ = await loaded(world, "Gift")
    without_records, _ = await loaded(world, "Donor")

    assert (len(without_signals), without_signals.signals) == (0, ())
    assert (len(without_records), len(without_records.signals)) == (0, 4)


async def test_a_type_made_a_minute_ago_has_events_without_any_declaration(world: World) -> None:
    patch, problems = patch_from_plain(
        {
            "types": [
                {"name": "Pupil", "plural": "Pupils", "fields": [{"name": "name", "kind": "text"}]},
                {"name": "Lesson", "plural": "Lessons", "fields": [{"name": "on", "kind": "date"}]},
            ],
            "relations": [
                {
                    "name": "ATTENDS",
                    "source": {"types": ["Pupil"], "field": "lessons"},
                    "target": {"types": ["Lesson"], "field": "pupils"},
                }
            ],
        }
    )
    await world.registry.apply(SYSTEM, patch)
    await world.add("Pupil", "kim")
    await world.add("Lesson", "one", on=date(2026, 9, 1))
    await world.link("ATTENDS", "kim-one")

    found, snapshot = await loaded(world, "Pupil")

    assert problems == []
    assert world.rows(found, snapshot) == [("kim", "one", days(date(2026, 9, 1)), None, 1.0, 0, "lessons")]


async def test_records_that_came_after_the_snapshot_are_not_there(world: World) -> None:
    await world.add("Donor", "ann")
    await world.add("Talk", "first", at=NOW)
    await world.link("SPOKE", "ann-first")
    snapshot = await world.snapshot()
    await world.add("Talk", "second", at=NOW)
    await world.link("SPOKE", "ann-second")

    found = await events(world.database, world.model, SYSTEM, snapshot, "Donor")

    assert [row[1] for row in world.rows(found, snapshot)] == ["first"]


async def test_events_of_many_pages_come_all_also_when_none_of_a_page_counts(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.packed.PAGE", 2)
    await world.add("Donor", "ann")
    await world.add("Talk", "t0", "t1", "t2", at=NOW)
    await world.add("Talk", "u0", "u1", "u2", "u3", "u4")  # never held
    await world.add("Talk", "t3", at=NOW)
    await world.link("SPOKE", *(f"ann-{name}" for name in world.ids if name != "ann"))

    found, snapshot = await loaded(world)

    assert sorted(row[1] for row in world.rows(found, snapshot)) == ["t0", "t1", "t2", "t3"]


async def test_a_stranger_gets_no_events(world: World) -> None:
    await world.add("Donor", "ann")
    await world.add("Talk", "talk", at=NOW)
    await world.link("SPOKE", "ann-talk")

    with pytest.raises(NotSignedIn):
        await events(world.database, world.model, STRANGER, await world.snapshot(), "Donor")
