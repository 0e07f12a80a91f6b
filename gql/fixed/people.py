"""The person or program that asks."""

from __future__ import annotations

import strawberry

from gql.fixed.allowances import AllowanceShown, shown_allowance
from gql.fixed.answers.shown import asked, card_of
from gql.fixed.context import FixedInfo
from gql.fixed.view_types import RecordCard
from graph import views


@strawberry.type(description="Who asks: the account behind the session or the token.")
class Me:
    """The actor, as the API shows them."""

    id: strawberry.ID = strawberry.field(description="The account's id.")
    name: str = strawberry.field(description="The name to sign in with.")
    kind: str = strawberry.field(description='How they came in: "person" by a session, "token" by a bearer token.')
    administrator: bool = strawberry.field(description="Whether they may change the model and the people.")
    allowance: AllowanceShown = strawberry.field(description="What an administrator has set that they may spend.")

    @strawberry.field(description="The record that the account is; null where an administrator has linked none.")
    async def person(self, info: FixedInfo) -> RecordCard | None:
        rows = await views.person_rows(info.context.database, info.context.actor)
        return next(map(card_of, asked(info).read(rows).values()), None)


def me(info: FixedInfo) -> Me:
    """The one who asks."""
    actor = info.context.actor
    return Me(
        id=strawberry.ID(actor.id),
        name=actor.name,
        kind=actor.kind.value,
        administrator=actor.administrator,
        allowance=shown_allowance(actor.allowance),
    )
