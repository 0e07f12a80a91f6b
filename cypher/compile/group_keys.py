"""The keys of groups: where each lies, which values make one group, and how a key is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from cypher.ast import (
    Arithmetic,
    Binary,
    Call,
    Case,
    Clause,
    Expression,
    IsNull,
    Item,
    ListOf,
    Literal,
    MapOf,
    Match,
    Param,
    Prop,
    Unwind,
    Var,
    With,
    every,
)
from cypher.ast.updates import Element as At
from cypher.ast.updates import Listed
from cypher.compile.finishing import scale
from cypher.compile.properties import compared, first_column
from cypher.compile.scope import Scope
from cypher.request.groupings import Between, Each, Key, OfWidth, Period
from models.calendars import LATELY, Calendar, following, label
from models.fields import kind_of
from models.fields.decimal import plain
from models.fields.kind import Storage
from models.metamodel import Side
from models.periods import TimeUnit

Finish = Callable[..., Any]
ZERO, ONE = Literal(0), Literal(1)


class Keys:
    """The clauses that lead from each row to its keys, and the keys by name.

    A row that leads to several values, over several links or by a list of choices, is in the group of each, once.
    """

    def __init__(self, scope: Scope, node: str, link: str, keys: tuple[Key, ...]) -> None:
        self.scope, self._row = scope, tuple(name for name in (node, link) if name)
        self._ends: dict[tuple[tuple[str, str], ...], tuple[str, str]] = {(): (node, link)}
        self._locals: list[Item] = []
        self._several = False
        self._clauses: list[Clause] = []
        values = [self._value(key) for key in keys]
        self.names = tuple(scope.fresh("k") for _ in keys)
        self.items = tuple(map(Item, values, self.names))

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """What stands between the match of the rows and their gathering by `items`."""
        clauses = list(self._clauses)
        if self._locals:
            clauses.append(With((*map(_as_is, self._bound()), *self._locals)))
        if self._several:
            clauses.append(With((*map(_as_is, self._row), *self.items), distinct=True))
        return tuple(clauses)

    @property
    def grouping(self) -> tuple[Item, ...]:
        """The items that rows are gathered by."""
        return tuple(map(_as_is, self.names)) if self._several else self.items

    def _bound(self) -> tuple[str, ...]:
        ends = (name for end in self._ends.values() for name in end if name)
        unwound = (clause.var for clause in self._clauses if isinstance(clause, Unwind))
        return tuple(dict.fromkeys((*ends, *unwound)))

    def _value(self, key: Key) -> Expression:
        node, link = self._end(key.path)
        if key.field is None:
            return _type_of(node)
        var = link if key.of_link else node
        prop = compared(var, key.field)
        match key.how:
            case OfWidth(slot):
                return _stretch(prop, Param(slot), exact=first_column(key.field).storage is not Storage.FLOAT)
            case Between(slot):
                below = Call("size", (Listed("b", Param(slot), Binary(Var("b"), "<=", prop)),))
                return Case(((IsNull(prop, negated=True), below),))
            case Period():
                return self._period(prop, key.how)
            case Each():
                if kind_of(key.field).is_list:
                    return self._each_of(prop)
                if key.field.kind == "money":
                    return Prop(Var(var), kind_of(key.field).columns(key.field)[1].key)
        return prop

    def _end(self, path: tuple[Side, ...]) -> tuple[str, str]:
        """The record and the link at the end of a path, which all keys along it share."""
        walked: tuple[tuple[str, str], ...] = ()
        for side in path:
            near, _ = self._ends[walked]
            walked = (*walked, (side.relation.name, side.name))
            if walked not in self._ends:
                link, far = self.scope.fresh("l"), self.scope.fresh("m")
                pattern, in_force = self.scope.along(near, side, link, far)
                self._clauses.append(Match((pattern,), every((in_force,)), optional=True))
                self._ends[walked] = far, link
                self._several = True
        return self._ends[walked]

    def _each_of(self, prop: Expression) -> Expression:
        """Each value of a list; a missing or empty one counts as one missing value."""
        nothing = Binary(Call("size", (Call("coalesce", (prop, ListOf(()))),)), "=", ZERO)
        name = self.scope.fresh("k")
        self._clauses.append(Unwind(Case(((nothing, ListOf((Literal(None),))),), prop), name))
        self._several = True
        return Var(name)

    def _period(self, prop: Expression, period: Period) -> Expression:
        day = self._local(prop, period)
        if period.calendar is Calendar.ISO or period.unit is TimeUnit.DAY:
            return _where_known(day, Call("date.truncate", (Param(period.tables[0]), day)))
        if not isinstance(day, Var):
            day = self._named(day)
        back = _days_of_week(day) if period.unit is TimeUnit.WEEK else _days_back(day, period)
        begun = Arithmetic(Call("date", (day,)), "-", Call("duration", (MapOf((("days", back),)),)))
        return _where_known(day, begun)

    def _local(self, prop: Expression, period: Period) -> Expression:
        """The day, or the moment by the clock of its zone."""
        if period.zone_slot is None:
            return prop
        zone = Param(period.zone_slot)
        there = Call("datetime", (MapOf((("datetime", prop), ("timezone", zone))),))
        utc = Binary(zone, "=", Literal("UTC"))
        return self._named(Case(((IsNull(prop), Literal(None)), (utc, prop)), there))

    def _named(self, value: Expression) -> Expression:
        item = Item(value, self.scope.fresh("d"))
        self._locals.append(item)
        return Var(item.name)


def _where_known(value: Expression, made: Expression) -> Expression:
    """What is made of a value that may be missing, by functions that cannot do with none."""
    return Case(((IsNull(value, negated=True), made),))


def _as_is(name: str) -> Item:
    return Item(Var(name), name)


def _type_of(var: str) -> Expression:
    own = Binary(Var("x"), "IN", Call("labels", (Var(var),)))
    return Call("head", (ListOf((Binary(own, "WHERE", Binary(Var("x"), "<>", Literal("Record"))),)),))


def _stretch(prop: Expression, width: Expression, *, exact: bool) -> Expression:
    """Which stretch a number lies in, counted from the one that begins at 0."""
    if not exact:
        return Call("toInteger", (Call("floor", (Arithmetic(prop, "/", width),)),))
    below = Case(((Binary(Arithmetic(prop, "%", width), "<", ZERO), ONE),), ZERO)
    return Arithmetic(Arithmetic(prop, "/", width), "-", below)


def _days_of_week(day: Expression) -> Expression:
    """How many days before it the Persian week began, on a Saturday."""
    return Arithmetic(Arithmetic(Prop(day, "dayOfWeek"), "+", ONE), "%", Literal(7))


def _days_back(day: Expression, period: Period) -> Expression:
    """How many days before it the Persian month, quarter or year began."""
    nowruz, lately, back = map(Param, period.tables)
    of_year, year = Prop(day, "ordinalDay"), Prop(day, "year")
    begun, before = At(nowruz, year), Arithmetic(At(lately, year), "-", Literal(LATELY))
    began = Case(((Binary(of_year, ">=", begun), begun),), before)
    return At(back, Arithmetic(of_year, "-", began))


# how a key is told


def told(key: Key, name: str) -> tuple[tuple[Expression, ...], dict[str, Finish | None]]:
    """The columns of a key, and how each of `value`, `label`, `from` and `until` is made of them."""
    value = Var(name)
    match key.how:
        case Period(unit, calendar):
            return (Call("toString", (value,)),), _of_period(unit, calendar)
        case OfWidth(slot):
            bounds = _of_width(key)
            return (value, Param(slot)), _of_bounds(bounds)
        case Between(slot):
            least = Case(((Binary(value, ">", ZERO), At(Param(slot), Arithmetic(value, "-", ONE))),))
            shown = _number(key)
            return (value, least, At(Param(slot), value)), _of_bounds(lambda _, low, high: (shown(low), shown(high)))
    return (value,), {"value": None, "label": _text, "from": _nothing, "until": _nothing}


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _nothing(*_: Any) -> None:
    return None


def _of_period(unit: TimeUnit, calendar: Calendar) -> dict[str, Finish | None]:
    def until(first: str) -> str | None:
        after = following(calendar, unit, dt.date.fromisoformat(first))
        return None if after is None else after.isoformat()

    def shown(first: str) -> str:
        return label(calendar, unit, dt.date.fromisoformat(first))

    return {"value": None, "label": shown, "from": None, "until": until}


def _of_bounds(bounds: Callable[..., tuple[str | None, str | None]]) -> dict[str, Finish | None]:
    def shown(*columns: Any) -> str:
        low, high = bounds(*columns)
        return f"{low or ''}..{high or ''}"

    return {
        "value": shown,
        "label": shown,
        "from": lambda *columns: bounds(*columns)[0],
        "until": lambda *columns: bounds(*columns)[1],
    }


def _number(key: Key) -> Callable[[Any], str | None]:
    assert key.field is not None
    digits = scale(key.field)

    def shown(stored: Any) -> str | None:
        if stored is None:
            return None
        return repr(stored) if isinstance(stored, float) else plain(stored, digits)

    return shown


def _of_width(key: Key) -> Callable[..., tuple[str | None, str | None]]:
    shown = _number(key)
    return lambda place, width: (shown(place * width), shown((place + 1) * width))
