"""The people who may sign in: their list, and what administrators do to their accounts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from gql.fixed.allowances import AllowanceShown, shown_allowance
from gql.fixed.answers.shown import card_of
from gql.fixed.context import Context, FixedInfo
from gql.fixed.planning import ProblemShown
from gql.fixed.refusing import administrators_only, tried
from gql.fixed.view_types import RecordCard
from graph import people, sign_in, views
from models.errors import Problem, Rejected
from models.people import User, name_key, new_password

if TYPE_CHECKING:
    from analytics.view360 import CardShown

FORBIDDEN = "Only administrators see and change accounts; ask one of them."
YOURSELF = "You cannot do this to your own account; ask another administrator, so that one is always left."


@strawberry.type(name="User", description="The account of a person who may sign in.")
class UserShown:
    """An account, as the API shows it."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    name: str = strawberry.field(description="The name to sign in with.")
    administrator: bool = strawberry.field(description="Whether they may change the model and the people.")
    created_at: datetime = strawberry.field(description="When it was made.")
    disabled_at: datetime | None = strawberry.field(description="When they were shut out; null while they may sign in.")
    allowance: AllowanceShown = strawberry.field(description="What an administrator has set that they may spend.")
    person: RecordCard | None = strawberry.field(description="The record that the account is; null where it is none.")


@strawberry.input(description="A person to let in.")
class AddUserInput:
    """A new account."""

    name: str = strawberry.field(description="The name to sign in with.")
    password: str | None = strawberry.field(
        default=None, description="Their password; without one, one is made and shown this once."
    )
    administrator: bool = strawberry.field(
        default=False, description="Whether they may change the model and the people."
    )
    client_mutation_id: str | None = strawberry.field(default=None, description="Comes back in the payload.")


@strawberry.input(description="A new password for somebody.")
class SetUserPasswordInput:
    """Whose password, and which."""

    name: str = strawberry.field(description="The name they sign in with.")
    password: str | None = strawberry.field(
        default=None, description="The new one; without, one is made and shown this once."
    )
    current: str | None = strawberry.field(
        default=None, description="The present password, which must be given for one's own account."
    )
    client_mutation_id: str | None = strawberry.field(default=None, description="Comes back in the payload.")


@strawberry.input(description="Whether somebody is an administrator.")
class SetUserAdministratorInput:
    """Who, and whether."""

    name: str = strawberry.field(description="The name they sign in with.")
    administrator: bool = strawberry.field(description="Whether they may change the model and the people.")
    client_mutation_id: str | None = strawberry.field(default=None, description="Comes back in the payload.")


@strawberry.input(description="Whether somebody is shut out.")
class SetUserDisabledInput:
    """Who, and whether."""

    name: str = strawberry.field(description="The name they sign in with.")
    disabled: bool = strawberry.field(
        description="True ends their sessions and tokens and lets them in no more; false lets them sign in again."
    )
    client_mutation_id: str | None = strawberry.field(default=None, description="Comes back in the payload.")


@strawberry.input(description="Which record somebody is.")
class SetUserPersonInput:
    """Who, and which record."""

    name: str = strawberry.field(description="The name they sign in with.")
    person: strawberry.ID | None = strawberry.field(
        default=None, description="The id of the record that they are, of any type; null unlinks the account."
    )
    client_mutation_id: str | None = strawberry.field(default=None, description="Comes back in the payload.")


@strawberry.type(description="What became of a change of an account.")
class UserPayload:
    """The account as it is now, or what stands in the way."""

    user: UserShown | None = strawberry.field(description="The account as it is now; null on errors.")
    password: str | None = strawberry.field(description="The password that was made, shown this once.")
    errors: list[ProblemShown] = strawberry.field(description="What stands in the way; empty when it was done.")
    client_mutation_id: str | None = strawberry.field(description="As it came in the input.")


async def users(info: FixedInfo) -> list[UserShown]:
    """Every account, by name."""
    administrators_only(info.context, FORBIDDEN)
    found = await people.list_users(info.context.database)
    cards = await _cards(info.context, found)
    return [_shown(user, cards) for user in found]


async def add_user(
    info: FixedInfo,
    input: Annotated[AddUserInput, strawberry.argument(description="Whom to let in.")],  # noqa: A002 - the argument's name in the API
) -> UserPayload:
    """Let somebody sign in."""
    made = new_password() if input.password is None else None

    async def work(context: Context) -> None:
        administrators_only(context, FORBIDDEN)
        await people.add_user(
            context.database,
            input.name,
            input.password or made or "",
            now=datetime.now(UTC),
            administrator=input.administrator,
            by=context.actor,
        )

    return await _done(info.context, input.name, input.client_mutation_id, work, made)


