"""Search by meaning: what of a record a model of language is told, and what such a model is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from models.scores import PREFIX
from models.search.stored import Searched, written

KEY = f"{PREFIX}meaning"  # like what words are found by it lies beside the record, outside its version and changes
LONGEST = 4_000  # characters of a record that the model is told


class Meaning(Protocol):
    """A model that turns texts into vectors which lie near one another where the texts mean much the same."""

    @property
    def mark(self) -> str:
        """What tells the model from any other; vectors of two models do not compare."""

    @property
    def size(self) -> int:
        """How many numbers a vector has."""

    def vectors(self, texts: Sequence[str]) -> list[list[float] | None]:
        """A vector for each text; None where the model knows no word of it."""


def told(of: Searched, values: Mapping[str, Any]) -> str:
    """What the model is told of a record with these values: all that search looks into."""
    lines = (written(values[name]) for name in of.fields if values.get(name) is not None)
    return "\n".join(lines)[:LONGEST]


def mark_of(meaning: Meaning, of: Searched) -> str:
    """What changes whenever the records of a type must be told anew."""
    return f"{meaning.mark} {of.mark}"
