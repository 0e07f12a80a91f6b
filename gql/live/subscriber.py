"""What waits to be sent to one subscription: bounded, so that a client who does not read costs little."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator

from gql.execute.answers import Answer
from graph.feed import Position
from models.errors import XrmError

MOST_ANSWERS = 1_000
MOST_BYTES = 8 << 20


class TooSlow(XrmError):
    """A client reads more slowly than it is told, and more waits for it than is kept."""

    code = "too_slow"


class Subscriber:
    """The answers of one subscription, from a topic to the transport."""

    def __init__(self) -> None:
        self.since: Position | None = None  # what comes behind this is for it; nothing yet where there is none
        self._waiting: deque[Answer] = deque()
        self._bytes = 0
        self._ended = self._too_slow = False
        self._wake = asyncio.Event()

    def offer(self, answer: Answer, position: Position) -> None:
        """One more answer, in the order of the feed."""
        if self.since is None or position <= self.since or self._ended:
            return
        if len(self._waiting) >= MOST_ANSWERS or self._bytes > MOST_BYTES:
            self.cut()
            return
        self._waiting.append(answer)
        self._bytes += len(answer.body)
        self._wake.set()

    def replace(self, answer: Answer) -> None:
        """An answer that makes those before it worthless."""
        if self.since is not None and not self._ended:
            self._waiting.clear()
            self._waiting.append(answer)
            self._wake.set()

    def end(self, last: Answer | None = None) -> None:
        """Nothing comes behind what waits, and behind this."""
        if last is not None and not self._ended:
            self._waiting.append(last)
        self._ended = True
        self._wake.set()

    def cut(self) -> None:
        """Too much waits: it is thrown away, and the subscription ends."""
        self._waiting.clear()
        self._ended = self._too_slow = True
        self._wake.set()

    async def answers(self) -> AsyncIterator[Answer]:
        """Everything that is offered. Raises TooSlow when it is taken too slowly."""
        while True:
            while self._waiting:
                answer = self._waiting.popleft()
                self._bytes = max(0, self._bytes - len(answer.body))
                yield answer
            if self._too_slow:
                raise TooSlow(
                    f"More than {MOST_ANSWERS:,} answers waited to be read; begin again with the last cursor as `after`."
                )
            if self._ended:
                return
            self._wake.clear()
            await self._wake.wait()
