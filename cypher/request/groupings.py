"""What to put into groups and what to say of each, as data: keys, conditions on figures, orders of groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cypher.request.pages import OrderKey
from cypher.request.selections import AggregatePart, Selection
from models.calendars import Calendar
from models.fields.kind import Aggregate, Operator
from models.metamodel import Field, Side
from models.periods import TimeUnit


@dataclass(frozen=True, slots=True)
class Each:
    """A group for each value."""


@dataclass(frozen=True, slots=True)
class OfWidth:
    """A group for each stretch of numbers as wide as the parameter `slot` says, in the units they are stored in."""

    slot: str


@dataclass(frozen=True, slots=True)
class Between:
    """A group below the least of the bounds in the list parameter `slot`, from each of them on, the next one excluded."""

    slot: str


@dataclass(frozen=True, slots=True)
class Period:
    """A group for each period of a calendar, by the clock of the time zone in `zone_slot`; days have no zone.

    ISO's periods are named in the parameter `tables[0]`; the Persian calendar counts by the tables `nowruz`, `lately` and
    `days_back` of `models.calendars` in the three parameters.
    """

    unit: TimeUnit
    calendar: Calendar
    tables: tuple[str, ...]
    zone_slot: str | None


How = Each | OfWidth | Between | Period


@dataclass(frozen=True, slots=True)
class Key:
    """One key: a field, or None for the type, of what lies at the end of a path from the row; or of the last link."""

    name: str
    path: tuple[Side, ...]
    field: Field | None
    of_link: bool
    how: How


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure that groups are compared by: of a field, or the number of rows."""

    what: Aggregate
    field: Field | None = None
    of_link: bool = False


@dataclass(frozen=True, slots=True)
class Holds:
    """A figure compared with the parameters `slots`: one, or two that a long number is kept in, the greater part first."""

    figure: Measured
    operator: Operator
    slots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class All:
    """Conditions that all hold."""

    parts: tuple[Having, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Conditions of which one holds."""

    parts: tuple[Having, ...]


@dataclass(frozen=True, slots=True)
class Opposite:
    """A condition that does not hold."""

    part: Having


Having = Holds | All | Any | Opposite


@dataclass(frozen=True, slots=True)
class GroupOrder:
    """One sort key of groups: a figure, or the key at a place."""

    by: Measured | int
    descending: bool


@dataclass(frozen=True, slots=True)
class KeyPart:
    """One response key of a group's key."""

    key: str
    what: str  # "name", "value", "label", "from", "until", "typename"


@dataclass(frozen=True, slots=True)
class RowPart:
    """One response key of a group."""

    key: str
    what: str  # "keys", "count", "aggregate", "nodes", "typename"
    keys: tuple[KeyPart, ...] = ()
    aggregate: tuple[AggregatePart, ...] = ()
    node: Mapping[str, Selection] | None = None
    order: tuple[OrderKey, ...] = ()
    size_slot: str = ""
    type_name: str = ""


@dataclass(frozen=True, slots=True)
class GroupedPart:
    """One response key of the whole: its rows, how many groups there are, its type's name."""

    key: str
    what: str  # "rows", "totalCount", "typename"
    rows: tuple[RowPart, ...] = ()
    type_name: str = ""


@dataclass(frozen=True, slots=True)
class Grouped:
    """Rows in groups: by which keys, which groups, in which order, at most how many, and what is asked of them."""

    keys: tuple[Key, ...]
    having: Having | None
    order: tuple[GroupOrder, ...]
    size_slot: str
    parts: tuple[GroupedPart, ...]
