"""A small office to write in: companies, people, notes and their links, behind the executor as the server wires it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import neo4j
import orjson
import pytest

from gql.editions import Editions
from gql.execute.executor import Answer, Executor
from gql.execute.limits import Limits
from gql.mutations import Mutations
from gql.plan.cursors import Cursors
from graph.address import Address
from graph.registry import Registry
from graph.session import Database
from models.actor import Actor, ActorKind
from models.definitions import patch_from_plain

ANN = Actor("ann", "Ann", ActorKind.PERSON, administrator=True)
TIM = Actor("tim", "Tim", ActorKind.PERSON)
OFFICE: dict[str, Any] = {
    "types": [
        {
            "name": "Company",
            "plural": "Companies",
            "display": "{name}",
            "naturalKeys": [["taxId"]],
            "fields": [
                {"name": "name", "kind": "text", "required": True},
                {"name": "taxId", "kind": "text"},
                {"name": "revenue", "kind": "money", "options": {"currency": "EUR"}},
                {
                    "name": "status",
                    "kind": "choice",
                    "default": "prospect",
                    "options": {"choices": [{"value": "prospect"}, {"value": "won"}]},
                },
                {"name": "tags", "kind": "multiChoice", "options": {"choices": [{"value": "big"}, {"value": "new"}]}},
                {"name": "size", "kind": "integer"},
                {"name": "founded", "kind": "date"},
                {"name": "seen", "kind": "dateTime"},
                {"name": "share", "kind": "percent"},
                {"name": "active", "kind": "boolean"},
                {"name": "website", "kind": "url"},
            ],
        },
        {
            "name": "Person",
            "plural": "People",
            "display": "{name}",
            "fields": [
                {"name": "name", "kind": "text", "required": True},
                {"name": "email", "kind": "email", "unique": True},
            ],
        },
        {"name": "Note", "plural": "Notes", "fields": [{"name": "text", "kind": "longText"}]},
    ],
    "relations": [
        {
            "name": "WORKS_AT",
            "source": {"types": ["Person"], "field": "employers"},
            "target": {"types": ["Company"], "field": "employees"},
            "fields": [{"name": "role", "kind": "text"}, {"name": "since", "kind": "date"}],
            "validity": "exclusive",
        },
        {
            "name": "LEADS",
            "source": {"types": ["Person"], "field": "leads", "onDelete": "unlink"},
            "target": {"types": ["Company"], "field": "leader", "most": 1},
        },
        {
            "name": "KNOWS",
            "source": {"types": ["Person"], "field": "friends"},
            "target": {"types": ["Person"], "field": "friends"},
            "symmetric": True,
        },
        {
            "name": "ABOUT",
            "source": {"types": ["Note"], "field": "subjects"},
            "target": {"types": ["Company", "Person"], "field": "notes"},
        },
    ],
}
FORGET = """
MATCH (n) WHERE n:Record OR n:Deleted OR n:RecordVersion OR n:LinkVersion OR n:Change OR n:ChangeSet OR n:Outbox
CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS
"""


@dataclass(frozen=True, slots=True)
class Office:
    """The executor over a model of three types, and a look at the database from outside."""

    executor: Executor
    registry: Registry
    editions: Editions
    driver: neo4j.Driver
    name: str

    async def answer(self, text: str, variables: Any = None, actor: Actor = ANN) -> Answer:
        """The answer to an operation."""
        return await self.executor.execute(text, variables, None, actor)

    async def ask(self, text: str, variables: Any = None, actor: Actor = ANN) -> dict[str, Any]:
        """The data of an answer without errors."""
        body: dict[str, Any] = orjson.loads((await self.answer(text, variables, actor)).body)
        assert "errors" not in body, body["errors"]
        data: dict[str, Any] = body["data"]
        return data

    async def errors(self, text: str, variables: Any = None, actor: Actor = ANN) -> list[tuple[str, list[str | int]]]:
        """Code and path of what is wrong with the one mutation of an operation that asks for errors."""
        (payload,) = (await self.ask(text, variables, actor)).values()
        return [(error["code"], error["path"]) for error in payload["errors"]]

    async def change_model_elsewhere(self, document: dict[str, Any]) -> None:
        """The model changed by another process, of which this one has not heard yet."""
        elsewhere = await Registry.open(self.executor.database)
        patch, problems = patch_from_plain(document)
        assert problems == []
        await elsewhere.apply(ANN, patch)

    def count(self, pattern: str = "(n:Record)") -> int:
        """How many matches a pattern has."""
        with self.driver.session(database=self.name) as session:
            found: int = session.run(f"MATCH {pattern} RETURN count(*) AS n").single(strict=True)["n"]  # type: ignore[arg-type]
            return found


@pytest.fixture(scope="module")
async def opened_office(
    anyio_backend: str, neo4j_address: Address, neo4j_driver: neo4j.Driver
) -> AsyncIterator[Office]:
    with neo4j_driver.session(database=neo4j_address.database) as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()
    database = await Database.connect(neo4j_address)
    registry = await Registry.open(database)
    editions = Editions(None, registry.model)
    registry.listen(editions.publish)
    patch, problems = patch_from_plain(OFFICE)
    assert problems == []
    await registry.apply(ANN, patch)
    cursors, limits = Cursors(b"secret"), Limits()
    mutations = Mutations(database, editions, cursors, limits, registry.refresh)
    executor = Executor(database, editions, mutations, cursors, limits, lambda actor, edition: None)
    yield Office(executor, registry, editions, neo4j_driver, neo4j_address.database)
    await database.close()


@pytest.fixture
def office(opened_office: Office) -> Office:
    """The office without a record in it."""
    with opened_office.driver.session(database=opened_office.name) as session:
        session.run(FORGET).consume()
    return opened_office


@pytest.fixture
def colleague() -> Actor:
    """Somebody signed in who is no administrator."""
    return TIM


@pytest.fixture(scope="session")
def office_document() -> dict[str, Any]:
    """The office's model as a document."""
    return OFFICE
