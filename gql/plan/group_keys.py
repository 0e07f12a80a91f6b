"""The keys of groups into requests: where each lies, and which of its values make one group."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from graphql import GraphQLError

from cypher.compile.properties import first_column
from cypher.request import groupings
from gql.plan.given import Given
from gql.plan.slots import RequestTime, Slots
from gql.typed.groups import MOST_KEYS, link_keys
from models import calendars, scores, system
from models.calendars import Calendar
from models.fields import kind_of
from models.fields.kind import InvalidValue, Operator, Storage
from models.metamodel import EntityType, Field, Metamodel, Side
from models.periods import TimeUnit, zone
from models.scores import INSIGHTS

MOST_STEPS, MOST_BOUNDS = 5, 100
_NUMBERS = (Storage.INTEGER, Storage.FLOAT)
Path = tuple[Side, ...]
_ONE_KEY = "by: give exactly one field in each key: [{stage: VALUE}, {closeOn: MONTH}]."


class KeyReader:
    """Reads the keys of groups."""

    def __init__(self, slots: Slots, model: Metamodel, given: Mapping[str, Given]) -> None:
        self.slots, self.model = slots, model
        self._given_zone = given.get("timeZone") or Given(None)
        calendar = given.get("calendar")
        self._calendar = Calendar(calendar.plain()) if calendar else Calendar.ISO
        self._zone_slot = ""

    def keys(self, wanted: Given, kind: EntityType | None, side: Side | None) -> tuple[groupings.Key, ...]:
        """All keys of the rows of a type, or of those along a relation."""
        listed = list(wanted.each())
        if not 1 <= len(listed) <= MOST_KEYS:
            raise bad("bad_group_key", f"by: give 1 to {MOST_KEYS} keys, not {len(listed)}.")
        if side is not None:
            return tuple(self._along(side, each, (), ()) for each in listed)
        assert kind is not None
        return tuple(self._of(kind, each, (), ()) for each in listed)

    def _along(self, side: Side, wanted: Given, path: Path, names: tuple[str, ...]) -> groupings.Key:
        end, value = only(wanted, _ONE_KEY)
        if end == "link":
            name, how = only(value, _ONE_KEY)
            field = link_keys(side)[name]
            return self._key((*names, "link", name), path, field, how, of_link=True)
        kind = self.model.types[side.far.types[0]] if len(side.far.types) == 1 else None
        return self._of(kind, value, path, names)

    def _of(self, kind: EntityType | None, wanted: Given, path: Path, names: tuple[str, ...]) -> groupings.Key:
        name, value = only(wanted, _ONE_KEY)
        if name == INSIGHTS:
            engine, inner = only(value, _ONE_KEY)
            score, how = only(inner, _ONE_KEY)
            return self._key((*names, name, engine, score), path, scores.fields(engine)[score], how)
        own = kind.fields if kind else {}
        field = own.get(name) or system.OF_RECORDS.get(name)
        if field is not None:
            return self._key((*names, name), path, field, value)
        if kind is None:
            return groupings.Key(".".join((*names, name)), path, None, False, groupings.Each())
        if len(path) == MOST_STEPS:
            raise bad("bad_group_key", f"by: a key leads over at most {MOST_STEPS} relations.")
        side = self.model.sides[kind.name][name]
        return self._along(side, value, (*path, side), (*names, name))

    def _key(
        self, names: tuple[str, ...], path: Path, field: Field, how: Given, *, of_link: bool = False
    ) -> groupings.Key:
        name = ".".join(names)
        return groupings.Key(name, path, field, of_link, self._how(field, how, f"by.{name}"))

    def _how(self, field: Field, how: Given, where: str) -> groupings.How:
        storage = first_column(field).storage
        if storage in (Storage.DATE, Storage.DATETIME):
            return self._period(TimeUnit(how.plain()), moment=storage is Storage.DATETIME)
        if storage in _NUMBERS and isinstance(how.value, dict):
            name, value = only(how, f"{where}: give exactly one of width and bounds.")
            if name == "width":
                return groupings.OfWidth(self.slots.add(value, _width(field), f"{where}.width"))
            return groupings.Between(self.slots.add(value, _bounds(field), f"{where}.bounds"))
        return groupings.Each()

    def _period(self, unit: TimeUnit, *, moment: bool) -> groupings.Period:
        if self._calendar is Calendar.ISO or unit is TimeUnit.DAY:
            tables: tuple[str, ...] = (self.slots.add(Given(unit.value.lower()), str, "by"),)
        elif unit is TimeUnit.WEEK:
            tables = ()
        else:
            made = (calendars.nowruz(), calendars.lately(), calendars.days_back(unit))
            tables = tuple(self.slots.add(Given(table), list, "by") for table in made)
        return groupings.Period(unit, self._calendar, tables, self._zone() if moment else None)

    def _zone(self) -> str:
        """The parameter of the time zone: the one given, or that of the reader."""
        if not self._zone_slot:
            add = self.slots.add_timed
            self._zone_slot = add(self._given_zone, _zone_name, "grouped.timeZone")
        return self._zone_slot


def bad(code: str, message: str) -> GraphQLError:
    """The refusal of an argument."""
    return GraphQLError(message, extensions={"code": code})


def only(wanted: Given, advice: str, code: str = "bad_group_key") -> tuple[str, Given]:
    """The one entry of an object. Raises GraphQLError when there is none, or another."""
    entries = [(name, value) for name, value in wanted.items() if value]
    if len(entries) != 1:
        raise bad(code, advice)
    return entries[0]


def _zone_name(value: Any, clock: RequestTime) -> str:
    return zone(clock.time_zone if value is None else value).key


def _width(field: Field) -> Callable[[Any], Any]:
    def convert(value: Any) -> Any:
        low, high = (kind_of(field).to_compare(field, value, operator=each) for each in (Operator.LTE, Operator.GTE))
        if low != high or low <= 0:
            raise InvalidValue("bad_width", "give a width above 0, with no more digits after the point than the field.")
        return low

    return convert


def _bounds(field: Field) -> Callable[[Any], list[Any]]:
    def convert(value: Any) -> list[Any]:
        given = value if isinstance(value, list) else [value]
        if not 1 <= len(given) <= MOST_BOUNDS:
            raise InvalidValue("bad_bounds", f"give 1 to {MOST_BOUNDS} bounds, not {len(given)}.")
        made = [kind_of(field).to_compare(field, each, operator=Operator.GTE) for each in given]
        if any(one >= other for one, other in pairwise(made)):
            raise InvalidValue("bad_bounds", "give the bounds from the least to the greatest, each once.")
        return made

    return convert
