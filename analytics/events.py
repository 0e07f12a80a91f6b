"""What happened to a type's records: one row an event of a subject, as arrays that engines take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from datetime import datetime
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.profiles import Role, Signal

NOTHING_LEFT_OUT: Mapping[str, int] = MappingProxyType({})
S_A_DAY = 86_400


def day_of(moment: datetime) -> float:
    """A moment in days since 1970-01-01 UTC, as events have theirs."""
    return moment.timestamp() / S_A_DAY


@dataclass(frozen=True, slots=True)
class Events:
    """Events sorted by subject, then by day; equal days in the order of signals, then of events.

    `subject` and `event` are numbers of the snapshot; `day` counts days (with their fraction) since 1970-01-01 UTC;
    `value` is NaN where an event has none; `weight` is how much an event counts (its depth), `sign` -1 where it counts
    against the relationship; `direction` is +1 from us, -1 from them, 0 unknown; `signal` points into `signals`.
    `currency` is that of every value that is money; `other_currencies` says how many events had money in which other
    currency, whose values are NaN therefore.
    """

    subject: NDArray[np.int32]
    event: NDArray[np.int32]
    day: NDArray[np.float64]
    value: NDArray[np.float64]
    sign: NDArray[np.int8]
    weight: NDArray[np.float32]
    direction: NDArray[np.int8]
    signal: NDArray[np.int16]
    signals: tuple[Signal, ...]
    currency: str = ""
    other_currencies: Mapping[str, int] = attribute(default_factory=lambda: NOTHING_LEFT_OUT)

    @classmethod
    def from_columns(
        cls,
        signals: Sequence[Signal],
        *,
        subject: ArrayLike,
        event: ArrayLike,
        day: ArrayLike,
        value: ArrayLike,
        weight: ArrayLike,
        direction: ArrayLike,
        signal: ArrayLike,
        currency: str = "",
        other_currencies: Mapping[str, int] = NOTHING_LEFT_OUT,
    ) -> Events:
        """Events of columns in any order, sorted and checked; each takes its sign from its signal.

        Raises ValueError for columns of different lengths, a day or weight that is no finite number, a weight
        below 0, a direction other than -1, 0 and 1, and a signal or record that cannot be.
        """
        columns: dict[str, NDArray[Any]] = {
            "subject": np.asarray(subject, np.int64),
            "event": np.asarray(event, np.int64),
            "day": np.asarray(day, np.float64),
            "value": np.asarray(value, np.float64),
            "weight": np.asarray(weight, np.float64),
            "direction": np.asarray(direction, np.int64),
            "signal": np.asarray(signal, np.int64),
        }
        _check(columns, len(signals))
        order = np.lexsort((columns["event"], columns["signal"], columns["day"], columns["subject"]))
        signs = np.array([one.sign for one in signals], np.int8)
        return cls(
            subject=columns["subject"][order].astype(np.int32),
            event=columns["event"][order].astype(np.int32),
            day=columns["day"][order],
            value=columns["value"][order],
            sign=signs[columns["signal"][order]],
            weight=columns["weight"][order].astype(np.float32),
            direction=columns["direction"][order].astype(np.int8),
            signal=columns["signal"][order].astype(np.int16),
            signals=tuple(signals),
            currency=currency,
            other_currencies=MappingProxyType(dict(other_currencies)),
        )

    @classmethod
    def from_rows(
        cls,
        signals: Sequence[Signal],
        rows: Iterable[tuple[int, int, float, float, float, int, int]],
        currency: str = "",
    ) -> Events:
        """Events of rows (subject, event, day, value, weight, direction, signal) in any order, sorted and checked."""
        columns: list[tuple[Any, ...]] = list(zip(*rows, strict=True)) or [()] * 7
        subject, event, day, value, weight, direction, signal = columns
        return cls.from_columns(
            signals,
            subject=subject,
            event=event,
            day=day,
            value=value,
            weight=weight,
            direction=direction,
            signal=signal,
            currency=currency,
        )

    @classmethod
    def none(cls, signals: Sequence[Signal] = ()) -> Events:
        """No event at all."""
        return cls.from_rows(signals, ())

    def __len__(self) -> int:
        return len(self.subject)

    @property
    def subjects(self) -> NDArray[np.int32]:
        """The numbers of those that have any event, ascending."""
        return np.unique(self.subject)

    def of(self, subject: int) -> slice:
        """Where the events of one subject stand; an empty slice where there are none. O(log events)."""
        first, after = np.searchsorted(self.subject, (subject, subject + 1))
        return slice(int(first), int(after))

    def until(self, day: float) -> Events:
        """Those that had happened at a moment, given in days since 1970."""
        return self.chosen(self.day <= day)

    def after(self, day: float) -> Events:
        """Those that happened after a moment: with `until` of the same day, all."""
        return self.chosen(self.day > day)

    def only(self, role: Role) -> Events:
        """Those of the signals with a role."""
        roles = np.array([signal.role is role for signal in self.signals], bool)
        return self.chosen(roles[self.signal])

    def chosen(self, which: NDArray[np.bool_] | slice) -> Events:
        """Those that are marked True, or stand in a slice, in the same order, with all signals."""
        return replace(
            self,
            subject=self.subject[which],
            event=self.event[which],
            day=self.day[which],
            value=self.value[which],
            sign=self.sign[which],
            weight=self.weight[which],
            direction=self.direction[which],
            signal=self.signal[which],
        )


def _check(columns: Mapping[str, NDArray[Any]], signals: int) -> None:
    lengths = {name: column.shape for name, column in columns.items()}
    if len(set(lengths.values())) != 1 or any(len(shape) != 1 for shape in lengths.values()):
        raise ValueError(f"Columns of events must be flat and equally long; they are {lengths}.")
    for name, low, high in (
        ("subject", 0, 2**31 - 1),
        ("event", 0, 2**31 - 1),
        ("direction", -1, 1),
        ("signal", 0, signals - 1),
    ):
        _refuse(columns[name], (columns[name] < low) | (columns[name] > high), name, f"from {low} to {high}")
    _refuse(columns["day"], ~np.isfinite(columns["day"]), "day", "a finite number")
    _refuse(
        columns["weight"], ~(np.isfinite(columns["weight"]) & (columns["weight"] >= 0)), "weight", "finite, from 0 up"
    )
    _refuse(columns["value"], np.isinf(columns["value"]), "value", "finite, or NaN for none")


def _refuse(column: NDArray[Any], wrong: NDArray[np.bool_], name: str, wanted: str) -> None:
    if wrong.any():
        place = int(np.argmax(wrong))
        raise ValueError(f"The {name} of event {place} is {column[place]}; it must be {wanted}.")
