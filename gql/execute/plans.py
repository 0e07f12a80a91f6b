"""Bounded caches: documents that were parsed and found valid, and the plans of their operations and of their mutations."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from gql.execute.documents import Document
    from gql.execute.parts import PartPlan
    from gql.execute.reading import ReadPlan
    from gql.execute.rehearsal import Sample
    from gql.mutations.planning import PlannedField

V = TypeVar("V")
MOST_DOCUMENTS = 1_000
MOST_PLANS = 2_000
MOST_CHARACTERS = 8_000_000


class Bounded(Generic[V]):
    """What was used last, up to so many entries and so many characters of text in all; the oldest goes first."""

    def __init__(self, most: int, most_characters: int = MOST_CHARACTERS) -> None:
        self.most, self.most_characters, self.characters = most, most_characters, 0
        self._entries: OrderedDict[Hashable, tuple[V, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: Hashable) -> V | None:
        """What was put under a key, if it is still there."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        self._entries.move_to_end(key)
        return entry[0]

    def latest(self, most: int) -> list[Hashable]:
        """The keys that were used last, the last one first."""
        return list(islice(reversed(self._entries), most))

    def put(self, key: Hashable, value: V, characters: int) -> None:
        """Keep a value whose making took so many characters of text; too long a text is not kept at all."""
        if characters * 8 > self.most_characters:
            return
        self._drop(key)
        self._entries[key] = (value, characters)
        self.characters += characters
        while len(self._entries) > self.most or self.characters > self.most_characters:
            self._drop(next(iter(self._entries)))

    def _drop(self, key: Hashable) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self.characters -= entry[1]


@dataclass(frozen=True, slots=True)
class PlanCache:
    """What an edition has learnt from the operations it answered."""

    documents: Bounded[Document] = field(default_factory=lambda: Bounded(MOST_DOCUMENTS))
    plans: Bounded[ReadPlan] = field(default_factory=lambda: Bounded(MOST_PLANS))
    samples: Bounded[Sample] = field(default_factory=lambda: Bounded(MOST_PLANS))  # what each plan was made for
    parts: Bounded[PartPlan] = field(default_factory=lambda: Bounded(MOST_DOCUMENTS))
    fields: Bounded[PlannedField] = field(default_factory=lambda: Bounded(MOST_DOCUMENTS))
    deprecated: Bounded[frozenset[str]] = field(default_factory=lambda: Bounded(MOST_DOCUMENTS))
