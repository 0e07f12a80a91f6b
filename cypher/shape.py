"""How the columns of a row become the answer: the other half of what the compiler makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cypher.request import Part
from models.metamodel import EntityType, Field
from models.profiles import Signal


@dataclass(frozen=True, slots=True)
class Value:
    """A value made from one or more columns. `finish` turns what the database returned into the answer's form."""

    columns: tuple[int, ...]
    finish: Callable[..., Any] | None = None
    required: bool = False
    whole: bool = False  # `finish` wants to see missing values too
    inside: tuple[tuple[str, str], ...] | None = (
        None  # response key and name of what is asked of a value that is an object
    )
    type_name: str = "Money"  # of such an object


@dataclass(frozen=True, slots=True)
class Fixed:
    """A value known beforehand."""

    value: str


@dataclass(frozen=True, slots=True)
class Record:
    """An object from the same row, its entries in the order of the selection."""

    entries: tuple[tuple[str, Shape], ...]


@dataclass(frozen=True, slots=True)
class ByKind:
    """An object whose columns lie in a list of their own at `column`, the name of its type first."""

    column: int
    kinds: Mapping[str, Record]


@dataclass(frozen=True, slots=True)
class CursorOf:
    """The cursor of a row: its sort values, then the id that breaks ties."""

    columns: tuple[int, ...]
    tie: int
    order: str


@dataclass(frozen=True, slots=True)
class Each:
    """A list of objects, each made from one row of the connection it stands in."""

    shape: Shape


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of objects, each made from one row of the list at `column`."""

    column: int
    shape: Shape


@dataclass(frozen=True, slots=True)
class Several:
    """A list of objects from the same row, as many as are known beforehand."""

    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Records by id, from the list at `column`: one per id, null where there is none; `single` takes the first alone."""

    shape: Shape
    column: int
    single: bool


@dataclass(frozen=True, slots=True)
class Info:
    """One of pageInfo's values; `paged` when the page begins behind a row, or where the parameter `skip_slot` is not 0."""

    what: str
    cursor: CursorOf
    paged: bool
    skip_slot: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """The number of rows there are."""

    column: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Aggregates, from a column that holds one row of figures."""

    column: int
    entries: Record


@dataclass(frozen=True, slots=True)
class ConnectionShape:
    """A connection in a list at `column` of the outer row: its rows first, then totals and figures."""

    column: int
    entries: tuple[tuple[str, Shape], ...]
    size_slot: str
    backward: bool
    peek: bool
    has_rows: bool


@dataclass(frozen=True, slots=True)
class Explained:
    """What an engine says of a record of `type`, from the columns of the stored document, of how many are wanted, and of the
    language wanted.
    """

    type: EntityType
    document: int
    most: int
    language: int
    what: str
    parts: tuple[Part, ...]
    signals: tuple[Signal, ...]  # of the type's profile, which reasons call by their labels


@dataclass(frozen=True, slots=True)
class Recounted:
    """A page of changes, from the columns of their rows and of how many were looked for; `paged` when it is not the first."""

    rows: int
    size: int
    paged: bool
    fields: Mapping[str, Field]
    parts: tuple[Part, ...]


Shape = (
    Value
    | Fixed
    | Record
    | ByKind
    | CursorOf
    | Each
    | Listed
    | Several
    | Rows
    | Info
    | Total
    | Figures
    | ConnectionShape
    | Explained
    | Recounted
)
