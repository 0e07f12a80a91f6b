"""Search at a million records, as a person types: what each sort of text costs, and what the index costs a write.

Milliseconds by the clock for a whole operation through the executor: the text folded, one statement, the answer with names and
highlights. `--scale 0.1` takes a tenth of the records.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from bench.measure import table
from gql.editions import Editions
from gql.execute.executor import Executor
from gql.execute.limits import Limits
from gql.plan.cursors import Cursors
from graph.address import Address
from graph.registry import Registry
from graph.schema import install_fixed, online
from graph.session import Database
from graph.unit import write
from models.actor import SYSTEM
from models.commands import CreateRecord
from models.definitions import patch_from_plain, patched
from models.ids import new_id
from models.metamodel import EMPTY, Metamodel
from models.search.stored import KEY, searched, texts

RECORDS, DRAWN, BATCH, ROUNDS, WRITES = 1_000_000, 20_000, 5_000, 20, 200
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
GIVEN = [
    "Anna",
    "Bernd",
    "Carla",
    "David",
    "Elif",
    "Farid",
    "Greta",
    "Hannah",
    "Ivan",
    "Jürgen",
    "Klára",
    "Łukasz",
    "Maria",
    "Nadia",
    "Olga",
    "Pavel",
    "Quentin",
    "Rosa",
    "Sven",
    "Tara",
    "Иван",
    "Мария",
    "Пётр",
    "Светлана",
    "Юрий",
    "Ольга",
    "Дмитрий",
    "Анна",
    "نیلوفر",
    "رضا",
    "مریم",
    "حسین",
    "زهرا",
    "علی",
]  # a list of words reads better as words
SYLLABLES = "ba be bo da de do ga ke ko la le lo ma mi mo na ne no pa pe po ra re ro sa se so ta te to va ve vo".split()  # noqa: SIM905  # words are read more easily
ENDINGS = "nov berg mann sen ski son stein wald ova enko".split()  # noqa: SIM905  # words are read more easily
SORTS = "GmbH AG Ltd Holding Systems Energy Logistics Consulting Works Trading".split()  # noqa: SIM905  # words are read more easily
CITIES = (
    "Berlin Hamburg München Köln Paris Lyon London Leeds Madrid Oslo Bergen Wien Москва Казань تهران اصفهان".split()  # noqa: SIM905  # words are read more easily
)
TEXTS: Mapping[str, tuple[str, ...]] = {
    "one letter": ("a", "b", "m", "p", "и"),
    "two letters": ("an", "ba", "ma", "ро", "mü"),
    "three letters": ("ann", "bal", "mar", "ива", "نیل"),
    "a name as it is typed": ("mariabal", "annakob", "maria bal", "petr le", "anna berg"),
    "two words": ("maria berlin", "holding hamburg", "ivan london", "юрий москва", "energy oslo"),
    "typing errors": ("hodling", "consluting", "svetlaan", "logistcs hambrug", "systmes"),
    "a phrase": ('"holding berlin"', '"anna ba"', '"energy"', '"works"', '"мария"'),
    "one field": ("city:berlin", "city:mos", "name:anna", "city:köln holding", "name:petr"),
    "a telephone number": ("030-1234", "+49 30 77", "0049 30 5", "03055", "+49301"),
    "in the other script": ("yuri", "dmitrij", "svetlana moskva", "petr", "берлин"),
}


def _type(name: str, plural: str, *fields: Mapping[str, Any]) -> dict[str, Any]:
    named = {"name": "name", "kind": "text", "searchable": True}
    return {"name": name, "plural": plural, "display": "{name}", "fields": [named, _CODE, *fields]}


_CODE = {"name": "code", "kind": "text", "searchable": True}
_CITY = {"name": "city", "kind": "text", "searchable": True}
MODEL = {
    "types": [
        _type("Person", "People", _CITY, {"name": "phone", "kind": "phone", "searchable": True}),
        _type("Company", "Companies", _CITY),
        _type("Product", "Products", {"name": "note", "kind": "longText", "searchable": True}),
    ]
}
# the text of a code is what `texts` makes of one word of letters and digits
COPIED = """MATCH (d:Drawn {type: $type}) UNWIND range(1, $copies) AS copy
CALL (d, copy) {
  WITH d, 'c' + d.number + 'x' + copy AS code
  CREATE (n:Record:%s) SET n = properties(d)
  SET n.id = '01890000-0000-7000-8000-' + code, n.version = 1, n.createdAt = $at, n.updatedAt = $at, n.code = code,
    n.insight_search = d.insight_search + ['_f_code ' + code + ' _ _b_bcbc' + code + ' _ _f_code_' + code + ' _y_' + code
    + ' _i_c _i_' + left(code, 2) + ' _h_c _h_' + left(code, 2) + ' _l_c _l_' + left(code, 2)],
    n.type = null, n.number = null
} IN TRANSACTIONS OF 20000 ROWS"""
OPERATION = """query ($text: String!) { search(text: $text, first: 10) { %s
  edges { score highlights { field text ranges { start end } } node { id __typename displayName } } } }"""


def measure(
    address: Address,
    folder: Path,  # noqa: ARG001  # every member is called alike
    options: argparse.Namespace,
    report: Callable[[str, float | None], None],
) -> str:
    """Milliseconds of each sort of text, with and without counting, and of writes, as Markdown tables."""
    return asyncio.run(_measured(address, int(RECORDS * options.scale), report))


async def _measured(address: Address, records: int, report: Callable[[str, float | None], None]) -> str:
    patch, problems = patch_from_plain(MODEL)
    model, more = patched(EMPTY, patch)
    assert not problems
    assert not more
    database = await Database.connect(address)
    try:
        begun = time.perf_counter()
        present = await _load(database, model, records, report)
        report("Indexing", None)
        registry = await Registry.open(database)  # what is there already is indexed faster than what comes
        await registry.apply(SYSTEM, patch)
        await online(database)
        told = f"{present:,} records, loaded and indexed in {time.perf_counter() - begun:,.0f} s."
        executor = _executor(database, registry.model)
        rows = [await _row(executor, sort, report) for sort in TEXTS]
        columns = ("ms", "median", "quickest tenth", "worst text", "with counts and facets", "records a page")
        wrote = await _writes(database, registry.model)
        return f"{told}\n\n{table(columns, rows)}\n\n{table(('one record written', 'ms', 'quickest tenth'), wrote)}"
    finally:
        await database.close()


def _executor(database: Database, model: Metamodel) -> Executor:
    return Executor(database, Editions(None, model), None, Cursors(b"bench"), Limits(), lambda actor, edition: None)  # type: ignore[arg-type]  # nothing is changed


# loading


async def _load(database: Database, model: Metamodel, records: int, report: Callable[[str, float | None], None]) -> int:
    """Records drawn once and copied within the database, each with a code of its own; how many there are."""
    (present,) = await _run(database, "MATCH (n:Record) RETURN count(n)")
    if present < records:
        await _draw(database, model, min(records, DRAWN))
        for name in model.types:
            report(f"Copying records: {name}", None)
            await _run(database, COPIED % name, type=name, copies=max(records // DRAWN, 1), at=MOMENT)
        await _run(database, "MATCH (d:Drawn) DELETE d")
        (present,) = await _run(database, "MATCH (n:Record) RETURN count(n)")
    return int(present)


async def _draw(database: Database, model: Metamodel, records: int) -> None:
    await _run(database, "MATCH (d:Drawn) DELETE d")
    rows = _rows(model, records)
    while batch := list(islice(rows, BATCH)):
        await _run(database, "UNWIND $rows AS row CREATE (d:Drawn) SET d = row.values, d.type = row.type", rows=batch)


async def _run(database: Database, text: str, **parameters: Any) -> list[Any]:
    async with database.driver.session(database=database.name) as session:
        return [record.value() async for record in await session.run(text, parameters)]


def _rows(model: Metamodel, records: int) -> Iterator[dict[str, Any]]:
    chance = random.Random(7)
    found = searched(model)
    for number in range(records):
        name, values = _record(chance, number)
        yield {"type": name, "values": {**values, "number": number, KEY: texts(found[name], values)}}


def _record(chance: random.Random, number: int) -> tuple[str, dict[str, Any]]:
    word = "".join(chance.choices(SYLLABLES, k=chance.randrange(2, 4)))
    city = chance.choice(CITIES)
    match number % 5:
        case 0 | 1:
            name = f"{chance.choice(GIVEN)} {word.title()}{chance.choice(ENDINGS)}"
            return "Person", {"name": name, "city": city, "phone": f"+4930{chance.randrange(1_000_000, 9_999_999)}"}
        case 2 | 3:
            return "Company", {"name": f"{word.title()} {chance.choice(SORTS)} {city}", "city": city}
    note = " ".join("".join(chance.choices(SYLLABLES, k=3)) for _ in range(8))
    return "Product", {"name": f"{word.title()} {number}", "note": note}


# asking


async def _row(executor: Executor, sort: str, report: Callable[[str, float | None], None]) -> tuple[str, ...]:
    report(f"Searching by {sort}", None)
    plain, found = await _timed(executor, OPERATION % "", TEXTS[sort])
    counted, _ = await _timed(executor, OPERATION % "totalCount facets { type count }", TEXTS[sort])
    every = [time for times in plain for time in times]
    worst = max(statistics.median(times) for times in plain)
    median_counted = statistics.median(time for times in counted for time in times)
    return sort, *_told(every), f"{worst:.1f}", f"{median_counted:.1f}", f"{found:.0f}"


def _told(times: Sequence[float]) -> tuple[str, str]:
    """The median, and what a tenth of the rounds stayed under: what it costs when nobody else uses the machine."""
    return f"{statistics.median(times):.1f}", f"{statistics.quantiles(times, n=10)[0]:.1f}"


async def _timed(executor: Executor, operation: str, asked: Sequence[str]) -> tuple[list[list[float]], float]:
    """Milliseconds of each text in every round but the first, and how many records a page held on average."""
    times: list[list[float]] = [[] for _ in asked]
    shown = 0
    for number in range(ROUNDS + 1):
        for place, text in enumerate(asked):
            begun = time.perf_counter()
            answer = await executor.execute(operation, {"text": text}, None, SYSTEM)
            taken = 1000 * (time.perf_counter() - begun)
            assert not answer.errors, answer.body
            if number:
                times[place].append(taken)
            else:
                shown += len(orjson.loads(answer.body)["data"]["search"]["edges"])
    return times, shown / len(asked)


async def _writes(database: Database, model: Metamodel) -> list[tuple[str, ...]]:
    """What one record costs to write with the index there, and without it."""
    rows: list[tuple[str, ...]] = [("with the index", *_told(await _write_ms(database, model)))]
    await _run(database, "DROP INDEX search IF EXISTS")
    rows.append(("without it", *_told(await _write_ms(database, model))))
    await install_fixed(database)
    return rows


async def _write_ms(database: Database, model: Metamodel) -> list[float]:
    chance, times = random.Random(11), []
    for number in range(WRITES):
        name, values = _record(chance, number)
        begun = time.perf_counter()
        await write(database, model, SYSTEM, [CreateRecord(name, new_id(), values, ())], now=datetime.now(UTC))
        times.append(1000 * (time.perf_counter() - begun))
    return times
