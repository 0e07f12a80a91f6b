"""What only statements that pack many values into few records need: parts of lists, and Cypher's younger dialect."""

from __future__ import annotations

from dataclasses import dataclass

from cypher.ast.clauses import Clause
from cypher.ast.expressions import Expression


@dataclass(frozen=True, slots=True)
class Dialect(Clause):
    """The version of Cypher that a statement is written in; it stands before everything else."""

    version: int

    def __str__(self) -> str:
        return f"CYPHER {self.version}"


@dataclass(frozen=True, slots=True)
class Slice(Expression):
    """A part of a list: from a place on, up to another, which is outside; what lies beyond the end is left out."""

    of: Expression
    first: Expression
    after: Expression

    def __str__(self) -> str:
        return f"{self.of}[{self.first}..{self.after}]"
