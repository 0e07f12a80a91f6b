"""`influence`: records ranked by a measure of the graph."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import orjson
import strawberry

from gql.fixed.answers.shown import (
    After,
    Direction,
    First,
    OnSnapshot,
    Relations,
    Showing,
    WalkDirection,
    asked,
    cursor,
    place,
    way,
)
from gql.fixed.context import FixedInfo
from gql.fixed.labels import Language
from gql.fixed.view_types import RecordCard, ViewReason


@strawberry.enum(description="What influence is measured by.")
class InfluenceMeasure(Enum):
    """A measure."""

    PAGERANK = strawberry.enum_value("pagerank", description="A share of a walk along the links; all sum to 1.")
    BETWEENNESS = strawberry.enum_value("betweenness", description="The share of shortest ways that lead through it.")
    CLOSENESS = strawberry.enum_value("closeness", description="How near others are, by ways to it.")
    HARMONIC = strawberry.enum_value("harmonic", description="The mean of 1 by the length of ways to it.")
    CORE = strawberry.enum_value("core", description="How deep in the graph: the core it belongs to.")
    DEGREE = strawberry.enum_value("degree", description="How many others it is linked with.")
    IN_DEGREE = strawberry.enum_value("in_degree", description="How many others link to it.")
    OUT_DEGREE = strawberry.enum_value("out_degree", description="How many others it links to.")
    BROKERAGE = strawberry.enum_value(
        "brokerage", description="Whom it connects that are not connected otherwise: structural holes, by Burt."
    )


Of = Annotated[
    list[strawberry.ID] | None,
    strawberry.argument(description="By nearness to these records: personalised PageRank. For PAGERANK."),
]


@strawberry.type(description="A record of a ranking.")
class RankedRecord:
    """A row."""

    cursor: str = strawberry.field(description="Where this row lies, for `after`.")
    record: RecordCard = strawberry.field(description="The record.")
    score: float = strawberry.field(description="What it was measured.")
    rank: int = strawberry.field(description="Its place among those ranked; 1 is the highest, equals share one.")
    percentile: float = strawberry.field(description="The share of those ranked, in percent, that are not above it.")
    reasons: list[ViewReason] = strawberry.field(description="What its PageRank is made of; empty for other measures.")


@strawberry.type(description="A page of a ranking.")
class InfluenceRanking(OnSnapshot):
    """A page."""

    rows: list[RankedRecord] = strawberry.field(description="The records, the highest first.")
    total_count: int = strawberry.field(description="How many are ranked.")
    has_next_page: bool = strawberry.field(description="Whether rows follow.")
    end_cursor: str | None = strawberry.field(description="The cursor of the last row; null on an empty page.")
    error: float = strawberry.field(description="How far a sampled measure is off at most; 0 for an exact one.")


async def influence(
    info: FixedInfo,
    types: Annotated[
        list[str] | None, strawberry.argument(description="The types that are ranked; all, if left out.")
    ] = None,
    relations: Relations = None,
    direction: Direction = WalkDirection.BOTH,
    measure: Annotated[
        InfluenceMeasure, strawberry.argument(description="What influence is measured by.")
    ] = InfluenceMeasure.PAGERANK,
    of: Of = None,
    first: First = 20,
    after: After = None,
    language: Language = "en",
) -> InfluenceRanking:
    """Ranked records."""
    from analytics.answering.rankings import ranking

    chosen = [
        types and sorted(types),
        relations and sorted(relations),
        direction.value,
        measure.value,
        sorted(of or ()),
    ]
    order = "influence " + orjson.dumps(chosen).decode()
    found = await ranking(
        asked(info),
        str(measure.value),
        relations=relations,
        types=types,
        way=way(direction),
        around=of or (),
        first=first,
        after=place(info, order, after),
    )
    showing = Showing(found, language)
    rows = [
        RankedRecord(
            cursor=cursor(info, order, each.score, each.id),
            record=showing.card(each.id),
            score=each.score,
            rank=each.rank,
            percentile=each.percentile,
            reasons=showing.reasons(each.reasons),
        )
        for each in found.rows
    ]
    return InfluenceRanking(
        snapshot_at=showing.snapshot_at,
        seq=showing.seq,
        rows=rows,
        total_count=found.total,
        has_next_page=found.more,
        end_cursor=rows[-1].cursor if rows else None,
        error=found.error,
    )
