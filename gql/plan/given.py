"""Argument values that remember where they came from, so that a plan can be run again with other variables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from graphql import (
    BooleanValueNode,
    EnumValueNode,
    FieldNode,
    FloatValueNode,
    IntValueNode,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    StringValueNode,
    ValueNode,
    VariableNode,
)

Path = tuple[str | int, ...]
_CURSOR = re.compile(r"k[012]{0,40}\.")


class Pinned(str):
    """A text in a variable that shapes the statement, so that no other text shares its plan."""

    __slots__ = ()


class PinnedNumber(int):
    """The same for a whole number."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Given:
    """A value and, where it came from a variable, the way to it: the variable's name, then keys and places."""

    value: Any
    source: Path | None = None

    def __bool__(self) -> bool:
        return self.value is not None

    def items(self) -> Iterator[tuple[str, Given]]:
        """The entries of an object."""
        for key, value in self.value.items():
            yield key, value if isinstance(value, Given) else self._inner(key, value)

    def each(self) -> Iterator[Given]:
        """The elements of a list; a single value counts as a list of one, as GraphQL has it."""
        if not isinstance(self.value, list):
            yield self
            return
        for place, value in enumerate(self.value):
            yield value if isinstance(value, Given) else self._inner(place, value)

    def _inner(self, key: str | int, value: Any) -> Given:
        return Given(value, None if self.source is None else (*self.source, key))

    def plain(self) -> Any:
        """The value with nothing but Python in it."""
        return _plain(self.value)


def _plain(value: Any) -> Any:
    if isinstance(value, Given):
        return _plain(value.value)
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


def given(node: ValueNode, variables: Mapping[str, Any]) -> Given | None:
    """What an argument says; None when it is a variable that was left out. Exact numbers stay exact."""
    match node:
        case VariableNode():
            name = node.name.value
            return Given(variables[name], (name,)) if name in variables else None
        case ObjectValueNode():
            inner = {field.name.value: given(field.value, variables) for field in node.fields}
            return Given({key: value for key, value in inner.items() if value is not None})
        case ListValueNode():
            elements = [given(element, variables) or Given(None) for element in node.values]
            constant = not any(_holds_variable(element) for element in node.values)
            return Given([element.plain() for element in elements] if constant and _flat(node) else elements)
        case NullValueNode():
            return Given(None)
        case IntValueNode():
            return Given(int(node.value))
        case FloatValueNode():
            return Given(Decimal(node.value))
        case StringValueNode() | BooleanValueNode() | EnumValueNode():
            return Given(node.value)
    raise TypeError(type(node).__name__)


def _flat(node: ListValueNode) -> bool:
    return not any(isinstance(element, (ObjectValueNode, ListValueNode)) for element in node.values)


def _holds_variable(node: ValueNode) -> bool:
    if isinstance(node, VariableNode):
        return True
    if isinstance(node, ListValueNode):
        return any(_holds_variable(element) for element in node.values)
    return isinstance(node, ObjectValueNode) and any(_holds_variable(field.value) for field in node.fields)


def key_of(node: FieldNode) -> str:
    """The response key of a field."""
    return node.alias.value if node.alias else node.name.value


def follow(variables: Mapping[str, Any], source: Path) -> Any:
    """The value at the end of a source."""
    value: Any = variables
    for step in source:
        value = value[step]
    return value


def shape(value: Any) -> Any:
    """What of a variable's value shapes the statement: keys, lengths of lists of objects, truth values, and what is null.

    Two values of the same shape share a plan.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, dict):
        return tuple((key, shape(inner)) for key, inner in value.items())
    if isinstance(value, list):
        return (
            ("list", *map(shape, value))
            if any(isinstance(inner, (dict, list, Pinned, PinnedNumber)) or inner is None for inner in value)
            else "list"
        )
    if isinstance(value, Pinned):
        return value
    if isinstance(value, str):
        if value in ("ASC", "DESC"):
            return value
        cursor = _CURSOR.match(value)
        return cursor[0] if cursor else "text"
    return value if isinstance(value, PinnedNumber) else "number"