async def set_user_password(
    info: FixedInfo,
    input: Annotated[SetUserPasswordInput, strawberry.argument(description="Whose, and which.")],  # noqa: A002 - the argument's name in the API
) -> UserPayload:
    """Give somebody, or oneself, a new password."""
    made = new_password() if input.password is None else None

    async def work(context: Context) -> None:
        if _is_own(context, input.name):
            await _check_current(context, input.current)
        else:
            administrators_only(context, FORBIDDEN)
        await people.set_password(context.database, input.name, input.password or made or "", by=context.actor)

    return await _done(info.context, input.name, input.client_mutation_id, work, made)


async def set_user_administrator(
    info: FixedInfo,
    input: Annotated[SetUserAdministratorInput, strawberry.argument(description="Who, and whether.")],  # noqa: A002 - the argument's name in the API
) -> UserPayload:
    """Make somebody an administrator, or one no longer."""

    async def work(context: Context) -> None:
        _others_only(context, input.name)
        await people.set_administrator(context.database, input.name, input.administrator, by=context.actor)

    return await _done(info.context, input.name, input.client_mutation_id, work)


async def set_user_disabled(
    info: FixedInfo,
    input: Annotated[SetUserDisabledInput, strawberry.argument(description="Who, and whether.")],  # noqa: A002 - the argument's name in the API
) -> UserPayload:
    """Shut somebody out, or let them in again."""

    async def work(context: Context) -> None:
        _others_only(context, input.name)
        if input.disabled:
            await people.disable_user(context.database, input.name, now=datetime.now(UTC), by=context.actor)
        else:
            await people.enable_user(context.database, input.name, by=context.actor)

    return await _done(info.context, input.name, input.client_mutation_id, work)


async def set_user_person(
    info: FixedInfo,
    input: Annotated[SetUserPersonInput, strawberry.argument(description="Who, and which record.")],  # noqa: A002 - the argument's name in the API
) -> UserPayload:
    """Say which record somebody is, or that they are none."""

    async def work(context: Context) -> None:
        administrators_only(context, FORBIDDEN)
        await people.set_person(context.database, input.name, input.person, by=context.actor)

    return await _done(info.context, input.name, input.client_mutation_id, work)


async def _done(
    context: Context,
    name: str,
    client_mutation_id: str | None,
    work: Callable[[Context], Awaitable[None]],
    made: str | None = None,
) -> UserPayload:
    """The work, and the account after it. What the caller can mend is in the payload."""
    _, errors = await tried(work(context))
    if errors:
        return UserPayload(user=None, password=None, errors=errors, client_mutation_id=client_mutation_id)
    found = await people.find_user(context.database, name)
    user = _shown(found[0], await _cards(context, [found[0]])) if found else None
    return UserPayload(user=user, password=made, errors=[], client_mutation_id=client_mutation_id)


def _is_own(context: Context, name: str) -> bool:
    return name_key(name) == name_key(context.actor.name)


def _others_only(context: Context, name: str) -> None:
    administrators_only(context, FORBIDDEN)
    if _is_own(context, name):
        raise Rejected([Problem("own_account", YOURSELF, ("name",))])


async def _check_current(context: Context, current: str | None) -> None:
    try:
        fits = await sign_in.confirmed(context.database, context.actor.name, current or "", now=datetime.now(UTC))
    except sign_in.TooManyAttempts as error:
        raise Rejected([Problem(error.code, error.message, ("current",))]) from error
    if not fits:
        message = "This is not your present password; type it once more."
        raise Rejected([Problem("wrong_password", message, ("current",))])


async def _cards(context: Context, users: Sequence[User]) -> Mapping[str, CardShown]:
    """The cards of the records that accounts are, by id, in one statement."""
    ids = [user.person for user in users if user.person is not None]
    rows = await views.record_rows(context.database, context.actor, ids) if ids else []
    return context.answers.asked(context.model, context.actor).read(rows)


def _shown(user: User, cards: Mapping[str, CardShown]) -> UserShown:
    card = cards.get(user.person or "")
    return UserShown(
        id=strawberry.ID(user.id),
        name=user.name,
        administrator=user.administrator,
        created_at=user.created_at,
        disabled_at=user.disabled_at,
        allowance=shown_allowance(user.allowance),
        person=card_of(card) if card else None,
    )
