"""What every field kind answers for: coercing, checking, storing, filtering, sorting, aggregating, showing, import and export."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from models.errors import Problem, filled, told
from models.metamodel import Field


class Storage(StrEnum):
    """How a property lies in the database."""

    STRING = "STRING"
    INTEGER = "INTEGER"
    FLOAT = "FLOAT"
    BOOLEAN = "BOOLEAN"
    DATE = "DATE"
    DATETIME = "DATETIME"
    STRINGS = "STRINGS"
    POINT = "POINT"


class Operator(StrEnum):
    """The comparisons of a filter, named as in GraphQL."""

    EQ = "eq"
    NE = "ne"
    IN = "in"
    NOT_IN = "notIn"
    LT = "lt"
    LTE = "lte"
    GT = "gt"
    GTE = "gte"
    STARTS_WITH = "startsWith"
    ENDS_WITH = "endsWith"
    CONTAINS = "contains"
    BETWEEN = "between"
    EQ_IGNORE_CASE = "eqIgnoreCase"
    IN_IGNORE_CASE = "inIgnoreCase"
    STARTS_WITH_IGNORE_CASE = "startsWithIgnoreCase"
    ENDS_WITH_IGNORE_CASE = "endsWithIgnoreCase"
    CONTAINS_IGNORE_CASE = "containsIgnoreCase"
    MATCHES = "matches"
    WITHIN = "within"
    DURING = "during"
    HAS = "has"
    HAS_ANY = "hasAny"
    HAS_ALL = "hasAll"
    NEAR = "near"
    DISTANCE = "distance"
    IN_BOX = "inBox"
    IS_NULL = "isNull"


class Aggregate(StrEnum):
    """The figures that can be computed over a field, named as in GraphQL."""

    COUNT = "count"
    COUNT_DISTINCT = "countDistinct"
    SUM = "sum"
    AVERAGE = "average"
    MIN = "min"
    MAX = "max"
    MEDIAN = "median"
    PERCENTILE = "percentile"
    STANDARD_DEVIATION = "standardDeviation"


EQUALITY = frozenset({Operator.EQ, Operator.NE, Operator.IN, Operator.NOT_IN, Operator.IS_NULL})
ORDERED = EQUALITY | {Operator.LT, Operator.LTE, Operator.GT, Operator.GTE, Operator.BETWEEN}
TEMPORAL = ORDERED | {Operator.WITHIN, Operator.DURING}
CASELESS: Mapping[Operator, Operator] = {  # the comparisons that make no difference of case, and those they are made of
    Operator.EQ_IGNORE_CASE: Operator.EQ,
    Operator.IN_IGNORE_CASE: Operator.IN,
    Operator.STARTS_WITH_IGNORE_CASE: Operator.STARTS_WITH,
    Operator.ENDS_WITH_IGNORE_CASE: Operator.ENDS_WITH,
    Operator.CONTAINS_IGNORE_CASE: Operator.CONTAINS,
}
TEXTUAL = ORDERED | {Operator.STARTS_WITH, Operator.ENDS_WITH, Operator.CONTAINS, Operator.MATCHES} | CASELESS.keys()
LISTING = frozenset({Operator.IN, Operator.NOT_IN, Operator.IN_IGNORE_CASE, Operator.HAS_ANY, Operator.HAS_ALL})
MEMBERSHIP = frozenset({Operator.HAS, Operator.HAS_ANY, Operator.HAS_ALL, Operator.IS_NULL})
PLACED = frozenset({Operator.NEAR, Operator.DISTANCE, Operator.IN_BOX, Operator.IS_NULL})
COUNTED = frozenset({Aggregate.COUNT, Aggregate.COUNT_DISTINCT})
RANGED = COUNTED | {Aggregate.MIN, Aggregate.MAX}
SUMMED = RANGED | {
    Aggregate.SUM,
    Aggregate.AVERAGE,
    Aggregate.MEDIAN,
    Aggregate.PERCENTILE,
    Aggregate.STANDARD_DEVIATION,
}
COMPARABLE = SUMMED - {Aggregate.PERCENTILE, Aggregate.STANDARD_DEVIATION}  # the figures that groups are compared by


@dataclass(frozen=True, slots=True)
class Column:
    """One stored property of a field: its key in the database and how it lies there."""

    key: str
    storage: Storage


class InvalidValue(ValueError):
    """A value its kind refuses; the sentence, filled with the facts, says how to mend it (`models.errors.told`)."""

    def __init__(self, code: str, sentence: str, **facts: Any) -> None:
        self.code = code
        self.message = filled(sentence, facts)
        self.facts = facts
        super().__init__(self.message)

    def at(self, path: tuple[str | int, ...]) -> Problem:
        """What is wrong, as a problem of the value that stands there."""
        return Problem(self.code, self.message, path, self.facts)

    def in_column(self, column: str) -> InvalidValue:
        """The same, of a value that one of several columns holds."""
        refused = InvalidValue(self.code, f"{column}: {self.message}")
        refused.facts = {**self.facts, "column": column}
        return refused

    def because(self, code: str, path: tuple[str | int, ...], before: str = "") -> Problem:
        """A problem of something else, for the reason that this value is refused."""
        return Problem(code, before + self.message, path, {"because": {"code": self.code, **self.facts}})


class Kind(ABC):
    """A kind of field. Instances carry no state; everything about one field comes in as `field`.

    Values take four forms: *given* (JSON or GraphQL, untrusted), *value* (canonical Python: str, int, Decimal, bool, date,
    datetime in UTC, tuple[str, ...], Money, GeoPoint), *stored* (what the driver takes and returns for each column) and *shown*.
    """

    name: ClassVar[str]
    scalar: ClassVar[str]  # the GraphQL scalar or object type of a value: "String", "BigInt", "Decimal", "Money", …
    operators: ClassVar[frozenset[Operator]] = EQUALITY
    aggregates: ClassVar[frozenset[Aggregate]] = COUNTED
    sortable: ClassVar[bool] = True
    indexed: ClassVar[bool] = True  # a range index is worth its upkeep
    is_list: ClassVar[bool] = False  # a value is a list of the scalar
    options: ClassVar[frozenset[str]] = frozenset()  # names of the options a field of this kind may set

    def graphql_scalar(self, field: Field) -> str:
        """The scalar for this field; some kinds choose by their options (whole numbers beyond 32 bits are BigInt)."""
        return self.scalar

    @abstractmethod
    def columns(self, field: Field) -> tuple[Column, ...]:
        """The stored properties, the one that sorts and compares first."""

    def check_definition(self, field: Field) -> list[Problem]:
        """Everything wrong with the field's own options and default; [] when sound. Paths are relative to the field."""
        known = ", ".join(sorted(self.options)) or "none"
        problems = [
            told(
                "unknown_option",
                "{kind} has no option {option}; it knows: {known}.",
                ("options", name),
                kind=self.name,
                option=repr(name),
                known=known,
            )
            for name in field.options
            if name not in self.options
        ]
        problems += self.check_options(field)
        if field.default is not None and not problems:
            try:
                self.coerce(field, field.default)
            except InvalidValue as error:
                problems.append(error.because("bad_default", ("default",)))
        return problems

    def check_options(self, field: Field) -> list[Problem]:
        """Everything wrong with the values of the options this kind knows. Paths are relative to the field."""
        return []

    @abstractmethod
    def coerce(self, field: Field, given: Any) -> Any:
        """The canonical value of something given, checked in full; never None. Raises InvalidValue."""

    def to_store(self, field: Field, value: Any) -> Mapping[str, Any]:
        """Column key → driver value of a canonical value."""
        (column,) = self.columns(field)
        return {column.key: value}

    def nothing(self, field: Field) -> Mapping[str, None]:
        """Column key → None: what clearing the field stores."""
        return {column.key: None for column in self.columns(field)}

    def from_store(self, field: Field, *stored: Any) -> Any:
        """The JSON form (as GraphQL answers it) of what the columns hold as read: dates and moments arrive as text."""
        return stored[0]

    def shown_as_stored(self, field: Field) -> bool:
        """Whether the JSON form is what the first column holds, whatever it holds."""
        return type(self).from_store is Kind.from_store

    def to_compare(self, field: Field, given: Any, operator: Operator = Operator.EQ) -> Any:
        """What a filter's operand becomes as a query parameter for the first column. Raises InvalidValue.

        Looser than `coerce`: a filter may ask for a value the field would refuse to hold. Kinds that round their values
        round the operand to the side that leaves the comparison as it is.
        """
        (column, *_) = self.columns(field)
        return self.to_store(field, self.coerce(field, given))[column.key]

    @abstractmethod
    def show(self, field: Field, value: Any, language: str) -> str:
        """The value for people, in `en`, `ru` or `fa`."""

    def parse(self, field: Field, text: str) -> Any:
        """The canonical value of a cell of an imported file. Raises InvalidValue."""
        return self.coerce(field, text)

    @abstractmethod
    def export(self, field: Field, value: Any) -> str:
        """The value as a cell of an exported file; `parse` reads it back to the same value."""
