"""Asking a real executor over a real Neo4j, as the tests of execution do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from graphql import FieldNode

from gql.editions import Edition, Editions
from gql.execute.answers import Answer
from gql.execute.executor import Executor
from gql.execute.limits import Limits
from gql.execute.protocols import Operation
from gql.plan.cursors import Cursors
from graph.session import Database
from models.actor import SYSTEM, Actor
from models.counts import Known


class NoMutations:
    """Runs no mutation: these tests read."""

    async def run(self, edition: Edition, field: FieldNode, operation: Operation, actor: Actor) -> Any:
        raise AssertionError(field.name.value)

    def cost(self, edition: Edition, field: FieldNode, operation: Operation, actor: Actor, known: Known) -> int:
        raise AssertionError(field.name.value)


class Asking:
    """An executor and the shortest way to an answer."""

    def __init__(self, database: Database, editions: Editions, limits: Limits | None = None) -> None:
        self.database, self.editions = database, editions
        self.executor = Executor(
            database, editions, NoMutations(), Cursors(b"test"), limits or Limits(), lambda actor, edition: edition
        )

    async def answer(
        self, text: str, variables: Mapping[str, Any] | None = None, *, name: str | None = None, actor: Actor = SYSTEM
    ) -> Answer:
        """The answer as it is handed to the transport."""
        return await self.executor.execute(text, variables, name, actor)

    async def data(self, text: str, variables: Mapping[str, Any] | None = None) -> Any:
        """The data of an answer without errors."""
        body = orjson.loads((await self.answer(text, variables)).body)
        assert "errors" not in body, body
        return body["data"]

    async def codes(
        self, text: str, variables: Mapping[str, Any] | None = None, *, name: str | None = None
    ) -> list[str]:
        """The codes of an answer's errors."""
        body = orjson.loads((await self.answer(text, variables, name=name)).body)
        return [error["extensions"]["code"] for error in body.get("errors", [])]
