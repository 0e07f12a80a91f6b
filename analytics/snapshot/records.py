"""Who is who in a snapshot: records are numbers, grouped by type and sorted by id inside a type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from models.errors import NotFound, Problem, Rejected

Bytes = NDArray[np.uint8]  # n × 16: ids as the bytes of their UUIDs
Numbers = NDArray[np.int32]
ID_BYTES = 16


@dataclass(frozen=True, eq=False)
class Records:
    """Records numbered 0…n-1: those of `types[i]` are `starts[i]` to `starts[i + 1] - 1`, in the order of their ids."""

    ids: Bytes
    types: tuple[str, ...]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, packed_by_type: Mapping[str, Bytes]) -> Records:
        """The numbering of these ids, in any order; types are sorted by name. O(n log n)."""
        types = tuple(sorted(packed_by_type))
        parts = [ascending(packed_by_type[name]) for name in types]
        starts = np.zeros(len(types) + 1, np.int64)
        np.cumsum([len(part) for part in parts], out=starts[1:])
        ids = np.concatenate(parts) if parts else np.empty((0, ID_BYTES), np.uint8)
        return cls(ids, types, starts)

    @property
    def n(self) -> int:
        """How many records there are."""
        return len(self.ids)

    def range_of(self, type_name: str) -> range:
        """The numbers of a type's records. Raises NotFound for a type that the snapshot does not have."""
        if type_name not in self.types:
            raise NotFound(f"The snapshot has no type {type_name!r}; it has: {', '.join(self.types) or 'none'}.")
        place = self.types.index(type_name)
        return range(int(self.starts[place]), int(self.starts[place + 1]))

    def span(self, types: Iterable[str]) -> range:
        """The numbers from the first record of some types to the last, what lies between included; (): all."""
        places = [self.types.index(name) for name in types if name in self.types] or range(len(self.types))
        if not places:
            return range(0)
        return range(int(self.starts[min(places)]), int(self.starts[max(places) + 1]))

    def type_of(self, number: int) -> str:
        """The type of a record. Raises IndexError."""
        if not 0 <= number < self.n:
            raise IndexError(number)
        return self.types[int(np.searchsorted(self.starts, number, side="right")) - 1]

    def id(self, number: int) -> str:
        """The id of a record. Raises IndexError."""
        if not 0 <= number < self.n:
            raise IndexError(number)
        return unpacked(self.ids[number])

    def index(self, id: str) -> int:
        """The number of a record. Raises NotFound."""
        (number,) = self.indices((id,))
        if number < 0:
            raise NotFound(f"The snapshot has no record {id!r}; it may have come after it was taken.")
        return int(number)

    def indices(self, ids: Iterable[str]) -> Numbers:
        """The numbers of records, -1 for ids that are unknown or no ids at all."""
        listed = list(ids)
        known = [id if len(id) == 36 else "" for id in listed]
        try:
            return self.indices_of(packed(known))
        except Rejected:  # something among them is no id: one by one, then
            found = np.full(len(listed), -1, np.int32)
            for place, id in enumerate(known):
                if is_packable(id):
                    found[place] = self.indices_of(packed((id,)))[0]
            return found

    def indices_of(self, ids: Bytes) -> Numbers:
        """The same for ids as bytes."""
        if not self.n or not len(ids):
            return np.full(len(ids), -1, np.int32)
        order, keys, wanted = self._by_id, keys_of(self.ids), keys_of(ids)
        places = np.minimum(np.searchsorted(keys, wanted, sorter=order), self.n - 1)
        found = order[places]
        return np.where(keys[found] == wanted, found, np.int32(-1)).astype(np.int32, copy=False)

    @cached_property
    def _by_id(self) -> Numbers:
        """All numbers in the order of ids, whatever the type; made when first asked for."""
        return np.argsort(keys_of(self.ids), kind="stable").astype(np.int32)

    def numbered(self) -> Numbers:
        """For each record the place of its type in `types`: n small numbers."""
        return np.repeat(np.arange(len(self.types), dtype=np.int32), np.diff(self.starts))


