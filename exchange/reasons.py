"""Why a row, or a part of it, does not go in: which part, a stable code, and a sentence with the cure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing wrong with a row; `field` is what the mapping calls the place, and empty where it is the whole row."""

    field: str
    code: str
    message: str

    def __str__(self) -> str:
        """The reason as one text."""
        return f"{self.field}: {self.message}" if self.field else self.message

    def under(self, owner: str) -> Reason:
        """The same, of a field that belongs to a relation or to an end."""
        return Reason(f"{owner}.{self.field}" if self.field else owner, self.code, self.message)
