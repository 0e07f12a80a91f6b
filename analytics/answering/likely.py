"""Links that are not recorded and likely: records that share neighbours with one and are not linked with it, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from analytics.answering.answers import Asked, check, out_of_range, records_unknown, relations_unknown, types_unknown
from analytics.answering.joinable import Mask, joinable
from analytics.answering.shown import Answer, spoken_of, told
from analytics.engines import missing_links as engine
from analytics.nearby import Nearby, nearby
from analytics.reasons import Reason
from analytics.snapshot import Snapshot
from analytics.view360.shown import CardShown, ReasonShown

MOST, MOST_THROUGH = 50, 10
ROUNDS, TOLERANCE = 100, 1e-7  # of walks, which weigh but a half of the score


@dataclass(frozen=True, slots=True)
class LikelyFound:
    """A record with its score beside the likeliest one, both measures, and the reasons, which sum to the score.

    `through` are the neighbours that both have, those with the fewest links first, at most `MOST_THROUGH` of `shared`.
    `relations` are those that may join the two.
    """

    id: str
    score: float
    adamic_adar: float
    pagerank: float
    shared: int
    through: tuple[str, ...]
    relations: tuple[str, ...]
    reasons: tuple[ReasonShown, ...]


@dataclass(frozen=True, slots=True, eq=False)
class LikelyLinksFound(Answer):
    """Likely links of a record, the likeliest first; `complete` False: neighbours with very many links were passed over."""

    record: CardShown
    links: tuple[LikelyFound, ...]
    complete: bool


async def likely_links(
    asked: Asked, id: str, *, types: Sequence[str] | None, relations: Sequence[str] | None, first: int
) -> LikelyLinksFound:
    """Which records are likely to be linked with one by some relations (None: all) and are not. Raises Rejected.

    They are of some types (None: all), and only such as one of these relations may still join with the record: an order that
    has its one customer is no other's.
    """
    snapshot = await asked.snapshot([id])
    problems = [*records_unknown(snapshot, [id], "record"), *types_unknown(snapshot, types)]
    check([*problems, *relations_unknown(snapshot.links, relations), *out_of_range("first", first, 1, MOST)])
    number = snapshot.index(id)
    names = tuple(snapshot.links) if relations is None else tuple(dict.fromkeys(relations))

    def found() -> tuple[tuple[LikelyFound, ...], bool]:
        near = nearby(snapshot, number, relations=names)
        return tuple(_found(snapshot, near, joinable(snapshot, asked.model, near, names, types), first)), near.complete

    links, complete = await asked.made(
        "likely links", (snapshot, id, names, None if types is None else tuple(types), first), found, keep=False
    )
    ids = [id, *(one for each in links for one in (each.id, *each.through, *spoken_of(each.reasons)))]
    cards = await asked.cards(snapshot, ids)
    return LikelyLinksFound(snapshot, cards, cards[id], links, complete)


def _found(snapshot: Snapshot, near: Nearby, ways: Sequence[tuple[str, Mask]], first: int) -> Iterator[LikelyFound]:
    """Only records that share a neighbour are found: those that are two links away."""
    parameters = engine.Parameters(most=first, rounds=ROUNDS, tolerance=TOLERANCE)
    missing = engine.run(near.graph, parameters, source=near.source, among=_among(near, ways))
    for place, node in enumerate(missing.nodes.tolist()):
        number, shared = int(near.nodes[node]), missing.shared(place)
        yield LikelyFound(
            snapshot.id(number),
            float(missing.scores[place]),
            float(missing.adamic_adar[place]),
            float(missing.pagerank[place]),
            len(shared),
            tuple(snapshot.id(int(near.nodes[each])) for each in shared[:MOST_THROUGH]),
            tuple(dict.fromkeys(name for name, may in ways if may[node])),
            told(snapshot, (_numbered(each, near) for each in missing.reasons(place))),
        )


def _among(near: Nearby, ways: Sequence[tuple[str, Mask]]) -> Mask:
    """Which nodes a relation may join with the record and none does."""
    may = np.zeros(len(near.nodes), np.bool_)
    for _, each in ways:
        may |= each
    return may & ~near.linked


def _numbered(reason: Reason, near: Nearby) -> Reason:
    """A reason of the part, with its records as the snapshot numbers them."""
    return replace(reason, records=tuple(int(near.nodes[each]) for each in reason.records))
