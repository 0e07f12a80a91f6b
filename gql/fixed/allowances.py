"""What people and tokens may spend, set by administrators."""

from __future__ import annotations

from typing import Annotated

import strawberry

from gql.fixed.context import Context, FixedInfo
from gql.fixed.planning import ProblemShown
from gql.fixed.refusing import tried
from graph import people
from models.allowances import Allowance
from models.errors import Problem, Rejected

FORBIDDEN = Problem("forbidden", "Only administrators set what may be spent; ask one of them.")


@strawberry.type(name="Allowance", description="What somebody may spend; null: what the server's settings say.")
class AllowanceShown:
    """An allowance, as the API shows it."""

    operation: int | None = strawberry.field(description="The most that one operation may cost.")
    minute: int | None = strawberry.field(description="The most that all operations of a minute may cost together.")


@strawberry.input(description="What a person, or a token, may spend.")
class SetAllowanceInput:
    """What to set, and for whom."""

    user: str | None = strawberry.field(default=None, description="The name of the person.")
    token: strawberry.ID | None = strawberry.field(
        default=None, description="The id of the token, instead; with it never more is spent than its person may."
    )
    operation: int | None = strawberry.field(default=None, description="The most that one operation may cost.")
    minute: int | None = strawberry.field(default=None, description="The most that a minute's operations may cost.")
    client_mutation_id: str | None = strawberry.field(default=None, description="Comes back in the payload.")


@strawberry.type(description="What became of setting an allowance.")
class SetAllowancePayload:
    """The allowance in force, or what stands in the way."""

    allowance: AllowanceShown | None = strawberry.field(description="What may be spent from now on; null on errors.")
    errors: list[ProblemShown] = strawberry.field(description="What stands in the way; empty when it was set.")
    client_mutation_id: str | None = strawberry.field(description="As it came in the input.")


def shown_allowance(allowance: Allowance) -> AllowanceShown:
    """An allowance for the API."""
    return AllowanceShown(operation=allowance.operation, minute=allowance.minute)


async def set_allowance(
    info: FixedInfo,
    input: Annotated[SetAllowanceInput, strawberry.argument(description="What, and for whom.")],  # noqa: A002 - the argument's name in the API
) -> SetAllowancePayload:
    """Set what a person or a token may spend. What the caller can mend is in the payload."""
    allowance = Allowance(input.operation, input.minute)
    _, errors = await tried(_set(info.context, input, allowance))
    shown = None if errors else shown_allowance(allowance)
    return SetAllowancePayload(allowance=shown, errors=errors, client_mutation_id=input.client_mutation_id)


async def _set(context: Context, given: SetAllowanceInput, allowance: Allowance) -> None:
    if not context.actor.administrator:
        raise Rejected([FORBIDDEN])
    if given.user is not None and given.token is None:
        await people.set_allowance(context.database, given.user, allowance, by=context.actor)
    elif given.token is not None and given.user is None:
        await people.set_token_allowance(context.database, given.token, allowance, by=context.actor)
    else:
        raise Rejected([Problem("one_of", "Name a user or a token, one of the two.", ("user",))])
