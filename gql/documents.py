"""Persisted documents at the doors of the API: which text an id stands for, and whether any other text is answered."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Any

from graphql import GraphQLSyntaxError, OperationDefinitionNode, parse

from gql.execute.answers import Answer, answered, refusal
from gql.execute.delivering import Deferring, InParts
from gql.execute.errors import Refused, caught, refused, shown
from gql.execute.executor import Executor
from gql.execute.plans import Bounded
from gql.subscriptions import Subscriptions
from graph import documents as stored
from graph.session import Database
from models.actor import Actor
from models.documents import LONGEST, Mode, id_of
from models.errors import Problem, XrmError

KEEP_S = 5.0
MOST_TOKENS = 10_000
MOST = 2_000
SEND_THE_TEXT = "PersistedQueryNotFound"  # what Apollo Client and urql look for before they send a text beside its id


class Documents:
    """The documents of one process; one that was forgotten is served at most `KEEP_S` longer."""

    def __init__(self, database: Database, mode: Mode = Mode.ANY) -> None:
        self.mode = mode
        self._database = database
        self._sent: Bounded[str] = Bounded(MOST)
        self._known: Bounded[tuple[float, str]] = Bounded(MOST)

    async def text(self, id: str, given: str, *, by_extension: bool = False) -> str:
        """The text that an id stands for; `given` is what was sent beside it, if anything. Raises Refused.

        A client that named it by the extension `persistedQuery` knows one word for an id that nothing stands for.
        """
        if given:
            if id_of(given) != id:
                raise refused("document_mismatch", f"The document's id is {id_of(given)}, not {id[:80]}.")
            if self.mode is Mode.AUTOMATIC:
                self._sent.put(id, given, len(given))
            return given
        text = self._sent.get(id) or await self._persisted(id)
        if text is None:
            cure = "send its text beside the id" if self.mode is Mode.AUTOMATIC else "have it persisted"
            message = SEND_THE_TEXT if by_extension else f"There is no document {id[:80]}; {cure}."
            raise refused("document_not_found", message)
        return text

    async def admit(self, text: str) -> None:
        """Nothing, for a text that may be answered. Raises Refused for others."""
        if self.mode is Mode.TRUSTED and (len(text) > LONGEST or await self._persisted(id_of(text)) is None):
            raise refused("document_not_trusted", "This server answers persisted documents only, and this is none.")

    async def _persisted(self, id: str) -> str | None:
        known = self._known.get(id)
        if known is not None and time.monotonic() - known[0] < KEEP_S:
            return known[1]
        asked = time.monotonic()
        text = await stored.text_of(self._database, id)
        if text is not None:
            self._known.put(id, (asked, text), len(text))
        return text

    async def refusal(self, text: str) -> Answer | None:
        """The answer to a text that may not be answered; None for one that may."""
        try:
            await self.admit(text)
        except Refused as error:
            return refusal([shown(one) for one in error.errors])
        except XrmError as error:
            return answered(None, [caught(error)])
        return None


class TrustedExecutor:
    """The executor as the doors see it: what is not to be answered never reaches it."""

    def __init__(self, documents: Documents, executor: Executor) -> None:
        self._documents, self._executor = documents, executor

    async def execute(
        self,
        text: str,
        variables: Mapping[str, Any] | None,
        operation_name: str | None,
        actor: Actor,
        *,
        mutations_allowed: bool = True,
        explain: bool = False,
    ) -> Answer:
        """The answer to one operation, or its refusal."""
        return await self._documents.refusal(text) or await self._executor.execute(
            text, variables, operation_name, actor, mutations_allowed=mutations_allowed, explain=explain
        )


class TrustedDeferring:
    """The same for clients that take answers in parts."""

    def __init__(self, documents: Documents, deferring: Deferring) -> None:
        self._documents, self._deferring = documents, deferring

    async def execute(
        self, text: str, variables: Mapping[str, Any] | None, operation_name: str | None, actor: Actor
    ) -> InParts | None:
        """The answer to a query in parts, or its refusal; None for an operation that is to be answered whole."""
        refused_with = await self._documents.refusal(text)
        if refused_with is not None:
            return InParts(refused_with)
        return await self._deferring.execute(text, variables, operation_name, actor)


class TrustedSubscriptions:
    """The same for operations that may answer more than once."""

    def __init__(self, documents: Documents, subscriptions: Subscriptions) -> None:
        self._documents, self._subscriptions = documents, subscriptions

    async def answers(
        self,
        text: str,
        variables: Mapping[str, Any] | None,
        operation_name: str | None,
        actor: Actor,
        *,
        after: str = "",
    ) -> AsyncGenerator[Answer, None]:
        """The answers to one operation, or its refusal."""
        refused_with = await self._documents.refusal(text)
        if refused_with is not None:
            yield refused_with
            return
        stream = self._subscriptions.answers(text, variables, operation_name, actor, after=after)
        async with aclosing(stream) as answers:
            async for answer in answers:
                yield answer


def check(name: str, text: str) -> list[Problem]:
    """What is wrong with a text as a document; whether it fits the model is seen when it is asked."""
    try:
        document = parse(text, no_location=True, max_tokens=MOST_TOKENS)
    except GraphQLSyntaxError as error:
        return [Problem("syntax_error", f"{name} is no GraphQL: {error.message}", (name,))]
    if not any(isinstance(each, OperationDefinitionNode) for each in document.definitions):
        return [Problem("no_operation", f"{name} has no operation; persist it together with one.", (name,))]
    return []
