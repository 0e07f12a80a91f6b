"""`recommend`: what to offer a record next, and why."""

from __future__ import annotations

from typing import Annotated

import strawberry

from gql.fixed.answers.shown import First, OnSnapshot, Showing, asked, card_of
from gql.fixed.context import FixedInfo
from gql.fixed.labels import Language
from gql.fixed.view_types import RecordCard, ViewReason


@strawberry.type(description="Something to offer.")
class OfferFound:
    """An offer."""

    record: RecordCard = strawberry.field(description="What to offer.")
    score: float = strawberry.field(description="How strongly, 0 to 1.")
    reasons: list[ViewReason] = strawberry.field(description="What it took that goes with it; they sum to the score.")


@strawberry.type(description="What to offer a record next.")
class OffersAnswer(OnSnapshot):
    """Offers."""

    record: RecordCard = strawberry.field(description="The record.")
    offers: list[OfferFound] = strawberry.field(
        description="The offers, the best first; none to one that took nothing."
    )


async def recommend(
    info: FixedInfo,
    id: Annotated[strawberry.ID, strawberry.argument(description="Whom to recommend something to.")],
    first: First = 5,
    language: Language = "en",
) -> OffersAnswer:
    """What to offer a record next."""
    from analytics.answering.offers import recommend as found_offers

    found = await found_offers(asked(info), id, first=first)
    showing = Showing(found, language)
    offers = [
        OfferFound(record=showing.card(each.id), score=each.score, reasons=showing.reasons(each.reasons))
        for each in found.offers
    ]
    return OffersAnswer(snapshot_at=showing.snapshot_at, seq=showing.seq, record=card_of(found.record), offers=offers)
