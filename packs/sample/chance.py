"""Chance that repeats: named streams of one seed, skewed sizes, seasons, days and ids."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from random import Random
from types import MappingProxyType
from typing import Generic, TypeVar

T = TypeVar("T")

# how much is bought in a month, against the year's average: a peak before the year's end, a dip in summer
_WESTERN = (0.75, 0.80, 0.95, 1.00, 1.00, 0.90, 0.70, 0.70, 1.05, 1.15, 1.45, 1.55)
# in Iran the year ends on 20 March, so the peak before it lies in February and March
_PERSIAN = (1.00, 1.35, 1.45, 0.60, 0.90, 0.90, 0.80, 0.80, 1.00, 1.05, 1.10, 1.05)
SEASONS: Mapping[str, tuple[float, ...]] = MappingProxyType({"en": _WESTERN, "ru": _WESTERN, "fa": _PERSIAN})
_WEEKEND: Mapping[str, frozenset[int]] = MappingProxyType(
    {"en": frozenset({5, 6}), "ru": frozenset({5, 6}), "fa": frozenset({3, 4})}
)


def stream(seed: int, *names: str | int) -> Random:
    """The stream of chance of this name: what is drawn from another stream never shifts it."""
    # S311: a sample that repeats needs a seeded generator; nothing secret is drawn from it
    return Random(":".join(map(str, (seed, *names))))  # noqa: S311


def skewed(count: int, exponent: float) -> list[float]:
    """Zipf's weights: the first is 1, the n-th is n to the power of -exponent."""
    return [float(rank**-exponent) for rank in range(1, count + 1)]


def words(text: str) -> list[str]:
    """The words of a text, such as a list of names kept readable."""
    return text.split()


def season(language: str, month: int) -> float:
    """How busy a month (1 to 12) is where a language is spoken, 1 being the average."""
    return SEASONS[language][month - 1]


class Lot(Generic[T]):
    """Things drawn by weight; a draw costs O(log n)."""

    def __init__(self, things: Sequence[T], weights: Sequence[float]) -> None:
        self.things = things
        self._sums = list(accumulate(weights))

    def draw(self, chance: Random) -> T:
        """One of the things."""
        return chance.choices(self.things, cum_weights=self._sums)[0]

    def draw_many(self, chance: Random, count: int) -> list[T]:
        """Several of the things, one thing perhaps several times."""
        return chance.choices(self.things, cum_weights=self._sums, k=count) if count else []

    def draw_different(self, chance: Random, count: int) -> list[T]:
        """Up to `count` different things, in the order they came up."""
        return list(dict.fromkeys(self.draw_many(chance, count)))


def day_between(chance: Random, first: date, last: date) -> date:
    """A day from `first` to `last`, both included; `first` where they are the wrong way round."""
    return first + timedelta(days=chance.randrange(max((last - first).days, 0) + 1))


def working(day: date, language: str) -> date:
    """The day itself, or the last working day before it."""
    while day.weekday() in _WEEKEND[language]:
        day -= timedelta(days=1)
    return day


def moment(chance: Random, day: date) -> datetime:
    """A minute of the working day."""
    return datetime.combine(day, time(6, 0), UTC) + timedelta(minutes=chance.randrange(11 * 60))


def midnight(day: date) -> datetime:
    """The first moment of a day, in UTC."""
    return datetime.combine(day, time(), UTC)


def begun(identity: str) -> datetime:
    """The first moment of the day that `identify` has put into an id."""
    return datetime.fromtimestamp(int(identity[:8] + identity[9:13], 16) / 1000, UTC)


def identify(seed: int, sort: str, number: int | str, day: date) -> str:
    """The id of a thing of the sample, shaped as UUIDv7: the same for the same seed, sort, number and day."""
    stamp = int(midnight(day).timestamp() * 1000)
    rest = int.from_bytes(hashlib.sha256(f"{seed}:{sort}:{number}".encode()).digest()[:10])
    text = f"{stamp << 80 | 0x7 << 76 | (rest >> 62 & 0xFFF) << 64 | 0b10 << 62 | rest & ((1 << 62) - 1):032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
