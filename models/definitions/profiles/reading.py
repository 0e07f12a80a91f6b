"""From plain data to what a patch says of a type's profile, with everything that is wrong in itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from models import names
from models.definitions.given import Given
from models.definitions.patch import Path, ProfilePatch
from models.errors import Problem
from models.profiles import Better, Happening, Kpi, Leaving, Measure, Offers, Role, Signal, Spread, Unfinished
from models.profiles.profile import CREATED_AT, Values

LONGEST_PATH = 5
MOST_PROFILES = 5_000
MOST_SIGNALS = 50
MOST_VALUES = 200
HEAVIEST = 1e6
LONGEST_DAYS = 36_500
T = TypeVar("T")
Read = Callable[[Any, Path], T | None]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PROFILE = _words("type extends signals leaving since spreads kpis offers view pack")
_SIGNAL = _words("name labels path type role time value sign weight weighBy halfLifeDays inbound outbound where")
_KPI = _words("name labels signal measure days better")
_VIEW = _words("headline sections timeline unfinished")


class ProfileReader(Given):
    """Reads profiles into the problems and places of a whole document."""

    def __init__(self, pack: str, problems: list[Problem], places: dict[Path, Path]) -> None:
        super().__init__()
        self.problems = problems
        self.pack = pack
        self.places = places

    def profiles(self, value: object) -> tuple[ProfilePatch, ...]:
        """The sound profiles of a list."""
        found = [
            self._profile(entry, ("profiles", place))
            for place, entry in self.items(value, MOST_PROFILES, ("profiles",))
        ]
        return tuple(entry for entry in found if entry is not None)

    def _profile(self, value: object, path: Path) -> ProfilePatch | None:
        given = self.entries(value, _PROFILE, path)
        key = "extends" if "extends" in given else "type"
        if "type" in given and "extends" in given:
            self.fault("twice", "Give either type, for a whole profile, or extends, to add to one.", (*path, "type"))
        if self.faults(names.check_type_name(given.get(key)), (*path, key)):
            return None
        name = str(given[key])
        if ("profiles", name) in self.places:
            self.fault("twice", f"The profile of {name} is given twice in this document.", (*path, key))
            return None
        self.places["profiles", name] = path
        return ProfilePatch(name, MappingProxyType(self._parts(given, name, path)), "extends" in given)

    def _parts(self, given: Mapping[str, Any], owner: str, path: Path) -> dict[str, Any]:
        parts: dict[str, Any] = {"pack": self.pack} if self.pack else {}
        if given.get("pack") is not None and not self.faults(names.check_pack_name(given["pack"]), (*path, "pack")):
            parts["pack"] = given["pack"]
        for part, read in (("signals", self._signal), ("kpis", self._kpi)):
            if part in given:
                parts[part] = self._named(given[part], read, ("profiles", owner, part), (*path, part))
        if "spreads" in given:
            parts["spreads"] = self._spreads(given["spreads"], owner, (*path, "spreads"))
        if "leaving" in given:
            parts["leaving"] = self._maybe(given["leaving"], self._leaving, (*path, "leaving"))
        if "since" in given:
            parts["since"] = self._maybe(given["since"], self._field, (*path, "since"))
        if "offers" in given:
            parts["offers"] = self._maybe(given["offers"], self._offers, (*path, "offers"))
        if "view" in given:
            parts["view"] = self._view(given["view"], (*path, "view"))
        return parts

    def _named(self, value: object, read: Read[Any], where: Path, path: Path) -> tuple[Any, ...]:
        """A list of things with names, each name once; their places are noted."""
        found: dict[str, Any] = {}
        for place, entry in self.items(value, MOST_SIGNALS, path):
            one = read(entry, (*path, place))
            if one is None:
                continue
            if one.name in found:
                self.fault("twice", f"The name {one.name} is given twice; give each its own.", (*path, place, "name"))
            found[one.name] = one
            self.places[(*where, one.name)] = (*path, place)
        return tuple(found.values())

    def _maybe(self, value: object, read: Read[T], path: Path) -> T | None:
        return None if value is None else read(value, path)

    # signals

    def _signal(self, value: object, path: Path) -> Signal | None:
        before = len(self.problems)
        given = self.entries(value, _SIGNAL, path)
        self.faults(names.check_part_name(given.get("name"), "signal", "orders"), (*path, "name"))
        steps = self._path(given.get("path"), (*path, "path"))
        kind = self._maybe(given.get("type"), self._type, (*path, "type"))
        role = self.word(given.get("role"), tuple(Role), (*path, "role"))
        time = self._maybe(given.get("time"), self._time, (*path, "time"))
        worth = self._maybe(given.get("value"), self._field, (*path, "value"))
        weight = self._number(given.get("weight", 1), (*path, "weight"), most=HEAVIEST)
        half_life = self._number(given.get("halfLifeDays", 90), (*path, "halfLifeDays"), most=LONGEST_DAYS, above=True)
        sign = self._sign(given.get("sign", 1), (*path, "sign"))
        labels = self.labels(given.get("labels"), (*path, "labels"))
        weigh_by = self._maybe(given.get("weighBy"), self._weigh_by, (*path, "weighBy"))
        ways = {way: self._maybe(given.get(way), self._match, (*path, way)) for way in ("inbound", "outbound")}
        where = self._where(given.get("where"), (*path, "where"))
        if len(self.problems) > before:
            return None
        return Signal(
            given["name"], steps, kind or "", Role(role or ""), time or CREATED_AT, labels, worth, sign, weight,
            weigh_by, half_life, ways["inbound"], ways["outbound"], where,
        )  # fmt: skip

    def _sign(self, value: object, path: Path) -> int:
        if isinstance(value, bool) or value not in (1, -1):
            self.fault("bad_sign", f"Give 1, or -1 for what counts against; not {_told(value)}.", path)
            return 1
        return int(str(value))

    def _weigh_by(self, value: object, path: Path) -> tuple[str, Mapping[str, float]] | None:
        given = self.entries(value, _words("field weights"), path)
        field = self._field(given.get("field"), (*path, "field"))
        weights: dict[str, float] = {}
        for place, entry in self.items(given.get("weights"), MOST_VALUES, (*path, "weights")):
            at = (*path, "weights", place)
            pair = self.entries(entry, _words("value weight"), at)
            choice = self._value(pair.get("value"), (*at, "value"))
            if choice in weights:
                self.fault("twice", f"{choice} is weighed twice.", (*at, "value"))
            weights[str(choice)] = self._number(pair.get("weight"), (*at, "weight"), most=HEAVIEST)
        if not weights:
            self.fault("nothing_weighed", "List at least one choice with its weight.", (*path, "weights"))
        return (field, MappingProxyType(weights)) if field else None

    def _where(self, value: object, path: Path) -> Mapping[str, Values]:
        found: dict[str, Values] = {}
        for place, entry in self.items(value, 10, path):
            match = self._match(entry, (*path, place))
            if match is None:
                continue
            if match[0] in found:
                self.fault(
                    "twice", f"{match[0]} is asked for twice; list all its values once.", (*path, place, "field")
                )
            found[match[0]] = match[1]
        return MappingProxyType(found)

    def _match(self, value: object, path: Path) -> tuple[str, Values] | None:
        given = self.entries(value, _words("field values"), path)
        field = self._field(given.get("field"), (*path, "field"))
        values = self._values(given.get("values"), (*path, "values"))
        return (field, values) if field and values else None

    # the rest of a profile

    def _leaving(self, value: object, path: Path) -> Leaving | None:
        given = self.entries(value, _words("field values"), path)
        field = self._field(given.get("field"), (*path, "field"))
        values = self._values(given["values"], (*path, "values")) if given.get("values") else ()
        return Leaving(field, values) if field else None

    def _spreads(self, value: object, owner: str, path: Path) -> tuple[Spread, ...]:
        found: dict[str, Spread] = {}
        for place, entry in self.items(value, MOST_SIGNALS, path):
            at = (*path, place)
            given = self.entries(entry, _words("path factor"), at)
            steps = self._path(given.get("path"), (*at, "path"))
            factor = self._number(given.get("factor"), (*at, "factor"), most=1, above=True)
            dotted = ".".join(steps)
            if dotted in found:
                self.fault("twice", f"Risk comes along {dotted} already; give each path once.", (*at, "path"))
            found[dotted] = Spread(steps, factor)
            self.places["profiles", owner, "spreads", dotted] = at
        return tuple(spread for spread in found.values() if spread.path)

    def _kpi(self, value: object, path: Path) -> Kpi | None:
        before = len(self.problems)
        given = self.entries(value, _KPI, path)
        self.faults(names.check_part_name(given.get("name"), "figure", "revenueYear"), (*path, "name"))
        self.faults(names.check_part_name(given.get("signal"), "signal", "orders"), (*path, "signal"))
        measure = self.word(given.get("measure"), tuple(Measure), (*path, "measure"))
        better = self.word(given.get("better", "more"), tuple(Better), (*path, "better"))
        days = given.get("days", 365)
        if isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= LONGEST_DAYS:
            self.fault("bad_days", f"Give whole days, 1 to {LONGEST_DAYS}; not {_told(days)}.", (*path, "days"))
        labels = self.labels(given.get("labels"), (*path, "labels"))
        if len(self.problems) > before:
            return None
        return Kpi(given["name"], given["signal"], Measure(measure or ""), days, Better(better or ""), labels)

    def _offers(self, value: object, path: Path) -> Offers | None:
        given = self.entries(value, _words("path"), path)
        steps = self._path(given.get("path"), (*path, "path"))
        return Offers(steps) if steps else None

    def _view(self, value: object, path: Path) -> Mapping[str, Any]:
        given = self.entries(value, _VIEW, path) if value is not None else {}
        view: dict[str, Any] = {}
        for part in ("headline", "sections"):
            if part in given:
                view[part] = self.names(given[part], names.check_field_name, 500, (*path, part))
        for part, read in (("timeline", self._happening), ("unfinished", self._unfinished)):
            if part in given:
                entries = self.items(given[part], MOST_SIGNALS, (*path, part))
                view[part] = _sound(read(entry, (*path, part, place)) for place, entry in entries)
        return MappingProxyType(view)

    def _happening(self, value: object, path: Path) -> Happening | None:
        given = self.entries(value, _words("path type time"), path)
        steps = self._path(given.get("path"), (*path, "path"))
        kind = self._maybe(given.get("type"), self._type, (*path, "type"))
        time = self._maybe(given.get("time"), self._time, (*path, "time"))
        return Happening(steps, kind or "", time or CREATED_AT) if steps else None

    def _unfinished(self, value: object, path: Path) -> Unfinished | None:
        given = self.entries(value, _words("path type field values due"), path)
        steps = self._path(given.get("path"), (*path, "path"))
        kind = self._maybe(given.get("type"), self._type, (*path, "type"))
        match = self._match({name: given[name] for name in ("field", "values") if name in given}, path)
        due = self._maybe(given.get("due"), self._field, (*path, "due"))
        return Unfinished(steps, kind or "", *match, due) if steps and match else None

    # small things

    def _path(self, value: object, path: Path) -> tuple[str, ...]:
        steps = []
        for place, name in self.items(value, LONGEST_PATH, path):
            if not self.faults(names.check_field_name(name), (*path, place)):
                steps.append(str(name))
        if not value:
            self.fault("no_path", "Give the relations that lead there, in a list: [orders], say.", path)
        return tuple(steps)

    def _type(self, value: object, path: Path) -> str | None:
        return None if self.faults(names.check_type_name(value), path) else str(value)

    def _field(self, value: object, path: Path) -> str | None:
        return None if self.faults(names.check_field_name(value), path) else str(value)

    def _time(self, value: object, path: Path) -> str | None:
        return CREATED_AT if value == CREATED_AT else self._field(value, path)

    def _values(self, value: object, path: Path) -> Values:
        found = [self._value(entry, (*path, place)) for place, entry in self.items(value, MOST_VALUES, path)]
        if not found:
            self.fault("no_values", "List at least one value.", path)
        return tuple(dict.fromkeys(entry for entry in found if entry is not None))

    def _value(self, value: object, path: Path) -> str | bool | None:
        if isinstance(value, bool) or (isinstance(value, str) and 0 < len(value) <= 100):
            return value
        self.fault("wrong_type", f"Give a choice as text, or true or false; not {names.shown(value)}.", path)
        return None

    def _number(self, value: object, path: Path, *, most: float, above: bool = False) -> float:
        number = value if isinstance(value, (int, float)) and not isinstance(value, bool) else -1
        if number <= most and (number > 0 or (number == 0 and not above)):  # neither holds for NaN
            return float(number)
        low = "above 0" if above else "from 0"
        self.fault("bad_number", f"Give a number {low} up to {most:g}, not {_told(value)}.", path)
        return 1.0


def _sound(found: Iterable[T | None]) -> tuple[T, ...]:
    return tuple(one for one in found if one is not None)


def _told(value: object) -> str:
    if isinstance(value, int) and value.bit_length() > 100:
        return "one with so many digits"
    return str(value) if isinstance(value, (int, float)) else names.shown(value)
