"""Patterns: records and the links between them, as `MATCH` and `CREATE` see them."""

from __future__ import annotations

from dataclasses import dataclass

from cypher.ast.expressions import Expression
from cypher.names import quote
from models.metamodel import Direction


@dataclass(frozen=True, slots=True)
class Node:
    """A node; `record` names the entity types it may hold, so that rights can be woven in (empty: not a record)."""

    var: str = ""
    labels: tuple[str, ...] = ()
    props: tuple[tuple[str, Expression], ...] = ()
    record: tuple[str, ...] = ()

    def __str__(self) -> str:
        labels = "".join(f":{quote(label)}" for label in self.labels)
        return f"({self.var}{labels}{_props(self.props, bool(self.var or labels))})"


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship; `relation` names the relation type it holds, so that rights can be woven in."""

    var: str = ""
    types: tuple[str, ...] = ()
    direction: Direction = Direction.OUT
    props: tuple[tuple[str, Expression], ...] = ()
    relation: str = ""

    def __str__(self) -> str:
        types = "|".join(quote(name) for name in self.types)
        inner = f"{self.var}{':' if types else ''}{types}{_props(self.props, bool(self.var or types))}"
        left = "<-" if self.direction is Direction.IN else "-"
        right = "->" if self.direction is Direction.OUT else "-"
        return f"{left}[{inner}]{right}" if inner else f"{left}{right}"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A path: a node, then links and nodes in turn."""

    parts: tuple[Node | Link, ...]

    def __str__(self) -> str:
        return "".join(map(str, self.parts))


def _props(props: tuple[tuple[str, Expression], ...], spaced: bool) -> str:
    if not props:
        return ""
    inner = ", ".join(f"{quote(key)}: {value}" for key, value in props)
    return f"{' ' if spaced else ''}{{{inner}}}"
