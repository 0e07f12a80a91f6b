"""Figures of groups that compare and sort exactly: numbers beyond 64 bits in two, the greater part first.

A figure compares as it is shown: an average by its rounded digits. Each step of its making gets a name, so that the
text of a statement stays short.
"""

from __future__ import annotations

from decimal import Decimal

from cypher.ast import (
    And,
    Arithmetic,
    Binary,
    Case,
    Clause,
    Expression,
    IsNull,
    Item,
    Literal,
    Not,
    Or,
    Param,
    Var,
    With,
)
from cypher.ast.updates import Element as At
from cypher.compile.figure_rows import COUNT, FigureRow, halves, is_float, simple
from cypher.compile.finishing import DIGITS, PART, scale
from cypher.compile.properties import compared
from cypher.request.groupings import All, Having, Holds, Measured, Opposite
from models.fields.decimal import HALF, floor_units
from models.fields.kind import Aggregate, Operator
from models.metamodel import Field

BASE = {Aggregate.SUM: HALF, Aggregate.AVERAGE: PART, Aggregate.MEDIAN: PART}
_SIGNS = {Operator.LT: "<", Operator.LTE: "<=", Operator.GT: ">", Operator.GTE: ">="}
LEAST, MOST = -(2**63), 2**63 - 1  # of the database's whole numbers
ZERO, ONE, TWO = Literal(0), Literal(1), Literal(2)


def in_two(figure: Measured) -> bool:
    """Whether a figure is kept in two numbers."""
    return figure.field is not None and figure.what in BASE and not is_float(figure.field)


def operand(figure: Measured, number: Decimal, operator: Operator) -> tuple[int, int]:
    """The two numbers that a figure kept in two compares with as with the number itself, however long it is."""
    assert figure.field is not None
    digits = scale(figure.field) + (0 if figure.what is Aggregate.SUM else DIGITS)
    units, rest = floor_units(number, digits)
    if rest and operator in (Operator.LT, Operator.GTE):
        units += 1
    greater, smaller = divmod(units, BASE[figure.what])
    if rest and operator in (Operator.EQ, Operator.NE):
        smaller = -1  # no figure has it
    if not LEAST <= greater <= MOST:  # no figure is so far from 0
        return (MOST, BASE[figure.what]) if greater > MOST else (LEAST, -1)
    return greater, smaller


