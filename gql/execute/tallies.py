"""Counters that all server processes of a machine share: a file mapped into memory, under a lock for each change.

It is a storage of the library `limits`. A counter begins anew when its time is over, so nothing is ever tidied up; where
more are wanted than there is room for, the one that ends soonest gives way.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import struct
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from limits.storage import Storage

ENTRY = struct.Struct("<16sdq")  # the digest of the key, when it ends, the number
PLACES = 1 << 14
NEAR = 8  # places that one key may have
SIZE = PLACES * ENTRY.size


class Tallies(Storage):
    """The counters in a file, made when it is not there."""

    STORAGE_SCHEME = None  # it has no address to be named by

    def __init__(self, path: Path) -> None:
        super().__init__()
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        os.ftruncate(self._file, SIZE)
        self._map = mmap.mmap(self._file, SIZE)

    def close(self) -> None:
        """Let go of the file; the numbers stay in it."""
        self._map.close()
        os.close(self._file)

    @property
    def base_exceptions(self) -> type[Exception]:
        """What may go wrong with a file."""
        return OSError

    def take(self, keys: Sequence[tuple[str, int, int]], amount: int) -> tuple[int, list[tuple[float, int]]]:
        """Add to each key (with the seconds it lasts and its most) or, where one would hold too much, to none.

        Gives the place of the key that would, or -1; and until when each holds, and its number.
        """
        now = time.time()
        with self._locked():
            found = [(*self._found(_digest(key), now), expiry) for key, expiry, _ in keys]
            for place, (_, _, number, _) in enumerate(found):
                if number + amount > keys[place][2]:
                    return place, [(until, number) for _, until, number, _ in found]
            stands = []
            for (key, _, _), (entry, until, number, expiry) in zip(keys, found, strict=True):
                ends = until if number else now + expiry
                ENTRY.pack_into(self._map, entry, _digest(key), ends, number + amount)
                stands.append((ends, number + amount))
        return -1, stands

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """The number of a key with so much more."""
        digest, now = _digest(key), time.time()
        with self._locked():
            place, until, number = self._found(digest, now)
            if not number:
                until = now + expiry
            number += amount
            ENTRY.pack_into(self._map, place, digest, until, number)
        return number

    def get(self, key: str) -> int:
        """The number of a key; 0 when its time is over."""
        return self._found(_digest(key), time.time())[2]

    def get_expiry(self, key: str) -> float:
        """When the number of a key begins anew: now, where none is under way."""
        return self._found(_digest(key), time.time())[1]

    def check(self) -> bool:
        """Whether the file can be used."""
        return not self._map.closed

    def reset(self) -> None:
        """Begin everything anew."""
        with self._locked():
            self._map[:] = bytes(SIZE)

    def clear(self, key: str) -> None:
        """Begin a key anew."""
        digest = _digest(key)
        with self._locked():
            place, until, number = self._found(digest, time.time())
            if number:
                ENTRY.pack_into(self._map, place, digest, until, 0)

    def _found(self, digest: bytes, now: float) -> tuple[int, float, int]:
        """Where a key's number is or would go, until when it holds, and the number."""
        first = int.from_bytes(digest[:4], "little")
        free, ends = -1, float("inf")
        for step in range(NEAR):
            place = (first + step) % PLACES * ENTRY.size
            held, until, number = ENTRY.unpack_from(self._map, place)
            if until <= now:
                until = 0.0
            elif held == digest:
                return place, until, number
            if until < ends:
                free, ends = place, until
        return free, now, 0

    @contextmanager
    def _locked(self) -> Iterator[None]:
        fcntl.flock(self._file, fcntl.LOCK_EX)  # held for microseconds; a process that dies gives it back
        try:
            yield
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)


@lru_cache(10_000)
def _digest(key: str) -> bytes:
    return blake2b(key.encode(), digest_size=16).digest()
