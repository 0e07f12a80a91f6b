"""Why a row, or a part of it, does not go in: which part, a stable code, and a sentence with the cure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from typing import Any

from models.errors import filled


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing wrong with a row; `field` is what the mapping calls the place, and empty where it is the whole row.

    The facts are what the sentence is filled with, as `models.errors.told` has them.
    """

    field: str
    code: str
    message: str
    facts: Mapping[str, Any] = attribute(default_factory=dict, hash=False)

    def __str__(self) -> str:
        """The reason as one text."""
        return f"{self.field}: {self.message}" if self.field else self.message

    def under(self, owner: str) -> Reason:
        """The same, of a field that belongs to a relation or to an end."""
        return replace(self, field=f"{owner}.{self.field}" if self.field else owner)


def because(place: str, code: str, sentence: str, **facts: Any) -> Reason:
    """A reason whose sentence is filled with facts; `case` tells one sentence of a code from its others."""
    return Reason(place, code, filled(sentence, facts), facts)
