"""What may be spent in a minute: by a person, with a token, from an address; counted by the library `limits`."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from graphql import GraphQLError
from limits import RateLimitItemPerMinute, WindowStats
from limits.strategies import FixedWindowRateLimiter

from gql.execute.errors import Refused
from gql.execute.tallies import Tallies
from models.actor import Actor, ActorKind

WINDOW_S = 60


class Bucket(NamedTuple):
    """Whose minute something is taken from, how much it holds, and what it is counted under."""

    whose: str
    item: RateLimitItemPerMinute
    key: str


@dataclass(frozen=True, slots=True)
class Left:
    """How it stands with the limit that is nearest: whose, how much, what is left of it, and for how many seconds."""

    whose: str
    most: int
    remaining: int
    reset_s: int

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """The same as headers of an answer."""
        return (
            ("ratelimit-policy", f'"{self.whose}";q={self.most};w={WINDOW_S}'),
            ("ratelimit", f'"{self.whose}";r={self.remaining};t={self.reset_s}'),
        )


@dataclass(slots=True)
class Call:
    """One request, or one socket: where it comes from, and what its answer is to say of what is left."""

    address: str = ""
    left: Left | None = None
    exhausted: bool = False


CALL: ContextVar[Call | None] = ContextVar("call", default=None)


class Exhausted(Refused):
    """Too much was spent in this minute; nothing was executed."""

    def __init__(self, left: Left, cost: int) -> None:
        self.left = left
        message = (
            f"This costs {cost:,}, and {left.remaining:,} of the {left.most:,} that one {left.whose} may spend in a minute "
            f"are left; wait {left.reset_s} s, or ask for less at once."
        )
        extensions = {"code": "rate_limited", "retryAfter": left.reset_s, "cost": {"requested": cost}}
        super().__init__([GraphQLError(message, extensions=extensions)])


class _Window(FixedWindowRateLimiter):
    """The library's window of a fixed length, taken from in several places at once: from all of them, or from none."""

    def __init__(self, tallies: Tallies) -> None:
        super().__init__(tallies)
        self._tallies = tallies

    def take(self, buckets: Sequence[Bucket], cost: int) -> tuple[int, list[WindowStats]]:
        """The place of the bucket that does not hold so much any more, or -1; and how it stands with each."""
        beyond, stands = self._tallies.take([(each.key, WINDOW_S, each.item.amount) for each in buckets], cost)
        return beyond, [
            WindowStats(until, max(0, bucket.item.amount - number))
            for (until, number), bucket in zip(stands, buckets, strict=True)
        ]


class Rates:
    """Keeps everybody to what they may spend; the counters are shared by all server processes of a machine."""

    def __init__(self, path: Path, *, person: int, address: int) -> None:
        """Of people and addresses, where nothing else is set; 0 means without a limit."""
        self._tallies = Tallies(path)
        self._window = _Window(self._tallies)
        self._person, self._address = person, address

    def close(self) -> None:
        """Let go of the counters."""
        self._tallies.close()

    def take(self, actor: Actor, cost: int) -> Left | None:
        """Spend so much; how it stands then, or None without a limit. Raises Exhausted, and then nothing is spent."""
        call = CALL.get()
        left = self._take(self._buckets(actor, call), cost)
        if call is not None:
            call.left = left
        return left

    def note(self, actor: Actor, cost: int) -> None:
        """Spend so much, whatever is left."""
        for bucket in self._buckets(actor, CALL.get()):
            self._tallies.incr(bucket.key, WINDOW_S, cost)

    def take_from(self, address: str, cost: int) -> Left | None:
        """The same for somebody of whom only the address is known."""
        return self._take(self._of_address(address), cost)

    def _take(self, buckets: list[Bucket], cost: int) -> Left | None:
        if not buckets:
            return None
        beyond, stands = self._window.take(buckets, cost)
        if beyond >= 0:
            raise _exhausted(_left(buckets[beyond], stands[beyond]), cost)
        nearest = min(range(len(buckets)), key=lambda place: stands[place].remaining)
        return _left(buckets[nearest], stands[nearest])

    def _buckets(self, actor: Actor, call: Call | None) -> list[Bucket]:
        if actor.kind is ActorKind.SYSTEM:
            return []
        buckets = self._of_address(call.address) if call else []
        person = self._person if actor.allowance.minute is None else actor.allowance.minute
        if person:
            buckets.append(_bucket("person", actor.id, person))
        if actor.token is not None and actor.token.allowance.minute is not None:
            buckets.append(_bucket("token", actor.token.id, actor.token.allowance.minute))
        return buckets

    def _of_address(self, address: str) -> list[Bucket]:
        return [_bucket("address", address, self._address)] if self._address and address else []


@lru_cache(10_000)
def _bucket(whose: str, id: str, amount: int) -> Bucket:
    item = RateLimitItemPerMinute(amount)
    return Bucket(whose, item, item.key_for(whose, id))


def _left(bucket: Bucket, stats: WindowStats) -> Left:
    wait_s = math.ceil(stats.reset_time - time.time())
    return Left(bucket.whose, bucket.item.amount, stats.remaining, max(1, wait_s))


def _exhausted(left: Left, cost: int) -> Exhausted:
    call = CALL.get()
    if call is not None:
        call.left, call.exhausted = left, True
    return Exhausted(left, cost)
