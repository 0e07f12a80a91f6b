"""A small company world on the crm pack's own model, written through units of work."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from graph.registry import Registry
from graph.session import Database
from graph.unit import write
from models.actor import SYSTEM
from models.commands import CreateLink, CreateRecord
from models.fields.money import Money
from models.ids import new_id
from models.metamodel import Metamodel
from packs import installing
from packs.reading import Pack, read_pack

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)


async def crm_registry(database: Database) -> Registry:
    """The registry of an empty database after the packs core and crm have been installed."""
    registry = await Registry.open(database)
    await installing.install(registry, SYSTEM, [_pack(name) for name in ("core", "crm")])
    return registry


@cache
def _pack(name: str) -> Pack:
    pack, problems = read_pack(Path(str(files("packs"))) / name)
    assert pack is not None, problems
    return pack


class CrmWorld:
    """Gathers records and links, then writes them as one unit of work."""

    def __init__(self) -> None:
        self.commands: list[CreateRecord | CreateLink] = []

    def record(self, type_name: str, **values: Any) -> str:
        id = new_id()
        self.commands.append(CreateRecord(type_name, id, values))
        return id

    def link(
        self, source: str, relation: str, target: str, *, since: datetime | None = None, until: datetime | None = None,
        **values: Any,
    ) -> str:  # fmt: skip
        id = new_id()
        self.commands.append(CreateLink(relation, id, source, target, values, since, until))
        return id

    def company(self, name: str, **values: Any) -> str:
        return self.record("Company", name=name, status=values.pop("status", "customer"), **values)

    def order(self, buyer: str, on: date, total: str, currency: str = "USD") -> str:
        number = new_id()
        id = self.record(
            "Order", number=number, orderedOn=on, status="delivered", total=Money(Decimal(total), currency)
        )
        self.link(buyer, "PLACED", id)
        return id

    async def write(self, database: Database, model: Metamodel, now: datetime | None = None) -> None:
        """Everything gathered so far, in the database."""
        commands, self.commands = self.commands, []
        await write(database, model, SYSTEM, commands, now=now or datetime.now(UTC), reason="world", timeout_s=120)
