"""The tiny arithmetic of `compute` and `sum`: exact decimals, columns, + - * / and parentheses; nothing else runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, DivisionByZero, InvalidOperation, Overflow

from models.fields.decimal import exact
from models.fields.kind import InvalidValue

LONGEST = 500  # characters
DEEPEST = 30
_CONTEXT = Context(prec=60, traps=[DivisionByZero, InvalidOperation, Overflow])
_TOKEN = re.compile(r"\s*(?:(\d+\.?\d*|\.\d+)|([^\W\d]\w*)|\[([^\[\]]+)\]|([-+*/()]))")

Cells = Sequence[str]
Computed = Callable[[Cells], Decimal | None]


class BadExpression(ValueError):
    """An expression that cannot be read; the message says where and how to mend it."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Cell:
    """The number in a column."""

    column: str


@dataclass(frozen=True, slots=True)
class Negated:
    """The opposite of a term."""

    term: Term


@dataclass(frozen=True, slots=True)
class Combined:
    """Two terms and the sign between them."""

    sign: str
    left: Term
    right: Term


Term = Number | Cell | Negated | Combined


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that has been read; `columns` are those it needs."""

    text: str
    term: Term

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it names, each once."""
        return tuple(dict.fromkeys(_columns(self.term)))

    def bind(self, places: Mapping[str, int], nulls: frozenset[str]) -> Computed:
        """What computes it from a row's cells: exact, and None as soon as one of its cells is empty."""
        return _bind(self.term, places, nulls)


def parse(text: str) -> Expression:
    """The expression in a text such as "UnitPrice * Quantity * (1 - Discount)". Raises BadExpression.

    A column whose name is not one word stands in brackets: "[Unit price] * 2".
    """
    if len(text) > LONGEST:
        raise BadExpression(f"An expression has at most {LONGEST} characters; this one has {len(text)}.")
    parser = _Parser(text, _tokens(text))
    term = parser.total(0)
    if parser.ahead is not None:
        raise BadExpression(f"{text!r}: {parser.ahead!r} is not expected there.")
    return Expression(text, term)


def plain(number: Decimal, digits: int | None = None) -> str:
    """The number without an exponent, rounded half away from zero to `digits` where they are given."""
    if digits is not None:
        number = number.quantize(Decimal(1).scaleb(-digits), rounding="ROUND_HALF_UP", context=_CONTEXT)
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") or "0" if "." in text else text


def add(left: Decimal, right: Decimal) -> Decimal:
    """The exact sum."""
    return _CONTEXT.add(left, right)


def _tokens(text: str) -> list[Number | Cell | str]:
    tokens: list[Number | Cell | str] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        found = _TOKEN.match(text, at)
        if found is None:
            raise BadExpression(f"{text!r}: {text[at:].strip()[:1]!r} is not understood; use + - * / ( ) and columns.")
        number, word, bracketed, sign = found.groups()
        tokens.append(Number(Decimal(number)) if number else sign or Cell(word or bracketed.strip()))
        at = found.end()
    return tokens


class _Parser:
    """Recursive descent: totals of products of signed terms."""

    def __init__(self, text: str, tokens: list[Number | Cell | str]) -> None:
        self._text = text
        self._tokens = tokens
        self._at = 0

    @property
    def ahead(self) -> Number | Cell | str | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def total(self, depth: int) -> Term:
        left = self._product(depth)
        while (sign := self._taken("+", "-")) is not None:
            left = Combined(sign, left, self._product(depth))
        return left

    def _product(self, depth: int) -> Term:
        left = self._term(depth)
        while (sign := self._taken("*", "/")) is not None:
            left = Combined(sign, left, self._term(depth))
        return left

    def _term(self, depth: int) -> Term:
        if depth > DEEPEST:
            raise BadExpression(f"{self._text[:40]!r}…: parentheses and signs nest at most {DEEPEST} deep.")
        if self._taken("-") is not None:
            return Negated(self._term(depth + 1))
        if self._taken("(") is not None:
            inner = self.total(depth + 1)
            if self._taken(")") is None:
                raise BadExpression(f"{self._text!r}: a parenthesis is not closed.")
            return inner
        ahead = self.ahead
        if ahead is None or isinstance(ahead, str):
            raise BadExpression(f"{self._text!r}: a number or a column is missing {_before(ahead)}.")
        self._at += 1
        return ahead

    def _taken(self, *signs: str) -> str | None:
        ahead = self.ahead
        if isinstance(ahead, str) and ahead in signs:
            self._at += 1
            return ahead
        return None


def _before(token: str | None) -> str:
    return "at the end" if token is None else f"before {token!r}"


def _columns(term: Term) -> list[str]:
    match term:
        case Cell(column):
            return [column]
        case Negated(inner):
            return _columns(inner)
        case Combined(_, left, right):
            return _columns(left) + _columns(right)
        case Number():
            return []


def _bind(term: Term, places: Mapping[str, int], nulls: frozenset[str]) -> Computed:
    match term:
        case Number(value):
            return lambda cells: value
        case Cell(column):
            return _cell(column, places[column], nulls)
        case Negated(inner):
            return _negated(_bind(inner, places, nulls))
        case Combined(sign, left, right):
            return _combined(sign, _bind(left, places, nulls), _bind(right, places, nulls))


def _cell(column: str, place: int, nulls: frozenset[str]) -> Computed:
    def compute(cells: Cells) -> Decimal | None:
        text = cells[place].strip()
        if text in nulls:
            return None
        try:
            return exact(text)
        except InvalidValue as error:
            raise error.in_column(column) from error

    return compute


def _negated(inner: Computed) -> Computed:
    def compute(cells: Cells) -> Decimal | None:
        value = inner(cells)
        return None if value is None else _CONTEXT.minus(value)

    return compute


def _combined(sign: str, left: Computed, right: Computed) -> Computed:
    combine = {"+": _CONTEXT.add, "-": _CONTEXT.subtract, "*": _CONTEXT.multiply, "/": _CONTEXT.divide}[sign]

    def compute(cells: Cells) -> Decimal | None:
        one, other = left(cells), right(cells)
        if one is None or other is None:
            return None
        try:
            return combine(one, other)
        except (DivisionByZero, InvalidOperation, Overflow):
            raise InvalidValue(
                "not_computable", "{one} {sign} {other} has no value.", one=str(one), sign=sign, other=str(other)
            ) from None

    return compute
