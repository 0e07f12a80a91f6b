"""The benchmark's graph: its model, and its data written straight into the form XRM stores."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import neo4j

SEED = 7
BIG = 200  # companies with a hundred people each
BATCH = 10_000
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
DAY = date(2024, 1, 1)


def _words(text: str) -> list[str]:
    return text.split()


WORDS = _words(
    "Acme Borealis Cobalt Delta Ember Fjord Granite Helix Indigo Juniper Krypton Lumen Mistral "
    "Nimbus Onyx Pioneer Quartz Raven Sable Titan Umbra Vertex Willow Xenon Yonder Zephyr"
)
NAMES = _words(
    "Ada Bilal Chen Dara Elif Farid Greta Hana Igor Jun Kira Leo Mina Nils Omid Petra Qi Rosa Sven Tara Uma Vera"
)

Row = dict[str, Any]


def _field(name: str, kind: str, **facts: Any) -> Row:
    return {"name": name, "kind": kind, **facts}


def _type(name: str, plural: str, *fields: Row) -> Row:
    return {
        "name": name,
        "plural": plural,
        "display": "{name}" if name != "Activity" else "{subject}",
        "fields": fields,
    }


def _relation(
    name: str, source: tuple[str, str], target: tuple[str, str], *fields: Row, repeatable: bool = False
) -> Row:
    return {
        "name": name,
        "source": {"types": [source[0]], "field": source[1]},
        "target": {"types": [target[0]], "field": target[1]},
        "fields": fields,
        "repeatable": repeatable,
    }


MODEL: Row = {
    "types": [
        _type(
            "Company",
            "Companies",
            _field("name", "text", required=True),
            _field("industry", "text"),
            _field("size", "integer"),
        ),
        _type(
            "Person",
            "People",
            _field("name", "text", required=True),
            *(_field(name, "text") for name in ("email", "title", "city")),
        ),
        _type("Activity", "Activities", _field("kind", "text"), _field("subject", "text"), _field("date", "date")),
        _type(
            "Deal",
            "Deals",
            _field("name", "text"),
            _field("amount", "decimal", options={"scale": 0}),
            _field("stage", "text"),
        ),
    ],
    "relations": [
        _relation("WORKS_AT", ("Person", "company"), ("Company", "people"), _field("since", "date")),
        _relation("ABOUT", ("Activity", "person"), ("Person", "activities")),
        _relation("DEAL_WITH", ("Deal", "company"), ("Company", "deals")),
        _relation("OWNED_BY", ("Deal", "owner"), ("Person", "deals")),
        _relation("KNOWS", ("Person", "knows"), ("Person", "knownBy"), repeatable=True),
    ],
}


@dataclass(frozen=True, slots=True)
class Size:
    """How many of each there are."""

    companies: int = 20_000
    people: int = 100_000
    activities: int = 200_000
    deals: int = 50_000
    acquaintances: int = 300_000

    def scaled(self, factor: float) -> Size:
        """The same graph, larger or smaller; never fewer companies than the big ones."""
        counts = (self.companies, self.people, self.activities, self.deals, self.acquaintances)
        companies, *others = (int(count * factor) for count in counts)
        return Size(max(companies, 2 * BIG), *(max(count, 100) for count in others))


def identify(sort: str, number: int) -> str:
    """The id of the n-th record or link of a sort, shaped as UUIDv7."""
    place = sorted(_SORTS).index(sort)
    return f"01890000-0000-7{place:03x}-8000-{number:012x}"


_SORTS = ("company", "person", "activity", "deal", "WORKS_AT", "ABOUT", "DEAL_WITH", "OWNED_BY", "KNOWS")


def load(driver: neo4j.Driver, database: str, size: Size, report: Callable[[str, float], None]) -> None:
    """Write the whole graph; the model's constraints and indexes must be there already."""
    chance = random.Random(SEED)
    parts = [
        ("companies", _RECORD.format(label="Company"), _companies(chance, size)),
        ("people", _RECORD.format(label="Person"), _people(chance, size)),
        ("activities", _RECORD.format(label="Activity"), _activities(chance, size)),
        ("deals", _RECORD.format(label="Deal"), _deals(chance, size)),
        ("WORKS_AT", _LINK.format(type="WORKS_AT"), _posts(chance, size)),
        ("ABOUT", _LINK.format(type="ABOUT"), _about(chance, size)),
        ("DEAL_WITH", _LINK.format(type="DEAL_WITH"), _deal_companies(chance, size)),
        ("OWNED_BY", _LINK.format(type="OWNED_BY"), _owners(chance, size)),
        ("KNOWS", _LINK.format(type="KNOWS"), _known(chance, size)),
    ]
    for place, (name, statement, rows) in enumerate(parts):
        report(f"Loading the benchmark's graph: {name}", place / len(parts))
        for batch in _batches(rows):
            driver.execute_query(statement, rows=batch, now=MOMENT, database_=database)
    driver.execute_query("CALL db.awaitIndexes(600)", database_=database)


