"""Passwords: argon2id with one set of parameters, computed off the event loop and at most two at a time."""

from __future__ import annotations

from functools import cache
from threading import BoundedSemaphore

import anyio.to_thread
from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

# above the floor of OWASP (19 MiB, 2 rounds); each computation holds this much memory for its time
MEMORY_KIB, ROUNDS, LANES = 32 * 1024, 3, 1
AT_ONCE = 2

_hasher = PasswordHasher(time_cost=ROUNDS, memory_cost=MEMORY_KIB, parallelism=LANES, type=Type.ID)
_turns = BoundedSemaphore(AT_ONCE)


async def hashed(password: str) -> str:
    """The hash to keep of a password, with its own salt."""
    return await anyio.to_thread.run_sync(_hash, password)


async def matches(password: str, kept: str | None) -> bool:
    """Whether it is the password behind the hash; no hash takes the same time to say no."""
    return await anyio.to_thread.run_sync(_matches, password, kept)


def is_outdated(kept: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(kept)


def _hash(password: str) -> str:
    with _turns:
        return _hasher.hash(password)


def _matches(password: str, kept: str | None) -> bool:
    with _turns:
        try:
            _hasher.verify(kept or _nobodys(), password)
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


@cache
def _nobodys() -> str:
    return _hasher.hash("the password of nobody")
