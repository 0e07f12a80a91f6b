"""Comparisons of one field into requests: each operator's operand checked and bound to a parameter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from graphql import GraphQLError

from cypher import request, texts
from cypher.compile.properties import first_column, is_text
from gql.plan.given import Given
from gql.plan.slots import RequestTime, Slots
from models import system
from models.fields import kind_of
from models.fields.geo_point import metres, place
from models.fields.kind import LISTING, InvalidValue, Operator, Storage
from models.fields.money import currency_of
from models.fields.text import clean
from models.metamodel import Field
from models.periods import MOST, Period, TimeUnit, bounds_of, days_of, days_of_window, window, zone

Bounds = tuple[dt.date, dt.date]


class Comparisons:
    """Makes conditions on fields; values become parameters in `slots`."""

    def __init__(self, slots: Slots) -> None:
        self.slots = slots

    def of_field(self, field: Field, wanted: Given) -> list[request.Filter]:
        """The comparisons of one field; `eq: null` and `ne: null` ask whether it is missing."""
        return [self._compare(field, name, operand) for name, operand in wanted.items()] if wanted else []

    def _compare(self, field: Field, name: str, operand: Given) -> request.Filter:
        where = f"{field.name}.{name}"
        if name == "currency":
            if not operand:
                raise null_operand(where)
            return request.CurrencyIs(field, self.slots.add(operand, _currencies, where))
        operator = Operator(name)
        if operator is Operator.IS_NULL:
            return request.Missing(field, operand.plain() is not False)
        if not operand:
            if operator in (Operator.EQ, Operator.NE):
                return request.Missing(field, operator is Operator.EQ)
            raise null_operand(where)
        match operator:
            case Operator.BETWEEN:
                return self._between(field, operand)
            case Operator.WITHIN:
                return self._timed(field, Operator.LTE, operand, _window_of(field), where)
            case Operator.DURING:
                return self._timed(field, Operator.LT, operand, _period_of(field), where)
            case Operator.NEAR | Operator.DISTANCE | Operator.IN_BOX:
                placed = self._in_box if operator is Operator.IN_BOX else self._far
                return placed(field, operand, where)
        return request.Compare(field, operator, self._slot(field, operator, operand, where))

    def _slot(self, field: Field, operator: Operator, operand: Given, where: str) -> str:
        if operator is Operator.MATCHES:
            return self.slots.add(operand, _pattern, where)
        one = str if field is system.ID else partial(kind_of(field).to_compare, field, operator=operator)
        if operator in texts.COMPARED and is_text(field):
            return self.slots.add(operand, lambda value: texts.operand(operator, one(value)), where)
        if operator in LISTING:
            return self.slots.add(operand, lambda value: [one(each) for each in listed(value)], where)
        return self.slots.add(operand, one, where)

    def _between(self, field: Field, operand: Given) -> request.Filter:
        ends = dict(operand.items())
        parts = []
        for name, operator in (("from", Operator.GTE), ("to", Operator.LTE)):
            slot = self._slot(field, operator, ends[name], f"{field.name}.between.{name}")
            parts.append(request.Compare(field, operator, slot))
        return request.Every(tuple(parts))

    def point(self, field: Field, given: Given, where: str) -> str:
        """The parameter of a point that a statement measures from."""
        return self.slots.add(given, partial(kind_of(field).to_compare, field), where)

    def _far(self, field: Field, operand: Given, where: str) -> request.Filter:
        """How far a place lies from a point: `near` is at most `within`, `distance` compares in every way."""
        entries = dict(operand.items())
        whence = entries.pop("point", None) or entries.pop("from")
        point = self.point(field, whence, where)
        bounds = {_DISTANCES.get(name) or Operator(name): far for name, far in entries.items()}
        parts = []
        for operator, far in bounds.items():
            if not far:
                raise null_operand(f"{where}.{operator.value}")
            parts.append(request.Distance(field, point, operator, self.slots.add(far, metres, where)))
        return request.Every(tuple(parts))

    def _in_box(self, field: Field, operand: Given, where: str) -> request.Filter:
        box = Given(dict(operand.items()))
        corners = (self.slots.add(box, partial(_corner, name), where) for name in ("southWest", "northEast"))
        return request.InBox(field, *corners)

    def _timed(
        self, field: Field, until: Operator, operand: Given, bounds: Callable[[Any, RequestTime], Bounds], where: str
    ) -> request.Filter:
        """From the first bound on until the second, both told from the moment of the request."""
        first = self.slots.add_timed(operand, lambda value, clock: bounds(value, clock)[0], where)
        last = self.slots.add_timed(operand, lambda value, clock: bounds(value, clock)[1], where)
        return request.Every((request.Compare(field, Operator.GTE, first), request.Compare(field, until, last)))


_DISTANCES = {"within": Operator.LTE}


def _corner(name: str, box: Mapping[str, Any]) -> dict[str, float]:
    south_west, north_east = place(box["southWest"]), place(box["northEast"])
    if south_west.latitude > north_east.latitude:
        raise InvalidValue("bad_box", "southWest lies north of northEast; exchange their latitudes.")
    return (south_west if name == "southWest" else north_east).plain()


def _holds_days(field: Field) -> bool:
    return first_column(field).storage is Storage.DATE


def _window_of(field: Field) -> Callable[[Mapping[str, Any], RequestTime], Bounds]:
    bounds: Callable[..., Bounds] = days_of_window if _holds_days(field) else window

    def made(value: Mapping[str, Any], clock: RequestTime) -> Bounds:
        given = {name: value[name] for name in ("last", "next") if value.get(name) is not None}
        if len(given) != 1:
            raise InvalidValue("bad_window", "give exactly one of last and next: {last: 30, unit: DAY}.")
        ((name, count),) = given.items()
        if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= MOST:
            raise InvalidValue("bad_window", f"{name} must be a whole number from 1 to {MOST:,}.")
        return bounds(-count if name == "last" else count, TimeUnit(value["unit"]), clock.now, clock.time_zone)

    return made


def _period_of(field: Field) -> Callable[[Any, RequestTime], Bounds]:
    def made(value: Any, clock: RequestTime) -> Bounds:
        period = Period(value)
        if _holds_days(field):
            return days_of(period, clock.now.astimezone(zone(clock.time_zone)).date())
        return bounds_of(period, clock.now, clock.time_zone)

    return made


def null_operand(where: str) -> GraphQLError:
    """Refuses a comparison with null."""
    return GraphQLError(f"{where}: null compares with nothing; use isNull.", extensions={"code": "null_operand"})


def listed(value: Any) -> list[Any]:
    """A list, or a single value as a list of one, as GraphQL has it."""
    return value if isinstance(value, list) else [value]


def _currencies(value: Any) -> list[str]:
    return [currency_of(each) for each in listed(value)]


def _pattern(value: Any) -> str:
    """A simple pattern: `*` for any text and `?` for one character, everything else as it stands."""
    text = clean(value, longest=200)
    quoted = "".join(
        ".*" if c == "*" else "." if c == "?" else c if c.isalnum() or c == " " else f"\\{c}" for c in text
    )
    return f"(?is){quoted}"
