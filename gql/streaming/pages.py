"""A list query worked off page by page; each page begins behind the last row of the one before."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

import orjson

from gql.execute.answers import Answer
from models.actor import Actor

FIRST, AFTER = "first", "after"
PAGE = 1_000
FEW = 200  # what a search, and a list that is the same for every model, gives at once
PASSING = {"timed_out", "unavailable"}
AGAIN_S = 1.0, 4.0, 15.0  # before a page is asked for again that could not be read for what may have passed by then
Rows = Sequence[Mapping[str, Any]]
Wait = Callable[[float], Awaitable[None]]


class Executes(Protocol):
    """What runs operations."""

    async def execute(
        self,
        text: str,
        variables: Mapping[str, Any] | None,
        operation_name: str | None,
        actor: Actor,
        *,
        mutations_allowed: bool = True,
    ) -> Answer:
        """The answer to one operation."""
        ...


class Broken(Exception):
    """A page could not be read; what was handed out before is not the whole list."""

    def __init__(self, answer: Answer) -> None:
        super().__init__("A page could not be read.")
        self.answer = answer


class Missing(Exception):
    """The record whose list was asked for is not there."""


@dataclass(frozen=True, slots=True)
class ListQuery:
    """A query with one list: `path` leads to its connection, which tells `pageInfo` and, under the key `rows`, its rows.

    Its variables `first` and `after`, by whatever names they go, say which page; `most` is the number of rows in all,
    `page` what the list gives at once, where that is less than others do.
    """

    text: str
    variables: Mapping[str, Any]
    path: tuple[str, ...]
    rows: str
    most: int | None = None
    info: str = "pageInfo"
    first: str = FIRST
    after: str = AFTER
    operation_name: str | None = None
    page: int = PAGE


async def pages(
    executor: Executes, query: ListQuery, actor: Actor, size: int, *, wait: Wait = asyncio.sleep
) -> AsyncIterator[Rows]:
    """The rows, as many at a time as a page holds; at least one page, be it empty. Raises Broken, and Missing at first.

    Who has spent what they may in a minute waits for the next one; a later page that the database is too busy for, or away
    from, is asked for again.
    """
    after, left, begun = query.variables.get(query.after), query.most, False
    size = min(size, query.page)
    while True:
        asked = size if left is None else min(size, left)
        variables = {**query.variables, query.first: asked, query.after: after}
        read = partial(executor.execute, query.text, variables, query.operation_name, actor, mutations_allowed=False)
        connection = _connection(await (_patiently(read, wait) if begun else read()), query)
        if connection is None:
            if begun:
                return  # the record went away meanwhile, and all its links with it
            raise Missing
        begun, rows = True, connection[query.rows]
        yield rows
        left = None if left is None else left - len(rows)
        if left == 0 or not connection[query.info]["hasNextPage"]:
            return
        after = connection[query.info]["endCursor"]


async def _patiently(read: Callable[[], Awaitable[Answer]], wait: Wait) -> Answer:
    """A later page, for whose sake what was handed out is not thrown away where waiting may help."""
    pauses = iter(AGAIN_S)
    while True:
        answer = await read()
        if not (wait_s := _spent(answer) or (next(pauses, 0.0) if _passes(answer) else 0.0)):
            return answer
        await wait(wait_s)


def _passes(answer: Answer) -> bool:
    """Whether nothing but time stands in the way of a page."""
    if not answer.errors:
        return False
    return all(error["extensions"]["code"] in PASSING for error in orjson.loads(answer.body)["errors"])


def _spent(answer: Answer) -> float:
    """How long there is to wait until a reader may spend more; 0 where that is not what is wrong."""
    if not answer.refused:
        return 0
    errors = orjson.loads(answer.body)["errors"]
    return max((float(error["extensions"].get("retryAfter", 0)) for error in errors), default=0)


def _connection(answer: Answer, query: ListQuery) -> Mapping[str, Any] | None:
    if answer.errors or not answer.has_data:
        raise Broken(answer)
    found = orjson.loads(answer.body)["data"]
    for key in query.path:
        found = None if found is None else found[key]
    return found  # type: ignore[no-any-return]  # as the query asks for it
