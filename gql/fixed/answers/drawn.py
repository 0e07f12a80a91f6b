"""`subgraph`: a part of the graph that is fit to be drawn, and what was left out of it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import strawberry
from strawberry.scalars import JSON

from gql.fixed.answers.shown import AsOf, OnSnapshot, Relations, Showing, asked
from gql.fixed.context import FixedInfo
from gql.fixed.labels import plain
from gql.fixed.moments import moment_or_none
from gql.fixed.view_types import RecordCard


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


@strawberry.type(description="Records and the links among them, ranked and capped.")
class SubgraphAnswer(OnSnapshot):
    """A drawing."""

    records: list[DrawnRecord] = strawberry.field(description="Those asked for first, then hop by hop, best first.")
    links: list[DrawnLink] = strawberry.field(description="The links among them, parallel ones as one.")
    records_left_out: JSON = strawberry.field(
        description="How many records within the hops are linked to a shown one and not shown, by type."
    )
    beyond: JSON = strawberry.field(description="How many are linked to the outermost shown ones only, by type.")
    links_left_out: JSON = strawberry.field(description="How many links of shown records are not drawn, by relation.")


async def subgraph(
    info: FixedInfo,
    ids: Annotated[list[strawberry.ID], strawberry.argument(description="The records in the middle.")],
    hops: Annotated[int, strawberry.argument(description="How many links away at most, 0 to 4.")] = 2,
    relations: Relations = None,
    types: Annotated[
        list[str] | None, strawberry.argument(description="Only records of these types, beside those asked for.")
    ] = None,
    max_records: Annotated[int, strawberry.argument(description="How many records at most, 1 to 2000.")] = 60,
    max_links: Annotated[int, strawberry.argument(description="How many links at most, 0 to 10000.")] = 200,
    as_of: AsOf = None,
    any_time: Annotated[
        bool, strawberry.argument(description="Links that are over or still to come too; asOf says nothing then.")
    ] = False,
) -> SubgraphAnswer:
    """What is around some records."""
    from analytics.answering.drawn import subgraph as drawn

    found = await drawn(
        asked(info),
        ids,
        hops=hops,
        relations=relations,
        types=types,
        most_records=max_records,
        most_links=max_links,
        as_of=moment_or_none("asOf", as_of),
        any_time=any_time,
    )
    showing = Showing(found)
    records = [
        DrawnRecord(record=showing.card(each.id), hop=each.hop, strength=each.strength) for each in found.records
    ]
    links = [
        DrawnLink(
            source=strawberry.ID(each.source),
            target=strawberry.ID(each.target),
            relation=each.relation,
            weight=each.weight,
            count=each.count,
            valid_from=each.valid_from,
            valid_to=each.valid_to,
        )
        for each in found.links
    ]
    return SubgraphAnswer(
        snapshot_at=showing.snapshot_at,
        seq=showing.seq,
        records=records,
        links=links,
        records_left_out=plain(found.records_left_out),
        beyond=plain(found.beyond),
        links_left_out=plain(found.links_left_out),
    )
