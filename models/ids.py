"""Ids of records, links and change sets: UUIDv7, so that they sort by the moment they were made."""

from __future__ import annotations

import os
import re
import threading
import time

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\Z")
_COUNTER_BITS = 74
_lock = threading.Lock()
_last = 0


def new_id(now_ms: int | None = None) -> str:
    """A new id; within a process each is greater than the one before (RFC 9562, version 7 with a 74-bit counter).

    The counter begins anywhere in each millisecond and counts on within it, so chance is asked for once a millisecond.
    """
    global _last  # noqa: PLW0603 - the counter that keeps ids of one process in order
    milliseconds = time.time_ns() // 1_000_000 if now_ms is None else now_ms
    with _lock:
        if milliseconds > _last >> _COUNTER_BITS:
            _last = (milliseconds << _COUNTER_BITS) | int.from_bytes(os.urandom(9))
        else:
            _last += 1
        stamp, rest = _last >> _COUNTER_BITS, _last & ((1 << _COUNTER_BITS) - 1)
    high, low = rest >> 62, 0b10 << 62 | rest & ((1 << 62) - 1)
    return f"{stamp >> 16:08x}-{stamp & 0xFFFF:04x}-7{high:03x}-{low >> 48:04x}-{low & 0xFFFFFFFFFFFF:012x}"


def _begin_anew() -> None:
    """A process that was split off counts from elsewhere than the one it came from."""
    global _last  # noqa: PLW0603 - one counter for the process
    _last = (_last >> _COUNTER_BITS << _COUNTER_BITS) | int.from_bytes(os.urandom(9))


os.register_at_fork(after_in_child=_begin_anew)


def earliest_id(ago_s: float) -> str:
    """What no id made in the last so many seconds sorts before."""
    milliseconds = max(0, time.time_ns() // 1_000_000 - round(ago_s * 1_000))
    return f"{milliseconds >> 16:08x}-{milliseconds & 0xFFFF:04x}-7"


def is_id(text: object) -> bool:
    """Whether something has the form of an id."""
    return isinstance(text, str) and _ID.match(text) is not None
