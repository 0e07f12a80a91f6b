"""What a caller has written, as Neo4j's bookmarks: what they read next is no older, whichever member of a cluster answers.

They are kept for one caller: around a request, or for as long as a socket is open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from models.errors import Problem, Rejected

MOST = 20
LONGEST = 4_096
BETWEEN = "|"  # which may stand in a header and in a cookie
_NONE = "This is no bookmark; send the one of an earlier answer, or none."
_VALUE = re.compile(r"[A-Za-z0-9:+/=._-]+\Z")


class Kept:
    """The bookmarks of one caller."""

    def __init__(self, text: str = "") -> None:
        """Those in a text that `text` gave earlier. Raises Rejected for what is none."""
        self.values: frozenset[str] = frozenset()
        self.moved = False  # whether something was written since
        if text:
            self.values = frozenset(filter(None, (value.strip() for value in text.split(BETWEEN))))
            if len(text) > LONGEST or len(self.values) > MOST or not all(map(_VALUE.match, self.values)):
                raise Rejected([Problem("bad_bookmark", _NONE)])

    @property
    def text(self) -> str:
        """All of them in one line."""
        return BETWEEN.join(sorted(self.values))

    def moved_to(self, values: Iterable[str]) -> None:
        """Something was written, which stands for all that was seen before it."""
        self.values, self.moved = frozenset(values), True


_PRESENT: ContextVar[Kept | None] = ContextVar("bookmarks", default=None)


def present() -> Kept | None:
    """Those of the caller whom this work is done for; None for work that nobody waits for."""
    return _PRESENT.get()


@contextmanager
def keeping(kept: Kept) -> Iterator[Kept]:
    """What is read and written in the block is read and written for this caller."""
    token = _PRESENT.set(kept)
    try:
        yield kept
    finally:
        _PRESENT.reset(token)
