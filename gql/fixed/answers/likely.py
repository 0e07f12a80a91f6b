"""`likelyLinks`: links that are not recorded and likely, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from gql.fixed.answers.shown import OnSnapshot, Relations, Showing, asked, card_of
from gql.fixed.context import FixedInfo
from gql.fixed.labels import Language
from gql.fixed.view_types import RecordCard, ViewReason

if TYPE_CHECKING:
    from analytics.answering.likely import LikelyFound


@strawberry.type(description="A record that is likely to be linked with another and is not.")
class LikelyLink:
    """A likely link."""

    record: RecordCard = strawberry.field(description="The record at its far end.")
    score: float = strawberry.field(
        description="How likely it is beside the others, 0 to 1: 1 is the likeliest by both measures. No probability."
    )
    adamic_adar: float = strawberry.field(
        description="The Adamic–Adar index: 1/ln(links) of each record that both are linked with, added up."
    )
    page_rank: float = strawberry.field(
        description="How many of the walks from the record end there, 0 to 1; walks lead over its own links and its neighbours'."
    )
    shared: int = strawberry.field(description="How many records both are linked with.")
    through: list[RecordCard] = strawberry.field(
        description="The records that both are linked with, those with the fewest links first; at most 10."
    )
    relations: list[str] = strawberry.field(
        description="The relations that may still join the two, of those that count."
    )
    reasons: list[ViewReason] = strawberry.field(description="Why it is likely; they sum to the score.")


@strawberry.type(description="Links of a record that are not recorded and likely.")
class LikelyLinksAnswer(OnSnapshot):
    """Likely links."""

    record: RecordCard = strawberry.field(description="The record.")
    links: list[LikelyLink] = strawberry.field(
        description="The likely links, the likeliest first; none where nobody shares a neighbour with it."
    )
    complete: bool = strawberry.field(
        description="False when neighbours with very many links were passed over: what is linked with them alone is left out."
    )


async def likely_links(
    info: FixedInfo,
    record: Annotated[strawberry.ID, strawberry.argument(description="The record that links may be missing at.")],
    types: Annotated[
        list[str] | None,
        strawberry.argument(description="Of which types the far ends are; any that a relation may join, if left out."),
    ] = None,
    relations: Relations = None,
    first: Annotated[int, strawberry.argument(description="How many of the likeliest, 1 to 50.")] = 10,
    language: Language = "en",
) -> LikelyLinksAnswer:
    """Links that a record is likely to have and has not."""
    from analytics.answering.likely import likely_links as found_links

    found = await found_links(asked(info), record, types=types, relations=relations, first=first)
    showing = Showing(found, language)
    return LikelyLinksAnswer(
        snapshot_at=showing.snapshot_at,
        seq=showing.seq,
        record=card_of(found.record),
        links=[_link(showing, each) for each in found.links],
        complete=found.complete,
    )


def _link(showing: Showing, found: LikelyFound) -> LikelyLink:
    return LikelyLink(
        record=showing.card(found.id),
        score=found.score,
        adamic_adar=found.adamic_adar,
        page_rank=found.pagerank,
        shared=found.shared,
        through=showing.card_list(found.through),
        relations=list(found.relations),
        reasons=showing.reasons(found.reasons),
    )
