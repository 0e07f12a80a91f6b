"""Users and their tokens: adding, listing, disabling; every statement runs as the system itself."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from neo4j.exceptions import ConstraintError

from cypher import weave
from graph import passwords
from graph.account_changes import carried_out
from graph.session import Database, Row, Transaction
from models import people
from models.accounts import AccountChangeKind
from models.actor import SYSTEM, Actor
from models.allowances import NONE_SET, Allowance, check
from models.browsers import Browser
from models.errors import Problem, Rejected
from models.ids import new_id
from models.people import SESSION_ID, IssuedToken, OpenSession, User


class UnknownUser(Rejected):
    """There is no user of this name who could sign in."""

    code = "unknown_user"


async def add_user(
    database: Database, name: str, password: str, *, now: datetime, administrator: bool = False, by: Actor = SYSTEM
) -> User:
    """A new account. Raises Rejected for a bad name or password, or a name that is taken."""
    problems = [*people.check_name(name), *people.check_password(password)]
    if problems:
        raise Rejected(problems)
    user = User(new_id(), name, administrator, now)
    parameters = {
        "id": user.id,
        "name": name,
        "nameKey": people.name_key(name),
        "passwordHash": await passwords.hashed(password),
        "administrator": administrator,
        "now": now,
    }
    try:
        added = await carried_out(database, "user_add", parameters, AccountChangeKind.ADDED, by)
    except ConstraintError:
        added = []
    if not added:
        raise Rejected([Problem("taken", f"There is a user {name!r} already; choose another name.", ("name",))])
    return user


async def has_anybody(database: Database) -> bool:
    """Whether there is an account at all."""
    row = await database.read(weave.fixed("user_any", SYSTEM), {})
    return bool(row and row[0])


async def list_users(database: Database) -> list[User]:
    """Every account, by name."""
    rows = await database.rows(weave.fixed("user_list", SYSTEM), {})
    return [_user(row) for row in rows]


async def find_user(database: Database, name: str) -> tuple[User, str] | None:
    """The account of this name and the hash of its password; None when there is none."""
    row = await database.read(weave.fixed("user_by_name", SYSTEM), {"nameKey": people.name_key(name)})
    return (_user(row), row[8]) if row else None


async def renew_hash(database: Database, user: User, *, was: str, now: str) -> None:
    """Keep another hash of the same password, unless it is no longer the password."""
    await changed(database, "user_renew_hash", {"id": user.id, "was": was, "passwordHash": now})


async def set_password(database: Database, name: str, password: str, *, by: Actor = SYSTEM) -> None:
    """Give an account a new password and end its sessions in the same transaction; its tokens stay.

    Raises Rejected for a bad password, and UnknownUser.
    """
    if problems := people.check_password(password):
        raise Rejected(problems)
    parameters = {"nameKey": people.name_key(name), "passwordHash": await passwords.hashed(password)}
    if not await carried_out(database, "user_set_password", parameters, AccountChangeKind.PASSWORD, by):
        raise _unknown(name)


async def disable_user(database: Database, name: str, *, now: datetime, by: Actor = SYSTEM) -> None:
    """Shut an account and end its tokens and sessions in the same transaction. Raises UnknownUser."""
    parameters = {"nameKey": people.name_key(name), "now": now}
    if not await carried_out(database, "user_disable", parameters, AccountChangeKind.DISABLED, by):
        raise _unknown(name)


async def enable_user(database: Database, name: str, *, by: Actor = SYSTEM) -> None:
    """Let a disabled account sign in again; the tokens and sessions it had are gone. Raises UnknownUser."""
    parameters = {"nameKey": people.name_key(name)}
    if not await carried_out(database, "user_enable", parameters, AccountChangeKind.ENABLED, by):
        raise _unknown(name)


async def set_administrator(database: Database, name: str, administrator: bool, *, by: Actor = SYSTEM) -> None:
    """Make somebody an administrator, or one no longer. Raises UnknownUser."""
    parameters = {"nameKey": people.name_key(name), "administrator": administrator}
    if not await carried_out(database, "user_set_administrator", parameters, AccountChangeKind.ADMINISTRATOR, by):
        raise _unknown(name)


async def set_person(database: Database, name: str, person: str | None, *, by: Actor = SYSTEM) -> None:
    """Say which record an account is, or that it is none. Raises UnknownUser, and Rejected for no record's id."""
    parameters = {"nameKey": people.name_key(name), "person": person}
    rows = await carried_out(database, "user_set_person", parameters, AccountChangeKind.PERSON, by)
    if not rows:
        raise _unknown(name)
    if not rows[0][4]:
        told = f"There is no record {person!r}; give the id of one, of any type."
        raise Rejected([Problem("unknown_record", told, ("person",))])