_RECORD = (
    "UNWIND $rows AS row CREATE (n:Record:{label}) SET n = row, n.version = 1, n.createdAt = $now, n.updatedAt = $now"
)
_LINK = (
    "UNWIND $rows AS row MATCH (a:Record {{id: row.a}}) MATCH (b:Record {{id: row.b}}) CREATE (a)-[l:{type}]->(b) "
    "SET l = row.p, l.id = row.id, l.version = 1, l.createdAt = $now, l.updatedAt = $now, l.knownFrom = $now"
)


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _companies(chance: random.Random, size: Size) -> Iterator[Row]:
    for number in range(size.companies):
        yield {
            "id": identify("company", number),
            "name": f"{chance.choice(WORDS)} {chance.choice(WORDS)} {number}",
            "industry": chance.choice(WORDS),
            "size": chance.randrange(1, 9_999),
        }


def _people(chance: random.Random, size: Size) -> Iterator[Row]:
    for number in range(size.people):
        yield {
            "id": identify("person", number),
            "name": f"{chance.choice(NAMES)} {chance.choice(WORDS)} {number}",
            "email": f"p{number}@example.org",
            "title": chance.choice(WORDS),
            "city": chance.choice(NAMES),
        }


def _activities(chance: random.Random, size: Size) -> Iterator[Row]:
    for number in range(size.activities):
        yield {
            "id": identify("activity", number),
            "kind": chance.choice(("call", "mail", "meeting", "note")),
            "subject": f"{chance.choice(WORDS)} {chance.choice(NAMES)} {number}",
            "date": DAY + timedelta(days=chance.randrange(900)),
        }


def _deals(chance: random.Random, size: Size) -> Iterator[Row]:
    for number in range(size.deals):
        yield {
            "id": identify("deal", number),
            "name": f"Deal {chance.choice(WORDS)} {number}",
            "amount_e0": chance.randrange(100_000),
            "stage": chance.choice(("new", "won", "lost")),
        }


def _link(relation: str, number: int, a: str, b: str, **properties: Any) -> Row:
    return {"id": identify(relation, number), "a": a, "b": b, "p": properties}


def _posts(chance: random.Random, size: Size) -> Iterator[Row]:
    crowded = BIG * 100 * size.people // 100_000
    for number in range(size.people):
        company = number % BIG if number < crowded else chance.randrange(BIG, size.companies)
        since = DAY + timedelta(days=chance.randrange(900))
        yield _link("WORKS_AT", number, identify("person", number), identify("company", company), since=since)


def _about(chance: random.Random, size: Size) -> Iterator[Row]:
    for number in range(size.activities):
        busy = number < size.activities * 11 // 20
        person = chance.randrange(size.people // 5 if busy else size.people)
        yield _link("ABOUT", number, identify("activity", number), identify("person", person))


def _deal_companies(chance: random.Random, size: Size) -> Iterator[Row]:
    for number in range(size.deals):
        company = chance.randrange(BIG) if number % 5 == 0 else chance.randrange(size.companies)
        yield _link("DEAL_WITH", number, identify("deal", number), identify("company", company))


def _owners(chance: random.Random, size: Size) -> Iterator[Row]:
    for number in range(size.deals):
        owner = identify("person", chance.randrange(size.people))
        yield _link("OWNED_BY", number, identify("deal", number), owner)


def _known(chance: random.Random, size: Size) -> Iterator[Row]:
    for number in range(size.acquaintances):
        one, other = chance.randrange(size.people), chance.randrange(size.people)
        yield _link("KNOWS", number, identify("person", one), identify("person", other))