class Measures:
    """The figures that the groups of one row are compared by."""

    def __init__(self, row: FigureRow) -> None:
        self.row = row
        self._steps: list[tuple[Item, ...]] = []
        self._known: dict[tuple[Aggregate, Expression | None], tuple[Expression, ...]] = {}

    def steps(self, names: tuple[str, ...]) -> tuple[Clause, ...]:
        """The clauses that make them, where these names are known already."""
        clauses, known = [], [Item(Var(name), name) for name in names]
        for items in self._steps:
            clauses.append(With((*known, *items)))
            known += (Item(Var(item.name), item.name) for item in items)
        return tuple(clauses)

    @property
    def names(self) -> tuple[str, ...]:
        """What bears a name behind the steps."""
        return tuple(item.name for items in self._steps for item in items)

    def condition(self, having: Having) -> Expression:
        """What must hold of a group; what compares with a missing figure does not hold, but for `ne`."""
        match having:
            case Holds(figure, operator, slots):
                return _holds(self.of(figure), operator, tuple(map(Param, slots)))
            case All(parts):
                return And(tuple(map(self.condition, parts))) if parts else Literal(True)
            case Opposite(part):
                return Not(self.condition(part))
        return Or(tuple(map(self.condition, having.parts))) if having.parts else Literal(False)

    def of(self, figure: Measured) -> tuple[Expression, ...]:
        """A figure as one value, or as two."""
        prop = None
        if figure.field is not None:
            prop = compared(self.row.link if figure.of_link else self.row.node, figure.field)
        key = figure.what, prop
        if key not in self._known:
            self._known[key] = self._made(figure.what, figure.field, prop)
        return self._known[key]

    def _made(self, what: Aggregate, field: Field | None, prop: Expression | None) -> tuple[Expression, ...]:
        if field is None or prop is None:
            return (self.row.gathered(COUNT),)
        match what:
            case Aggregate.SUM:
                return (self.row.gathered(simple(what, prop)),) if is_float(field) else self._sum(prop)
            case Aggregate.AVERAGE:
                return self._float_average(prop) if is_float(field) else self._average(prop)
            case Aggregate.MEDIAN:
                return self._median(prop, exact=not is_float(field))
        return (self.row.gathered(simple(what, prop)),)

    def _let(self, *values: Expression) -> tuple[Expression, ...]:
        """Names for values that do not need each other: one step of the statement."""
        items = tuple(Item(value, self.row.scope.fresh("f")) for value in values)
        self._steps.append(items)
        return tuple(Var(item.name) for item in items)

    def _sum(self, prop: Expression) -> tuple[Expression, ...]:
        high, low = map(self.row.gathered, halves(prop))
        (carried,) = self._let(_floor(low, Literal(HALF)))
        return self._let(_plus(high, carried), _minus(low, _times(carried, Literal(HALF))))

    def _count(self, prop: Expression) -> Expression:
        """How many values there are; missing where there is none, since nothing is divided by 0."""
        count = self.row.gathered(simple(Aggregate.COUNT, prop))
        return Case(((Binary(count, ">", ZERO), count),))

    def _float_average(self, prop: Expression) -> tuple[Expression, ...]:
        return self._let(_over(self.row.gathered(simple(Aggregate.SUM, prop)), self._count(prop)))

    def _average(self, prop: Expression) -> tuple[Expression, ...]:
        """The sum divided in writing, then rounded to the even digit where it lies between two."""
        high, low = map(self.row.gathered, halves(prop))
        carried, count = self._let(_floor(low, Literal(HALF)), self._count(prop))
        upper, lower = _plus(high, carried), _minus(low, _times(carried, Literal(HALF)))
        (whole,) = self._let(_floor(upper, count))
        (left,) = self._let(_plus(_times(_minus(upper, _times(whole, count)), Literal(HALF)), lower))
        rest = _times(_rest(left, count), Literal(PART))
        digits, over = self._let(_over(rest, count), _times(_rest(rest, count), TWO))
        even = And((Binary(over, "=", count), Binary(_rest(digits, TWO), "=", ONE)))
        up = Case(((Or((Binary(over, ">", count), even)), ONE),), ZERO)
        (shown,) = self._let(_plus(digits, up))
        return self._let(
            _whole(whole, _plus(_over(left, count), _over(shown, Literal(PART)))), _rest(shown, Literal(PART))
        )

    def _median(self, prop: Expression, *, exact: bool) -> tuple[Expression, ...]:
        values = self.row.in_order(prop)
        count = self.row.gathered(simple(Aggregate.COUNT, prop))
        below, above = self._let(At(values, _over(_minus(count, ONE), TWO)), At(values, _over(count, TWO)))
        if not exact:
            return self._let(_plus(below, _over(_minus(above, below), TWO)))
        one, other = self._let(_floor(below, TWO), _floor(above, TWO))
        odd = _plus(_minus(below, _times(one, TWO)), _minus(above, _times(other, TWO)))
        return self._let(_plus(_plus(one, other), _over(odd, TWO)), _times(_rest(odd, TWO), Literal(PART // 2)))


def _whole(halves_below: Expression, left: Expression) -> Expression:
    """So many `HALF`s and what is left over, put together from the side of 0, where the product is no number too large."""
    nearer = Case(((Binary(halves_below, "<", ZERO), ONE),), ZERO)
    halves_nearer = _plus(halves_below, nearer)
    return _plus(_times(halves_nearer, Literal(HALF)), _minus(left, _times(nearer, Literal(HALF))))


def _floor(number: Expression, divisor: Expression) -> Expression:
    """A quotient rounded down, as Cypher's own is not for numbers below 0."""
    below = Case(((Binary(_rest(number, divisor), "<", ZERO), ONE),), ZERO)
    return _minus(_over(number, divisor), below)


def _holds(figure: tuple[Expression, ...], operator: Operator, operands: tuple[Expression, ...]) -> Expression:
    first, value = figure[0], operands[0]
    if operator in (Operator.EQ, Operator.NE):
        pairs = tuple(Binary(mine, "=", theirs) for mine, theirs in zip(figure, operands, strict=True))
        same = And(pairs) if len(pairs) > 1 else pairs[0]
        return same if operator is Operator.EQ else Or((IsNull(first), Not(same)))
    if len(figure) == 1:
        return Binary(first, _SIGNS[operator], value)
    beyond = Binary(first, _SIGNS[operator][0], value)
    level = And((Binary(first, "=", value), Binary(figure[1], _SIGNS[operator], operands[1])))
    return Or((beyond, level))


def _plus(one: Expression, other: Expression) -> Expression:
    return Arithmetic(one, "+", other)


def _minus(one: Expression, other: Expression) -> Expression:
    return Arithmetic(one, "-", other)


def _times(one: Expression, other: Expression) -> Expression:
    return Arithmetic(one, "*", other)


def _over(one: Expression, other: Expression) -> Expression:
    return Arithmetic(one, "/", other)


def _rest(one: Expression, other: Expression) -> Expression:
    return Arithmetic(one, "%", other)
