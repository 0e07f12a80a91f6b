"""Law: decimals and money compare, sort and add up as Python's exact decimals do, whatever the operand's length."""

from __future__ import annotations

import asyncio
import operator
import random
from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import Any

import neo4j
import pytest
from asking import Asking
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from small_worlds import Thing, World, load

from gql.editions import Editions
from graph.address import Address
from graph.session import Database
from models.fields.money import Money
from models.metamodel import EntityType, Field, Metamodel

SCALES = {"whole": 0, "coarse": 2, "fine": 9, "price": 2}
SUM = EntityType(
    "Sum",
    "Sums",
    {
        **{name: Field(name, "decimal", options={"scale": SCALES[name]}) for name in ("whole", "coarse", "fine")},
        "price": Field("price", "money", options={"currency": "EUR"}),
    },
)
MODEL = Metamodel(1, {"Sum": SUM}, {})
HOLDS = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "lte": operator.le,
    "gt": operator.gt,
    "gte": operator.ge,
    "in": lambda value, operands: value in operands,
    "notIn": lambda value, operands: value not in operands,
}
LISTS = ("in", "notIn")
FILTERS = "query($one: Decimal, $many: [Decimal!]) {{ {} }}".format(
    " ".join(
        f"{field}_{name}: sums(where: {{{field}: {{{name}: {'$many' if name in LISTS else '$one'}}}}}) {{ nodes {{ id }} }}"
        for field in SCALES
        for name in HOLDS
    )
)
SORTS = "{{ {} }}".format(
    " ".join(
        f"{field}_{way}: sums(orderBy: [{{{field}: {way}}}]) {{ nodes {{ id }} }}"
        for field in SCALES
        for way in ("ASC", "DESC")
    )
)
DECIMALS = ("whole", "coarse", "fine")
FIGURES = "{{ sums {{ aggregate {{ {} price {{ {} }} }} }} }}".format(
    " ".join(f"{field} {{ count sum average min max }}" for field in DECIMALS),
    "count " + " ".join(f"{name} {{ amount }}" for name in ("sum", "average", "min", "max")),
)


def number(chance: random.Random, scale: int) -> Decimal:
    """Up to 18 digits, the very longest among them."""
    digits = chance.choice([1, 2, 3, 9, 17, 18, 18])
    units = chance.choice([0, 10**digits - 1, chance.randrange(10**digits), chance.randrange(10**digits)])
    return Decimal(chance.choice([1, -1]) * units).scaleb(-scale)


def sums(seed: int) -> World:
    """Records with and without numbers, several of them equal."""
    chance, world = random.Random(seed), World(MODEL)
    for place in range(40):
        values: dict[str, Any] = {"version": 1}
        for name, scale in SCALES.items():
            if chance.random() < 0.85:
                values[name] = number(chance, scale)
        if "price" in values:
            values["price"] = Money(values["price"], "EUR")
        world.records[f"s{place:02}"] = Thing(f"s{place:02}", "Sum", values)
    return world


def held(world: World, field: str) -> dict[str, Decimal | None]:
    """The numbers of a field by record."""
    found = {}
    for name, record in world.records.items():
        value = record.values.get(field)
        found[name] = value.amount if isinstance(value, Money) else value
    return found


@pytest.fixture
def asking(clean_neo4j: Address) -> Iterator[tuple[asyncio.Runner, Asking]]:
    with asyncio.Runner() as runner:
        database = runner.run(Database.connect(clean_neo4j))
        yield runner, Asking(database, runner.run(_editions()))
        runner.run(database.close())


async def _editions() -> Editions:
    return Editions(None, MODEL)


