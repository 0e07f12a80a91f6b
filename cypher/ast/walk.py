"""Rewriting a statement: every node is rebuilt from its rewritten parts, then offered to a function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

Part = TypeVar("Part")


def transform(part: Part, change: Callable[[Any], Any]) -> Part:
    """The part with `change` applied to every node in it, inside first; untouched nodes are shared, not copied."""
    return _rebuilt(part, change)  # type: ignore[no-any-return]  # the shape of the part is kept, its class is the caller's


def _rebuilt(part: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(part, tuple):
        rebuilt = tuple(_rebuilt(element, change) for element in part)
        return part if all(a is b for a, b in zip(rebuilt, part, strict=True)) else rebuilt
    if not is_dataclass(part) or isinstance(part, type):
        return part
    before = {field.name: getattr(part, field.name) for field in fields(part)}
    after = {name: _rebuilt(value, change) for name, value in before.items()}
    if any(after[name] is not before[name] for name in before):
        part = type(part)(**after)
    return change(part)
