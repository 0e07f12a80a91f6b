"""Figures and groups: how they run, what is refused, and that exact numbers stay exact."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Any

import neo4j
import pytest
from asking import Asking
from plain_groups import measure, percentile
from profiling import profiled
from small_worlds import COMPANY, MODEL

from gql.editions import Editions
from graph.address import Address
from graph.session import Database

pytestmark = pytest.mark.anyio

MANY = 2_000
SCHEMA = (
    "CREATE CONSTRAINT record_id IF NOT EXISTS FOR (r:Record) REQUIRE r.id IS UNIQUE",
    "CREATE INDEX company_name IF NOT EXISTS FOR (c:Company) ON (c.name)",
    "CALL db.awaitIndexes(60)",
)
FILL = """UNWIND range(1, $many) AS n
CREATE (c:Record:Company {id: 'c' + n, version: 1, mark: 1, name: 'Company ' + (n % 500), revenue_e2: $units[n - 1]})
CREATE (p:Record:Person {id: 'p' + n, version: 1, mark: 1, name: 'P' + n})
CREATE (p)-[:MANAGES {id: 'm' + n, version: 1}]->(:Record:Person {id: 'q' + n, version: 1, mark: 1, name: 'Q'})"""
CHANCE = random.Random(5)
UNITS = [CHANCE.choice([1, -1]) * CHANCE.randrange(10 ** CHANCE.choice([1, 9, 17, 18])) for _ in range(MANY)]
AMOUNTS = [Decimal(units).scaleb(-2) for units in UNITS]
REVENUE = COMPANY.fields["revenue"]


@pytest.fixture(scope="module")
async def asking(neo4j_address: Address, neo4j_driver: neo4j.Driver) -> AsyncIterator[Asking]:
    with neo4j_driver.session(database=neo4j_address.database) as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()
        for statement in SCHEMA:
            session.run(statement).consume()
        session.run(FILL, many=MANY, units=UNITS).consume()
        session.run("CALL db.prepareForReplanning(60)").consume()
    database = await Database.connect(neo4j_address)
    yield Asking(database, Editions(None, MODEL))
    await database.close()


@pytest.mark.parametrize("asked", ["totalCount", "aggregate { count }"])
async def test_the_number_of_a_types_records_is_known_without_reading_them(
    asking: Asking, neo4j_driver: neo4j.Driver, asked: str
) -> None:
    profile = profiled(neo4j_driver, f"{{ companies {{ {asked} }} }}")

    assert "NodeCountFromCountStore" in profile.operators
    assert profile.hits < 5


@pytest.mark.parametrize("asked", ["totalCount", "aggregate { count }"])
async def test_the_number_of_a_records_links_is_known_without_walking_them(
    asking: Asking, neo4j_driver: neo4j.Driver, asked: str
) -> None:
    profile = profiled(neo4j_driver, f'{{ person(id: "p7") {{ manages {{ {asked} }} }} }}')

    assert not [name for name in profile.operators if name.startswith("Expand")]
    assert profile.hits < 20


async def test_a_filtered_count_reads_what_the_index_finds(asking: Asking, neo4j_driver: neo4j.Driver) -> None:
    profile = profiled(neo4j_driver, '{ companies(where: {name: {eq: "Company 7"}}) { totalCount } }')

    assert "NodeIndexSeek" in profile.operators
    assert profile.hits < 20


async def test_groups_are_made_in_one_pass_over_the_rows(asking: Asking, neo4j_driver: neo4j.Driver) -> None:
    text = """{ companies { grouped(by: [{name: VALUE}], having: {revenue: {average: {gt: 0}}}, orderBy: [{revenue: {sum: DESC}}],
      first: 3) { rows { keys { value } aggregate { revenue { sum } } } } } }"""
    profile = profiled(neo4j_driver, text)

    assert profile.operators.count("NodeByLabelScan") + profile.operators.count("NodeIndexScan") == 1
    assert profile.hits < 5 * MANY


async def test_percentiles_of_long_decimals_are_exact(asking: Asking) -> None:
    shares = ["0", "0.25", "0.5", "0.95", "0.999999", "1"]
    asked = " ".join(f"p{place}: percentile(p: {share})" for place, share in enumerate(shares))
    answer: Any = await asking.data(f"{{ companies {{ aggregate {{ revenue {{ median {asked} }} }} }} }}")

    expected = [f"{percentile(REVENUE, AMOUNTS, Decimal(share)):f}" for share in shares]
    assert list(answer["companies"]["aggregate"]["revenue"].values()) == [expected[2], *expected]


async def test_a_median_of_no_rows_is_a_figure_too(asking: Asking) -> None:
    """Neo4j groups what a WITH aggregates right inside COLLECT by the variables around it: no row came of no rows."""
    answer: Any = await asking.data(
        """{ person(id: "q7") { manages { aggregate { age { count median } }
          nodes { manages { aggregate { age { median } } } } } } }"""
    )

    assert answer["person"]["manages"]["aggregate"] == {"age": {"count": 0, "median": None}}


async def test_groups_are_sorted_and_met_by_exact_averages(asking: Asking) -> None:
    names = {f"Company {number % 500}" for number in range(1, MANY + 1)}
    averages = {
        name: measure(
            REVENUE,
            "average",
            [AMOUNTS[number - 1] for number in range(1, MANY + 1) if f"Company {number % 500}" == name],
        )
        for name in names
    }
    least = sorted(averages.values())[250]
    text = """query($least: Decimal) { companies { grouped(by: [{name: VALUE}], having: {revenue: {average: {gte: $least}}},
      orderBy: [{revenue: {average: DESC}}], first: 500) { totalCount rows { keys { value } } } } }"""
    answer: Any = await asking.data(text, {"least": str(least)})

    expected = sorted((name for name in names if averages[name] >= least), key=lambda name: (-averages[name], name))
    assert [row["keys"][0]["value"] for row in answer["companies"]["grouped"]["rows"]] == expected
    assert answer["companies"]["grouped"]["totalCount"] == len(expected)


@pytest.mark.parametrize(
    "numbers",
    [[-(2**63)] * 3, [2**63 - 1] * 3, [-(2**63), -(2**63), 1 - 2**63], [2**63 - 1, 2**63 - 2], [-(2**63), 2**63 - 1]],
)
async def test_groups_are_met_by_averages_at_the_ends_of_the_numbers(
    asking: Asking, neo4j_driver: neo4j.Driver, neo4j_address: Address, numbers: list[int]
) -> None:
    text = """query($average: Decimal) { companies(where: {big: {isNull: false}}) { grouped(by: [{active: VALUE}],
      having: {big: {average: {eq: $average}}}) { rows { aggregate { big { average } } } } } }"""
    average = str(measure(COMPANY.fields["big"], "average", numbers))
    with neo4j_driver.session(database=neo4j_address.database) as session:
        session.run("MATCH (c:Company) SET c.big = null").consume()
        given = "UNWIND range(1, size($numbers)) AS n MATCH (c:Company {id: 'c' + n}) SET c.big = $numbers[n - 1]"
        session.run(given, numbers=numbers).consume()
    answer: Any = await asking.data(text, {"average": average})

    assert answer["companies"]["grouped"]["rows"] == [{"aggregate": {"big": {"average": average}}}]


REFUSED = {
    "aggregate { revenue { percentile(p: 1.5) } }": "bad_percentile",
    "aggregate { revenue { percentile(p: 0.1234567) } }": "bad_percentile",
    "grouped(by: []) { totalCount }": "bad_group_key",
    f"grouped(by: [{'{name: VALUE}, ' * 50}]) {{ totalCount }}": "bad_group_key",
    "grouped(by: [{name: VALUE, stage: VALUE}]) { totalCount }": "bad_group_key",
    "grouped(by: [{}]) { totalCount }": "bad_group_key",
    "grouped(by: [{revenue: {}}]) { totalCount }": "bad_group_key",
    "grouped(by: [{revenue: {width: 0}}]) { totalCount }": "bad_width",
    "grouped(by: [{revenue: {width: 0.001}}]) { totalCount }": "bad_width",
    "grouped(by: [{revenue: {bounds: [2, 1]}}]) { totalCount }": "bad_bounds",
    "grouped(by: [{revenue: {bounds: []}}]) { totalCount }": "bad_bounds",
    'grouped(by: [{seen: DAY}], timeZone: "Mars/Olympus") { totalCount }': "bad_time_zone",
    "grouped(by: [{name: VALUE}], having: {count: {gt: null}}) { totalCount }": "null_operand",
    'grouped(by: [{name: VALUE}], having: {revenue: {sum: {gt: "much"}}}) { totalCount }': "wrong_type",
    "grouped(by: [{name: VALUE}], orderBy: [{groupKey: {key2: ASC}}]) { totalCount }": "bad_order",
    "grouped(by: [{name: VALUE}], orderBy: [{count: ASC, revenue: {sum: ASC}}]) { totalCount }": "bad_order",
    "grouped(by: [{name: VALUE}], first: 5001) { totalCount }": "page_too_large",
    "grouped(by: [{name: VALUE}], having: {turnover: {sum: {gt: 1}}}) { totalCount }": "invalid_operation",
    "grouped(by: [{name: MONTH}]) { totalCount }": "invalid_operation",
    "grouped { totalCount }": "invalid_operation",
}


@pytest.mark.parametrize("asked", REFUSED)
async def test_what_cannot_be_grouped_is_refused(asking: Asking, asked: str) -> None:
    assert (await asking.codes(f"{{ companies {{ {asked} }} }}"))[0] == REFUSED[asked]


async def test_nested_pages_of_groups_count_together(asking: Asking) -> None:
    text = "{ companies { grouped(by: [{name: VALUE}], first: 5000) { rows { nodes(first: 5000) { id } } } } }"

    assert await asking.codes(text) == ["too_costly"]
