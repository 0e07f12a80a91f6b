"""Which records: conditions on fields, on links and on what lies several links away."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models.fields.kind import Operator
from models.metamodel import Direction, EntityType, Field, RelationType, Side


@dataclass(frozen=True, slots=True)
class Compare:
    """A field compared with the parameter `slot`."""

    field: Field
    operator: Operator
    slot: str


@dataclass(frozen=True, slots=True)
class Missing:
    """A field without a value (`missing`), or with one."""

    field: Field
    missing: bool


@dataclass(frozen=True, slots=True)
class CurrencyIs:
    """A money field in one of the currencies in the list parameter `slot`."""

    field: Field
    slot: str


@dataclass(frozen=True, slots=True)
class Distance:
    """How far a place lies from the point in the parameter `point`, compared with the metres in the parameter `slot`."""

    field: Field
    point: str
    operator: Operator
    slot: str


@dataclass(frozen=True, slots=True)
class InBox:
    """A place between the corners in two parameters; the box may lie across the 180th meridian."""

    field: Field
    south_west: str
    north_east: str


class Quantifier(StrEnum):
    """How many of a record's links a condition must hold for."""

    SOME = "some"
    EVERY = "every"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Related:
    """A condition on the links of a relation and the records at their far ends."""

    side: Side
    quantifier: Quantifier
    filter: Filter | None


@dataclass(frozen=True, slots=True)
class OnLink:
    """A condition on the link that leads to the record, inside a condition on the record."""

    part: Filter


@dataclass(frozen=True, slots=True)
class RelatedCount:
    """How many links of a relation meet a condition, compared with the parameter `slot`."""

    side: Side
    operator: Operator
    slot: str
    filter: Filter | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """A record that meets a condition and lies up to `within` links away along certain relations."""

    relations: tuple[RelationType, ...]
    direction: Direction
    within: int
    filter: Filter | None


@dataclass(frozen=True, slots=True)
class Is:
    """A record of a type that meets a condition."""

    type: EntityType
    part: Filter | None


@dataclass(frozen=True, slots=True)
class IsType:
    """A record of one of the types whose names are in the list parameter `slot`."""

    slot: str


@dataclass(frozen=True, slots=True)
class Every:
    """All of several conditions; none at all holds always."""

    parts: tuple[Filter, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Any of several conditions; none at all never holds."""

    parts: tuple[Filter, ...]


@dataclass(frozen=True, slots=True)
class Negated:
    """The opposite of a condition; what is unknown counts as not met."""

    part: Filter


Filter = (
    Compare
    | Missing
    | CurrencyIs
    | Distance
    | InBox
    | Related
    | OnLink
    | RelatedCount
    | Reach
    | Is
    | IsType
    | Every
    | Either
    | Negated
)
