"""Fresh variable names, and the patterns that lead from one record to another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from cypher.ast import Expression, IsNull, Link, Node, Or, Param, Pattern, Prop, Query, Var, every
from cypher.ast.expressions import Binary
from cypher.clock import Clock
from cypher.compile.looking_back import looked_back
from models.metamodel import EntityType, Side

NOW = "now"


class Scope:
    """Names of one statement; the same request always gets the same names, so that plans are found again.

    A variable belongs to the clock at which it was named; all that is written with it is about the present, and `looked_back`
    makes it be about the moment of that clock.
    """

    def __init__(self) -> None:
        self._numbers = count(1)
        self._clock: Clock | None = None
        self._clocks: dict[str, Clock] = {}
        self.uses_now = False

    def fresh(self, prefix: str) -> str:
        """A variable name nobody else has."""
        return self.named(f"{prefix}{next(self._numbers)}")

    def named(self, name: str) -> str:
        """The name itself, which is used nowhere else for anything of another moment."""
        if self._clock is not None:
            self._clocks[name] = self._clock
        return name

    @contextmanager
    def at(self, clock: Clock | None) -> Iterator[None]:
        """Whatever is named inside is of this clock's moment; None is the present."""
        around, self._clock = self._clock, clock
        yield
        self._clock = around

    def looked_back(self, query: Query) -> Query:
        """The query at the clocks of its variables; as it is where none has any."""
        return looked_back(query, self._clocks, self.fresh)

    def along(self, near: str, side: Side, link: str, far: str) -> tuple[Pattern, Expression | None]:
        """The pattern from a record along a relation, and what must hold of the link for it to be in force."""
        relation = side.relation
        label = side.far.types if len(side.far.types) == 1 else ()
        pattern = Pattern(
            (
                Node(near),
                Link(link, (relation.name,), side.direction, relation=relation.name),
                Node(far, label, record=side.far.types),
            )
        )
        return pattern, self.in_force(link) if relation.temporal else None

    def in_force(self, link: str) -> Expression:
        """Whether a link's time includes the moment of what is named now."""
        if self._clock is not None:
            return in_force(link, self._clock.true)
        self.uses_now = True
        return in_force(link, Param(NOW))


def in_force(link: str, at: Expression) -> Expression:
    """Whether a link's time includes a moment."""
    until, since = Prop(Var(link), "validTo"), Prop(Var(link), "validFrom")
    condition = every(
        (
            Or((IsNull(until), Binary(until, ">", at))),
            Or((IsNull(since), Binary(since, "<=", at))),
        )
    )
    assert condition is not None
    return condition


def of_type(var: str, kind: EntityType, *, by_id: bool = False) -> Pattern:
    """All records of a type; `by_id` names the label too that the one index on ids is kept for."""
    labels = ("Record", kind.name) if by_id else (kind.name,)
    return Pattern((Node(var, labels, record=(kind.name,)),))
