"""Operations that may answer more than once, as a stream of answers; others are a stream of one."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from inspect import isawaitable
from typing import Any, Protocol

from graphql import DocumentNode, ExecutionResult, GraphQLError, OperationType, subscribe

from gql.execute.answers import Answer, answered, refusal
from gql.execute.documents import document
from gql.execute.errors import Refused, caught, shown
from gql.execute.executor import Executor
from gql.execute.prices import LEAST, least
from gql.live.asked import Text
from gql.live.live import Live
from models.actor import Actor
from models.errors import TimedOut, Unavailable


class Subscribes(Protocol):
    """What runs operations for a socket."""

    def answers(
        self,
        text: str,
        variables: Mapping[str, Any] | None,
        operation_name: str | None,
        actor: Actor,
        *,
        after: str = "",
    ) -> AsyncGenerator[Answer, None]:
        """The answers to one operation, in order; from a cursor on, where one is given beside the operation."""
        ...


class Subscriptions:
    """Runs every kind of operation; a subscription of the fixed half keeps the edition it began with."""

    def __init__(self, executor: Executor, live: Live) -> None:
        self._executor, self._live = executor, live

    async def answers(
        self,
        text: str,
        variables: Mapping[str, Any] | None,
        operation_name: str | None,
        actor: Actor,
        *,
        after: str = "",
    ) -> AsyncGenerator[Answer, None]:
        """The answers to one operation, in order; a refusal is the last one. Raises TooSlow."""
        try:
            source = await self._source(Text(text, variables or {}, operation_name, after), actor)
            if source is None:
                yield await self._executor.execute(text, variables, operation_name, actor)
                return
            async with aclosing(source) as results:
                async for result in results:
                    yield result
        except Refused as error:
            yield refusal([shown(one) for one in error.errors])
        except GraphQLError as error:
            yield refusal([shown(error)])
        except (TimedOut, Unavailable) as error:
            yield refusal([caught(error)])

    async def _source(self, sent: Text, actor: Actor) -> AsyncGenerator[Answer, None] | None:
        """The stream of a subscription; None for any other operation. Raises Refused and GraphQLError."""
        executor = self._executor
        edition = executor.editions.current
        known = document(sent.text, edition.schema, edition.plans, executor.limits)
        operation = known.operation(sent.name)
        if operation.operation is not OperationType.SUBSCRIPTION:
            return None
        wanted = self._live.asked(sent, actor)
        executor.deprecated.note(edition, sent.text, known, operation, sent.variables, actor)
        if wanted.field not in wanted.edition.schema.fixed_subscriptions:
            return self._live.answers(wanted, sent, actor)
        executor.spending.admit(actor, LEAST, lambda: least(wanted.key))
        part = DocumentNode(definitions=(wanted.operation, *wanted.document.fragments.values()))
        context = executor.resolve_fixed(actor, wanted.edition)
        begun: Any = subscribe(wanted.edition.schema, part, variable_values=dict(sent.variables), context_value=context)
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
