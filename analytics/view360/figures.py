"""Figures of a signal from either source: the records that the view has walked to, or, for a hub, the events of a snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import numpy as np

from analytics.events import Events
from analytics.view360.reading import Properties, read
from analytics.view360.timeline import happened_at
from models.metamodel import EntityType
from models.profiles import Signal

DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Within:
    """What happened in the last `days`: how often, and what it was worth."""

    count: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class Figures:
    """A signal's events until now: by (month, currency), within numbers of days, and when the last one was."""

    signal: str
    months: Mapping[tuple[date, str], Within]
    within: Mapping[int, Within]
    last: datetime | None

    @property
    def count(self) -> int:
        """All events."""
        return sum(month.count for month in self.months.values())


def of_records(
    signal: Signal, kind: EntityType, records: Iterable[Properties], days: Sequence[int], now: datetime
) -> Figures:
    """The figures of the records that are a signal's events, exact."""
    months: dict[tuple[date, str], Within] = {}
    within = dict.fromkeys(days, Within(0, Decimal(0)))
    last: datetime | None = None
    for at, value, currency in _events(signal, kind, records):
        if at > now:
            continue
        month = date(at.year, at.month, 1), currency
        months[month] = _more(months.get(month), value)
        last = at if last is None or at > last else last
        for number in days:
            if at > now - timedelta(days=number):
                within[number] = _more(within[number], value)
    return Figures(signal.name, months, within, last)


def _events(signal: Signal, kind: EntityType, records: Iterable[Properties]) -> Iterator[tuple[datetime, Decimal, str]]:
    """When each event that counts happened, what it was worth, in which currency."""
    for properties in records:
        at = happened_at(kind, signal.time, properties)
        if at is None or not all(
            read(kind.fields[name], properties) in values for name, values in signal.where.items()
        ):
            continue
        worth = read(kind.fields[signal.value], properties) if signal.value else None
        if isinstance(worth, Mapping):
            yield at, Decimal(worth["amount"]), worth["currency"]
        else:
            yield at, Decimal(str(worth)) if worth is not None else Decimal(0), ""


def _more(had: Within | None, value: Decimal) -> Within:
    return Within(1, value) if had is None else Within(had.count + 1, had.value + value)


def of_events(signal: Signal, events: Events, subject: int, days: Sequence[int], now: datetime) -> Figures:
    """The same from events, for one subject; values are as exact as the events' (floats)."""
    here = events.of(subject)
    place = [each.name for each in events.signals].index(signal.name)
    chosen = events.signal[here] == place
    moments, amounts = events.day[here][chosen], events.value[here][chosen]
    today = now.timestamp() / DAY_S
    past = moments <= today
    moments, amounts = moments[past], np.nan_to_num(amounts[past])
    months: dict[tuple[date, str], Within] = {}
    starts = moments.astype("datetime64[D]").astype("datetime64[M]")
    for month in np.unique(starts):
        which = starts == month
        first = month.astype("datetime64[D]").astype(date)
        months[first, events.currency] = Within(int(which.sum()), _rounded(float(amounts[which].sum())))
    recent = {number: moments > today - number for number in days}
    within = {number: Within(int(one.sum()), _rounded(float(amounts[one].sum()))) for number, one in recent.items()}
    last = datetime.fromtimestamp(float(moments.max()) * DAY_S, UTC) if len(moments) else None
    return Figures(signal.name, months, within, last)


def _rounded(value: float) -> Decimal:
    return Decimal(value).quantize(Decimal("0.01"))


def month_before(first: date, months: int) -> date:
    """The first day of the month so many months before."""
    number = first.year * 12 + first.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def in_days(span: float | None) -> float | None:
    """Days as people say them: whole ones, and tenths of less than ten."""
    if span is None:
        return None
    return round(span) if span >= 10 else round(float(span), 1)


def days_since(last: datetime | None, now: datetime) -> int | None:
    """Whole days since a moment."""
    return None if last is None else max(0, (now - last) // timedelta(days=1))
