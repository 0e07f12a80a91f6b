"""An expression as a tree, before anything is known of the model."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from models.expressions.faults import Span


@dataclass(frozen=True, slots=True)
class Name:
    """A field, or a way to one: `revenue`, `link.role`, `insights.churn.risk`."""

    path: tuple[str, ...]
    span: Span

    def __str__(self) -> str:
        return ".".join(self.path)


@dataclass(frozen=True, slots=True)
class Constant:
    """A text, a number, a truth value or null."""

    value: str | int | Decimal | bool | None
    span: Span


@dataclass(frozen=True, slots=True)
class Given:
    """A parameter: `$since`."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Listing:
    """Several values in brackets."""

    items: tuple[Constant | Given, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Window:
    """`last 30 days`, `next 2 weeks`."""

    forward: bool
    count: Constant | Given
    unit: str
    span: Span


@dataclass(frozen=True, slots=True)
class Calendar:
    """`this quarter`, `today`."""

    period: str
    span: Span


Operand = Constant | Given | Listing | Window | Calendar


@dataclass(frozen=True, slots=True)
class Comparison:
    """A name or a count compared: `operator` is that of the API, such as `startsWith`; `second` is the end of a range."""

    left: Node
    operator: str
    right: Operand
    span: Span
    second: Operand | None = None


@dataclass(frozen=True, slots=True)
class Logic:
    """`and` or `or` between conditions."""

    word: str
    parts: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Negation:
    """`not` before a condition."""

    part: Node
    span: Span


@dataclass(frozen=True, slots=True)
class Call:
    """A function of names and a condition: `any(employees, role = 'CEO')`."""

    function: str
    names: tuple[Name, ...]
    condition: Node | None
    span: Span


@dataclass(frozen=True, slots=True)
class Reaching:
    """`reach(OWNS, PART_OF within 3 out, …)`."""

    via: tuple[Name, ...]
    within: Constant
    direction: str
    condition: Node | None
    span: Span


@dataclass(frozen=True, slots=True)
class Segment:
    """`segment('Big', since = '2026-01-01')`."""

    name: Constant
    arguments: tuple[tuple[Name, Operand], ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Placed:
    """`distance(place, 41.0, 29.0)`, which is compared, or `inBox(place, 40.9, 28.5, 41.2, 29.3)`."""

    function: str
    name: Name
    degrees: tuple[Constant | Given, ...]
    span: Span


Node = Placed | Name | Constant | Comparison | Logic | Negation | Call | Reaching | Segment
