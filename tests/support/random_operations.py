"""Random reading operations over the small worlds: every argument, fragments, aliases, directives, variables."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_required_input_field,
)
from hypothesis import strategies as st
from small_worlds import CHOICES, MODEL, PLACES, TEXTS

from models.expressions import printed

Draw = Callable[[st.SearchStrategy[Any]], Any]
IDS = [f"{number:03}-{number % 9}" for number in range(0, 999, 111)]
VALUES = {
    "String": st.sampled_from([*TEXTS, "a", "x_", *(each["value"] for each in CHOICES["choices"]), "EUR"]),
    "Int": st.sampled_from([-1, 0, 1, 2, 7]),
    "BigInt": st.sampled_from([0, 1, 2**53 + 1, str(2**63 - 1), str(-(2**63))]),
    "Decimal": st.sampled_from(["0", "0.1", "-0.3", "12345678.90", "9999999999999999.99", "999999999.01"]),
    "Float": st.sampled_from([-0.25, 0, 0.125, 0.5, 1, 3.75]),
    "Boolean": st.booleans(),
    "Date": st.sampled_from(["1999-01-02", "2020-02-01"]),
    "DateTime": st.sampled_from(["2000-01-01T01:30:01Z", "2000-01-02T05:00:59+03:30"]),
    "ReachSteps": st.integers(1, 3),
    "OrderDirection": st.sampled_from(["ASC", "DESC"]),
}
DEGREES = [place.plain() for place in PLACES]
METRES = st.sampled_from([0, 2_100, 5_000.5, 1_800_000, 16_200_000])
MOMENTS = st.sampled_from(
    [
        None,
        *(
            f"2000-01-{day:02}T{hour}:00:00{zone}"
            for day in range(1, 14)
            for hour, zone in (("01", "Z"), ("20", "+03:30"))
        ),
    ]
)
ELSEWHERE = frozenset({"search", "_service"})  # answered from an index that no small world has, or from the schema
_OF_MOMENTS = ("MINUTE", "HOUR")  # in which no days are counted
_LISTED = ("ChoiceOperators", "MultiChoiceOperators", "MoneyOperators")
CHOSEN = st.sampled_from([each["value"] for each in CHOICES["choices"]])
CURRENCIES = st.sampled_from(["EUR", "USD", "IRR"])
_PLACED = ("GeoNear", "GeoDistance", "GeoBox")
PATTERNS = st.sampled_from(["*", "a*", "З*", "АН??", "?", "*o*", "x_y%*", "\\*"])


class Word(str):
    """A word of an enumeration, written without quotes."""

    __slots__ = ()


class Writer:
    """Writes one operation."""

    def __init__(self, draw: Draw, schema: GraphQLSchema, ids: list[str], *, defers: bool = False) -> None:
        self.draw, self.schema, self.defers = draw, schema, defers
        self.ids = st.sampled_from([*ids, *IDS])
        self.variables: dict[str, Any] = {}
        self.declared: list[str] = []
        self.fragments: list[str] = []
        self._numbers = 0

    def operation(self, depth: int = 5) -> str:
        """The text, of objects inside each other up to a depth; its variables are gathered on the way."""
        root = self.schema.query_type
        assert root is not None
        body = self.selections(root, depth, set())
        head = f"query Q({', '.join(self.declared)})" if self.declared else "query Q"
        return " ".join([head, body, *self.fragments])

    def grouping(self) -> str:
        """The text of an operation that puts the rows of a list into groups, alone or along a relation."""
        root = self.schema.query_type
        assert root is not None
        name = self.draw(st.sampled_from([kind.many for kind in MODEL.types.values()]))
        connection = get_named_type(root.fields[name].type)
        record, path = get_named_type(connection.fields["nodes"].type), ""
        sides = [each for each, field in record.fields.items() if "orderBy" in field.args]
        if self._maybe(40):
            path = self.draw(st.sampled_from(sides))
            connection = get_named_type(record.fields[path].type)
        field = connection.fields["grouped"]
        row = get_named_type(get_named_type(field.type).fields["rows"].type)
        rows = self.selections(row, 2, {"keys", "count"})
        keys = "keys { name value label from until }"
        arguments = self._arguments(connection, "grouped", field)
        grouped = f"{{ grouped{arguments} {{ totalCount rows {{ {keys} count {rows[1:-1]} }} }} }}"
        inner = f"{{ nodes {{ {path} {grouped} }} }}" if path else grouped
        head = f"query Q({', '.join(self.declared)})" if self.declared else "query Q"
        return " ".join([f"{head} {{ {name} {inner} }}", *self.fragments])

    def _maybe(self, percent: int) -> bool:
        return bool(self.draw(st.integers(0, 99)) < percent)

    def _fresh(self, prefix: str) -> str:
        self._numbers += 1
        return f"{prefix}{self._numbers}"

    # what is asked for

    def selections(self, of: Any, depth: int, used: set[str]) -> str:
        """A selection set on a type; `used` are the response keys that are taken in the same object."""
        parts = [self._field(of, depth, used) for _ in range(self.draw(st.integers(1, 3)))]
        if self._maybe(20):
            parts.append(self._typename(used))
        if self._maybe(70 if self.defers else 25) and depth > 0:
            parts.insert(self.draw(st.integers(0, len(parts))), self._fragment(of, depth, used))
        return "{ " + " ".join(parts) + " }"

    def _typename(self, used: set[str]) -> str:
        used.add("__typename")
        return "__typename"

    def _fragment(self, of: Any, depth: int, used: set[str]) -> str:
        targets = [of]
        if isinstance(of, GraphQLInterfaceType):
            targets = [of, *self.schema.get_possible_types(of)]
        elif len(of.interfaces) > 0:
            targets = [of, *of.interfaces]
        target = self.draw(st.sampled_from(targets))
        body = self.selections(target, depth - 1, used)
        if self._maybe(50):
            name = self._fresh("F")
            self.fragments.append(f"fragment {name} on {target.name} {body}")
            return f"...{name}{self._directive()}{self._deferral()}"
        condition = "" if target is of and self._maybe(30) else f" on {target.name}"
        return f"...{condition}{self._directive()}{self._deferral()} {body}"

    def _deferral(self) -> str:
        if not self.defers or self._maybe(10):
            return ""
        given = [f"if: {self._given('Boolean!', self._maybe(80))}"] if self._maybe(30) else []
        given += [f'label: "{self._fresh("d")}"'] if self._maybe(50) else []
        return f" @defer({', '.join(given)})" if given else " @defer"

    def _directive(self) -> str:
        if not self._maybe(15):
            return ""
        name, value = self.draw(st.sampled_from(["skip", "include"])), self.draw(st.booleans())
        return f" @{name}(if: {self._given('Boolean!', value)})"

    def _field(self, of: Any, depth: int, used: set[str]) -> str:
        names = [
            name
            for name, field in of.fields.items()
            if name not in ELSEWHERE and (depth > 0 or not is_composite_type(get_named_type(field.type)))
        ]
        if not names:
            return self._typename(used)
        name = self.draw(st.sampled_from(names))
        field = of.fields[name]
        key = name
        if name in used or self._maybe(20):
            key = self._fresh("a")
        used.add(key)
        head = f"{key}: {name}" if key != name else name
        head += self._arguments(of, name, field)
        inner = get_named_type(field.type)
        if isinstance(inner, GraphQLUnionType):
            record = self.schema.type_map["Record"]
            return f"{head} {{ __typename ... on Record {self.selections(record, depth - 1, set())} }}"
        if not isinstance(inner, GraphQLObjectType | GraphQLInterfaceType):
            return head + self._directive()
        below: set[str] = set()
        text = f"{head}{self._directive()} {self.selections(inner, depth - 1, below)}"
        if self._maybe(10):
            text += f" {head} {self.selections(inner, depth - 1, below)}"
        return text

    # arguments

    def _arguments(self, of: Any, name: str, field: Any) -> str:  # noqa: C901  # one case for each argument
        given = [f"representations: {self._representations()}"] if "representations" in field.args else []
        if "id" in field.args:
            given.append(f"id: {self._given('ID!', self.draw(self.ids))}")
        if "ids" in field.args:
            given.append(f"ids: {self._given('[ID!]!', self.draw(st.lists(self.ids, max_size=4)))}")
        if "where" in field.args and self._maybe(60):
            given.append(f"where: {self._value('where', field.args['where'].type, 4)}")
        if "by" in field.args:
            given += self._grouping(field)
        if "from" in field.args:
            given.append(f"from: {self._given('GeoPointInput!', self.draw(st.sampled_from(DEGREES)))}")
        if "p" in field.args:
            given.append(f"p: {self._given('Float!', self.draw(st.sampled_from([0, 0.25, 0.9, 0.333333, 1])))}")
        if "whereText" in field.args and self._maybe(20):
            given.append(f"whereText: {self._given('FilterText', self._text(of, name, field))}")
        if "orderBy" in field.args and self._maybe(60):
            given.append(f"orderBy: {self._order(field.args['orderBy'].type)}")
        if "first" in field.args and self._maybe(50):
            way = self.draw(st.sampled_from([each for each in ("first", "last") if each in field.args]))
            given.append(f"{way}: {self._given('Int', self.draw(st.integers(0, 6)))}")
        if "skip" in field.args and self._maybe(25):
            given.append(f"skip: {self._given('Int', self.draw(st.integers(0, 5)))}")
        clocks = [clock for clock in ("asOf", "knownAt") if clock in field.args and self._maybe(15)]
        given += [f"{clock}: {self._given('DateTime', self.draw(MOMENTS))}" for clock in clocks]
        if "language" in field.args and self._maybe(50):
            given.append(f"language: {self._given('String', self.draw(st.sampled_from(['en', 'ru', 'fa', 'de'])))}")
        return f"({', '.join(given)})" if given else ""

    def _grouping(self, field: Any) -> list[str]:
        """The arguments of `grouped`, but for its order and how many."""
        by = [self._group_key(get_named_type(field.args["by"].type), 3) for _ in range(self.draw(st.integers(1, 3)))]
        given = [f"by: {self._given(str(field.args['by'].type), by)}"]
        if self._maybe(50):
            having = field.args["having"].type
            given.append(f"having: {self._given(str(having), without_nulls(self._plain('having', having, 3)))}")
        if self._maybe(40):
            zone = self.draw(st.sampled_from(["UTC", "Asia/Tehran", "America/New_York", "Pacific/Auckland"]))
            given.append(f"timeZone: {self._given('String', zone)}")
        if self._maybe(40):
            calendar = Word(self.draw(st.sampled_from(["ISO", "PERSIAN"])))
            given.append(f"calendar: {self._given('ReportCalendar', calendar)}")
        return given

    def _group_key(self, of: Any, depth: int) -> Any:
        if of.name == "NumberGroups":
            numbers = [{"width": self.draw(st.sampled_from(["1", "3"]))}, {"bounds": ["-1"]}, {"bounds": ["0", "7"]}]
            return self.draw(st.sampled_from(numbers))
        if isinstance(of, GraphQLEnumType):
            return Word(self.draw(st.sampled_from([*of.values])))
        entries = {name: get_named_type(field.type) for name, field in of.fields.items()}
        names = [name for name, inner in entries.items() if depth > 0 or not _leads_on(inner)]
        name = self.draw(st.sampled_from(names))
        return {name: self._group_key(entries[name], depth - 1)}

    def _text(self, of: Any, name: str, field: Any) -> str:
        """A filter in the expression language."""
        where = self._plain("where", field.args["where"].type, 3)
        if name in MODEL.by_root_field:
            return printed(where, MODEL, MODEL.by_root_field[name])
        return printed(where, MODEL, MODEL.types[of.name], MODEL.sides[of.name][name])

    def _representations(self) -> str:
        types, most = st.sampled_from([*MODEL.types]), self.draw(st.integers(0, 3))
        return self._given(
            "[_Any!]!", [{"__typename": self.draw(types), "id": self.draw(self.ids)} for _ in range(most)]
        )

    def _order(self, of: Any) -> str:
        inner = get_named_type(of)
        keys = [self._key(inner) for _ in range(self.draw(st.integers(0, 2)))]
        return self._given(str(of), keys)

    def _key(self, of: Any) -> dict[str, Any]:
        names = [name for name in of.fields if name != "mark" and not re.match("key[2-9]$", name)]
        name = self.draw(st.sampled_from(names))
        inner = get_named_type(of.fields[name].type)
        if inner.name == "GeoOrder":
            way = Word(self.draw(VALUES["OrderDirection"]))
            return {name: {"from": self.draw(st.sampled_from(DEGREES)), "direction": way}}
        if isinstance(inner, GraphQLInputObjectType):
            return {name: self._key(inner)}
        return {name: Word(self.draw(VALUES["OrderDirection"]))}

    def _value(self, name: str, of: Any, depth: int) -> str:
        return self._given(str(of), self._plain(name, of, depth))

    def _plain(self, name: str, of: Any, depth: int) -> Any:
        """A value of an input type."""
        of = get_nullable_type(of)
        if str(of) in _LISTED:
            return self._of_choices(of, depth)
        if str(of) in _PLACED:
            return self._placed(str(of))
        if isinstance(of, GraphQLList):
            most = 2 if isinstance(get_named_type(of), GraphQLInputObjectType) else 3
            least = 1 if name == "via" else 0
            return [self._plain(name, of.of_type, depth - 1) for _ in range(self.draw(st.integers(least, most)))]
        if isinstance(of, GraphQLInputObjectType):
            return self._compared(of, depth)
        if isinstance(of, GraphQLEnumType):
            return Word(self.draw(st.sampled_from([each for each in of.values if each not in _OF_MOMENTS])))
        if name == "type":
            return self.draw(st.sampled_from([*MODEL.types]))
        if name in ("eq", "ne") and self._maybe(15):
            return None
        if name in ("last", "next"):
            return self.draw(st.sampled_from([1, 7, 100]))
        if of.name == "ID":
            return self.draw(self.ids)
        return self.draw(PATTERNS if name == "matches" else VALUES[of.name])

    def _compared(self, of: GraphQLInputObjectType, depth: int) -> dict[str, Any]:
        """Some entries of an input object, and those it needs."""
        names = [
            each
            for each, field in of.fields.items()
            if each != "inSegment" and (depth > 0 or not isinstance(get_named_type(field.type), GraphQLInputObjectType))
        ]
        chosen = self.draw(st.lists(st.sampled_from(names), max_size=2, unique=True)) if names else []
        if of.name == "RelativeTime":
            chosen = [self.draw(st.sampled_from(["last", "next"]))]
        needed = [each for each, field in of.fields.items() if is_required_input_field(field) and each not in chosen]
        return {each: self._plain(each, of.fields[each].type, depth - 1) for each in [*needed, *chosen]}

    def _of_choices(self, of: GraphQLInputObjectType, depth: int) -> dict[str, Any]:
        """Comparisons with choices that there are, or with currencies."""
        made = self._compared(of, depth)
        words = CURRENCIES if of.name == "MoneyOperators" else CHOSEN
        for name, value in made.items():
            if isinstance(value, list) and (words is CHOSEN or name == "currency"):
                made[name] = [self.draw(words) for _ in value]
            elif isinstance(value, str) and words is CHOSEN:
                made[name] = self.draw(words)
        return made

    def _placed(self, of: str) -> dict[str, Any]:
        """Places and distances near those there are, so that some lie within and some beyond."""
        place, far = self.draw(st.sampled_from(DEGREES)), self.draw(METRES)
        if of == "GeoNear":
            return {"point": place, "within": far}
        if of == "GeoDistance":
            return {"from": place, self.draw(st.sampled_from(["lt", "lte", "gt", "gte"])): far}
        west, east = (self.draw(st.sampled_from([-172, 0, 28, 179])) for _ in range(2))
        north = self.draw(st.sampled_from([-15, 42, 60]))
        corners = {"latitude": -40, "longitude": west}, {"latitude": north, "longitude": east}
        return dict(zip(("southWest", "northEast"), corners, strict=True))

    def _given(self, of: str, value: Any) -> str:
        """A value as a literal, as a variable, or as a literal with variables inside."""
        if self._maybe(40):
            name = self._fresh("v")
            self.declared.append(f"${name}: {of}")
            self.variables[name] = value
            return f"${name}"
        return literal(value)


def _leads_on(of: Any) -> bool:
    """Whether an entry of a group key leads over a relation: its type has a record's end and a link's."""
    return isinstance(of, GraphQLInputObjectType) and of.fields.keys() == {"node", "link"}


def without_nulls(value: Any) -> Any:
    """The same with all that is null left out."""
    if isinstance(value, dict):
        return {key: without_nulls(inner) for key, inner in value.items() if inner is not None}
    return [without_nulls(inner) for inner in value] if isinstance(value, list) else value


def literal(value: Any, key: str = "") -> str:
    """A value as GraphQL text."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {literal(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(literal, value)) + "]"
    if isinstance(value, Word):
        return str(value)
    return json.dumps(value)
