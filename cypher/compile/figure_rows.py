"""The figures of rows, gathered as columns of one row; where values are sorted for them, in steps."""

from __future__ import annotations

from cypher.ast import (
    Arithmetic,
    Call,
    Clause,
    Collect,
    Expression,
    Item,
    Literal,
    Order,
    Param,
    Query,
    Return,
    Rows,
    Unwind,
    Var,
    With,
)
from cypher.ast.updates import Element as At
from cypher.compile import finishing
from cypher.compile.finishing import WHOLE
from cypher.compile.properties import compared, first_column
from cypher.compile.scope import Scope
from cypher.request import AggregatePart, Constant, Figure
from cypher.shape import Figures, Fixed, Record, Shape, Value
from models.fields.decimal import HALF
from models.fields.kind import Aggregate, Storage
from models.metamodel import Field

RANKED = frozenset({Aggregate.MEDIAN, Aggregate.PERCENTILE})
COUNT = Rows()


class FigureRow:
    """The figures of one list, gathered as columns of one row.

    In steps, what is gathered gets a name first, and the columns are made of the names: so groups are, and whatever
    needs values in order.
    """

    def __init__(self, scope: Scope, node: str, link: str, *, stepwise: bool) -> None:
        self.scope, self.node, self.link, self.stepwise = scope, node, link, stepwise
        self.columns: list[Expression] = []
        self.behind: list[AggregatePart] = []
        self._gathered: dict[Expression, str] = {}
        self._in_order: dict[Expression, Item] = {}

    def column(self, value: Expression) -> int:
        """The place of a value in the row, added when it is not there yet."""
        if value not in self.columns:
            self.columns.append(value)
        return self.columns.index(value)

    def gathered(self, value: Expression) -> Expression:
        """What an aggregating function makes of all rows; in steps, the name it has got."""
        if not self.stepwise:
            return value
        if value not in self._gathered:
            self._gathered[value] = self.scope.fresh("g")
        return Var(self._gathered[value])

    def in_order(self, prop: Expression) -> Expression:
        """The list of a property's values from the least to the greatest."""
        if prop not in self._in_order:
            values = self.gathered(Call("collect", (prop,)))
            one = Var("v")
            by_size = Query((Unwind(values, one.name), Return((Item(one, ""),), order=(Order(one),))))
            self._in_order[prop] = Item(Collect(by_size), self.scope.fresh("o"))
        return Var(self._in_order[prop].name)

    def steps(self, keys: tuple[Item, ...] = ()) -> tuple[Clause, ...]:
        """The clauses that gather, for each value of the keys, and then put values in order."""
        if not self.stepwise:
            return ()
        gathered = tuple(Item(value, name) for value, name in self._gathered.items())
        first = With((*keys, *gathered))
        if not self._in_order:
            return (first,)
        return first, With((*map(_as_is, (*keys, *gathered)), *self._in_order.values()))

    @property
    def names(self) -> tuple[str, ...]:
        """What bears a name behind the steps, but for the keys."""
        return (*self._gathered.values(), *(item.name for item in self._in_order.values()))

    # what is asked for

    def entries(self, parts: tuple[AggregatePart, ...]) -> Record:
        """The answer's entries, each reading from the row."""
        return Record(tuple((part.key, self._entry(part)) for part in parts))

    def _entry(self, part: AggregatePart) -> Shape:
        if part.what == "typename":
            return Fixed(part.type_name)
        if part.what == "count":
            return Value((self.column(self.gathered(COUNT)),), None, True)
        if part.what in ("link", "group"):
            return self.entries(part.parts)
        if part.what == "relation":
            self.behind.append(part)
            return Figures(-len(self.behind), Record(()))  # which list it is; its place and entries follow
        assert part.field is not None
        var = self.link if part.of_link else self.node
        return Record(tuple((figure.key, self._figure(figure, part.field, var)) for figure in part.figures))

    def _figure(self, figure: Figure | Constant, field: Field, var: str) -> Shape:
        if isinstance(figure, Constant):
            return Fixed(figure.value)
        prop, inside = compared(var, field), figure.inside
        match figure.what:
            case Aggregate.COUNT | Aggregate.COUNT_DISTINCT:
                return Value((self.column(self.gathered(simple(figure.what, prop))),), None, True)
            case Aggregate.MIN | Aggregate.MAX:
                value = simple(figure.what, prop)
                if first_column(field).storage in (Storage.DATE, Storage.DATETIME):
                    value = Call("toString", (value,))
                return Value((self.column(self.gathered(value)),), finishing.extreme(field), inside=inside)
            case Aggregate.MEDIAN | Aggregate.PERCENTILE:
                places = tuple(map(self.column, self._around(prop, figure.slot)))
                return Value(places, finishing.between(field), whole=True, inside=inside)
            case Aggregate.STANDARD_DEVIATION:
                parts = (Call("stDev", (prop,)), simple(Aggregate.COUNT, prop))
                places = tuple(self.column(self.gathered(part)) for part in parts)
                return Value(places, finishing.deviation(field), whole=True)
            case _:
                sums = (simple(Aggregate.SUM, prop),) if is_float(field) else halves(prop)
                places = tuple(self.column(self.gathered(part)) for part in (*sums, simple(Aggregate.COUNT, prop)))
                finish = finishing.total(field) if figure.what is Aggregate.SUM else finishing.mean(field)
                return Value(places, finish, whole=True, inside=inside)

    def _around(self, prop: Expression, slot: str) -> tuple[Expression, Expression, Expression]:
        """The two values that a percentile lies between, and how far from the first to the second, in millionths."""
        last = Arithmetic(self.gathered(simple(Aggregate.COUNT, prop)), "-", Literal(1))
        share = Literal(WHOLE // 2) if not slot else Param(slot)
        reached = Arithmetic(share, "*", last)
        place = Arithmetic(reached, "/", Literal(WHOLE))
        values = self.in_order(prop)
        following = Arithmetic(place, "+", Literal(1))
        return At(values, place), At(values, following), Arithmetic(reached, "%", Literal(WHOLE))


def simple(what: Aggregate, prop: Expression) -> Expression:
    """The function of Cypher that a figure is."""
    if what is Aggregate.COUNT_DISTINCT:
        return Call("count", (prop,), distinct=True)
    return Call(what.value, (prop,))


def halves(prop: Expression) -> tuple[Expression, Expression]:
    """A sum of whole numbers in two, neither of which overflows: of what is above `HALF`, and of the rest."""
    base = Literal(HALF)
    return Call("sum", (Arithmetic(prop, "/", base),)), Call("sum", (Arithmetic(prop, "%", base),))


def is_float(field: Field) -> bool:
    """Whether a field holds binary numbers, which are not exact."""
    return first_column(field).storage is Storage.FLOAT


def needs_order(parts: tuple[AggregatePart, ...]) -> bool:
    """Whether any figure over the rows themselves needs values in order."""
    return any(
        needs_order(part.parts)
        if part.what in ("link", "group")
        else any(isinstance(figure, Figure) and figure.what in RANKED for figure in part.figures)
        for part in parts
    )


def _as_is(item: Item) -> Item:
    return Item(Var(item.name), item.name)
