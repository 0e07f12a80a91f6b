"""From cells to the value of one field: a column, a template, a join, a constant, a computation or a sum, and its steps."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from exchange.expressions import Computed, Expression, plain
from exchange.persian import is_persian, persian_moment
from models.fields.kind import InvalidValue

Cells = Sequence[str]
Evaluated = Callable[[Cells], Any]  # text to parse, another value to coerce, or None for nothing
_PART = re.compile(r"\{\{|\}\}|\{([^{}]+)\}|[^{}]+")


class BadTemplate(ValueError):
    """A template with a lone brace."""


@dataclass(frozen=True, slots=True)
class Keep:
    """What a map does not name stays as it is."""


@dataclass(frozen=True, slots=True)
class Refuse:
    """What a map does not name rejects the row."""


@dataclass(frozen=True, slots=True)
class Instead:
    """What a map does not name becomes this value, or nothing."""

    value: Any


Other = Keep | Refuse | Instead


@dataclass(frozen=True, slots=True)
class Steps:
    """What is done with a text, in this order: replace, extract, map, date."""

    replace: tuple[tuple[str, str], ...] = ()
    extract: re.Pattern[str] | None = None
    map: Mapping[str, Any] | None = None
    other: Other = field(default_factory=Refuse)
    report: bool = False
    date: str | None = None


NO_STEPS = Steps()


@dataclass(frozen=True, slots=True)
class Column:
    """The text of a column, without blanks around it."""

    name: str
    steps: Steps = NO_STEPS

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.name,)


@dataclass(frozen=True, slots=True)
class Constant:
    """The same value in every row."""

    value: Any

    @property
    def columns(self) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class Template:
    """Texts and columns in a row; nothing as soon as one of the columns is empty."""

    parts: tuple[str | tuple[str], ...]
    steps: Steps = NO_STEPS

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(part[0] for part in self.parts if isinstance(part, tuple))


@dataclass(frozen=True, slots=True)
class Join:
    """The columns that are not empty, with a text between them."""

    names: tuple[str, ...]
    between: str
    steps: Steps = NO_STEPS

    @property
    def columns(self) -> tuple[str, ...]:
        return self.names


@dataclass(frozen=True, slots=True)
class Compute:
    """A number computed from the columns of the row."""

    expression: Expression
    digits: int | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        return self.expression.columns


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum, over the rows of another source whose `there` equals this row's `here`, of an expression."""

    source: str
    here: str
    there: str
    expression: Expression
    digits: int | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.here,)


