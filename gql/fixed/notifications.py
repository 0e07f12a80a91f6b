"""Notifications of who asks: the list of them, marking them as read, and hearing of new ones."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated

import strawberry
from strawberry.scalars import JSON

from gql.fixed.context import FixedInfo
from gql.fixed.labels import plain
from gql.fixed.pages import PageInfo, check_first, id_behind, page_info
from gql.fixed.planning import ProblemShown, shown_problems
from graph import notifications as kept
from models.errors import Problem
from models.notices import KINDS

MOST_LISTED = 200


@strawberry.type(name="Notification", description="Something one person is told.")
class NotificationShown:
    """A notification, as the API shows it."""

    id: strawberry.ID = strawberry.field(description="The notification's id, which is its cursor too.")
    kind: str = strawberry.field(description=f"What it is about, for programs: {', '.join(KINDS)}; more may come.")
    subject: strawberry.ID = strawberry.field(description="The id of what it is about, such as a run.")
    text: str = strawberry.field(description="What happened, in a sentence.")
    details: JSON = strawberry.field(
        description="The facts of the sentence, by name, texts and whole numbers, with which a client says it in another "
        "language; empty of notifications of before they were kept."
    )
    at: datetime = strawberry.field(description="When.")
    read_at: datetime | None = strawberry.field(description="When it was marked as read; null while it is unread.")


@strawberry.type(description="One row of a page.")
class NotificationEdge:
    """A notification in its place."""

    cursor: str = strawberry.field(description="Where this row lies in the list.")
    node: NotificationShown = strawberry.field(description="The notification.")


@strawberry.type(description="A page of notifications, the newest first.")
class NotificationConnection:
    """A page of what who asks was told."""

    edges: list[NotificationEdge] = strawberry.field(description="The rows of this page, with their cursors.")
    nodes: list[NotificationShown] = strawberry.field(description="The notifications of this page.")
    page_info: PageInfo = strawberry.field(description="Where this page lies in the list.")

    @strawberry.field(description="How many are unread, on all pages.")
    async def unread_count(self, info: FixedInfo) -> int:
        return await kept.unread(info.context.database, info.context.actor)


@strawberry.input(description="Which notifications have been read.")
class MarkNotificationsReadInput:
    """What to mark."""

    ids: list[strawberry.ID] | None = strawberry.field(default=None, description="These; all, when left out.")
    client_mutation_id: str | None = strawberry.field(default=None, description="Given back in the payload.")


@strawberry.type(description="What was marked as read.")
class MarkNotificationsReadPayload:
    """How many were marked, or why none was."""

    marked: int = strawberry.field(description="How many were unread before.")
    errors: list[ProblemShown] = strawberry.field(
        description="Everything wrong with the input; empty when it was done."
    )
    client_mutation_id: str | None = strawberry.field(description="As it was given.")


async def notifications(
    info: FixedInfo,
    first: Annotated[int, strawberry.argument(description=f"How many, at most {MOST_LISTED}.")] = 50,
    after: Annotated[str | None, strawberry.argument(description="Begin behind this cursor.")] = None,
    unread: Annotated[bool, strawberry.argument(description="Only those that are unread.")] = False,
) -> NotificationConnection:
    """What who asks was told, the newest first."""
    context = info.context
    check_first(first, MOST_LISTED)
    found = await kept.notifications(
        context.database, context.actor, first=first + 1, before=id_behind(after), unread=unread
    )
    shown = [_shown(each) for each in found[:first]]
    place = page_info([str(each.id) for each in shown], more=len(found) > first, paged=after is not None)
    edges = [NotificationEdge(cursor=str(each.id), node=each) for each in shown]
    return NotificationConnection(edges=edges, nodes=shown, page_info=place)


async def mark_notifications_read(
    info: FixedInfo,
    input: Annotated[MarkNotificationsReadInput, strawberry.argument(description="Which of them.")],  # noqa: A002  # GraphQL's name
) -> MarkNotificationsReadPayload:
    """Mark as read; nothing happens to those that were, nor to other people's."""
    context, ids, errors, marked = info.context, input.ids, list[ProblemShown](), 0
    if ids is not None and len(ids) > MOST_LISTED:
        problem = Problem("too_many_ids", f"Mark at most {MOST_LISTED} by their ids at once.", ("ids",))
        errors = shown_problems([problem])
    else:
        marked = await kept.mark_read(context.database, context.actor, None if ids is None else [str(id) for id in ids])
    return MarkNotificationsReadPayload(marked=marked, errors=errors, client_mutation_id=input.client_mutation_id)


async def heard(info: FixedInfo) -> AsyncIterator[NotificationShown]:
    """What who asks is told from now on."""
    async for notification in info.context.bell.heard(info.context.actor.id):
        yield _shown(notification)


def _shown(notification: kept.Notification) -> NotificationShown:
    return NotificationShown(
        id=strawberry.ID(notification.id),
        kind=notification.kind,
        subject=strawberry.ID(notification.subject),
        text=notification.text,
        details=plain(notification.facts),
        at=notification.at,
        read_at=notification.read_at,
    )
