"""What an analyst gives an engine, as plain data, into the engine's own parameters, checked whole."""

from __future__ import annotations

import dataclasses
import re
import types
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from models.errors import Problem, Rejected

T = TypeVar("T")
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def parameters_of(kind: type[T], given: Mapping[str, Any], **fixed: Any) -> T:
    """An engine's parameters from names in camelCase or snake_case; what is left out has the engine's default.

    `fixed` are those that are not the analyst's to give. Raises Rejected with everything that is wrong.
    """
    hints = get_type_hints(kind)
    known = {each.name for each in dataclasses.fields(kind) if each.init} - fixed.keys()  # type: ignore[arg-type]  # a dataclass
    values: dict[str, Any] = dict(fixed)
    problems = []
    for name, value in given.items():
        own = _HUMPS.sub("_", name).lower()
        if own not in known:
            message = f"There is no parameter {name[:60]!r}; there are: {', '.join(sorted(known)) or 'none'}."
            problems.append(Problem("unknown_parameter", message, ("parameters", name)))
            continue
        try:
            values[own] = _coerced(hints[own], value)
        except (TypeError, ValueError):
            message = f"{name} cannot be {str(value)[:60]!r}; give {_called(hints[own])}."
            problems.append(Problem("bad_parameter", message, ("parameters", name)))
    if problems:
        raise Rejected(problems)
    try:
        return kind(**values)
    except (TypeError, ValueError) as error:  # the engine's own rules, such as bounds
        raise Rejected([Problem("bad_parameter", str(error), ("parameters",))]) from error


def _coerced(hint: Any, value: Any) -> Any:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _first_that_fits(get_args(hint), value)
    if origin in (tuple, list) or (isinstance(origin, type) and issubclass(origin, (tuple, list))):
        return tuple(_coerced(get_args(hint)[0], each) for each in _listed(value))
    if hint is bool or hint is str:
        return _exactly(hint, value)
    if hint is int:
        return _exactly(int, value)
    if hint is float:
        return float(_exactly((int, float), value))
    if hint is type(None):
        return _exactly(type(None), value)
    return value


def _first_that_fits(hints: tuple[Any, ...], value: Any) -> Any:
    for hint in hints:
        try:
            return _coerced(hint, value)
        except (TypeError, ValueError):
            continue
    raise ValueError(value)


def _exactly(kind: Any, value: Any) -> Any:
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise TypeError(value)
    return value


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise TypeError(value)
    return list(value)


def _called(hint: Any) -> str:
    return " or ".join(_names(hint))


def _names(hint: Any) -> Iterator[str]:
    if get_origin(hint) in (Union, types.UnionType):
        for inner in get_args(hint):
            yield from _names(inner)
        return
    named = {int: "a whole number", float: "a number", bool: "true or false", str: "a text", type(None): "null"}
    yield named.get(hint, "a list" if get_origin(hint) is not None else "another value")
