"""Northwind goes in from its files, its known totals come out through GraphQL, and all of it can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from importing import figures, importing

from exchange.report import Counts
from graph.address import Address

pytestmark = pytest.mark.anyio

TOTALS = """{
  orders(first: 1) { totalCount aggregate { total { sum { amount } } } }
  quick: orders(first: 1, where: {customer: {some: {node: {code: {eq: "QUICK"}}}}}) { aggregate { total { sum { amount } } } }
  silent: customers(where: {orders: {count: {eq: 0}}}, orderBy: [{code: ASC}], first: 10) { nodes { code } }
  employees(first: 20, orderBy: [{code: ASC}]) { nodes { code manager(first: 1) { nodes { code } } } }
}"""


def created(counts: Mapping[str, Counts]) -> int:
    return sum(each.created for each in counts.values())


async def test_northwind_goes_in_adds_up_and_is_taken_back(model_neo4j: Address, tmp_path: Path, soak: bool) -> None:
    async with importing(model_neo4j, tmp_path, "trade", "northwind") as organisation:
        # that a try tells the same, and that what is imported again changes nothing, is asked of smaller files each time
        tried = await organisation.files("northwind", dry_run=True) if soak else None
        done = await organisation.files("northwind")
        again = await organisation.files("northwind") if soak else None
        answer = await organisation.ask(TOTALS)

        assert tried is None or figures(tried) == figures(done)
        assert done.rejected == {}
        assert again is None or again.changes == 0
        assert answer["orders"]["totalCount"] == 830
        revenue = Decimal(answer["orders"]["aggregate"]["total"]["sum"]["amount"])
        assert abs(revenue - Decimal("1265793.04")) < Decimal("0.01")
        assert Decimal(answer["quick"]["aggregate"]["total"]["sum"]["amount"]) == Decimal("110277.305")
        assert [each["code"] for each in answer["silent"]["nodes"]] == ["FISSA", "PARIS"]
        managers = {
            each["code"]: [one["code"] for one in each["manager"]["nodes"]] for each in answer["employees"]["nodes"]
        }
        assert managers == {"2": []} | {code: ["2"] for code in "13458"} | {code: ["5"] for code in "679"}

        undone = await organisation.undo(done.run)

        assert undone.counts == {"deleted": created(done.records), "unlinked": created(done.links)}
        assert (await organisation.ask("{ orders(first: 1) { totalCount } customers(first: 1) { totalCount } }")) == {
            "orders": {"totalCount": 0},
            "customers": {"totalCount": 0},
        }
