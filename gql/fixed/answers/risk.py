"""`churn` and `riskPaths`: who is about to leave, why, and by which ways the risk comes."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated

import strawberry
from strawberry.scalars import JSON

from gql.fixed.answers.shown import After, First, OnSnapshot, Showing, asked, card_of, cursor, place, reasons_of
from gql.fixed.context import FixedInfo
from gql.fixed.labels import Language, plain
from gql.fixed.view_types import RecordCard, ViewReason
from models.profiles import profile_of

if TYPE_CHECKING:
    from analytics.answering.risk import RiskPath, RiskRow
    from analytics.answering.shown import Cards


@strawberry.type(description="A way along which risk comes, as a run stored it.")
class StoredRiskPath:
    """A stored way."""

    strength: float = strawberry.field(description="What it brings.")
    records: list[RecordCard] = strawberry.field(description="The records it leads over, the record itself last.")
    facts: JSON = strawberry.field(description="The shares that its links pass on, and the risk at its beginning.")


@strawberry.type(description="A record with its risk, as the last run of churn stored it.")
class ChurnRow:
    """A row."""

    cursor: str = strawberry.field(description="Where this row lies, for `after`.")
    record: RecordCard = strawberry.field(description="The record.")
    risk: float = strawberry.field(description="The risk that it leaves, 0 to 1.")
    own: float | None = strawberry.field(description="The part from its own signs.")
    received: float | None = strawberry.field(description="The part that comes along its relationships.")
    band: str | None = strawberry.field(description="low, medium or high.")
    trend: float | None = strawberry.field(description="Its risk less that of the run before.")
    run: int = strawberry.field(description="The number of the run.")
    at: datetime = strawberry.field(description="The moment of the data that the run was made from.")
    reasons: list[ViewReason] = strawberry.field(description="Why, the weightiest first; they sum to the risk.")
    paths: list[StoredRiskPath] = strawberry.field(description="The ways along which most of it comes.")


@strawberry.type(description="Records of a type by their stored risk.")
class ChurnPage:
    """A page."""

    rows: list[ChurnRow] = strawberry.field(description="The records, the highest risk first.")
    has_next_page: bool = strawberry.field(description="Whether rows follow.")
    end_cursor: str | None = strawberry.field(description="The cursor of the last row; null on an empty page.")


@strawberry.type(description="A way along which risk comes to a record.")
class RiskPathFound:
    """A way."""

    records: list[RecordCard] = strawberry.field(description="The records it leads over, the record itself last.")
    shares: list[float] = strawberry.field(description="The share of a risk that each link passes on.")
    brings: float = strawberry.field(description="The part of the record's risk that comes this way.")
    weakest: list[RecordCard] = strawberry.field(description="The two between which least is passed on.")


@strawberry.type(description="The risk of one record now, and the ways along which it comes.")
class RiskPathsAnswer(OnSnapshot):
    """Risk and ways."""

    record: RecordCard = strawberry.field(description="The record.")
    risk: float = strawberry.field(description="The risk that it leaves, 0 to 1.")
    own: float = strawberry.field(description="The part from its own signs.")
    received: float = strawberry.field(description="The part that comes along its relationships.")
    band: str = strawberry.field(description="low, medium or high.")
    reasons: list[ViewReason] = strawberry.field(description="Signed parts that sum to the risk.")
    paths: list[RiskPathFound] = strawberry.field(description="The ways that bring most, the greatest first.")


async def churn(
    info: FixedInfo,
    type: Annotated[str, strawberry.argument(description="The type of the records that may leave.")],
    first: First = 20,
    after: After = None,
    band: Annotated[str | None, strawberry.argument(description="Only those of a band: low, medium or high.")] = None,
    left: Annotated[
        bool | None,
        strawberry.argument(
            description="Only those that have left (true), or only those that have not (false); both, if left out."
        ),
    ] = None,
    language: Language = "en",
) -> ChurnPage:
    """Records of a type by their stored risk."""
    from analytics.answering.risk import churn as found_churn

    order = f"churn {type} {band or ''} {left}"
    behind = place(info, order, after)
    start = None if behind is None else (behind.score, behind.id)
    found = await found_churn(asked(info), type, band=band, left=left, first=first, after=start)
    told = partial(
        reasons_of,
        cards=found.cards,
        language=language,
        kind=info.context.model.types[type],
        signals=profile_of(info.context.model, type).signals,
    )
    rows = [
        _row(each, found.cards, told(each.reasons), cursor(info, order, each.risk, each.id))
        for each in found.rows
        if each.id in found.cards
    ]
    return ChurnPage(rows=rows, has_next_page=found.more, end_cursor=rows[-1].cursor if rows else None)


def _row(row: RiskRow, cards: Cards, reasons: list[ViewReason], place: str) -> ChurnRow:
    paths = [
        StoredRiskPath(
            strength=float(each["strength"]),
            records=[card_of(cards[id]) for id in each["records"] if id in cards],
            facts=plain(each.get("facts", {})),
        )
        for each in row.paths
    ]
    return ChurnRow(
        cursor=place,
        record=card_of(cards[row.id]),
        risk=row.risk,
        own=row.own,
        received=row.received,
        band=row.band,
        trend=row.trend,
        run=row.run,
        at=row.at,
        reasons=reasons,
        paths=paths,
    )


async def risk_paths(
    info: FixedInfo,
    id: Annotated[strawberry.ID, strawberry.argument(description="The record whose risk is looked for.")],
    first: First = 5,
    hops: Annotated[int, strawberry.argument(description="How many links at most, 1 to 6.")] = 4,
    language: Language = "en",
) -> RiskPathsAnswer:
    """The risk of one record now, and the ways along which it comes."""
    from analytics.answering.risk import risk_paths as found_paths

    found = await found_paths(asked(info), id, first=first, hops=hops)
    showing = Showing(found, language)
    return RiskPathsAnswer(
        snapshot_at=showing.snapshot_at,
        seq=showing.seq,
        record=card_of(found.record),
        risk=found.risk,
        own=found.own,
        received=found.received,
        band=found.band,
        reasons=showing.reasons(
            found.reasons,
            info.context.model.types[found.record.type],
            profile_of(info.context.model, found.record.type).signals,
        ),
        paths=[_path(showing, each) for each in found.paths],
    )


def _path(showing: Showing, found: RiskPath) -> RiskPathFound:
    weakest = showing.card_list(found.weakest or ())
    records = showing.card_list(found.records)
    return RiskPathFound(records=records, shares=list(found.shares), brings=found.brings, weakest=weakest)
