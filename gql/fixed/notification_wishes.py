"""Which notifications who asks wants: every kind that can be left out, and leaving some out."""

from __future__ import annotations

from typing import Annotated

import strawberry

from gql.fixed.context import FixedInfo
from gql.fixed.planning import ProblemShown
from gql.fixed.refusing import tried
from graph import notifications as kept
from models.notices import CHOSEN


@strawberry.type(name="NotificationKind", description="A kind of notification that can be left out.")
class NotificationKindShown:
    """A kind, and whether who asks wants it."""

    kind: str = strawberry.field(description="The kind, as notifications have it.")
    wanted: bool = strawberry.field(description="Whether you are told of it.")


@strawberry.input(name="ChooseNotificationsInput", description="What you do not want to be told.")
class ChooseNotificationsInput:
    """What is left out."""

    unwanted: list[str] = strawberry.field(description="The kinds that are left out from now on; all others are told.")
    client_mutation_id: str | None = strawberry.field(default=None, description="Given back as it is.")


@strawberry.type(
    name="ChooseNotificationsPayload", description="What you are told from now on, or why nothing changed."
)
class ChooseNotificationsPayload:
    """What came of choosing."""

    kinds: list[NotificationKindShown] | None = strawberry.field(
        description="As they are kept; null when it was refused."
    )
    errors: list[ProblemShown] = strawberry.field(description="Everything wrong with it; nothing changed then.")
    client_mutation_id: str | None = strawberry.field(description="As it was given.")


async def notification_kinds(info: FixedInfo) -> list[NotificationKindShown]:
    """Every kind that can be left out."""
    return _shown(await kept.unwanted(info.context.database, info.context.actor))


async def choose_notifications(
    info: FixedInfo,
    input: Annotated[ChooseNotificationsInput, strawberry.argument(description="What is left out.")],  # noqa: A002  # GraphQL's name
) -> ChooseNotificationsPayload:
    """Leave kinds out, in the place of those left out before; what was told already stays."""
    context = info.context
    unwanted, errors = await tried(kept.leave_out(context.database, context.actor, input.unwanted))
    kinds = None if unwanted is None else _shown(unwanted)
    return ChooseNotificationsPayload(kinds=kinds, errors=errors, client_mutation_id=input.client_mutation_id)


def _shown(unwanted: frozenset[str]) -> list[NotificationKindShown]:
    return [NotificationKindShown(kind=kind, wanted=kind not in unwanted) for kind in CHOSEN]
