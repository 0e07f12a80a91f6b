"""What the columns of a figure become in the answer: exact numbers, whatever their length."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cypher.compile.properties import first_column
from models.fields import kind_of
from models.fields.decimal import HALF, plain
from models.fields.integer import in_json
from models.fields.kind import Storage
from models.metamodel import Field

DIGITS = 6  # more than the field keeps, of what is divided
PART = 10**DIGITS
WHOLE = 1_000_000  # a share of 1, as percentiles are counted
Finish = Callable[..., Any]


def scale(field: Field) -> int:
    """How many digits after the point are stored as whole units."""
    key = first_column(field).key
    return int(key.rpartition("_e")[2]) if "_e" in key[len(field.key) :] else 0


def extreme(field: Field) -> Finish:
    """One of the values that are stored."""
    kind = kind_of(field)
    if len(kind.columns(field)) == 1:
        return lambda stored: kind.from_store(field, stored)
    return lambda stored: kind.from_store(field, stored, field.options.get("currency"))


def total(field: Field) -> Finish:
    """A sum, of two halves or of binary numbers."""
    if first_column(field).storage is Storage.FLOAT:
        return lambda summed, _: float(summed)

    def finish(high: int, low: int, count: int) -> Any:  # noqa: ARG001  # called as the average's is
        units = high * HALF + low
        if field.kind == "integer":
            return in_json(units)
        return _shown(field, plain(units, scale(field)))

    return finish


def mean(field: Field) -> Finish:
    """An average, with `DIGITS` more digits than the field has, rounded to the even one where it lies between two."""
    if first_column(field).storage is Storage.FLOAT:
        return lambda summed, count: summed / count if count else None

    def finish(high: int, low: int, count: int) -> Any:
        if not count:
            return None
        return _shown(field, plain(rounded((high * HALF + low) * PART, count), scale(field) + DIGITS))

    return finish


def deviation(field: Field) -> Finish:
    """A standard deviation, to the digits that do not depend on the order in which values were added."""
    unit = 10 ** scale(field)
    return lambda units, count: float(f"{units / unit:.9g}") if count > 1 else None


def between(field: Field) -> Finish:
    """What lies so many millionths of the way from one value to the next, which there is none of behind the last."""
    if first_column(field).storage is Storage.FLOAT:

        def of_floats(below: float | None, above: float | None, share: int) -> float | None:
            if below is None or above is None:
                return below
            return below + (above - below) * (share / WHOLE)

        return of_floats

    def finish(below: int | None, above: int | None, share: int) -> Any:
        if below is None:
            return None
        units = below * PART + ((above or 0) - below) * share if share else below * PART
        return _shown(field, plain(units, scale(field) + DIGITS))

    return finish


def rounded(number: int, divisor: int) -> int:
    """A quotient as a whole number, the even one where two are as near."""
    quotient, rest = divmod(number, divisor)
    return quotient + (2 * rest > divisor or (2 * rest == divisor and quotient % 2 == 1))


def _shown(field: Field, number: str) -> Any:
    return {"amount": number, "currency": field.options["currency"]} if field.kind == "money" else number
