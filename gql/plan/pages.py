"""The page of a list: how many rows, from where, in which direction."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from graphql import GraphQLError

from cypher import request, texts
from cypher.compile.properties import first_column, is_text
from gql.plan.cursors import Cursors
from gql.plan.given import Given
from gql.plan.slots import Slots
from models.fields import geo_point
from models.fields.date import day
from models.fields.date_time import moment
from models.fields.kind import InvalidValue, Operator, Storage

DEFAULT_SIZE = 50


def page(
    slots: Slots,
    cursors: Cursors,
    order: tuple[request.OrderKey, ...],
    order_text: str,
    filter_: request.Filter | None,
    arguments: dict[str, Given],
    most: int,
    label: str,
    *,
    peek: bool,
    most_skipped: int,
) -> request.Page:
    """The page that first/after or last/before, and skip, ask for. Raises GraphQLError when they contradict each other."""
    asked = {name: value for name in ("first", "after", "last", "before") if (value := arguments.get(name))}
    backward = "last" in asked or ("before" in asked and "first" not in asked)
    if (backward and ("first" in asked or "after" in asked)) or (not backward and "before" in asked):
        raise GraphQLError(
            f"{label}: page with first and after, or with last and before, not both.",
            extensions={"code": "bad_page"},
        )
    size = asked.get("last" if backward else "first", Given(DEFAULT_SIZE))

    def rows(value: Any) -> int:
        if not isinstance(value, int) or not 0 <= value <= most:
            raise InvalidValue("page_too_large", f"ask for 0 to {most} rows a page; use after to go on.")
        return value + 1 if peek else value

    size_slot = slots.add(size, rows, label)
    cursor = asked.get("before" if backward else "after")
    cut = None if cursor is None else _cut(slots, cursors, order, order_text, cursor, label, backward=backward)
    skip_slot = ""
    if skip := arguments.get("skip"):
        skip_slot = slots.add(skip, partial(_skipped, most_skipped), f"{label}.skip")
    return request.Page(filter_, order, size_slot, cut, backward, peek, skip_slot)


def _skipped(most: int, value: Any) -> int:
    if not isinstance(value, int) or not 0 <= value <= most:
        raise InvalidValue(
            "skip_too_large",
            f"pass over 0 to {most} rows; begin behind a cursor that lies nearer (after), or count from the end (last).",
        )
    return value


def _cut(
    slots: Slots,
    cursors: Cursors,
    order: tuple[request.OrderKey, ...],
    order_text: str,
    cursor: Given,
    label: str,
    *,
    backward: bool,
) -> request.Cut:
    try:
        values, _ = cursors.read(order_text, cursor.plain())
    except InvalidValue as error:
        raise GraphQLError(f"{label}: {error.message}", extensions={"code": error.code}) from error
    names = []
    for place, (key, value) in enumerate(zip(order, values, strict=True)):
        names.append(
            None if value is None else _sort_slot(slots, cursors, order_text, cursor, place, key, label, backward)
        )
    tie = slots.add(cursor, lambda text: cursors.read(order_text, text)[1], label)
    endless = {name for name, value in zip(names, values, strict=True) if name and texts.is_endless(value)}
    return request.Cut(tuple(names), tie, frozenset(endless))


def _sort_slot(
    slots: Slots,
    cursors: Cursors,
    order_text: str,
    cursor: Given,
    place: int,
    key: request.OrderKey,
    label: str,
    backward: bool,
) -> str:
    if key.from_slot:
        both = Given({"cursor": cursor, "whence": slots.given(key.from_slot)})
        return slots.add(both, _far(cursors, order_text, place), label)
    native = _native(key, descending=key.descending != backward)
    return slots.add(cursor, _reader(cursors, order_text, place, native), label)


def _far(cursors: Cursors, order_text: str, place: int) -> Callable[[Any], Any]:
    """How a distance in a cursor becomes a parameter; it must be one from the point that the order names."""

    def read(both: Any) -> Any:
        far, *whence = cursors.read(order_text, both["cursor"])[0][place]
        if whence != [*geo_point.place(both["whence"]).plain().values()]:
            raise InvalidValue("bad_cursor", "This cursor tells distances from another point; begin again without it.")
        return far

    return read


def _native(key: request.OrderKey, *, descending: bool) -> Callable[[Any], Any]:
    """How a value of a cursor becomes a parameter."""
    if is_text(key.field):
        return partial(texts.operand, Operator.LT if descending else Operator.GT)
    return {Storage.DATE: day, Storage.DATETIME: moment}.get(first_column(key.field).storage, _as_it_is)


def _as_it_is(value: Any) -> Any:
    return value


def _reader(cursors: Cursors, order_text: str, place: int, native: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def read(text: Any) -> Any:
        value = cursors.read(order_text, text)[0][place]
        return None if value is None else native(value)

    return read
