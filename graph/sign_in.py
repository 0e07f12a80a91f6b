"""Signing in with name and password, signing out, and the brake on guessing that all processes share."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from graph import passwords
from graph.people import changed, find_user, renew_hash
from graph.session import Database
from models import people
from models.browsers import UNKNOWN, Browser
from models.errors import XrmError

SESSION_LASTS = timedelta(hours=12)
WINDOW = timedelta(minutes=15)
# attempts within a window: guessing at one account from one address, at one account from anywhere, from one address
MOST_PAIR, MOST_ACCOUNT, MOST_ADDRESS = 10, 50, 50


class SignInRefused(XrmError):
    """Name and password do not go together; which of them is wrong is not told."""

    code = "sign_in_refused"


class TooManyAttempts(XrmError):
    """Guessing is slowed down: no password is looked at for a while, not even the right one."""

    code = "too_many_attempts"

    def __init__(self, wait_s: int) -> None:
        self.wait_s = wait_s
        super().__init__(f"Too many attempts to sign in. Wait {math.ceil(wait_s / 60)} min and try again.")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session; `session` is the secret for the browser's cookie and is kept nowhere."""

    session: str
    until: datetime
    name: str


async def sign_in(
    database: Database,
    name: str,
    password: str,
    *,
    address: str,
    now: datetime,
    previous: str = "",
    browser: Browser = UNKNOWN,
) -> SignedIn:
    """Open a session of a browser and end its `previous` one. Raises SignInRefused and TooManyAttempts.

    An unknown name, a wrong password and a disabled account are answered alike, after the same work.
    """
    keys = _keys(name, address)
    await _count(database, keys, now)
    found = await find_user(database, name[: people.MAX_NAME])
    kept = found[1] if found else None
    fits = await passwords.matches(password[: people.MAX_PASSWORD + 1], kept)
    if found is None or not fits or found[0].disabled_at is not None:
        raise SignInRefused("The name or the password is wrong.")
    user = found[0]
    session, until = people.new_session(), now + SESSION_LASTS
    parameters = {
        "user": user.id,
        "passwordHash": kept,
        "digest": people.digest(session),
        "previous": people.digest(previous),
        "now": now,
        "expiresAt": until,
        "browser": browser.name or None,
        "system": browser.system or None,
    }
    if not await changed(database, "session_open", parameters):
        raise SignInRefused("The name or the password is wrong.")
    if passwords.is_outdated(found[1]):
        await renew_hash(database, user, was=found[1], now=await passwords.hashed(password))
    await changed(database, "sign_in_forget", {"keys": list(keys), "now": now})
    return SignedIn(session, until, user.name)


async def confirmed(database: Database, name: str, password: str, *, now: datetime) -> bool:
    """Whether somebody who is signed in knows the account's password. Raises TooManyAttempts, as at the door."""
    keys = {people.digest(f"own\0{people.name_key(name)}"): MOST_PAIR}
    await _count(database, keys, now)
    found = await find_user(database, name)
    fits = await passwords.matches(password[: people.MAX_PASSWORD + 1], found[1] if found else None)
    if fits:
        await changed(database, "sign_in_forget", {"keys": list(keys), "now": now})
    return fits


async def sign_out(database: Database, session: str) -> None:
    """End a session; one that is over already stays over."""
    await changed(database, "session_close", {"digest": people.digest(session)})


async def _count(database: Database, keys: dict[str, int], now: datetime) -> None:
    """Count an attempt before its password is looked at, so that parallel guesses count too."""
    parameters = {"keys": sorted(keys), "now": now, "until": now + WINDOW}
    rows = await changed(database, "sign_in_count", parameters)
    ends = [until.to_native() for key, count, until in rows if count > keys[key]]
    if ends:
        raise TooManyAttempts(max(1, math.ceil((max(ends) - now).total_seconds())))


def _keys(name: str, address: str) -> dict[str, int]:
    """The counters an attempt belongs to, by digest, and the limit of each."""
    account = people.name_key(name[: people.MAX_NAME])
    return {
        people.digest(f"pair\0{account}\0{address}"): MOST_PAIR,
        people.digest(f"account\0{account}"): MOST_ACCOUNT,
        people.digest(f"address\0{address}"): MOST_ADDRESS,
    }