async def create_token(
    database: Database,
    name: str,
    *,
    now: datetime,
    lasts: timedelta,
    called: str = "",
    allowance: Allowance = NONE_SET,
    by: Actor = SYSTEM,
) -> str:
    """A new bearer token of a user; only its digest is kept, so this is the only time it is seen.

    Raises UnknownUser, and Rejected for what it cannot be called and an allowance that cannot be set.
    """
    if problems := check(allowance):
        raise Rejected(problems)
    token = people.new_token()
    parameters = {
        "nameKey": people.name_key(name),
        "id": new_id(),
        "name": people.token_name(called) or None,
        "digest": people.digest(token),
        "now": now,
        "expiresAt": now + lasts,
        **asdict(allowance),
    }
    if not await carried_out(database, "token_add", parameters, AccountChangeKind.TOKEN_ADDED, by):
        raise _unknown(name)
    return token


async def list_tokens(database: Database) -> list[IssuedToken]:
    """Every token, by the name of its user; expired ones until they are forgotten."""
    rows = await database.rows(weave.fixed("token_list", SYSTEM), {})
    return [
        IssuedToken(row[0], row[1], row[2].to_native(), row[3].to_native(), Allowance(row[4], row[5]), row[6] or "")
        for row in rows
    ]


async def withdraw_token(database: Database, id: str, *, user: str | None = None, by: Actor = SYSTEM) -> bool:
    """End a token, whosever it is or only one of a user (by id); False where there is none."""
    parameters = {"id": id, "user": user}
    return bool(await carried_out(database, "token_withdraw", parameters, AccountChangeKind.TOKEN_WITHDRAWN, by))


async def list_sessions(database: Database, *, now: datetime, user: str | None = None) -> list[OpenSession]:
    """Browsers that are signed in, everybody's or those of a user (by id), by name, the newest first."""
    rows = await database.rows(weave.fixed("session_list", SYSTEM), {"user": user, "now": now})
    return [
        OpenSession(row[0], row[1], row[2].to_native(), row[3].to_native(), Browser(row[4] or "", row[5] or ""))
        for row in rows
    ]


async def end_session(database: Database, id: str, *, user: str | None = None, by: Actor = SYSTEM) -> bool:
    """Sign a browser out, whosever it is or only one of a user (by id); False where there is none."""
    if len(id) != SESSION_ID:
        return False
    parameters = {"id": id, "user": user}
    return bool(await carried_out(database, "session_end", parameters, AccountChangeKind.SESSION_ENDED, by))


async def set_allowance(database: Database, name: str, allowance: Allowance, *, by: Actor = SYSTEM) -> None:
    """Set what a person may spend. Raises UnknownUser, and Rejected for what cannot be set."""
    if problems := check(allowance):
        raise Rejected(problems)
    parameters = {"nameKey": people.name_key(name), **asdict(allowance)}
    if not await carried_out(database, "user_set_allowance", parameters, AccountChangeKind.ALLOWANCE, by):
        raise _unknown(name)


async def set_token_allowance(database: Database, id: str, allowance: Allowance, *, by: Actor = SYSTEM) -> None:
    """Set what may be spent with a token. Raises Rejected, also where there is no such token."""
    if problems := check(allowance):
        raise Rejected(problems)
    parameters = {"id": id, **asdict(allowance)}
    if not await carried_out(database, "token_set_allowance", parameters, AccountChangeKind.TOKEN_ALLOWANCE, by):
        raise Rejected(
            [Problem("unknown_token", f"There is no token {id!r}; `xrm token list` shows them.", ("token",))]
        )


async def forget_expired(database: Database, *, now: datetime) -> None:
    """Delete tokens, sessions and counted attempts whose time is over; none of them let anybody in any more."""
    await changed(database, "people_expired", {"now": now})
    await changed(database, "sign_in_forget", {"keys": [], "now": now})


async def changed(database: Database, statement: str, parameters: dict[str, Any]) -> list[Row]:
    """The rows of one writing statement of the library, in a transaction of its own."""
    guarded = weave.fixed(statement, SYSTEM, reads=False)

    async def work(transaction: Transaction) -> list[Row]:
        return await transaction.run(guarded, parameters)

    return await database.write(work)


def _user(row: Row) -> User:
    disabled = row[4]
    allowance = Allowance(row[5], row[6])
    disabled_at = disabled.to_native() if disabled is not None else None
    return User(row[0], row[1], row[2], row[3].to_native(), disabled_at, allowance, row[7])


def _unknown(name: str) -> UnknownUser:
    message = f"There is no user {name!r} who may sign in. `xrm user list` shows them, `xrm user add` adds one."
    return UnknownUser([Problem("unknown_user", message, ("name",))])
