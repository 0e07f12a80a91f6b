"""`subgraph`: a part of the graph that is fit to be drawn, and what was left out of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry
from strawberry.scalars import JSON

from gql.fixed.answers.shown import AsOf, OnSnapshot, Relations, asked, card_of
from gql.fixed.context import FixedInfo
from gql.fixed.labels import plain
from gql.fixed.moments import moment_or_none
from gql.fixed.view_types import RecordCard

if TYPE_CHECKING:
    from analytics.answering import Asked
    from analytics.answering.drawn import Drawn
    from analytics.view360 import CardShown


@strawberry.type(description="A record of a drawing.")
class DrawnRecord:
    """A record."""

    record: RecordCard = strawberry.field(description="The record.")
    hop: int = strawberry.field(description="How many links it is away from those asked for.")
    strength: float = strawberry.field(description="The weight of its links with those it was reached from.")


@strawberry.type(description="A link of a drawing.")
class DrawnLink:
    """A link."""

    source: strawberry.ID = strawberry.field(description="Where it begins.")
    target: strawberry.ID = strawberry.field(description="Where it ends.")
    relation: str = strawberry.field(description="The relation.")
    weight: float = strawberry.field(description="What it weighs.")
    count: int = strawberry.field(description="How many links of the relation it stands for.")
    valid_from: datetime | None = strawberry.field(description="Since when it holds; null where that is open.")
    valid_to: datetime | None = strawberry.field(description="Until when, that moment outside; null where it is open.")


@dataclass(frozen=True, slots=True)
class _Told:
    """What was drawn, and for whom."""

    drawn: Drawn
    asked: Asked


@strawberry.type(description="Records and the links among them, ranked and capped.")
class SubgraphAnswer(OnSnapshot):
    """A drawing; what is not asked for is not made."""

    told: strawberry.Private[_Told]
    records_left_out: JSON = strawberry.field(
        description="How many records within the hops are linked to a shown one and not shown, by type."
    )
    beyond: JSON = strawberry.field(description="How many are linked to the outermost shown ones only, by type.")
    links_left_out: JSON = strawberry.field(description="How many links of shown records are not drawn, by relation.")

    @strawberry.field(description="Those asked for first, then hop by hop, best first.")
    async def records(self) -> list[DrawnRecord]:
        """The records."""
        cards = await self.told.asked.cards(self.told.drawn.snapshot, self.told.drawn.ids)
        return [
            DrawnRecord(record=card_of(cards[each.id]), hop=each.hop, strength=each.strength)
            for each in self.told.drawn.records
        ]

    @strawberry.field(description="The links among them, parallel ones as one.")
    def links(self) -> list[DrawnLink]:
        """The links."""
        return [
            DrawnLink(
                source=strawberry.ID(each.source),
                target=strawberry.ID(each.target),
                relation=each.relation,
                weight=each.weight,
                count=each.count,
                valid_from=each.valid_from,
                valid_to=each.valid_to,
            )
            for each in self.told.drawn.links
        ]

    @strawberry.field(
        description="The same by columns, for drawings of many: `records` with id, type and title; `links` with source and "
        "target (places among the records), relation, weight, count, validFrom and validTo."
    )
    async def columns(self) -> JSON:
        """The same in a fifth of the time and space."""
        drawn = self.told.drawn
        titles = await self.told.asked.titles(drawn.snapshot, drawn.ids)
        return JSON(_columns([titles[id] for id in drawn.ids], drawn.link_columns))


def _columns(cards: Sequence[CardShown], links: Mapping[str, list[Any]]) -> dict[str, dict[str, list[object]]]:
    return {
        "records": {
            "id": [card.id for card in cards],
            "type": [card.type for card in cards],
            "title": [card.title for card in cards],
        },
        "links": {
            **{name: links[name] for name in ("source", "target", "relation", "weight", "count")},
            "validFrom": [moment and moment.isoformat() for moment in links["valid_from"]],
            "validTo": [moment and moment.isoformat() for moment in links["valid_to"]],
        },
    }


async def subgraph(
    info: FixedInfo,
    ids: Annotated[
        list[strawberry.ID] | None,
        strawberry.argument(
            description="The records in the middle; the graph itself, the records with the most links first, if none."
        ),
    ] = None,
    hops: Annotated[int, strawberry.argument(description="How many links away at most, 0 to 4.")] = 2,
    relations: Relations = None,
    types: Annotated[
        list[str] | None, strawberry.argument(description="Only records of these types, beside those asked for.")
    ] = None,
    max_records: Annotated[int, strawberry.argument(description="How many records at most, 1 to 20000.")] = 60,
    max_links: Annotated[int, strawberry.argument(description="How many links at most, 0 to 60000.")] = 200,
    as_of: AsOf = None,
    any_time: Annotated[
        bool, strawberry.argument(description="Links that are over or still to come too; asOf says nothing then.")
    ] = False,
) -> SubgraphAnswer:
    """What is around some records."""
    from analytics.answering.drawn import subgraph as drawn

    reader = asked(info)
    found = await drawn(
        reader,
        ids or (),
        hops=hops,
        relations=relations,
        types=types,
        most_records=max_records,
        most_links=max_links,
        as_of=moment_or_none("asOf", as_of),
        any_time=any_time,
    )
    return SubgraphAnswer(
        snapshot_at=found.snapshot.taken_at,
        seq=found.snapshot.seq,
        told=_Told(found, reader),
        records_left_out=plain(found.records_left_out),
        beyond=plain(found.beyond),
        links_left_out=plain(found.links_left_out),
    )
