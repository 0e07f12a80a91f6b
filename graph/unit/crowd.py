"""How many links of one request stand together, at a pair or at a record, at some moment."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from models.metamodel import End, RelationType

Span = tuple[datetime | None, datetime | None]


@dataclass(slots=True)
class Crowd:
    """The links of this request by pair and by end, to see which of them cannot all be."""

    spans: dict[tuple[str, ...], list[Span]] = field(default_factory=lambda: defaultdict(list))

    def join(self, *at: str, span: Span) -> int:
        """How many links stand at this pair or end at some moment of the span, this one among them."""
        spans = self.spans[at]
        spans.append(span)
        return sum(1 for other in spans if _overlap(span, other))

    def at_end(self, relation: RelationType, end: End, name: str, record: str, span: Span) -> int:
        """The same for a record at an end; 1 where nobody counts."""
        return (
            1 if end.most is None else self.join(relation.name, "" if relation.symmetric else name, record, span=span)
        )


def _overlap(one: Span, other: Span) -> bool:
    return _before(one[0], other[1]) and _before(other[0], one[1])


def _before(begin: datetime | None, end: datetime | None) -> bool:
    return begin is None or end is None or begin < end
