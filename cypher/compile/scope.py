"""Fresh variable names, and the patterns that lead from one record to another."""

from __future__ import annotations

from itertools import count

from cypher.ast import Expression, IsNull, Link, Node, Or, Param, Pattern, Prop, Var, every
from cypher.ast.expressions import Binary
from models.metamodel import EntityType, Side

NOW = "now"


class Scope:
    """Names of one statement; the same request always gets the same names, so that plans are found again."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self.uses_now = False

    def fresh(self, prefix: str) -> str:
        """A variable name nobody else has."""
        return f"{prefix}{next(self._numbers)}"

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
        if not relation.temporal:
            return pattern, None
        self.uses_now = True
        return pattern, in_force(link)


def in_force(link: str) -> Expression:
    """Whether a link's time includes the present moment."""
    now = Param(NOW)
    until, since = Prop(Var(link), "validTo"), Prop(Var(link), "validFrom")
    condition = every(
        (
            Or((IsNull(until), Binary(until, ">", now))),
            Or((IsNull(since), Binary(since, "<=", now))),
        )
    )
    assert condition is not None
    return condition


def of_type(var: str, kind: EntityType, *, by_id: bool = False) -> Pattern:
    """All records of a type; `by_id` names the label too that the one index on ids is kept for."""
    labels = ("Record", kind.name) if by_id else (kind.name,)
    return Pattern((Node(var, labels, record=(kind.name,)),))
