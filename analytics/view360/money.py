"""Money: what business came to, in all, by month and against the year before; and the figures a pack declares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from analytics.view360.figures import Figures, Within, days_since, month_before
from analytics.view360.shown import KpiShown, MoneyShown, MonthShown
from models.profiles import Kpi, Measure, Profile, Role

MONTHS = 24
YEAR = 12
RATE_DAYS = 30
HUNDREDTH = Decimal("0.01")


def money(profile: Profile, figures: Mapping[str, Figures], now: datetime) -> tuple[MoneyShown, ...]:
    """What the business signals came to, by currency, the greatest first.

    A year is the twelve months that end with the present one; it is compared with the twelve before.
    """
    paid = [signal for signal in profile.signals if signal.role is Role.BUSINESS and signal.value and signal.sign > 0]
    months: dict[str, dict[date, Within]] = defaultdict(dict)
    for signal in (each for each in paid if each.name in figures):
        for (month, currency), come in figures[signal.name].months.items():
            had = months[currency].get(month, Within(0, Decimal(0)))
            months[currency][month] = Within(had.count + come.count, had.value + come.value)
    shown = [_of_currency(currency, by_month, now) for currency, by_month in months.items()]
    return tuple(sorted(shown, key=lambda each: (-each.total, each.currency)))


def _of_currency(currency: str, by_month: Mapping[date, Within], now: datetime) -> MoneyShown:
    present = date(now.year, now.month, 1)
    recent = [month_before(present, back) for back in reversed(range(MONTHS))]
    listed = tuple(_month(month, by_month.get(month)) for month in recent)
    before, last = (sum((each.value for each in part), Decimal(0)) for part in (listed[:YEAR], listed[YEAR:]))
    trend = float(last / before - 1) if before > 0 else None
    total = sum((come.value for come in by_month.values()), Decimal(0))
    count = sum(come.count for come in by_month.values())
    return MoneyShown(currency, total, count, listed, last, before, trend)


def _month(month: date, come: Within | None) -> MonthShown:
    return MonthShown(month, Decimal(0), 0) if come is None else MonthShown(month, come.value, come.count)


def kpis(profile: Profile, figures: Mapping[str, Figures], now: datetime) -> tuple[KpiShown, ...]:
    """The declared figures as they stand."""
    return tuple(_kpi(kpi, figures[kpi.signal], now) for kpi in profile.kpis if kpi.signal in figures)


def _kpi(kpi: Kpi, come: Figures, now: datetime) -> KpiShown:
    within = come.within.get(kpi.days, Within(0, Decimal(0)))
    value: Decimal | None
    match kpi.measure:
        case Measure.COUNT:
            value = Decimal(within.count)
        case Measure.SUM:
            value = within.value
        case Measure.AVERAGE:
            value = (within.value / within.count).quantize(within.value) if within.count else None
        case Measure.RATE:
            value = (Decimal(within.count * RATE_DAYS) / kpi.days).quantize(HUNDREDTH)
        case Measure.LAST:
            days = days_since(come.last, now)
            value = None if days is None else Decimal(days)
    currency = _currency(come.months) if kpi.measure in (Measure.SUM, Measure.AVERAGE) else ""
    before, months = _before(kpi, come, now), _months(kpi, come, now)
    return KpiShown(kpi.name, kpi.labels, kpi.measure, kpi.days, kpi.better, value, before, currency, months)


def _months(kpi: Kpi, come: Figures, now: datetime) -> tuple[MonthShown, ...]:
    """What the signal came to in each of the last twelve months: how often, its values added up, or their mean."""
    if kpi.measure is Measure.LAST:
        return ()
    present = date(now.year, now.month, 1)
    recent = [month_before(present, back) for back in reversed(range(YEAR))]
    by_month: dict[date, Within] = dict.fromkeys(recent, Within(0, Decimal(0)))
    for (month, _), each in come.months.items():
        if had := by_month.get(month):
            by_month[month] = Within(had.count + each.count, had.value + each.value)
    return tuple(MonthShown(month, _measured(kpi.measure, each), each.count) for month, each in by_month.items())


def _measured(measure: Measure, come: Within) -> Decimal:
    if measure is Measure.SUM:
        return come.value
    if measure is Measure.AVERAGE:
        return (come.value / come.count).quantize(come.value) if come.count else Decimal(0)
    return Decimal(come.count)


def _before(kpi: Kpi, come: Figures, now: datetime) -> Decimal | None:
    """The same figure a year ago, by whole months; None for figures of single days."""
    if kpi.measure not in (Measure.COUNT, Measure.SUM) or kpi.days < RATE_DAYS:
        return None
    present = date(now.year, now.month, 1)
    months = {month_before(present, YEAR + back) for back in range(round(kpi.days / (365 / YEAR)))}
    parts = [each for (month, _), each in come.months.items() if month in months]
    return Decimal(sum(each.count for each in parts)) if kpi.measure is Measure.COUNT else _total(parts)


def _total(parts: Iterable[Within]) -> Decimal:
    return sum((each.value for each in parts), Decimal(0))


def _currency(months: Mapping[tuple[date, str], Within]) -> str:
    found = {currency for _, currency in months}
    return found.pop() if len(found) == 1 else ""
