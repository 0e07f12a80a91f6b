"""How what a search found is told: the matching parts of every field, how many of each type, whether a count is exact."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from cypher.request import FoundPart
from models.fields import kind_of
from models.fields.kind import Column
from models.metamodel import Field, Metamodel
from models.search.asked import Asked, asked
from models.search.matching import Highlight, highlight
from models.search.names import marks_of
from models.search.stored import searched, written

Told = list[dict[str, Any]]


def is_exact(most: int) -> Callable[[int], bool]:
    """Whether a count that stops at a number is the whole truth."""
    return lambda count: count < most


def facets(parts: Sequence[FoundPart]) -> Callable[[list[list[Any]]], Told]:
    """What is asked of each type that was found, from [type, how many]."""

    def told(pairs: list[list[Any]]) -> Told:
        return [_entries(parts, {"type": name, "count": count}) for name, count in pairs]

    return told


def stored_columns(model: Metamodel, type_name: str) -> list[Column]:
    """The properties that the searched fields of a type lie in, one after the other."""
    fields = (field for field, _ in searched(model)[type_name].fields.values())
    return [column for field in fields for column in kind_of(field).columns(field)]


def highlights_of(model: Metamodel, parts: Sequence[FoundPart]) -> Callable[[str, Any], Told]:
    """What is asked of each field that matches, from the text asked for and [type, its searched values]."""

    @lru_cache(maxsize=16)
    def wanted(text: str) -> Asked:
        return asked(text, marks_of(model))

    def told(text: str, held: list[Any] | None) -> Told:
        if held is None:
            return []
        name, values = held
        found = (highlight(wanted(text), field, shown) for field, shown in _shown(model, name, values))
        return [_highlight(parts, each) for each in found if each is not None]

    return told


def _shown(model: Metamodel, type_name: str, values: Sequence[Any]) -> list[tuple[Field, str]]:
    """Every searched field that has a value, and its text."""
    shown, at = [], 0
    for field, _ in searched(model)[type_name].fields.values():
        kind = kind_of(field)
        width = len(kind.columns(field))
        stored, at = values[at : at + width], at + width
        if stored[0] is not None:
            shown.append((field, written(kind.from_store(field, *stored))))
    return shown


def _highlight(parts: Sequence[FoundPart], found: Highlight) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for part in parts:
        if part.what == "ranges":
            spans = [
                {"start": _units(found.text, span.start), "end": _units(found.text, span.end)} for span in found.spans
            ]
            told[part.key] = [_entries(part.inner, span) for span in spans]
        else:
            told[part.key] = _entry(part, {"field": found.field, "text": found.text})
    return told


def _units(text: str, place: int) -> int:
    """A place in a text in UTF-16 units, as browsers count."""
    return place + sum(character > "\uffff" for character in text[:place])


def _entries(parts: Sequence[FoundPart], values: dict[str, Any]) -> dict[str, Any]:
    return {part.key: _entry(part, values) for part in parts}


def _entry(part: FoundPart, values: dict[str, Any]) -> Any:
    return part.type_name if part.what == "typename" else values[part.what]
