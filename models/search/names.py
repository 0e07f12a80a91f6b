"""Fields by the names a user may type before a colon: `city:Berlin`, `Stadt:Berlin`, `город:Берлин`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from models.metamodel import Field, Metamodel
from models.search.asked import MarksOf
from models.search.folding import fold
from models.search.stored import field_mark, searched


def marks_of(model: Metamodel) -> MarksOf:
    """The marks of the searched fields that have a name or a label, in any language and whatever its case; () when none has."""
    known = _marks(model)
    return lambda name: known.get(_typed(name), ())


@lru_cache(maxsize=8)
def _marks(model: Metamodel) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for of in searched(model).values():
        for field, _ in of.fields.values():
            for name in _names(field):
                found[_typed(name)][field_mark(field)] = None
    found.pop("", None)
    return MappingProxyType({name: tuple(marks) for name, marks in found.items()})


def _names(field: Field) -> list[str]:
    return [field.name, *(text for forms in field.labels.values() for text in forms.values())]


def _typed(name: str) -> str:
    return fold(name).replace(" ", "")
