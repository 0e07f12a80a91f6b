"""Importing the real data sets: packs installed, files imported, figures asked through the API."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from exchange.mapping import read
from exchange.report import Report
from exchange.runs import import_files
from exchange.undo import Undone, undo
from gql.execute.limits import Limits
from gql.service import Service, opened
from graph.address import Address
from models.actor import SYSTEM
from packs.installing import install
from packs.requirements import gather

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"


@dataclass(frozen=True)
class Importing:
    """An organisation with its packs, ready for an import."""

    service: Service
    home: Path

    async def files(self, mapping: str, *, dry_run: bool = False, size: int = 2_000) -> Report:
        plan = read(ROOT / "mappings" / f"{mapping}.yaml")
        return await import_files(
            self.service.database,
            self.service.registry,
            SYSTEM,
            plan,
            DATA / mapping,
            home=self.home,
            clock=now,
            progress=silent,
            dry_run=dry_run,
            size=size,
        )

    async def undo(self, run: str) -> Undone:
        service = self.service
        return await undo(service.database, service.registry, SYSTEM, run, home=self.home, clock=now, progress=silent)

    async def ask(self, query: str) -> Any:
        answer = json.loads((await self.service.executor.execute(query, {}, None, SYSTEM)).body)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]


@asynccontextmanager
async def importing(address: Address, home: Path, pack: str, data: str) -> AsyncIterator[Importing]:
    """The API on a database with a pack; skips, with its reason, where the data is not there."""
    if not (DATA / data).is_dir():
        pytest.skip(f"the data set {data} is not beside the checkout (../shared/data/{data})")
    async with opened(address, secret=b"s" * 32, limits=Limits(), max_body_bytes=1 << 20) as service:
        packs, problems = gather([pack])
        assert not problems
        await install(service.registry, SYSTEM, packs)
        yield Importing(service, home)


def now() -> datetime:
    return datetime.now(UTC)


def silent(text: str, done: float | None) -> None:
    """Progress that nobody watches."""


def figures(report: Report) -> dict[str, Any]:
    """What a report counts, without which run it was."""
    kept = report.plain()
    return {name: kept[name] for name in ("records", "links", "rows", "rejected", "mended")}
