"""Clauses, and the query they make in a row."""

from __future__ import annotations

from dataclasses import dataclass

from cypher.ast.expressions import Expression, Var
from cypher.ast.patterns import Pattern
from cypher.names import quote


class Clause:
    """One clause; `str()` of it is its Cypher text."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Query:
    """Clauses in a row: a statement, or what stands inside a sub-query."""

    clauses: tuple[Clause, ...]

    def __str__(self) -> str:
        return " ".join(map(str, self.clauses))


@dataclass(frozen=True, slots=True)
class Union:
    """Queries one after the other, each with the same columns: the rows of all."""

    queries: tuple[Query, ...]

    def __str__(self) -> str:
        return " UNION ALL ".join(map(str, self.queries))


@dataclass(frozen=True, slots=True)
class Item:
    """A projected value and its name."""

    value: Expression
    name: str = ""

    def __str__(self) -> str:
        if not self.name or str(self.value) == quote(self.name):
            return str(self.value)
        return f"{self.value} AS {quote(self.name)}"


@dataclass(frozen=True, slots=True)
class Order:
    """One sort key."""

    by: Expression
    descending: bool = False

    def __str__(self) -> str:
        return f"{self.by} DESC" if self.descending else str(self.by)


@dataclass(frozen=True, slots=True)
class Seek:
    """The range index a match shall seek in; where there is none the match is made without."""

    var: str
    of: str
    keys: tuple[str, ...]

    def __str__(self) -> str:
        return f"USING INDEX SEEK {quote(self.var)}:{quote(self.of)}({', '.join(map(quote, self.keys))})"


@dataclass(frozen=True, slots=True)
class Match(Clause):
    """Rows where patterns hold. Rights are woven into `where` for every record and relation the patterns name."""

    patterns: tuple[Pattern, ...]
    where: Expression | None = None
    optional: bool = False
    seek: Seek | None = None

    def __str__(self) -> str:
        text = f"{'OPTIONAL ' if self.optional else ''}MATCH {', '.join(map(str, self.patterns))}"
        text = text if self.seek is None else f"{text} {self.seek}"
        return text if self.where is None else f"{text} WHERE {self.where}"


@dataclass(frozen=True, slots=True)
class Filter(Clause):
    """Rows that pass a condition, in the middle of a query."""

    where: Expression

    def __str__(self) -> str:
        return f"WITH * WHERE {self.where}"


@dataclass(frozen=True, slots=True)
class With(Clause):
    """A projection in the middle of a query."""

    items: tuple[Item, ...]
    distinct: bool = False
    order: tuple[Order, ...] = ()
    skip: Expression | None = None
    limit: Expression | None = None
    where: Expression | None = None

    def __str__(self) -> str:
        return (
            "WITH "
            + _projection(self.items, self.distinct, self.order, self.skip, self.limit)
            + ("" if self.where is None else f" WHERE {self.where}")
        )


@dataclass(frozen=True, slots=True)
class Return(Clause):
    """The projection at the end of a query."""

    items: tuple[Item, ...]
    distinct: bool = False
    order: tuple[Order, ...] = ()
    skip: Expression | None = None
    limit: Expression | None = None

    def __str__(self) -> str:
        return "RETURN " + _projection(self.items, self.distinct, self.order, self.skip, self.limit)


@dataclass(frozen=True, slots=True)
class Unwind(Clause):
    """One row for each element of a list."""

    list: Expression
    var: str

    def __str__(self) -> str:
        return f"UNWIND {self.list} AS {quote(self.var)}"


@dataclass(frozen=True, slots=True)
class CallSubquery(Clause):
    """A sub-query run for each row, with the variables it takes from it: named, or all there are (`EVERY`)."""

    query: Query | Union
    imports: tuple[str, ...] = ()
    optional: bool = False

    def __str__(self) -> str:
        return f"{'OPTIONAL ' if self.optional else ''}CALL ({', '.join(self.imports)}) {{ {self.query} }}"


EVERY = ("*",)


@dataclass(frozen=True, slots=True)
class Create(Clause):
    """New nodes or relationships."""

    patterns: tuple[Pattern, ...]

    def __str__(self) -> str:
        return f"CREATE {', '.join(map(str, self.patterns))}"


@dataclass(frozen=True, slots=True)
class Set(Clause):
    """New property values; null removes a property."""

    assignments: tuple[tuple[Expression, Expression], ...]

    def __str__(self) -> str:
        return "SET " + ", ".join(f"{target} = {value}" for target, value in self.assignments)


@dataclass(frozen=True, slots=True)
class SetAll(Clause):
    """Every property of a map, added to what is there (`added`) or in its place."""

    target: Var
    value: Expression
    added: bool = True

    def __str__(self) -> str:
        return f"SET {self.target} {'+=' if self.added else '='} {self.value}"


@dataclass(frozen=True, slots=True)
class SetLabel(Clause):
    """Labels given to a node."""

    target: Var
    labels: tuple[str, ...]

    def __str__(self) -> str:
        return f"SET {self.target}" + "".join(f":{quote(label)}" for label in self.labels)


@dataclass(frozen=True, slots=True)
class Remove(Clause):
    """Labels taken from a node."""

    target: Var
    labels: tuple[str, ...]

    def __str__(self) -> str:
        return f"REMOVE {self.target}" + "".join(f":{quote(label)}" for label in self.labels)


@dataclass(frozen=True, slots=True)
class Delete(Clause):
    """Nodes or relationships gone from the graph."""

    targets: tuple[Var, ...]
    detach: bool = False

    def __str__(self) -> str:
        return f"{'DETACH ' if self.detach else ''}DELETE {', '.join(map(str, self.targets))}"


def _projection(
    items: tuple[Item, ...],
    distinct: bool,
    order: tuple[Order, ...],
    skip: Expression | None,
    limit: Expression | None,
) -> str:
    text = ("DISTINCT " if distinct else "") + ", ".join(map(str, items))
    if order:
        text += " ORDER BY " + ", ".join(map(str, order))
    if skip is not None:
        text += f" SKIP {skip}"
    if limit is not None:
        text += f" LIMIT {limit}"
    return text
