"""Expressions: what a clause computes, compares and returns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cypher.names import quote

if TYPE_CHECKING:
    from cypher.ast.clauses import Query


class Expression:
    """Anything with a value; `str()` of it is its Cypher text."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Var(Expression):
    """A variable bound by a clause."""

    name: str

    def __str__(self) -> str:
        return quote(self.name)


@dataclass(frozen=True, slots=True)
class Param(Expression):
    """A parameter: the only way a value meets a statement."""

    name: str

    def __str__(self) -> str:
        return f"${quote(self.name)}"


@dataclass(frozen=True, slots=True)
class Literal(Expression):
    """A constant of our own making, never a user's value: a number, a truth value, null, or a name as text."""

    value: int | bool | str | None

    def __str__(self) -> str:
        if self.value is None:
            return "null"
        if isinstance(self.value, bool):
            return "true" if self.value else "false"
        if isinstance(self.value, int):
            return str(self.value)
        return f"'{quote(self.value).strip('`')}'"


@dataclass(frozen=True, slots=True)
class Prop(Expression):
    """A property of a node, a relationship or a map."""

    of: Expression
    key: str

    def __str__(self) -> str:
        return f"{self.of}.{quote(self.key)}"


@dataclass(frozen=True, slots=True)
class Binary(Expression):
    """A comparison: `left op right`."""

    left: Expression
    op: str
    right: Expression

    def __str__(self) -> str:
        return f"{self.left} {self.op} {self.right}"


@dataclass(frozen=True, slots=True)
class Arithmetic(Expression):
    """A sum, product, quotient or remainder, in parentheses."""

    left: Expression
    op: str
    right: Expression

    def __str__(self) -> str:
        return f"({self.left} {self.op} {self.right})"


@dataclass(frozen=True, slots=True)
class IsNull(Expression):
    """Whether a value is missing; `negated` asks whether it is there."""

    of: Expression
    negated: bool = False

    def __str__(self) -> str:
        return f"{self.of} IS {'NOT ' if self.negated else ''}NULL"


@dataclass(frozen=True, slots=True)
class HasLabel(Expression):
    """Whether a node carries a label."""

    of: Expression
    label: str

    def __str__(self) -> str:
        return f"{self.of}:{quote(self.label)}"


@dataclass(frozen=True, slots=True)
class And(Expression):
    """All of several conditions."""

    parts: tuple[Expression, ...]

    def __str__(self) -> str:
        return " AND ".join(f"({part})" if isinstance(part, Or) else str(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Or(Expression):
    """Any of several conditions."""

    parts: tuple[Expression, ...]

    def __str__(self) -> str:
        return " OR ".join(f"({part})" if isinstance(part, And) else str(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Not(Expression):
    """The opposite; a missing value counts as false before it is turned round.

    `coalesce` stands before an EXISTS too, which never misses: a bare `NOT EXISTS` is planned as a join, for which Neo4j scans
    all links of a relation in writes, and planning it takes hardly less.
    """

    of: Expression

    def __str__(self) -> str:
        return f"NOT coalesce(({self.of}), false)"


@dataclass(frozen=True, slots=True)
class Call(Expression):
    """A Cypher function."""

    function: str
    arguments: tuple[Expression, ...]
    distinct: bool = False

    def __str__(self) -> str:
        return f"{self.function}({'DISTINCT ' if self.distinct else ''}{', '.join(map(str, self.arguments))})"


@dataclass(frozen=True, slots=True)
class Rows(Expression):
    """How many rows there are: Neo4j knows it without reading them where they are all nodes of a label."""

    def __str__(self) -> str:
        return "count(*)"


@dataclass(frozen=True, slots=True)
class ListOf(Expression):
    """A list of values in a fixed order."""

    items: tuple[Expression, ...]

    def __str__(self) -> str:
        return f"[{', '.join(map(str, self.items))}]"


@dataclass(frozen=True, slots=True)
class MapOf(Expression):
    """A map with known keys; never used where their order matters, since Cypher keeps none."""

    entries: tuple[tuple[str, Expression], ...]

    def __str__(self) -> str:
        return "{" + ", ".join(f"{quote(key)}: {value}" for key, value in self.entries) + "}"


@dataclass(frozen=True, slots=True)
class Element(Expression):
    """The value at a place of a list."""

    of: Expression
    place: int

    def __str__(self) -> str:
        return f"{self.of}[{self.place}]"


@dataclass(frozen=True, slots=True)
class Case(Expression):
    """The value of the first condition that holds, else `otherwise`."""

    whens: tuple[tuple[Expression, Expression], ...]
    otherwise: Expression | None = None

    def __str__(self) -> str:
        whens = " ".join(f"WHEN {condition} THEN {value}" for condition, value in self.whens)
        return f"CASE {whens}{'' if self.otherwise is None else f' ELSE {self.otherwise}'} END"


@dataclass(frozen=True, slots=True)
class Exists(Expression):
    """Whether a sub-query has any row."""

    query: Query

    def __str__(self) -> str:
        return f"EXISTS {{ {self.query} }}"


@dataclass(frozen=True, slots=True)
class CountOf(Expression):
    """How many rows a sub-query has."""

    query: Query

    def __str__(self) -> str:
        return f"COUNT {{ {self.query} }}"


@dataclass(frozen=True, slots=True)
class Collect(Expression):
    """The one column of a sub-query as a list, in its order."""

    query: Query

    def __str__(self) -> str:
        return f"COLLECT {{ {self.query} }}"


TRUE = Literal(True)


def every(parts: Iterable[Expression | None]) -> Expression | None:
    """All of the conditions given, or None when there is none."""
    flat: list[Expression] = []
    for part in parts:
        if isinstance(part, And):
            flat.extend(part.parts)
        elif part is not None and part is not TRUE:
            flat.append(part)
    if not flat:
        return None
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def some(parts: Iterable[Expression | None]) -> Expression:
    """Any of the conditions given; one that is None holds always, and no conditions at all never hold."""
    listed = tuple(TRUE if part is None else part for part in parts)
    if not listed:
        return Literal(False)
    if TRUE in listed:
        return TRUE
    return listed[0] if len(listed) == 1 else Or(listed)
