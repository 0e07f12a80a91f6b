"""Figures and groups asked through GraphQL, beside the plain Cypher that an analyst would write for the same numbers."""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.measure import in_turn, table
from gql.editions import Editions
from gql.execute.executor import Executor
from gql.execute.limits import Limits
from gql.plan.cursors import Cursors
from graph.address import Address
from graph.schema import install_fixed
from graph.session import Database
from models.actor import SYSTEM
from models.metamodel import End, EntityType, Field, Metamodel, RelationType

DEALS, COMPANIES, AT_ONCE = 100_000, 2_000, 5_000
COMPANY = EntityType("Company", "Companies", {name: Field(name, "text") for name in ("name", "city")})
DEAL = EntityType(
    "Deal",
    "Deals",
    {"stage": Field("stage", "text"), "amount": Field("amount", "decimal"), "closeOn": Field("closeOn", "date")},
)
DEAL_WITH = RelationType("DEAL_WITH", End(("Deal",), "company", most=1), End(("Company",), "deals"))
MODEL = Metamodel(1, {"Company": COMPANY, "Deal": DEAL}, {"DEAL_WITH": DEAL_WITH})
FILL_COMPANIES = """UNWIND range(1, $many) AS n
CREATE (:Record:Company {id: 'c' + n, version: 1, name: 'Company ' + n, city: 'City ' + (n % 50)})"""
FILL_DEALS = """UNWIND range($first, $first + $many - 1) AS n MATCH (c:Record {id: 'c' + (1 + n % $companies)})
CREATE (:Record:Deal {id: 'd' + n, version: 1, stage: 's' + (n % 7), amount_e2: n * 17,
  closeOn: date('2020-01-01') + duration({days: n % 1500})})-[:DEAL_WITH {id: 'l' + n, version: 1}]->(c)"""
ASKED: Mapping[str, tuple[str, str]] = {
    "how many": ("{ deals { totalCount } }", "MATCH (d:Deal) RETURN count(d)"),
    "by stage": (
        "{ deals { grouped(by: [{stage: VALUE}]) { rows { keys { value } count aggregate { amount { sum } } } } } }",
        "MATCH (d:Deal) RETURN d.stage AS stage, count(*), sum(d.amount_e2) ORDER BY stage",
    ),
    "by city and month": (
        """{ deals { grouped(by: [{company: {node: {city: VALUE}}}, {closeOn: MONTH}], first: 5000) {
          rows { keys { value } aggregate { amount { sum } } } } } }""",
        """MATCH (d:Deal)-[:DEAL_WITH]->(c:Company) RETURN c.city AS city, date.truncate('month', d.closeOn) AS month,
          sum(d.amount_e2) ORDER BY city, month""",
    ),
    "median by stage": (
        "{ deals { grouped(by: [{stage: VALUE}]) { rows { keys { value } aggregate { amount { median } } } } } }",
        "MATCH (d:Deal) RETURN d.stage AS stage, percentileCont(d.amount_e2, 0.5) ORDER BY stage",
    ),
}


def measure(
    address: Address,
    folder: Path,  # noqa: ARG001  # every member is called alike
    options: argparse.Namespace,
    report: Callable[[str, float | None], None],
) -> str:
    """Milliseconds of each question both ways, and their ratios, as a Markdown table."""
    deals = max(int(DEALS * options.scale), AT_ONCE)
    rows = []
    with asyncio.Runner() as runner:
        report("Filling the database", None)
        database = runner.run(_filled(address, deals))
        executor = Executor(database, Editions(None, MODEL), None, Cursors(b"bench"), Limits(), lambda *_: None)  # type: ignore[arg-type]  # it reads only
        for place, (name, (text, plain)) in enumerate(ASKED.items()):
            report(name, place / len(ASKED))
            ways = {
                "GraphQL": lambda _, text=text: runner.run(_asked(executor, text)),
                "plain Cypher": lambda _, plain=plain: runner.run(_plain(database, plain)),
            }
            found = in_turn(ways, rounds=options.rounds)
            ours, theirs = found["GraphQL"].median, found["plain Cypher"].median
            rows.append((name, f"{ours:.1f}", f"{theirs:.1f}", f"{ours / theirs:.2f}"))
        runner.run(database.close())
    return table((f"{deals:,} deals", "GraphQL ms", "plain Cypher ms", "ratio"), rows)


async def _filled(address: Address, deals: int) -> Database:
    database = await Database.connect(address)
    await install_fixed(database)
    await database.driver.execute_query(FILL_COMPANIES, many=COMPANIES, database_=database.name)
    for first in range(1, deals, AT_ONCE):
        given = {"first": first, "many": AT_ONCE, "companies": COMPANIES}
        await database.driver.execute_query(FILL_DEALS, given, database_=database.name)
    return database


async def _asked(executor: Executor, text: str) -> float:
    started = time.perf_counter()
    answer = await executor.execute(text, None, None, SYSTEM)
    if answer.errors:
        raise RuntimeError(answer.body.decode())
    return 1000 * (time.perf_counter() - started)


async def _plain(database: Database, text: str) -> float:
    started = time.perf_counter()
    async with database.driver.session(database=database.name, fetch_size=-1, default_access_mode="READ") as session:
        await (await session.run(text)).values()
    return 1000 * (time.perf_counter() - started)
