"""Work that many may ask for at the same time: done once for all of them, one piece of a kind at a time."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")
Key = tuple[Hashable, ...]
Again = Callable[[Any], Awaitable[object]]  # the same piece of work for another owner


@dataclass(eq=False)
class _Piece:
    """A piece of work: the task that does it, how many wait for it, whether it has begun, how long it took."""

    task: asyncio.Task[Any]
    keep: bool
    again: Again | None
    waiting: int = 0
    begun: bool = False
    took_s: float = 0.0


class Once:
    """Results by kind and key. Who is cancelled stops waiting; what nobody waits for any more is not begun.

    What has begun goes on, since a thread cannot be stopped: its result is there for the next who asks.
    """

    def __init__(self, most: int = 32) -> None:
        self._most = most
        self._pieces: OrderedDict[tuple[str, Key], _Piece] = OrderedDict()
        self._locks: dict[str, asyncio.Lock] = {}

    async def get(
        self,
        kind: str,
        key: Key,
        work: Callable[[], Awaitable[T]],
        *,
        keep: bool = True,
        again: Again | None = None,
    ) -> T:
        """The result of `work`: the one that is kept, the one that is under way, or a new one. Raises what it raises.

        Without `keep` it is given to those who wait and let go; it is kept where nobody waits any longer. `again` does
        the same for another owner, the first of the key.
        """
        place = kind, key
        piece = self._pieces.get(place) or self._begun(place, work, keep, again)
        self._pieces.move_to_end(place)
        piece.waiting += 1
        try:
            result: T = await asyncio.shield(piece.task)
            return result
        finally:
            piece.waiting -= 1
            if not (piece.waiting or piece.begun):
                piece.task.cancel()

    def at_hand(self, kind: str, key: Key) -> Any:
        """A result that is there already; None without one."""
        piece = self._pieces.get((kind, key))
        return piece.task.result() if piece is not None and piece.task.done() else None

    def took_s(self, owner: Hashable) -> float:
        """How many seconds all results at hand of this owner took that can be made again."""
        return sum(piece.took_s for piece in self._repeatable(owner))

    async def repeat(self, owner: Hashable, successor: object) -> None:
        """Make for a successor what is at hand of this owner; what was asked for last comes last."""
        for piece in self._repeatable(owner):
            assert piece.again is not None
            await piece.again(successor)

    def forget(self, owner: Hashable) -> None:
        """Let go of all results whose key begins with this owner."""
        for place in [place for place in self._pieces if place[1][0] is owner]:
            del self._pieces[place]

    def _repeatable(self, owner: Hashable) -> list[_Piece]:
        owned = [piece for (_, key), piece in self._pieces.items() if key[0] is owner]
        return [piece for piece in owned if piece.again is not None and piece.task.done()]

    def close(self) -> None:
        """End all waiting."""
        for piece in self._pieces.values():
            piece.task.cancel()

    def _begun(
        self, place: tuple[str, Key], work: Callable[[], Awaitable[Any]], keep: bool, again: Again | None
    ) -> _Piece:
        async def done() -> Any:
            async with self._locks.setdefault(place[0], asyncio.Lock()):
                piece.begun = True
                began = time.monotonic()
                result = await work()
                piece.took_s = time.monotonic() - began
                return result

        piece = _Piece(asyncio.create_task(done()), keep, again)
        piece.task.add_done_callback(lambda task: self._settle(place, piece))
        self._pieces[place] = piece
        for old in list(self._pieces)[: -self._most]:
            if self._pieces[old].task.done():
                del self._pieces[old]
        return piece

    def _settle(self, place: tuple[str, Key], piece: _Piece) -> None:
        """What failed is not kept either: the next who asks tries again."""
        failed = piece.task.cancelled() or piece.task.exception() is not None
        given = not piece.keep and piece.waiting > 0
        if (failed or given) and self._pieces.get(place) is piece:
            del self._pieces[place]
