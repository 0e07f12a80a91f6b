"""`grouped` the plain way: each row is put into its groups one by one, and figures are Python's exact decimals."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from functools import cmp_to_key, partial
from itertools import product
from statistics import stdev
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from small_worlds import Thing

from models import scores, system
from models.calendars import Calendar, following, gregorian, label, persian
from models.fields.money import Money
from models.metamodel import Field, Side
from models.periods import TimeUnit

if TYPE_CHECKING:
    from plain_execution import Listing, Plain, Row


@dataclass(frozen=True)
class Wanted:
    """One key: the relations walked to it, the field at their end, and what of it makes a group."""

    name: str
    path: tuple[Side, ...]
    field: Field | None
    of_link: bool
    how: Any


@dataclass
class Grouped:
    """The groups of a listing, and those of them that are shown."""

    rows: list[Group]
    shown: list[Group]


@dataclass
class Group:
    """Rows that have their keys in common."""

    listing: Listing
    keys: tuple[Any, ...]
    wanted: list[Wanted]
    rows: list[Row]
    calendar: Calendar


class Grouping:
    """Groups of one listing, by the arguments of `grouped`."""

    def __init__(self, plain: Plain, listing: Listing, arguments: Mapping[str, Any]) -> None:
        self.plain, self.listing, self.arguments = plain, listing, arguments
        self.calendar = Calendar(arguments.get("calendar") or "ISO")
        self.zone = ZoneInfo(arguments.get("timeZone") or "UTC")
        side = listing.side
        kind = plain.model.types[listing.stem] if side is None else None
        self.wanted = [
            self._wanted(kind, key, (), ()) if side is None else self._along(side, key, (), ())
            for key in arguments["by"]
        ]

    def grouped(self) -> Grouped:
        """The groups that are asked for, in order."""
        found: dict[tuple[Any, ...], list[Row]] = {}
        for row in self.listing.rows:
            for keys in dict.fromkeys(self._keys(row)):
                found.setdefault(keys, []).append(row)
        groups = [Group(self.listing, keys, self.wanted, rows, self.calendar) for keys, rows in found.items()]
        having = self.arguments.get("having")
        groups = [group for group in groups if having is None or self._holds(group, having)]
        ordered = sorted(groups, key=cmp_to_key(self._compare))
        size = self.arguments.get("first")
        return Grouped(ordered, ordered[: 100 if size is None else size])

    # keys

    def _along(self, side: Side, given: Mapping[str, Any], path: tuple[Side, ...], names: tuple[str, ...]) -> Wanted:
        ((end, value),) = given.items()
        if end == "link":
            ((name, how),) = value.items()
            field = {**system.OF_TEMPORAL_LINKS, **side.relation.fields}[name]
            return Wanted(".".join((*names, "link", name)), path, field, True, how)
        one = len(side.far.types) == 1
        return self._wanted(self.plain.model.types[side.far.types[0]] if one else None, value, path, names)

    def _wanted(self, kind: Any, given: Mapping[str, Any], path: tuple[Side, ...], names: tuple[str, ...]) -> Wanted:
        ((name, value),) = given.items()
        if name == "insights":
            ((engine, inner),) = value.items()
            ((score, how),) = inner.items()
            return Wanted(".".join((*names, name, engine, score)), path, scores.fields(engine)[score], False, how)
        fields = {**system.OF_RECORDS, **(kind.fields if kind else {})}
        if name in fields:
            return Wanted(".".join((*names, name)), path, fields[name], False, value)
        if kind is None:
            return Wanted(".".join((*names, name)), path, None, False, value)
        side = self.plain.model.sides[kind.name][name]
        return self._along(side, value, (*path, side), (*names, name))

    def _keys(self, row: Row) -> Iterator[tuple[Any, ...]]:
        """Every combination of keys that a row leads to; keys along one path are of the same record."""
        paths = {
            _named(each.path[:end]): each.path[:end] for each in self.wanted for end in range(1, len(each.path) + 1)
        }
        for ends in self._ends({(): row}, sorted(paths.values(), key=len)):
            yield from product(*(self._values(each, ends[_named(each.path)]) for each in self.wanted))

    def _ends(self, known: dict[Any, Any], paths: list[tuple[Side, ...]]) -> Iterator[dict[Any, Any]]:
        if not paths:
            yield known
            return
        first, *rest = paths
        near = known[_named(first[:-1])]
        far = self.plain._along(near[1], first[-1]) if near[1] is not None else []
        for link, record in far or [(None, None)]:
            yield from self._ends({**known, _named(first): (link, record)}, rest)

    def _values(self, key: Wanted, end: tuple[Thing | None, Thing | None]) -> list[Any]:
        thing = end[0] if key.of_link else end[1]
        if thing is None:
            return [None]
        if key.field is None:
            return [thing.type]
        value = thing.id if key.field.name == "id" else thing.values.get(key.field.name)
        if isinstance(value, tuple):
            return list(value) or [None]
        return [None if value is None else self._grouped_by(key, value)]

    def _grouped_by(self, key: Wanted, value: Any) -> Any:
        if isinstance(value, dt.datetime):
            value = value.astimezone(self.zone).date()
        if isinstance(value, dt.date):
            return begun(self.calendar, TimeUnit(key.how), value)
        if isinstance(value, Money):
            if key.how == "CURRENCY":
                return value.currency
            value = value.amount
        if not isinstance(key.how, Mapping):
            return value
        if "width" in key.how:
            if isinstance(value, float):
                return math.floor(value / float(key.how["width"]))
            with localcontext() as context:
                context.prec = 60
                return math.floor(Decimal(value) / Decimal(str(key.how["width"])))
        return sum(Decimal(str(bound)) <= Decimal(str(value)) for bound in key.how["bounds"])

    # conditions and orders

    def _holds(self, group: Group, wanted: Mapping[str, Any]) -> bool:
        for name, value in wanted.items():
            if name == "and":
                held = all(self._holds(group, each) for each in value)
            elif name == "or":
                held = any(self._holds(group, each) for each in value)
            elif name == "not":
                held = not self._holds(group, value)
            elif name == "count":
                held = _all_hold(len(group.rows), value)
            else:
                held = all(
                    _all_hold(measure(of, what, _of(group, of, of_link=of_link)), comparisons)
                    for of, figures, of_link in self._fields(name, value)
                    for what, comparisons in figures.items()
                )
            if not held:
                return False
        return True

    def _fields(self, name: str, value: Mapping[str, Any]) -> list[tuple[Field, Any, bool]]:
        side = self.listing.side
        if name == "link":
            assert side is not None
            return [(side.relation.fields[each], inner, True) for each, inner in value.items()]
        if name == "insights":
            return [
                (scores.fields(engine)[each], figures, False)
                for engine, inner in value.items()
                for each, figures in inner.items()
            ]
        kind = self.plain.model.types[self.listing.stem if side is None else side.far.types[0]]
        return [(kind.fields[name], value, False)]

    def _compare(self, one: Group, other: Group) -> int:
        for entry in self.arguments.get("orderBy") or ():
            ((name, value),) = entry.items()
            if name == "count":
                ordered = compared(len(one.rows), len(other.rows), value)
            elif name == "groupKey":
                ((key, way),) = value.items()
                place = int(key.removeprefix("key")) - 1
                ordered = compared(one.keys[place], other.keys[place], way)
            else:
                ((of, figures, of_link),) = self._fields(name, value)
                ((what, way),) = figures.items()
                both = (measure(of, what, _of(group, of, of_link=of_link)) for group in (one, other))
                ordered = compared(*both, way)
            if ordered:
                return ordered
        for mine, theirs in zip(one.keys, other.keys, strict=True):
            if ordered := compared(mine, theirs, "ASC"):
                return ordered
        return 0


def _named(path: tuple[Side, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((side.relation.name, side.name) for side in path)


def _of(group: Group, of: Field, *, of_link: bool) -> list[Any]:
    things = (row[0] if of_link else row[1] for row in group.rows)
    return [thing.values.get(of.name) for thing in things if thing is not None]


def compared(one: Any, other: Any, way: str) -> int:
    """Which of two values comes first; missing ones last either way."""
    if one == other:
        return 0
    if one is None or other is None:
        return -1 if other is None else 1
    return -1 if (one < other) != (way == "DESC") else 1


_HOLDS: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "lt": lambda a, b: a < b,
    "lte": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "gte": lambda a, b: a >= b,
}


def _all_hold(figure: Any, comparisons: Mapping[str, Any]) -> bool:
    return all(
        name == "ne" if figure is None else _HOLDS[name](figure, _native(figure, operand))
        for name, operand in comparisons.items()
    )


def _native(figure: Any, operand: Any) -> Any:
    match figure:
        case dt.datetime():
            return dt.datetime.fromisoformat(operand)
        case dt.date():
            return dt.date.fromisoformat(operand)
    return Decimal(str(operand))


def measure(of: Field, what: str, given: list[Any]) -> Any:
    """A figure over the values that are there, as a number that compares."""
    values = [each.amount if isinstance(each, Money) else each for each in given if each is not None]
    if what in ("count", "countDistinct"):
        return len(values if what == "count" else set(values))
    if what == "sum":
        with localcontext() as context:
            context.prec = 60
            return sum(values)
    if what == "standardDeviation":
        return stdev(map(float, values)) if len(values) > 1 else None
    if not values:
        return None
    if what in ("min", "max"):
        return (min if what == "min" else max)(values)
    share = Decimal("0.5") if what == "median" else None
    return average(of, values) if share is None else percentile(of, values, share)


def average(of: Field, values: list[Any]) -> Any:
    """The mean, with six digits more than the field has."""
    if of.kind == "number":
        return sum(values) / len(values)
    with localcontext() as context:
        context.prec = 60
        return _rounded(of, sum(map(Decimal, values), Decimal(0)) / len(values))


def percentile(of: Field, values: list[Any], share: Decimal) -> Any:
    """What lies so far on the way from the least value to the greatest, in their order."""
    ordered = sorted(values)
    with localcontext() as context:
        context.prec = 60
        reached = share * (len(ordered) - 1)
        place = int(reached)
        after = ordered[min(place + 1, len(ordered) - 1)]
        if of.kind == "number":
            return ordered[place] + (after - ordered[place]) * float(reached - place)
        return _rounded(of, ordered[place] + (Decimal(after) - ordered[place]) * (reached - place))


def _rounded(of: Field, number: Decimal) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-scale_of(of) - 6), ROUND_HALF_EVEN)


def scale_of(of: Field) -> int:
    """How many digits after the point a field has."""
    return 0 if of.kind == "integer" else int(of.options.get("scale", 2))


def begun(calendar: Calendar, unit: TimeUnit, day: dt.date) -> dt.date:
    """The first day of the period that a day lies in."""
    if unit is TimeUnit.DAY:
        return day
    if unit is TimeUnit.WEEK:
        return day - dt.timedelta(days=day.weekday() if calendar is Calendar.ISO else (day.weekday() + 2) % 7)
    year, month, _ = (day.year, day.month, day.day) if calendar is Calendar.ISO else persian(day)
    first = {TimeUnit.MONTH: month, TimeUnit.QUARTER: month - (month - 1) % 3}.get(unit, 1)
    return dt.date(year, first, 1) if calendar is Calendar.ISO else gregorian(year, first)


def of_group(group: Group, name: str, arguments: Mapping[str, Any], plain: Plain) -> Any:
    """One field of a group."""
    match name:
        case "count":
            return len(group.rows)
        case "keys":
            return [told(each, key, group.calendar) for each, key in zip(group.wanted, group.keys, strict=True)]
        case "nodes":
            rows = sorted(group.rows, key=cmp_to_key(partial(plain.compared, group.listing, arguments)))
            size = arguments.get("first")
            return [row[1] for row in rows[: 10 if size is None else size]]
    return plain.aggregate_of(group.listing, group.rows)


def told(wanted: Wanted, key: Any, calendar: Calendar) -> dict[str, Any]:
    """A key as the answer shows it."""
    nothing = {"name": wanted.name, "value": None, "label": None, "from": None, "until": None, "__typename": "GroupKey"}
    if key is None:
        return nothing
    if isinstance(key, dt.date):
        unit, after = TimeUnit(wanted.how), following(calendar, TimeUnit(wanted.how), key)
        first, until = key.isoformat(), None if after is None else after.isoformat()
        return {**nothing, "value": first, "label": label(calendar, unit, key), "from": first, "until": until}
    if isinstance(wanted.how, Mapping):
        low, high = (_text(wanted, bound) for bound in _bounds(wanted.how, key))
        shown = f"{low or ''}..{high or ''}"
        return {**nothing, "value": shown, "label": shown, "from": low, "until": high}
    return {**nothing, "value": key, "label": str(key).lower() if isinstance(key, bool) else key}


def _bounds(how: Mapping[str, Any], key: int) -> tuple[Any, Any]:
    if "width" in how:
        width = Decimal(str(how["width"]))
        return key * width, (key + 1) * width
    bounds = [None, *how["bounds"], None]
    return bounds[key], bounds[key + 1]


def _text(wanted: Wanted, bound: Any) -> str | None:
    assert wanted.field is not None
    if bound is None:
        return None
    return repr(float(bound)) if wanted.field.kind == "number" else f"{Decimal(str(bound)):.{scale_of(wanted.field)}f}"
