"""How many records and links there are, as it was known a moment ago."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """Records by type and links by relation; of what is not in it there are none."""

    by_type: Mapping[str, int] = field(default_factory=dict)
    by_relation: Mapping[str, int] = field(default_factory=dict)
    all_records: int = 0

    def records(self, type_name: str) -> int:
        """The records of a type."""
        return self.by_type.get(type_name, 0)

    def links(self, relation: str) -> int:
        """The links of a relation."""
        return self.by_relation.get(relation, 0)


NOTHING_KNOWN = Known()
