"""Tokens and sessions: one's own, and for administrators everybody's; made, shown once, ended."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

import strawberry

from gql.fixed.allowances import AllowanceShown, shown_allowance
from gql.fixed.context import Context, FixedInfo
from gql.fixed.planning import ProblemShown, shown_problems
from gql.fixed.refusing import administrators_only, tried
from graph import people
from models.actor import ActorKind
from models.allowances import Allowance
from models.errors import Problem, Rejected
from models.people import MAX_TOKEN_NAME, name_key, period

FORBIDDEN = "Only administrators see and end what belongs to others; leave `everybody` and `user` out for your own."
LONGEST = timedelta(days=3660)
Everybody = Annotated[bool, strawberry.argument(description="Everybody's, not only one's own. For administrators.")]


@strawberry.type(name="Token", description="A bearer token of a program; the token itself is kept nowhere.")
class TokenShown:
    """A token, as the API shows it."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    name: str | None = strawberry.field(description="What it is called; null where nobody said.")
    user: str = strawberry.field(description="The name of the person it acts for.")
    created_at: datetime = strawberry.field(description="When it was made.")
    expires_at: datetime = strawberry.field(description="Until when it is good.")
    allowance: AllowanceShown = strawberry.field(description="What may be spent with it, if less than by its person.")


