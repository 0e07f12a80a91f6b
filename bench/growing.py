"""`python -m bench growth`: what pages, point reads and lists of links cost as the base grows from 10,000 to 1,000,000 records.

Each company has a hundred people, however many companies there are. The base only grows, so sizes cannot be measured in turn:
take a quiet machine, and read the last column, which is the largest base against the smallest.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from bench.measure import table
from gql.editions import Editions
from gql.execute.executor import Executor
from gql.execute.limits import Limits
from gql.plan.cursors import Cursors
from graph.address import Address
from graph.schema import build_indexes, install_constraints, install_fixed
from graph.session import Database
from models.actor import SYSTEM
from models.metamodel import End, EntityType, Field, Metamodel, RelationType

SIZES, STAFF, AT_ONCE, ASKED = (10_000, 100_000, 1_000_000), 100, 5_000, 60
NAME = {"name": Field("name", "text", required=True)}
PERSON = EntityType("Person", "People", {**NAME, "city": Field("city", "text")})
COMPANY = EntityType("Company", "Companies", NAME)
WORKS_AT = RelationType("WORKS_AT", End(("Person",), "company", most=1), End(("Company",), "people"))
MODEL = Metamodel(1, {"Person": PERSON, "Company": COMPANY}, {"WORKS_AT": WORKS_AT})
CURSORS = Cursors(b"bench")
FILL = """UNWIND range($first, $last) AS n WITH n, right('000000' + n, 7) AS number, datetime('2026-01-01T00:00:00Z') AS at
CREATE (c:Record:Company {id: 'c' + number, version: 1, createdAt: at, updatedAt: at, name: 'Company ' + number})
WITH n, c, at UNWIND range(1, $staff) AS place WITH c, at, right('0000000' + (n * $staff + place), 8) AS number
CREATE (:Record:Person {id: 'p' + number, version: 1, createdAt: at, updatedAt: at, name: 'Person ' + number, city: 'X'})
  -[:WORKS_AT {id: 'l' + number, version: 1, createdAt: at, updatedAt: at}]->(c)"""

PAGE = "people(first: 50, orderBy: [{name: ASC}]%s) { nodes { id name city } pageInfo { hasNextPage endCursor } }"


def measure(
    address: Address,
    folder: Path,  # noqa: ARG001  # every member is called alike
    options: argparse.Namespace,
    report: Callable[[str, float | None], None],
) -> str:
    """Milliseconds of each question at each size, and the largest against the smallest, as a Markdown table."""
    sizes = [max(int(size * options.scale), 2 * STAFF) for size in SIZES]
    with asyncio.Runner() as runner:
        found = runner.run(_grown(address, sizes, options.rounds, report))
    rows = [
        (name, *(f"{each[name]:.2f}" for each in found), f"{found[-1][name] / found[0][name]:.2f}×")
        for name in found[0]
    ]
    return table(("ms", *(f"{size:,} records" for size in sizes), "largest / smallest"), rows)


async def _grown(
    address: Address, sizes: list[int], rounds: int, report: Callable[[str, float | None], None]
) -> list[dict[str, float]]:
    database = await Database.connect(address)
    executor = Executor(database, Editions(None, MODEL), None, CURSORS, Limits(), lambda *_: None)  # type: ignore[arg-type]  # it reads only
    await install_fixed(database)
    await install_constraints(database, MODEL)
    await build_indexes(database, MODEL)
    found, filled = [], 0
    for size in sizes:
        report(f"Filling up to {size:,} records", None)
        companies = size // (STAFF + 1)
        for first in range(filled, companies, AT_ONCE // STAFF):
            given = {"first": first, "last": min(first + AT_ONCE // STAFF, companies) - 1, "staff": STAFF}
            await database.driver.execute_query(FILL, given, database_=database.name)
        filled = companies
        await database.driver.execute_query("CALL db.prepareForReplanning(300)", database_=database.name)
        report(f"Asking {size:,} records", None)
        found.append({name: await _median(executor, text, rounds) for name, text in _questions(companies).items()})
    await database.close()
    return found


def _questions(companies: int) -> dict[str, str]:
    middle = companies // 2
    person = f"{middle * STAFF + STAFF // 2:08}"
    behind = CURSORS.make("name+", [f"Person {person}"], f"p{person}")
    after, far = f', after: "{behind}"', f'company: {{some: {{node: {{id: {{eq: "c{middle:07}"}}}}}}}}'
    return {
        "the first page": f"{{ {PAGE % ''} }}",
        "a page from the middle": f"{{ {PAGE % after} }}",
        "one record": f'{{ person(id: "p{person}") {{ name company {{ nodes {{ name }} }} }} }}',
        "the links of one record": f'{{ company(id: "c{middle:07}") {{ people(first: 100) {{ nodes {{ name }} }} }} }}',
        "a list begun at the other end": f"{{ people(where: {{{far}}}) {{ nodes {{ name }} }} }}",
        "how many there are": "{ people { totalCount } }",
    }


async def _median(executor: Executor, text: str, rounds: int) -> float:
    """Milliseconds, after one uncounted round."""
    taken = list[float]()
    for number in range(ASKED * (rounds + 1)):
        began = time.perf_counter()
        answer = await executor.execute(text, None, None, SYSTEM)
        if answer.errors:
            raise RuntimeError(answer.body.decode())
        if number >= ASKED:
            taken.append((time.perf_counter() - began) * 1e3)
    return statistics.median(taken)