class Ids(Sequence[str]):
    """Record ids as texts, made when asked for: the labels of a graph. `numbers` says which records of the snapshot they are."""

    def __init__(self, records: Records, numbers: Numbers | None = None) -> None:
        self._records = records
        self._numbers = numbers

    @property
    def numbers(self) -> Numbers:
        """The snapshot's number of each."""
        return np.arange(self._records.n, dtype=np.int32) if self._numbers is None else self._numbers

    def __len__(self) -> int:
        return self._records.n if self._numbers is None else len(self._numbers)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        if place < 0:
            place += len(self)
        if not 0 <= place < len(self):
            raise IndexError(place)
        return self._records.id(place if self._numbers is None else int(self._numbers[place]))

    def __iter__(self) -> Iterator[str]:
        texts = self._records.ids if self._numbers is None else self._records.ids[self._numbers]
        for first in range(0, len(texts), 4096):
            yield from unpacked_all(texts[first : first + 4096])

    def index(self, value: Any, start: int = 0, stop: int | None = None) -> int:
        """The place of an id. Raises ValueError when it is not among them."""
        number = int(self._records.indices((value,))[0]) if isinstance(value, str) else -1
        place = number
        if number >= 0 and self._numbers is not None:
            place = int(np.searchsorted(self._numbers, number))
            if place == len(self._numbers) or self._numbers[place] != number:
                place = -1
        if place < start or (stop is not None and place >= stop):
            raise ValueError(f"{value!r} is not among the records of the graph")
        return place

    def __contains__(self, value: object) -> bool:
        try:
            self.index(value)
        except ValueError:
            return False
        return True


def packed(ids: Sequence[str]) -> Bytes:
    """Ids as bytes, 16 each. Raises Rejected naming the first that is no UUID."""
    text = "".join(ids)
    try:
        raw = bytes.fromhex(text.replace("-", ""))
    except ValueError:
        raw = b""
    if len(raw) != ID_BYTES * len(ids) or not all(len(id) == 36 for id in ids) or text != text.lower():
        wrong = next((id for id in ids if not is_packable(id)), "")
        message = f"{wrong!r} is no id: ids are UUIDs in small letters such as 0193a6c5-8f00-7000-8000-000000000001."
        raise Rejected([Problem("bad_id", message)])
    return np.frombuffer(raw, np.uint8).reshape(-1, ID_BYTES)


def is_packable(id: str) -> bool:
    """Whether a text is a UUID in its usual form."""
    try:
        return len(id) == 36 and id == id.lower() and len(bytes.fromhex(id.replace("-", ""))) == ID_BYTES
    except ValueError:
        return False


def unpacked(id: Bytes) -> str:
    """An id as text."""
    text = id.tobytes().hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def unpacked_all(ids: Bytes) -> list[str]:
    """Ids as texts."""
    text = ids.tobytes().hex()
    return [
        f"{text[i : i + 8]}-{text[i + 8 : i + 12]}-{text[i + 12 : i + 16]}-{text[i + 16 : i + 20]}-{text[i + 20 : i + 32]}"
        for i in range(0, len(text), 2 * ID_BYTES)
    ]


def ascending(ids: Bytes) -> Bytes:
    """The ids in ascending order, each once; the same array where they are so already."""
    keys = keys_of(ids)
    if len(keys) < 2 or bool((keys[1:] > keys[:-1]).all()):
        return ids
    return np.unique(keys).view(np.uint8).reshape(-1, ID_BYTES)


def keys_of(ids: Bytes) -> NDArray[np.bytes_]:
    """One comparable value for each id; numpy compares all 16 bytes, zeros too."""
    return np.ascontiguousarray(ids).view(f"S{ID_BYTES}").ravel()
