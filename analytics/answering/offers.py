"""What to offer a record next: what those who took the same also took, and why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.answering.answers import Asked, check, out_of_range, records_unknown
from analytics.answering.scored import context
from analytics.answering.shown import Answer, spoken_of, told
from analytics.engines import recommend as engine
from analytics.view360.shown import CardShown, ReasonShown

MOST = 100


@dataclass(frozen=True, slots=True)
class OfferFound:
    """An offer with its score, and the parts that sum to it."""

    id: str
    score: float
    reasons: tuple[ReasonShown, ...]


@dataclass(frozen=True, slots=True, eq=False)
class OffersFound(Answer):
    """Offers for a record, the best first."""

    record: CardShown
    offers: tuple[OfferFound, ...]


async def recommend(asked: Asked, id: str, *, first: int) -> OffersFound:
    """What to offer a record, on the newest snapshot; nothing to one that took nothing. Raises Rejected."""
    from analytics.kinds.recommend import taken

    snapshot = await asked.snapshot([id])
    check([*records_unknown(snapshot, [id], "id"), *out_of_range("first", first, 1, MOST)])
    number = snapshot.index(id)
    type_name = snapshot.type_of(number)
    given = await context(asked, snapshot, type_name, events=False)
    graph = await asked.made("taken", (snapshot, type_name), lambda: taken(given))
    parameters = engine.Parameters()
    known = await asked.made("companions", (snapshot, type_name), lambda: engine.companions(graph, parameters))
    only = np.zeros(snapshot.n, np.bool_)
    only[number] = True

    def found() -> tuple[OfferFound, ...]:
        offered = engine.run(graph, engine.Parameters(most=first), subjects=only, known=known)
        return tuple(
            OfferFound(snapshot.id(offer), score, told(snapshot, offered.reasons(number, offer)))
            for offer, score in offered.of(number)
        )

    offers = await asked.made("offers", (snapshot, id, first), found, keep=False)
    ids = [id, *(one for each in offers for one in (each.id, *spoken_of(each.reasons)))]
    cards = await asked.cards(snapshot, ids)
    return OffersFound(snapshot, cards, cards[id], offers)