Value = Column | Constant | Template | Join | Compute | Sum
Sums = Mapping[Sum, Mapping[str, Any]]
NO_SUMS: Sums = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Mend:
    """A value that a map with `report` changed: in which source and field, from what to what."""

    source: str
    field: str
    given: str
    became: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value is evaluated: the positions of the columns, the texts that mean nothing, and who is told of mends."""

    source: str
    columns: Mapping[str, int]
    nulls: frozenset[str]
    mended: Counter[Mend]
    sums: Sums = field(default_factory=lambda: NO_SUMS)


def template_parts(text: str) -> tuple[str | tuple[str], ...]:
    """The parts of "{a} · {b}": texts, and columns as one-tuples. Raises BadTemplate."""
    parts: list[str | tuple[str]] = []
    end = 0
    for found in _PART.finditer(text):
        if found.start() != end:
            break
        end = found.end()
        parts.append((found[1].strip(),) if found[1] else found[0].replace("{{", "{").replace("}}", "}"))
    if end != len(text):
        raise BadTemplate(f"A lone brace at character {end + 1}; write braces twice to show them.")
    return tuple(parts)


def bind(value: Value, name: str, place: Place) -> Evaluated:
    """What evaluates a value for the rows of one table; `name` is the field it is for. It raises InvalidValue."""
    match value:
        case Constant(constant):
            return lambda cells: constant
        case Column(column, steps):
            return _stepped(_column(place.columns[column]), steps, name, place)
        case Template(parts, steps):
            return _stepped(_template(parts, place), steps, name, place)
        case Join(names, between, steps):
            return _stepped(_join([place.columns[each] for each in names], between, place.nulls), steps, name, place)
        case Compute(expression, digits):
            return _computed(expression.bind(place.columns, place.nulls), digits)
        case Sum():
            return _summed(value, place)


def _column(at: int) -> Evaluated:
    return lambda cells: cells[at].strip()


def _template(parts: tuple[str | tuple[str], ...], place: Place) -> Evaluated:
    nulls = place.nulls
    pieces = [(part, -1) if isinstance(part, str) else ("", place.columns[part[0]]) for part in parts]

    def evaluate(cells: Cells) -> str | None:
        shown = []
        for text, at in pieces:
            piece = text if at < 0 else cells[at].strip()
            if at >= 0 and piece in nulls:
                return None
            shown.append(piece)
        return "".join(shown)

    return evaluate


def _join(places: Sequence[int], between: str, nulls: frozenset[str]) -> Evaluated:
    def evaluate(cells: Cells) -> str | None:
        texts = [text for at in places if (text := cells[at].strip()) not in nulls]
        return between.join(texts) if texts else None

    return evaluate


def _computed(compute: Computed, digits: int | None) -> Evaluated:
    def evaluate(cells: Cells) -> str | None:
        number = compute(cells)
        return None if number is None else plain(number, digits)

    return evaluate


def _summed(value: Sum, place: Place) -> Evaluated:
    sums, at, digits = place.sums[value], place.columns[value.here], value.digits

    def evaluate(cells: Cells) -> str | None:
        total = sums.get(cells[at].strip())
        return None if total is None else plain(total, digits)

    return evaluate


def _stepped(text_of: Evaluated, steps: Steps, name: str, place: Place) -> Evaluated:
    nulls = place.nulls
    if steps == NO_STEPS:
        return lambda cells: None if (text := text_of(cells)) is None or text in nulls else text
    mapped = _mapped(steps, name, place)

    def evaluate(cells: Cells) -> Any:
        text = text_of(cells)
        for old, new in steps.replace if text is not None else ():
            text = text.replace(old, new)
        if steps.extract is not None and text is not None:
            text = _extracted(steps.extract, text)
        value = mapped(text)
        if steps.date is not None and isinstance(value, str):
            return moment(value, steps.date)
        return value

    return evaluate


def _mapped(steps: Steps, name: str, place: Place) -> Callable[[str | None], Any]:
    """The step of the map; without one, texts that mean nothing become nothing."""
    table, nulls = steps.map, place.nulls
    if table is None:
        return lambda text: None if text is None or text in nulls else text

    def apply(text: str | None) -> Any:
        given = "" if text is None else text
        if given in table:
            became = table[given]
            if steps.report and became != given:
                place.mended[Mend(place.source, name, given, str(became))] += 1
            return became
        if text is None or text in nulls:
            return steps.other.value if isinstance(steps.other, Instead) else None
        return _other(steps.other, text, table)

    return apply


def _other(other: Other, text: str, table: Mapping[str, Any]) -> Any:
    match other:
        case Keep():
            return text
        case Instead(value):
            return value
        case Refuse():
            known = ", ".join(repr(each) for each in list(table)[:5])
            sentence = '{given} is not in the map ({known}, …); add it to the map, or say "other: keep".'
            raise InvalidValue("not_in_map", sentence, given=repr(text[:60]), known=known)


def _extracted(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    if found is None:
        return None
    return found.group(1 if pattern.groups else 0)


def moment(text: str, format: str) -> dt.date | dt.datetime:
    """The day, or the moment in UTC, that a text means by a format of strptime. Raises InvalidValue.

    A format that begins with `persian` is of that calendar: `persian %Y/%m/%d`.
    """
    try:
        # a format with %z keeps its offset; one without is read as UTC two lines below
        read = persian_moment(text, format) if is_persian(format) else dt.datetime.strptime(text, format)  # noqa: DTZ007
    except ValueError:
        raise InvalidValue(
            "bad_date", "{given} is not written as {format}.", given=repr(text[:40]), format=format
        ) from None
    if not any(mark in format for mark in ("%H", "%I", "%X", "%c")):
        return read.date()
    return read.replace(tzinfo=dt.UTC) if read.tzinfo is None else read.astimezone(dt.UTC)
