"""The base that browsers look at: the demo's data, a type of a million records, and a company with 50,000 orders.

The million are written in the shape that XRM stores, by one statement for many; their names repeat, so that lists have ties.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench import view360
from bench.view360 import MADE, Report
from graph.address import Address
from graph.registry import Registry
from graph.schema import online
from graph.session import Database
from models.actor import SYSTEM
from models.definitions import patch_from_plain
from packs.sample.parameters import Parameters
from xrm import demo

RECORDS = 1_000_000
AT_ONCE = 50_000
MODEL = {
    "types": [
        {
            "name": "Subscriber",
            "plural": "Subscribers",
            "labels": {"en": {"one": "subscriber", "other": "subscribers"}},
            "display": "{name}",
            "order": [{"field": "name", "direction": "asc"}],
            "fields": [
                {"name": "name", "kind": "text", "required": True},
                {"name": "city", "kind": "text"},
                {"name": "joined", "kind": "date"},
                {"name": "visits", "kind": "integer"},
            ],
        }
    ]
}
GIVEN = [
    "Ada",
    "Boris",
    "Clara",
    "Darius",
    "Elena",
    "Farid",
    "Greta",
    "Hamid",
    "Irina",
    "Jonas",
    "Karim",
    "Leila",
    "Maria",
]
FAMILY = [
    "Abbasi",
    "Becker",
    "Cohen",
    "Dehghan",
    "Egorov",
    "Fischer",
    "Gomez",
    "Hosseini",
    "Ivanova",
    "Jansen",
    "Karimi",
]
FILL = """UNWIND range($first, $last) AS n
WITH n, (n * 7919) % 1000003 AS mixed, right('00000000000' + n, 12) AS number
CREATE (:Record:Subscriber {id: '01890000-0000-7aaa-8000-' + number, version: 1, createdAt: $at, updatedAt: $at,
  validFrom: $at, knownFrom: $at, visits: mixed % 1000, joined: date('2020-01-01') + duration({days: mixed % 2000}),
  name: $given[mixed % size($given)] + ' ' + $family[mixed % size($family)] + ' ' + (mixed % 3001),
  city: CASE mixed % 10 WHEN 0 THEN null ELSE 'City ' + (mixed % 400) END})"""


@dataclass(frozen=True, slots=True)
class World:
    """What there is to look at, and who may."""

    password: str
    records: int
    hub: str
    small: str


async def made(address: Address, home: Path, scale: float, report: Report) -> World:
    """The base, made as far as it is not there yet."""
    prepared = await demo.prepare(address, home, Parameters(datetime.now(UTC).date()), report)
    database = await Database.connect(address)
    try:
        registry = await Registry.open(database)
        if "Subscriber" not in registry.model.types:
            patch, _ = patch_from_plain(MODEL)
            await registry.apply(SYSTEM, patch)
        await _fill(database, max(int(RECORDS * scale), 2_000), report)
        hub, small = await view360.hub_and_small(database, scale, report)
        await online(database)
        return World(prepared.passwords[demo.ADMINISTRATOR], await _count(database), hub, small)
    finally:
        await database.close()


async def _fill(database: Database, records: int, report: Report) -> None:
    for first in range(await _count(database), records, AT_ONCE):
        report("Writing subscribers", first / records)
        last = min(first + AT_ONCE, records) - 1
        given = {"first": first, "last": last, "at": MADE, "given": GIVEN, "family": FAMILY}
        await database.driver.execute_query(FILL, given, database_=database.name)


async def _count(database: Database) -> int:
    counted = await database.driver.execute_query(
        "MATCH (s:Subscriber) RETURN count(s) AS many", database_=database.name
    )
    many: int = counted.records[0]["many"]
    return many
