"""Ids of records, links and change sets: UUIDv7, so that they sort by the moment they were made."""

from __future__ import annotations

import os
import re
import threading
import time

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\Z")
_lock = threading.Lock()
_last = 0


def new_id(now_ms: int | None = None) -> str:
    """A new id; within a process each is greater than the one before (RFC 9562, version 7 with a 74-bit counter)."""
    global _last  # noqa: PLW0603 - the counter that keeps ids of one process in order
    milliseconds = time.time_ns() // 1_000_000 if now_ms is None else now_ms
    with _lock:
        _last = max((milliseconds << 74) | int.from_bytes(os.urandom(9)) << 1, _last + 1)
        stamp, rest = _last >> 74, _last & ((1 << 74) - 1)
    number = stamp << 80 | 0x7 << 76 | (rest >> 62) << 64 | 0b10 << 62 | rest & ((1 << 62) - 1)
    text = f"{number:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def is_id(text: object) -> bool:
    """Whether something has the form of an id."""
    return isinstance(text, str) and _ID.match(text) is not None
