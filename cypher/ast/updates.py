"""What only writing statements need: updates for each element of a list, and properties whose keys are values."""

from __future__ import annotations

from dataclasses import dataclass

from cypher.ast.clauses import Clause
from cypher.ast.expressions import Expression
from cypher.names import quote


@dataclass(frozen=True, slots=True)
class Foreach(Clause):
    """Updates made once for each element of a list; none for an empty one."""

    var: str
    list: Expression
    updates: tuple[Clause, ...]

    def __str__(self) -> str:
        return f"FOREACH ({quote(self.var)} IN {self.list} | {' '.join(map(str, self.updates))})"


@dataclass(frozen=True, slots=True)
class Element(Expression):
    """The value under a computed key: `was[key]`."""

    of: Expression
    key: Expression

    def __str__(self) -> str:
        return f"{self.of}[{self.key}]"


@dataclass(frozen=True, slots=True)
class Prefixed(Expression):
    """A computed key with a constant in front: `'before.' + key`."""

    prefix: str
    key: Expression

    def __str__(self) -> str:
        return f"'{quote(self.prefix).strip('`')}.' + {self.key}"


@dataclass(frozen=True, slots=True)
class Listed(Expression):
    """The elements of a list that meet a condition."""

    var: str
    list: Expression
    where: Expression

    def __str__(self) -> str:
        return f"[{quote(self.var)} IN {self.list} WHERE {self.where}]"
