"""Small random data sets with every kind of field and relation, held in memory and written to a database as they are."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

import neo4j
from plain_history import ANN, SETS, PlainChange, drawn, row_of

from graph.unit.points import of_driver
from models import scores
from models.fields import kind_of
from models.fields.geo_point import GeoPoint
from models.fields.money import Money
from models.metamodel import End, EntityType, Field, Metamodel, RelationType, Side, Validity

CHOICES = {"choices": [{"value": value} for value in ("new", "Ärger", "готово")]}
EUROS = {"currency": "EUR"}
DAY_ZERO = dt.datetime(2000, 1, 1, 1, tzinfo=dt.UTC)
INSIGHTS = f"{scores.INSIGHTS}."
WIDE = {"min": -(2**63), "max": 2**63 - 1}
ENGINES = ("influence", "churn", "purchase", "communities")
MARK = Field("mark", "integer", required=True)
TEXTS = (
    "Zoë",
    "zoe",
    "Анна",
    "анна",
    "نیلوفر",
    "a'b\"c",
    "x_y%z",
    "\\d",
    "😀",
    "\uffee",
    "k1.x",
    "ASC",
    "null",
    "$p0",
    "A b",
)


PLACES = (
    GeoPoint(41.0082, 28.9784),
    GeoPoint(41.0, 29.0),
    GeoPoint(52.52, 13.405),
    GeoPoint(-18.14, 178.44),
    GeoPoint(-13.83, -171.76),
)


def _fields(*fields: Field) -> dict[str, Field]:
    return {each.name: each for each in fields}


COMPANY = EntityType(
    "Company",
    "Companies",
    _fields(
        Field("name", "text", required=True),
        Field("about", "longText"),
        Field("size", "integer"),
        Field("big", "integer", options=WIDE),
        Field("revenue", "decimal"),
        Field("fine", "decimal", options={"scale": 9}),
        Field("rate", "percent"),
        Field("worth", "money", options=EUROS),
        Field("price", "money"),
        Field("active", "boolean"),
        Field("founded", "date"),
        Field("seen", "dateTime"),
        Field("stage", "choice", options=CHOICES),
        Field("tags", "multiChoice", options=CHOICES),
        Field("mail", "email"),
        Field("phone", "phone"),
        Field("site", "url"),
        Field("place", "geoPoint"),
        MARK,
    ),
    display="{name} ({revenue})",
    order=(("name", "asc"),),
)
PERSON = EntityType(
    "Person",
    "People",
    _fields(Field("name", "text", required=True), Field("age", "integer"), Field("pay", "money", options=EUROS), MARK),
    display="{name}",
)
THING = EntityType(
    "Thing", "Things", _fields(Field("label", "text"), Field("weight", "decimal", options={"scale": 4}), MARK)
)
WORKS_AT = RelationType(
    "WORKS_AT",
    End(("Person",), "employers"),
    End(("Company",), "employees"),
    _fields(
        Field("role", "text"), Field("spot", "geoPoint"), Field("pay", "money", options=EUROS), Field("since", "date")
    ),
    repeatable=True,
    validity=Validity.OVERLAPS,
)
KNOWS = RelationType(
    "KNOWS",
    End(("Person",), "knows"),
    End(("Person",), "knows"),
    _fields(Field("strength", "integer")),
    symmetric=True,
)
MANAGES = RelationType("MANAGES", End(("Person",), "manages"), End(("Person",), "managedBy"))
OWNS = RelationType(
    "OWNS",
    End(("Person", "Company"), "owns"),
    End(("Company", "Thing"), "owners"),
    _fields(Field("share", "percent"), Field("note", "text", required=True)),
)
MODEL = Metamodel(
    1,
    {kind.name: kind for kind in (COMPANY, PERSON, THING)},
    {relation.name: relation for relation in (WORKS_AT, KNOWS, MANAGES, OWNS)},
)


Reading = tuple[dt.datetime | None, dt.datetime | None]  # asOf and knownAt; None where they are not given


@dataclass
class Thing:
    """A record, or a link when it has ends; `values` are canonical, those missing left out."""

    id: str
    type: str
    values: dict[str, Any]
    source: str = ""
    target: str = ""
    explained: dict[str, Any] = field(default_factory=dict)  # the document of reasons and paths, by engine
    changes: list[PlainChange] = field(default_factory=list)
    kept: dict[str, Any] = field(default_factory=dict)  # of a state: when it was known, held and closed
    reading: Reading = (None, None)  # what the clocks say where it is seen

    def __getitem__(self, name: str) -> Any:
        return self.type  # what an interface asks for: __typename


@dataclass
class World:
    """Records and links of one model."""

    model: Metamodel
    records: dict[str, Thing] = field(default_factory=dict)
    links: list[Thing] = field(default_factory=list)
    record_versions: list[Thing] = field(default_factory=list)
    link_versions: list[Thing] = field(default_factory=list)

    def at(self, reading: Reading) -> World:
        """The records and links that showed at a reading of the clocks; this world itself at the present."""
        if reading == (None, None):
            return self
        known = reading[1] or dt.datetime.max.replace(tzinfo=dt.UTC)
        true = reading[0] or known
        shown = {each.id: each for each in [*self.records.values(), *self.record_versions] if _shows(each, true, known)}
        records = {id: self._scored_at(record, reading, min(true, known)) for id, record in sorted(shown.items())}
        links = [
            replace(each, reading=reading) for each in [*self.links, *self.link_versions] if _held(each, true, known)
        ]
        return World(self.model, records, [each for each in links if {each.source, each.target} <= records.keys()])

    def _scored_at(self, record: Thing, reading: Reading, least: dt.datetime) -> Thing:
        """A state with those scores of today that are from before."""
        values = {name: value for name, value in record.values.items() if not name.startswith(INSIGHTS)}
        now, explained = self.records.get(record.id), {}
        for engine in ENGINES if now else ():
            at = now.values.get(scores.fields(engine)[scores.AT].name)
            if at is not None and at <= least:
                values |= {name: each for name, each in now.values.items() if name.startswith(f"{INSIGHTS}{engine}.")}
                explained |= {engine: now.explained[engine]} if engine in now.explained else {}
        return replace(record, values=values, explained=explained, reading=reading)

    def of_type(self, name: str) -> list[Thing]:
        """All records of a type."""
        return [record for record in self.records.values() if record.type == name]

    def along(self, record: Thing, side: Side, now: dt.datetime) -> list[tuple[Thing, Thing]]:
        """The links of a record along a side that are in force where it is seen, each with the record at its far end."""
        found = []
        now = record.reading[0] or record.reading[1] or now
        for link in self.links:
            if link.type != side.relation.name or not _in_force(link, now):
                continue
            if side.direction != "in" and link.source == record.id:
                found.append((link, self.records[link.target]))
            elif side.direction != "out" and link.target == record.id:
                found.append((link, self.records[link.source]))
        return found


def _shows(state: Thing, true: dt.datetime, known: dt.datetime) -> bool:
    """Whether a record was in this state, as it was known."""
    kept = state.kept
    if state.values["knownFrom"] > known or state.values["validFrom"] > true:
        return False
    if "closed_at" not in kept:
        return True
    return (kept.get("knownTo") is None or kept["knownTo"] > known) and (
        kept["validTo"] > true or kept["closed_at"] > known
    )


def _held(link: Thing, true: dt.datetime, known: dt.datetime) -> bool:
    """Whether a link was there and said this, as it was known."""
    kept = link.kept
    if kept["knownFrom"] > known or ("held_from" in kept and kept["held_from"] > true):
        return False
    if "knownTo" not in kept or kept["knownTo"] > known:
        return True
    retracted = kept.get("retracted_at")
    return "held_to" in kept and kept["held_to"] > true and (retracted is None or retracted > known)


def _in_force(link: Thing, now: dt.datetime) -> bool:
    begun, ended = link.values.get("validFrom"), link.values.get("validTo")
    return (begun is None or begun <= now) and (ended is None or ended > now)


def random_world(seed: int, *, broken: bool = False) -> World:
    """A data set of some forty records; in a broken one some required values are missing."""
    chance = random.Random(seed)
    world = World(MODEL)
    for number in range(chance.randint(0, 45)):
        kind = chance.choice(list(MODEL.types.values()))
        name = f"{chance.randint(0, 999):03}-{number}"
        record = Thing(name, kind.name, _values(chance, kind.fields, broken=broken))
        world.records[name] = record
        _with_past_states(chance, world, record, kind, broken=broken)
        for engine in ENGINES:
            if chance.random() < 0.5:
                record.values |= _scored(chance, engine)
                if chance.random() < 0.7:
                    record.explained[engine] = _document(chance)
    ever = [*world.records.values(), *world.record_versions]
    for number in range(chance.randint(0, 110)):
        relation = chance.choice(list(MODEL.relations.values()))
        ends = [sorted({each.id for each in ever if each.type in end.types}) for end in _ends(relation)]
        if all(ends):
            values = _values(chance, relation.fields, broken=broken)
            if relation.temporal:
                values |= {key: _moment(chance) for key in ("validFrom", "validTo") if chance.random() < 0.5}
            name = f"l{chance.randint(0, 999):03}-{number}"
            link = Thing(name, relation.name, values, *map(chance.choice, ends))
            world.links.append(link)
            _with_past_beliefs(chance, world, link, relation, broken=broken)
    for thing in (*world.records.values(), *world.links):
        thing.changes = drawn(chance, thing, fields_of(thing), random_value)
    told = {thing.id: thing.changes for thing in (*world.records.values(), *world.links)}
    for version in (*world.record_versions, *world.link_versions):  # a history is whole, whenever it is read as of
        version.changes = told.get(version.id, [])
    return world


def fields_of(thing: Thing) -> Mapping[str, Field]:
    """The fields of a record's type or of a link's relation."""
    return MODEL.relations[thing.type].fields if thing.source else MODEL.types[thing.type].fields


def _days(chance: random.Random) -> list[dt.datetime]:
    """The moments of one history."""
    return [DAY_ZERO + dt.timedelta(days=day) for day in sorted(chance.sample(range(10), chance.randint(1, 4)))]


def _with_past_states(chance: random.Random, world: World, record: Thing, kind: EntityType, *, broken: bool) -> None:
    """What a record was on the days before; now and then it was deleted in between, or is so now."""
    days = _days(chance)
    *before, last = days
    record.values |= {"validFrom": last, "knownFrom": last}
    for began, ended in pairwise(days):
        values = {**_values(chance, kind.fields, broken=broken), "validFrom": began, "knownFrom": began}
        closed = ended if chance.random() < 0.8 else began + (ended - began) / 2
        kept = {"validTo": closed, "closed_at": closed}
        world.record_versions.append(Thing(record.id, record.type, values, kept=kept))
    if before and chance.random() < 0.3:
        corrected = world.record_versions[-1]
        later = last + dt.timedelta(days=1)
        again = replace(
            corrected, values={**_values(chance, kind.fields, broken=broken), "validFrom": began, "knownFrom": later}
        )
        again.kept = {"validTo": corrected.kept["validTo"], "closed_at": later}
        corrected.kept["knownTo"] = later
        world.record_versions.append(again)
    if chance.random() < 0.2:
        del world.records[record.id]
        closed = last + dt.timedelta(days=2)
        world.record_versions.append(replace(record, kept={"validTo": closed, "closed_at": closed}))


def _with_past_beliefs(
    chance: random.Random, world: World, link: Thing, relation: RelationType, *, broken: bool
) -> None:
    """What a link said on the days before; some are taken out since, of some that is a correction."""
    days = _days(chance)
    *before, last = days
    for began, ended in pairwise(days):
        values = {**link.values, **_values(chance, relation.fields, broken=broken)}
        kept = {"knownFrom": began, "knownTo": ended, "held_from": began} | (
            {"held_to": ended} if chance.random() < 0.8 else {}
        )
        if "held_to" in kept and chance.random() < 0.2:
            kept["retracted_at"] = ended + dt.timedelta(days=1)
        world.link_versions.append(replace(link, values=values, kept=kept))
    link.kept = {"knownFrom": last} | ({"held_from": last} if before or chance.random() < 0.7 else {})
    if chance.random() < 0.2 or link.source not in world.records or link.target not in world.records:
        world.links.remove(link)
        closed = last + dt.timedelta(days=1)
        link.kept |= {"knownTo": closed} | ({"held_to": closed} if chance.random() < 0.7 else {})
        world.link_versions.append(link)


def _ends(relation: RelationType) -> tuple[End, End]:
    return relation.source, relation.target


def _values(chance: random.Random, fields: Mapping[str, Field], *, broken: bool) -> dict[str, Any]:
    values: dict[str, Any] = {
        "version": chance.randint(1, 3),
        "createdAt": _moment(chance),
        "updatedAt": _moment(chance),
    }
    for each in fields.values():
        missing = 0.2 if not each.required else 0.15 if broken and each.name in ("mark", "note") else 0
        if chance.random() >= missing:
            values[each.name] = random_value(chance, each)
    return values


def _scored(chance: random.Random, engine: str) -> dict[str, Any]:
    """Scores of an engine, each under the name of its field."""
    fields = scores.fields(engine)
    kept = {name for name in fields if chance.random() < 0.8} | {scores.RUN}
    return {fields[name].name: random_value(chance, fields[name]) for name in fields if name in kept}


def _document(chance: random.Random) -> dict[str, Any]:
    codes = ["rest", "gone_fishing"]
    reasons = [
        {
            "code": chance.choice(codes),
            "contribution": chance.choice([0.5, -0.25]),
            "facts": {"count": number},
            "records": [f"{number:03}-1"] * chance.randint(0, 2),
        }
        for number in range(chance.randint(0, 3))
    ]
    paths = [{"code": "rest", "strength": 0.75, "relations": ["KNOWS"], "records": ["a", "b"], "facts": {}}]
    changes = [
        {"code": "gone_fishing", "change": -0.125, "facts": {}, "record": chance.choice([None, "a"])}
        for _ in range(chance.randint(0, 2))
    ]
    return {"reasons": reasons, "paths": paths * chance.randint(0, 2), "counterfactuals": changes}


def _lately(chance: random.Random) -> dt.datetime:
    """A moment some days before or after now, told to the hour."""
    noon = dt.datetime.now(dt.UTC).replace(hour=12, minute=0, second=0, microsecond=0)
    return noon + dt.timedelta(days=chance.choice([-400, -40, -1, 0, 1, 6, 40, 400]))


def _moment(chance: random.Random) -> dt.datetime:
    second = dt.timedelta(seconds=chance.choice([1, 59]), days=chance.choice([0, 0, 1, 40_000]))
    return dt.datetime(2000, 1, 1, chance.randint(0, 3), 30, tzinfo=dt.UTC) + second


def random_value(chance: random.Random, of: Field) -> Any:  # noqa: C901  # one case for each kind
    """A canonical value that the field may hold; a few values come up often, so that ties and matches happen."""
    match of.kind:
        case "integer":
            return chance.choice([-1, 0, 0, 1, 7, *([2**63 - 1, -(2**63), 2**53 + 1] if of.options else [])])
        case "number":
            return chance.choice([-0.25, 0.125, 0.5, 3.75])
        case "decimal" | "percent":
            return kind_of(of).coerce(of, chance.choice(["0", "0.1", "0.2", "-0.3", "12345678.9", "999999999.01"]))
        case "money":
            currency = of.options.get("currency") or chance.choice(["EUR", "USD"])
            return Money(Decimal(chance.choice(["9999999999999999.99", "0.01", "0.10", "-5.00"])), currency)
        case "boolean":
            return chance.random() < 0.5
        case "date" | "dateTime" if chance.random() < 0.3:
            lately = _lately(chance)
            return lately if of.kind == "dateTime" else lately.date()
        case "date":
            return dt.date(chance.choice([1999, 2020]), chance.randint(1, 2), chance.randint(1, 3))
        case "dateTime":
            return _moment(chance)
        case "choice":
            return chance.choice(CHOICES["choices"])["value"]
        case "multiChoice":
            values = [each["value"] for each in CHOICES["choices"]]
            return tuple(chance.sample(values, chance.randint(1, 3)))
        case "email":
            return chance.choice(["ann@example.org", "bob@example.com"])
        case "phone":
            return chance.choice(["+442079460018", "+4930123456"])
        case "geoPoint":
            return chance.choice(PLACES)
        case "url":
            return chance.choice(["https://example.org/a?b=c", "http://example.com"])
        case _:
            return chance.choice(TEXTS)


def stored(fields: Mapping[str, Field], values: Mapping[str, Any]) -> dict[str, Any]:
    """The properties that hold the values."""
    found = {key: value for key, value in values.items() if key not in fields}
    for each in fields.values():
        if each.name in values:
            found |= kind_of(each).to_store(each, values[each.name])
    return of_driver(found)


def load(world: World, driver: neo4j.Driver, database: str) -> None:
    """Put a data set in place of whatever the database holds."""
    with driver.session(database=database) as session:
        session.run("CREATE CONSTRAINT record_id IF NOT EXISTS FOR (r:Record) REQUIRE r.id IS UNIQUE").consume()
        session.run("MATCH (n) DETACH DELETE n").consume()
        for name, kind in world.model.types.items():
            fields = {**kind.fields, **_score_fields()}
            rows = [{"id": r.id, **stored(fields, r.values)} for r in world.of_type(name)]
            session.run(f"UNWIND $rows AS row CREATE (n:Record:{name}) SET n = row", rows=rows).consume()
        session.run("UNWIND $rows AS row CREATE (i:Insight) SET i = row", rows=list(_insights(world))).consume()
        session.run("CREATE (u:User) SET u = $ann", ann=ANN).consume()
        session.run("UNWIND $rows AS row CREATE (s:ChangeSet) SET s = row", rows=list(SETS)).consume()
        changes = [
            row_of(change, lambda values, of=thing: stored(fields_of(of), values))
            for thing in (*world.records.values(), *world.links)
            for change in thing.changes
        ]
        session.run("UNWIND $rows AS row CREATE (c:Change) SET c = row", rows=changes).consume()
        for label, kept in (("RecordVersion", _record_states(world)), ("LinkVersion", _link_beliefs(world))):
            session.run(f"UNWIND $rows AS row CREATE (v:{label}) SET v = row", rows=list(kept)).consume()
        for name, relation in world.model.relations.items():
            rows = [
                {
                    "s": link.source,
                    "t": link.target,
                    "p": {"id": link.id, **stored(relation.fields, link.values), **link.kept},
                }
                for link in world.links
                if link.type == name
            ]
            text = f"MATCH (s:Record {{id: row.s}}), (t:Record {{id: row.t}}) CREATE (s)-[l:{name}]->(t) SET l = row.p"
            session.run(f"UNWIND $rows AS row {text}", rows=rows).consume()


def _record_states(world: World) -> Iterator[dict[str, Any]]:
    for state in world.record_versions:
        fields = world.model.types[state.type].fields
        values = {name: each for name, each in state.values.items() if not name.startswith(INSIGHTS)}
        yield {"id": state.id, "type": state.type, **stored(fields, values), **state.kept}


def _link_beliefs(world: World) -> Iterator[dict[str, Any]]:
    for link in world.link_versions:
        values = stored(world.model.relations[link.type].fields, link.values)
        yield {
            "id": link.id,
            "relation": link.type,
            "source": link.source,
            "target": link.target,
            **values,
            **link.kept,
        }


def _score_fields() -> dict[str, Field]:
    return {each.name: each for engine in ENGINES for each in scores.fields(engine).values()}


def _insights(world: World) -> Iterator[dict[str, Any]]:
    for record in world.records.values():
        for engine, document in record.explained.items():
            run = record.values[scores.fields(engine)[scores.RUN].name]
            yield {"record": record.id, "engine": engine, "run": run, "document": json.dumps(document)}
