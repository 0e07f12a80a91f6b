"""Operations that may answer more than once, as a stream of answers; others are a stream of one."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from inspect import isawaitable
from typing import Any, Protocol

from graphql import DocumentNode, ExecutionResult, GraphQLError, OperationType, subscribe

from gql.execute.answers import Answer, answered, refusal
from gql.execute.documents import coerced, document
from gql.execute.errors import Refused, caught, shown
from gql.execute.executor import Executor
from models.actor import Actor


class Subscribes(Protocol):
    """What runs operations for a socket."""

    def answers(
        self, text: str, variables: Mapping[str, Any] | None, operation_name: str | None, actor: Actor
    ) -> AsyncGenerator[Answer, None]:
        """The answers to one operation, in order."""
        ...


class Subscriptions:
    """Runs every kind of operation; a subscription keeps the edition it began with."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    async def answers(
        self, text: str, variables: Mapping[str, Any] | None, operation_name: str | None, actor: Actor
    ) -> AsyncGenerator[Answer, None]:
        """The answers to one operation, in order; a refusal is the only one."""
        try:
            source = await self._source(text, variables or {}, operation_name, actor)
        except Refused as error:
            yield refusal([shown(one) for one in error.errors])
            return
        if source is None:
            yield await self._executor.execute(text, variables, operation_name, actor)
            return
        async with aclosing(source) as results:
            async for result in results:
                yield result

    async def _source(
        self, text: str, variables: Mapping[str, Any], name: str | None, actor: Actor
    ) -> AsyncGenerator[Answer, None] | None:
        """The stream of a subscription; None for any other operation. Raises Refused."""
        executor = self._executor
        edition = executor.editions.current
        known = document(text, edition.schema, edition.plans, executor.limits)
        operation = known.operation(name)
        if operation.operation is not OperationType.SUBSCRIPTION:
            return None
        coerced(edition.schema, operation, variables, executor.limits)
        part = DocumentNode(definitions=(operation, *known.fragments.values()))
        context = executor.resolve_fixed(actor, edition)
        begun: Any = subscribe(edition.schema, part, variable_values=dict(variables), context_value=context)
        stream = await begun if isawaitable(begun) else begun
        if isinstance(stream, ExecutionResult):
            raise Refused(stream.errors or [GraphQLError("The subscription could not begin.")])
        return _answers(stream)


async def _answers(results: AsyncIterator[ExecutionResult]) -> AsyncGenerator[Answer, None]:
    try:
        async for result in results:
            errors = [shown(error, "failed") for error in result.errors or ()]
            yield answered(result.data, errors)
    except Exception as error:  # noqa: BLE001 - the outermost door of a stream: logged whole, shown by its id
        yield refusal([caught(error)])
    finally:
        close = getattr(results, "aclose", None)
        if close is not None:
            await close()