def operands(world: World) -> st.SearchStrategy[Decimal]:
    """Numbers that are stored, others a little beside them, and numbers longer than any that is stored."""
    stored = sorted({value for field in SCALES for value in held(world, field).values() if value is not None})
    beside = st.sampled_from(["0", "0.005", "-0.005", "0.0000000001", "-0.0000000001", "0.01", "1"]).map(Decimal)
    near = st.tuples(st.sampled_from(stored), beside).map(lambda both: _exactly_added(*both))
    digits = st.integers(-(10**30), 10**30)
    return near | st.tuples(digits, st.integers(0, 12)).map(lambda both: Decimal(both[0]).scaleb(-both[1]))


def _exactly_added(one: Decimal, other: Decimal) -> Decimal:
    with localcontext() as context:
        context.prec = 60
        return one + other


def test_filters_hold_for_exactly_the_numbers_they_say(
    asking: tuple[asyncio.Runner, Asking], neo4j_driver: neo4j.Driver, neo4j_address: Address, soak: bool
) -> None:
    runner, ask = asking
    world = sums(1)
    load(world, neo4j_driver, neo4j_address.database)
    some = operands(world)

    @settings(
        max_examples=2_000 if soak else 60,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(some, st.lists(some, max_size=4))
    def check(one: Decimal, many: list[Decimal]) -> None:
        answer = runner.run(ask.data(FILTERS, {"one": f"{one:f}", "many": [f"{each:f}" for each in many]}))
        for field in SCALES:
            for name, holds in HOLDS.items():
                found = [node["id"] for node in answer[f"{field}_{name}"]["nodes"]]
                operand = many if name in LISTS else one
                expected = [
                    record
                    for record, value in held(world, field).items()
                    if (holds(value, operand) if value is not None else name in ("ne", "notIn"))  # type: ignore[operator]
                ]
                assert found == expected, (field, name, operand)

    check()


@pytest.mark.parametrize("seed", range(5))
def test_sorts_sums_and_means_are_exact(
    asking: tuple[asyncio.Runner, Asking], neo4j_driver: neo4j.Driver, neo4j_address: Address, seed: int
) -> None:
    runner, ask = asking
    world = sums(seed)
    load(world, neo4j_driver, neo4j_address.database)

    sorts, figures = runner.run(ask.data(SORTS)), runner.run(ask.data(FIGURES))["sums"]["aggregate"]

    for field, scale in SCALES.items():
        values = held(world, field)
        there = {name: value for name, value in values.items() if value is not None}
        missing = [name for name in values if name not in there]
        up = sorted(there, key=lambda name: (there[name], name))
        down = [*reversed(up)]  # ties fall as their key does
        assert [node["id"] for node in sorts[f"{field}_ASC"]["nodes"]] == [*up, *missing]
        assert [node["id"] for node in sorts[f"{field}_DESC"]["nodes"]] == [*down, *reversed(missing)]
        assert figures[field]["count"] == len(there)
        for name, value in expected_figures([*there.values()], scale).items():
            found = figures[field][name]
            assert (found["amount"] if field == "price" else found) == value, (field, name)


def expected_figures(values: list[Decimal], scale: int) -> dict[str, str]:
    """Sum, mean and extremes as text."""
    with localcontext() as context:
        context.prec = 80
        total, one = sum(values, Decimal(0)), Decimal(1).scaleb(-scale)
        mean = (total / len(values)).quantize(one.scaleb(-6), ROUND_HALF_EVEN)
        return {
            "sum": f"{total.quantize(one):f}",
            "average": f"{mean:f}",
            "min": f"{min(values).quantize(one):f}",
            "max": f"{max(values).quantize(one):f}",
        }


def test_an_operand_that_is_no_number_is_told_in_a_sentence(asking: tuple[asyncio.Runner, Asking]) -> None:
    runner, ask = asking

    for operand, code in (("many", "wrong_type"), ("1" * 50, "wrong_type"), ("NaN", "wrong_type")):
        text = "query($x: Decimal) { sums(where: {fine: {gt: $x}}) { totalCount } }"
        assert runner.run(ask.codes(text, {"x": operand})) == [code]
