"""A profile: which events of a type's records count, how they weigh, who has left, and what a 360° view shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from models.metamodel import NO_LABELS, Labels

Path = tuple[str, ...]  # relation fields, walked one after the other: ("employees", "activities")
Values = tuple[str | bool, ...]
CREATED_AT: Final = "createdAt"
NO_FILTER: Mapping[str, Values] = MappingProxyType({})


class Role(StrEnum):
    """What an event says: that people were in touch, that they did business, or that something went wrong."""

    CONTACT = "contact"
    BUSINESS = "business"
    TROUBLE = "trouble"


class Measure(StrEnum):
    """What a figure counts of a signal's events within its days.

    `count`: the events; `sum` and `average`: of their values; `last`: days since the last one, whenever it was;
    `rate`: events in thirty days.
    """

    COUNT = "count"
    SUM = "sum"
    AVERAGE = "average"
    LAST = "last"
    RATE = "rate"


class Better(StrEnum):
    """Whether more or less of a figure is better."""

    MORE = "more"
    LESS = "less"


@dataclass(frozen=True, slots=True)
class Signal:
    """Events of a type's records: where a path leads, of which type they are, and how each of them counts.

    An event is one record of `type` at the end of `path`; it happened at its field `time` (`createdAt` for when the
    record was made). It counts `weight`, times what `weigh_by` gives to its choice (1 where that gives nothing). `value` is
    the number it is worth. It came from them where the field of `inbound` has one of the values given, from us where
    that of `outbound` has. Only events whose fields have one of the values of `where` count.
    """

    name: str
    path: Path
    type: str
    role: Role
    time: str = CREATED_AT
    labels: Labels = attribute(default_factory=lambda: NO_LABELS)
    value: str | None = None
    sign: int = 1
    weight: float = 1.0
    weigh_by: tuple[str, Mapping[str, float]] | None = None
    half_life_days: float = 90.0
    inbound: tuple[str, Values] | None = None
    outbound: tuple[str, Values] | None = None
    where: Mapping[str, Values] = attribute(default_factory=lambda: NO_FILTER)


@dataclass(frozen=True, slots=True)
class Leaving:
    """Who has left: records whose date or moment in `field` has come, or whose `field` has one of the `values`."""

    field: str
    values: Values = ()


@dataclass(frozen=True, slots=True)
class Spread:
    """Relation fields from a record to others; of their risk, `factor` (above 0, at most 1) comes in."""

    path: Path
    factor: float


@dataclass(frozen=True, slots=True)
class Kpi:
    """A figure of each record: a measure of one signal's events in the last `days`."""

    name: str
    signal: str
    measure: Measure
    days: int = 365
    better: Better = Better.MORE
    labels: Labels = attribute(default_factory=lambda: NO_LABELS)


@dataclass(frozen=True, slots=True)
class Offers:
    """Relation fields from a record to what it has bought, and so to what it may be offered: ("orders", "lines")."""

    path: Path


@dataclass(frozen=True, slots=True)
class Happening:
    """Records of `type` at the end of `path` that stand on the time line at their `time`."""

    path: Path
    type: str
    time: str = CREATED_AT


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Records of `type` at the end of `path` that wait for somebody while `field` has one of the `values`."""

    path: Path
    type: str
    field: str
    values: Values
    due: str | None = None


@dataclass(frozen=True, slots=True)
class ViewSections:
    """What a 360° view shows of a record. A part that is empty is filled in from the model by `profile_of`.

    `headline`: fields at its head; `sections`: its relation fields, in their order; `timeline`: what happened;
    `unfinished`: what waits.
    """

    headline: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    timeline: tuple[Happening, ...] = ()
    unfinished: tuple[Unfinished, ...] = ()


NO_VIEW: Final = ViewSections()


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything analytics needs to know of a type's records; `since` is the date they became what they are."""

    type: str
    signals: tuple[Signal, ...] = ()
    leaving: Leaving | None = None
    since: str | None = None
    spreads: tuple[Spread, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    offers: Offers | None = None
    view: ViewSections = NO_VIEW
    pack: str = ""

    def signal(self, name: str) -> Signal | None:
        """The signal of this name."""
        return next((signal for signal in self.signals if signal.name == name), None)
