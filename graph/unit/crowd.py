"""How many links of one request stand together: at a pair at some moment, and at an end at all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from cypher.compile.writes import LinkKind
from models.commands import CreateLink
from models.metamodel import Metamodel

Span = tuple[datetime | None, datetime | None]


@dataclass(slots=True)
class Crowd:
    """The new links of this request by pair and by end, to see which of them cannot all be."""

    ends: Counter[tuple[str, str, str]]
    pairs: dict[tuple[str, str, str], list[Span]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, model: Metamodel, links: Iterable[CreateLink]) -> Crowd:
        """The links of a request, counted at their ends."""
        return cls(
            Counter(
                (link.relation, _side(name, symmetric=model.relations[link.relation].symmetric), id)
                for link in links
                for name, id in ends_of(link)
            )
        )

    def join(self, link: CreateLink) -> int:
        """How many links of this relation stand at the pair at some moment of the link's time, this one among them."""
        spans, span = self.pairs[link.relation, link.source, link.target], (link.valid_from, link.valid_to)
        spans.append(span)
        return sum(1 for other in spans if _overlap(span, other))

    def full_ends(self, kind: LinkKind, link: CreateLink, new: Iterable[str]) -> list[str]:
        """The records at the ends of a link that may come to have more than they may.

        A `new` record has no links but those of this request.
        """
        most = {"source": kind.most_of_source, "target": kind.most_of_target}
        return [
            id
            for name, id in ends_of(link)
            if (limit := most[name]) is not None
            and (id not in new or self.ends[kind.name, _side(name, symmetric=kind.symmetric), id] > limit)
        ]


def ends_of(link: CreateLink) -> Iterator[tuple[str, str]]:
    """The names of a link's ends, each with the record that stands there."""
    yield "source", link.source
    yield "target", link.target


def _side(name: str, *, symmetric: bool) -> str:
    return "" if symmetric else name


def _overlap(one: Span, other: Span) -> bool:
    return _before(one[0], other[1]) and _before(other[0], one[1])


def _before(begin: datetime | None, end: datetime | None) -> bool:
    return begin is None or end is None or begin < end
