"""The pipeline of 8,800 opportunities goes in, mended and reported, and its known totals come out through GraphQL."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from importing import figures, importing

from graph.address import Address

pytestmark = pytest.mark.anyio

NAME = "crm-sales-opportunities"
TOTALS = """{
  deals(first: 1) { totalCount }
  won: deals(first: 1, where: {stage: {eq: "won"}}) { totalCount aggregate { amount { sum { amount } } } }
  closed: deals(first: 1, where: {stage: {in: ["won", "lost"]}}) { totalCount }
  alone: deals(first: 1, where: {company: {count: {eq: 0}}}) { totalCount }
}"""


async def test_the_pipeline_goes_in_mended_and_adds_up(model_neo4j: Address, tmp_path: Path, soak: bool) -> None:
    async with importing(model_neo4j, tmp_path, "crm", NAME) as organisation:
        # that a try tells the same, and that what is imported again changes nothing, is asked of smaller files each time
        tried = await organisation.files(NAME, dry_run=True) if soak else None
        done = await organisation.files(NAME)
        again = await organisation.files(NAME) if soak else None
        answer = await organisation.ask(TOTALS)

        assert tried is None or figures(tried) == figures(done)
        assert again is None or again.changes == 0
        assert done.rejected == {}
        gtx = [mend["rows"] for mend in done.mended if mend["given"] == "GTXPro"]
        assert gtx == [1480]
        assert answer["deals"]["totalCount"] == 8800
        assert answer["won"]["totalCount"] == 4238
        assert answer["closed"]["totalCount"] == 6711
        assert Decimal(answer["won"]["aggregate"]["amount"]["sum"]["amount"]) == 10005534
        assert answer["alone"]["totalCount"] == 1425