@strawberry.type(name="Session", description="A browser that is signed in.")
class SessionShown:
    """A session, as the API shows it."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    user: str = strawberry.field(description="The name of who is signed in.")
    created_at: datetime = strawberry.field(description="When they signed in.")
    expires_at: datetime = strawberry.field(description="When they must sign in anew.")
    present: bool = strawberry.field(description="Whether it is the one that asks.")
    browser: str | None = strawberry.field(
        description="The browser's name, as it told on signing in: Firefox; null where it did not tell."
    )
    system: str | None = strawberry.field(description="The system it runs on: Linux; null where it did not tell.")


@strawberry.input(description="A token to make.")
class CreateTokenInput:
    """For whom, and how long."""

    user: str | None = strawberry.field(
        default=None, description="For whom it acts; without, for the one who asks. For others: administrators."
    )
    name: str | None = strawberry.field(
        default=None, description=f"What it is called, to know it again, at most {MAX_TOKEN_NAME} characters."
    )
    expires_in: str = strawberry.field(default="30d", description="How long it is good for: 45m, 12h, 30d, 2w.")
    operation: int | None = strawberry.field(default=None, description="The most that one operation may cost.")
    minute: int | None = strawberry.field(default=None, description="The most that a minute's operations may cost.")
    client_mutation_id: str | None = strawberry.field(default=None, description="Comes back in the payload.")


@strawberry.type(description="The new token, shown this once.")
class CreateTokenPayload:
    """A token, or what stands in the way."""

    token: str | None = strawberry.field(description="The token itself, which nobody can show again; null on errors.")
    expires_at: datetime | None = strawberry.field(description="Until when it is good; null on errors.")
    errors: list[ProblemShown] = strawberry.field(description="What stands in the way; empty when it was made.")
    client_mutation_id: str | None = strawberry.field(description="As it came in the input.")


@strawberry.input(description="A token or a session to end.")
class EndCredentialInput:
    """Which one."""

    id: strawberry.ID = strawberry.field(description="Its id, as the list shows it.")
    client_mutation_id: str | None = strawberry.field(default=None, description="Comes back in the payload.")


@strawberry.type(description="What became of ending a token or a session.")
class EndCredentialPayload:
    """The ended one, or what stands in the way."""

    ended_id: strawberry.ID | None = strawberry.field(description="The one that is ended; null on errors.")
    errors: list[ProblemShown] = strawberry.field(description="What stands in the way; empty when it is ended.")
    client_mutation_id: str | None = strawberry.field(description="As it came in the input.")


async def tokens(info: FixedInfo, everybody: Everybody = False) -> list[TokenShown]:
    """Tokens by the name of their person."""
    context = info.context
    if everybody:
        administrators_only(context, FORBIDDEN)
    own = name_key(context.actor.name)
    return [
        TokenShown(
            id=strawberry.ID(each.id),
            name=each.name or None,
            user=each.user,
            created_at=each.created_at,
            expires_at=each.expires_at,
            allowance=shown_allowance(each.allowance),
        )
        for each in await people.list_tokens(context.database)
        if everybody or name_key(each.user) == own
    ]


async def sessions(info: FixedInfo, everybody: Everybody = False) -> list[SessionShown]:
    """Browsers that are signed in."""
    context = info.context
    if everybody:
        administrators_only(context, FORBIDDEN)
    user = None if everybody else context.actor.id
    return [
        SessionShown(
            id=strawberry.ID(each.id),
            user=each.user,
            created_at=each.created_at,
            expires_at=each.expires_at,
            present=each.id == context.actor.session,
            browser=each.browser.name or None,
            system=each.browser.system or None,
        )
        for each in await people.list_sessions(context.database, now=datetime.now(UTC), user=user)
    ]


async def create_token(
    info: FixedInfo,
    input: Annotated[CreateTokenInput, strawberry.argument(description="For whom, and how long.")],  # noqa: A002 - the argument's name in the API
) -> CreateTokenPayload:
    """Make a token. What the caller can mend is in the payload."""
    made, errors = await tried(_made(info.context, input, datetime.now(UTC)))
    token, expires_at = made or (None, None)
    return CreateTokenPayload(
        token=token, expires_at=expires_at, errors=errors, client_mutation_id=input.client_mutation_id
    )


async def _made(context: Context, given: CreateTokenInput, now: datetime) -> tuple[str, datetime]:
    lasts = _lasts(given.expires_in)
    if context.actor.kind is ActorKind.TOKEN:
        message = "A token makes no tokens: it would outlive itself. Sign in with a password."
        raise Rejected([Problem("token_by_token", message)])
    user = given.user or context.actor.name
    if name_key(user) != name_key(context.actor.name):
        administrators_only(context, FORBIDDEN)
    allowance = Allowance(given.operation, given.minute)
    token = await people.create_token(
        context.database,
        user,
        now=now,
        lasts=lasts,
        called=given.name or "",
        allowance=allowance,
        by=context.actor,
    )
    return token, now + lasts


def _lasts(text: str) -> timedelta:
    try:
        lasts = period(text)
    except (ValueError, OverflowError) as error:
        raise Rejected([Problem("bad_period", str(error), ("expiresIn",))]) from error
    if lasts > LONGEST:
        raise Rejected([Problem("bad_period", "A token is good for ten years at most.", ("expiresIn",))])
    return lasts


async def withdraw_token(
    info: FixedInfo,
    input: Annotated[EndCredentialInput, strawberry.argument(description="Which token.")],  # noqa: A002 - the argument's name in the API
) -> EndCredentialPayload:
    """End a token within a second: one's own, or for administrators anybody's."""
    context = info.context
    ended = await people.withdraw_token(context.database, input.id, user=_whose(context), by=context.actor)
    return _ended(input, ended, "unknown_token", "There is no such token, or it is not yours.")


async def end_session(
    info: FixedInfo,
    input: Annotated[EndCredentialInput, strawberry.argument(description="Which session.")],  # noqa: A002 - the argument's name in the API
) -> EndCredentialPayload:
    """Sign a browser out within a second: one's own, or for administrators anybody's."""
    context = info.context
    ended = await people.end_session(context.database, input.id, user=_whose(context), by=context.actor)
    return _ended(input, ended, "unknown_session", "There is no such session, or it is not yours.")


def _whose(context: Context) -> str | None:
    return None if context.actor.administrator else context.actor.id


def _ended(given: EndCredentialInput, ended: bool, code: str, message: str) -> EndCredentialPayload:
    problems = [] if ended else [Problem(code, message, ("id",))]
    return EndCredentialPayload(
        ended_id=given.id if ended else None,
        errors=shown_problems(problems),
        client_mutation_id=given.client_mutation_id,
    )
