"""Operands against the fields they are compared with: what may stand there, and what it becomes in a filter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from models import system
from models.errors import Problem, told
from models.expressions.tree import Calendar, Constant, Given, Listing, Operand, Window
from models.fields import geo_point, kind_of
from models.fields.kind import EQUALITY, LISTING, InvalidValue, Operator
from models.fields.money import currency_of
from models.metamodel import Field
from models.periods import MOST

LONGEST_PATTERN = 200  # characters
NUMBERS = frozenset({"Int", "BigInt", "Decimal", "Float"})
_TAKES: Mapping[str, frozenset[str]] = {  # what a parameter of a scalar may be compared with
    "Int": NUMBERS,
    "BigInt": NUMBERS - {"Int"},
    "Decimal": frozenset({"Decimal", "Float"}),
    "Float": frozenset({"Decimal", "Float"}),
    "String": frozenset({"String"}),
    "ID": frozenset({"ID", "String"}),
    "Boolean": frozenset({"Boolean"}),
    "Date": frozenset({"Date"}),
    "DateTime": frozenset({"DateTime"}),
}
SCALARS = tuple(_TAKES)
ANYTHING = "JSON"  # of a parameter whose value is checked where it stands
_KINDS = {
    "Int": "integer",
    "BigInt": "integer",
    "Decimal": "decimal",
    "Float": "number",
    "String": "text",
    "ID": "text",
    "Boolean": "boolean",
    "Date": "date",
    "DateTime": "dateTime",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A place in a filter that is filled when it is used."""

    name: str


@dataclass(frozen=True, slots=True)
class Declared:
    """What a parameter may be: a scalar of the API, or a list of its values."""

    scalar: str
    many: bool = False


@dataclass(frozen=True, slots=True)
class Expected:
    """What a place takes: values of a scalar, one or several; `check` raises InvalidValue for one that it refuses."""

    scalar: str
    many: bool
    check: Any


class Wrong(Exception):
    """An operand that cannot stand where it does."""

    def __init__(self, operand: Operand, problem: Problem) -> None:
        super().__init__(problem.message)
        self.operand, self.problem = operand, problem


def scalar_of(field: Field) -> str:
    """The scalar that values of a field are compared in."""
    if field is system.ID:
        return "ID"
    scalar = kind_of(field).graphql_scalar(field)
    return "Decimal" if scalar == "Money" else scalar


def operators_of(field: Field) -> frozenset[Operator]:
    """The comparisons that a field offers."""
    return EQUALITY if field is system.ID else kind_of(field).operators


def expected(field: Field, operator: Operator) -> Expected:
    """What a comparison of a field takes."""

    def check(value: Any) -> None:
        if field is system.ID:
            if not isinstance(value, str):
                raise InvalidValue("wrong_type", "Compare an id with a text.", case="id")
        elif operator is Operator.MATCHES:
            if not isinstance(value, str) or not 1 <= len(value) <= LONGEST_PATTERN:
                sentence = "A pattern is a text of 1 to {most} characters, such as 'A*'."
                raise InvalidValue("bad_pattern", sentence, case="condition", most=LONGEST_PATTERN)
        else:
            kind_of(field).to_compare(field, value, operator)

    return Expected(scalar_of(field), operator in LISTING, check)


def expected_of(declared: Declared) -> Expected:
    """What fills a parameter."""
    field = Field("value", _KINDS[declared.scalar])
    return Expected(declared.scalar, declared.many, partial(kind_of(field).to_compare, field))


A_NUMBER = expected_of(Declared("Int"))
DEGREES = (
    Expected("Float", many=False, check=lambda given: geo_point.place({"latitude": given, "longitude": 0})),
    Expected("Float", many=False, check=lambda given: geo_point.place({"latitude": 0, "longitude": given})),
)
METRES = Expected("Float", many=False, check=geo_point.metres)
CURRENCIES = Expected("String", many=True, check=currency_of)


def value_of(operand: Operand, wanted: Expected, declared: Mapping[str, Declared]) -> Any:
    """What an operand becomes in a filter. Raises Wrong."""
    match operand:
        case Given(name):
            _fits(operand, wanted, declared)
            return Parameter(name)
        case Listing(items):
            one = Expected(wanted.scalar, many=False, check=wanted.check)
            return [value_of(each, one, declared) for each in items]
        case Constant(value):
            if value is None:
                sentence = "null compares with nothing here; ask with is null."
                raise Wrong(operand, told("null_operand", sentence, case="condition"))
            try:
                wanted.check(value)
            except InvalidValue as error:
                raise Wrong(operand, error.at(())) from None
            return value
    raise TypeError(type(operand).__name__)


def _fits(operand: Given, wanted: Expected, declared: Mapping[str, Declared]) -> None:
    known = declared.get(operand.name)
    if known is None:
        raise Wrong(operand, _undeclared(f"${operand.name}", [f"${name}" for name in declared]))
    taken = known.scalar == ANYTHING or wanted.scalar in _TAKES[known.scalar]
    if not taken or known.many is not wanted.many:
        raise Wrong(operand, _misfit(f"${operand.name}", known, wanted))


def _undeclared(name: str, known: list[str]) -> Problem:
    if not known:
        return told(
            "unknown_parameter", "No parameter {name} is declared; declared are none.", case="undeclared", name=name
        )
    sentence = "No parameter {name} is declared; declared are {known}."
    return told("unknown_parameter", sentence, case="declared", name=name, known=known)


def _misfit(name: str, known: Declared, wanted: Expected) -> Problem:
    has, needed = known.scalar, wanted.scalar
    if known.many and wanted.many:
        sentence = "{name} is declared as a list of {has}; here stands a list of {needed}."
        return told("wrong_parameter", sentence, case="lists", name=name, has=has, needed=needed)
    if known.many:
        sentence = "{name} is declared as a list of {has}; here stands {needed}."
        return told("wrong_parameter", sentence, case="list", name=name, has=has, needed=needed)
    if wanted.many:
        sentence = "{name} is declared as {has}; here stands a list of {needed}."
        return told("wrong_parameter", sentence, case="no_list", name=name, has=has, needed=needed)
    sentence = "{name} is declared as {has}; here stands {needed}."
    return told("wrong_parameter", sentence, name=name, has=has, needed=needed)


def window_of(operand: Window, declared: Mapping[str, Declared]) -> dict[str, Any]:
    """The input of `within`. Raises Wrong."""
    count = value_of(operand.count, A_NUMBER, declared)
    if not isinstance(count, Parameter) and not 1 <= count <= MOST:
        raise Wrong(operand.count, told("bad_window", "Count from 1 to {most:,}.", case="count", most=MOST))
    return {"next" if operand.forward else "last": count, "unit": operand.unit}


def period_of(operand: Calendar) -> str:
    """The input of `during`."""
    return operand.period
