"""`history`: the changes of any record or link; `changes`: the feed of all changes, for other programs to follow."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated, cast

import strawberry

from gql.fixed.change_types import ChangeConnection, ChangeEdge, ChangeShown
from gql.fixed.context import FixedInfo
from gql.fixed.pages import PageInfo, page_info
from gql.plan.history import cursor_of, known_fields, read_cursor
from graph import feed
from graph.changes_since import changes_since
from graph.feed import Position
from graph.history import Change, history_of
from models.errors import Problem, Rejected
from models.fields.kind import InvalidValue
from models.metamodel import Metamodel

MOST_OF_HISTORY, MOST_OF_FEED = 200, 1_000


@strawberry.type(
    description="A part of the feed of changes, oldest first; what others commit meanwhile comes behind it."
)
class ChangeFeed:
    """A page of the feed."""

    nodes: list[ChangeShown] = strawberry.field(description="The changes.")
    page_info: PageInfo = strawberry.field(
        description="endCursor is where to go on, now or in weeks; it is there on an empty page too. "
        "hasNextPage: more can be fetched at once."
    )

    @strawberry.field(
        description="The cursor behind everything that has a number by now: keep it, take all data, go on from it."
    )
    async def latest(self, info: FixedInfo) -> str:
        return (await feed.latest(info.context.database)).cursor


async def history(
    info: FixedInfo,
    id: Annotated[strawberry.ID, strawberry.argument(description="The record or the link.")],
    fields: Annotated[
        list[str] | None, strawberry.argument(description="Only changes of these fields; all, when left out.")
    ] = None,
    first: Annotated[int, strawberry.argument(description="How many changes to a page.")] = 20,
    after: Annotated[str | None, strawberry.argument(description="Begin behind this cursor.")] = None,
) -> ChangeConnection:
    """The changes of a record or link, the newest first; none for an unknown id."""
    context = info.context
    _within(first, MOST_OF_HISTORY)
    try:
        names = None if fields is None else known_fields(context.model, fields)
    except InvalidValue as error:
        raise Rejected([Problem(error.code, error.message, ("fields",))]) from None
    try:
        cut = None if after is None else read_cursor(context.cursors, after)
    except InvalidValue as error:
        raise Rejected([Problem(error.code, error.message, ("after",))]) from None
    found = await history_of(
        context.database, context.model, context.actor, str(id), fields=names, size=first + 1, cut=cut
    )
    shown = found[:first]
    cursors = [cursor_of(context.cursors, each) for each in shown]
    place = page_info(cursors, more=len(found) > first, paged=after is not None)
    return ChangeConnection(edges=_edges(cursors, shown), nodes=_shown(shown), page_info=place)


async def changes(
    info: FixedInfo,
    since: Annotated[
        str | None,
        strawberry.argument(description="The cursor after which changes are told; from the first on, when left out."),
    ] = None,
    first: Annotated[int, strawberry.argument(description="How many changes to a page.")] = 100,
    types: Annotated[
        list[str] | None, strawberry.argument(description="Only changes of these types and relations.")
    ] = None,
    except_actor: Annotated[
        strawberry.ID | None, strawberry.argument(description="Leave out what this account did itself.")
    ] = None,
) -> ChangeFeed:
    """The feed from a cursor on."""
    context = info.context
    _within(first, MOST_OF_FEED)
    if types is not None:
        _known(context.model, types)
    page = await changes_since(
        context.database,
        context.model,
        context.actor,
        _position(since),
        size=first,
        types=types,
        except_actor=None if except_actor is None else str(except_actor),
    )
    cursors = [each.position.cursor for each in page.entries]
    shown = [each.change for each in page.entries]
    place = page_info(cursors, more=page.more, paged=since is not None, end=page.position.cursor)
    return ChangeFeed(nodes=_shown(shown), page_info=place)


def _within(first: int, most: int) -> None:
    if not 0 <= first <= most:
        facts = {"case": "between", "name": "first", "given": first, "least": 0, "most": most}
        raise Rejected([Problem("out_of_range", f"first is {first}; ask for 0 to {most:,}.", ("first",), facts)])


def _position(since: str | None) -> Position:
    if since is None:
        return Position(0)
    try:
        return feed.position_of(since)
    except InvalidValue as error:
        raise Rejected([Problem(error.code, error.message, ("since",))]) from None


def _known(model: Metamodel, types: list[str]) -> None:
    known = {*model.types, *model.relations}
    problems = []
    for place, name in enumerate(types):
        if name not in known:
            near = get_close_matches(name[:60], known, 1)
            hint = f"Did you mean {near[0]}?" if near else "See model { types relations }."
            problems.append(
                Problem("unknown_type", f"There is no type and no relation {name[:60]!r}. {hint}", ("types", place))
            )
    if problems:
        raise Rejected(problems)


def _edges(cursors: list[str], changes: list[Change]) -> list[ChangeEdge]:
    return [ChangeEdge(cursor=cursor, node=node) for cursor, node in zip(cursors, _shown(changes), strict=True)]


def _shown(changes: list[Change]) -> list[ChangeShown]:
    # a change has what the API's type has, under the same names
    return cast("list[ChangeShown]", changes)
