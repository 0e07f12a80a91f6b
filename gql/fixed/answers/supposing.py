"""`whatIf`: an engine before and after a change that is not made."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from gql.fixed.answers.shown import First, OnSnapshot, Showing, asked
from gql.fixed.context import FixedInfo
from gql.fixed.labels import Language
from gql.fixed.moments import moment_or_none
from gql.fixed.view_types import RecordCard, ViewReason
from models.metamodel import Metamodel

if TYPE_CHECKING:
    from analytics.answering.supposing import Moved, Supposed
    from analytics.answering.wishes import Wishes

ID = strawberry.ID


@strawberry.input(description="A record that comes.")
class AddRecordWish:
    """A record without values."""

    type: str = strawberry.field(description="Its type.")
    id: ID = strawberry.field(description="A UUID that no record has, by which links that come may name it.")


@strawberry.input(description="The links of a relation from one record to another.")
class LinkWish:
    """Links."""

    relation: str = strawberry.field(description="The relation.")
    source: ID = strawberry.field(description="Where they begin.")
    target: ID = strawberry.field(description="Where they end.")


@strawberry.input(description="Links that end.")
class EndLinkWish(LinkWish):
    """Links and when they end."""

    at: datetime | None = strawberry.field(default=None, description="When; now, if left out.")


@strawberry.input(description="A link that comes.")
class AddLinkWish(LinkWish):
    """A link and its weight."""

    weight: float | None = strawberry.field(default=None, description="What it weighs; 1, if left out.")


@strawberry.input(description="Links that weigh otherwise.")
class WeightWish(LinkWish):
    """Links and their weight."""

    weight: float = strawberry.field(description="What they weigh then.")


@strawberry.input(description="What would be different; the data is not touched.")
class WhatIfInput:
    """A change to suppose."""

    remove_records: list[ID] | None = strawberry.field(
        default=None, description="Records that leave, with their links."
    )
    add_records: list[AddRecordWish] | None = strawberry.field(
        default=None, description="Records that come, without values or events, linked by `addLinks` only."
    )
    remove_links: list[LinkWish] | None = strawberry.field(default=None, description="Links that have never been.")
    end_links: list[EndLinkWish] | None = strawberry.field(default=None, description="Links that end.")
    add_links: list[AddLinkWish] | None = strawberry.field(default=None, description="Links that come.")
    weights: list[WeightWish] | None = strawberry.field(default=None, description="Links that weigh otherwise.")
    engine: str = strawberry.field(default="influence", description='Whose leading score is compared: "churn".')
    type: str | None = strawberry.field(
        default=None, description="The type whose records are compared; needed but for influence."
    )
    reach_from: list[ID] | None = strawberry.field(
        default=None, description="Tell who can no longer be reached from these records."
    )
    hops: int = strawberry.field(default=3, description="Within how many links, 1 to 10.")
    seed: int = strawberry.field(default=0, description="Where chance begins.")


@strawberry.type(description="A record whose score would move.")
class WhatIfMove:
    """A move."""

    record: RecordCard = strawberry.field(description="The record.")
    before: float = strawberry.field(description="Its score now.")
    after: float = strawberry.field(description="Its score then.")
    change: float = strawberry.field(description="How much more it would be.")
    rank_before: int = strawberry.field(description="Its rank now; 1 is the highest score.")
    rank_after: int = strawberry.field(description="Its rank then.")
    reasons: list[ViewReason] = strawberry.field(description="Which parts of its score move; they sum to the change.")


@strawberry.type(description="A record that would be left with a single link.")
class WhatIfWeakened:
    """A weakened record."""

    record: RecordCard = strawberry.field(description="The record.")
    last: RecordCard = strawberry.field(description="The one it would be linked with still.")


@strawberry.type(description="A record that would be out of reach, or further away.")
class WhatIfReach:
    """A distance."""

    record: RecordCard = strawberry.field(description="The record.")
    steps_before: int = strawberry.field(description="How many links away it is now.")
    steps_after: int | None = strawberry.field(description="How many then; null when it is out of reach.")


@strawberry.type(description="What would be.")
class WhatIfAnswer(OnSnapshot):
    """Before and after."""

    score: str = strawberry.field(description="The score that is compared.")
    moves: list[WhatIfMove] = strawberry.field(description="Who moves, the farthest first.")
    moved: int = strawberry.field(description="How many move.")
    gone: list[RecordCard] = strawberry.field(description="Those that would have no score any more.")
    came: list[RecordCard] = strawberry.field(description="Those that would have one, and have none now.")
    sum_before: float = strawberry.field(description="The sum of all scores now.")
    sum_after: float = strawberry.field(description="The sum then.")
    lost_only_link: list[RecordCard] = strawberry.field(
        description="Those whose only link would go: to a record of the types that leave, or, where a link goes, to one of "
        "the type at its other end."
    )
    left_with_one: list[WhatIfWeakened] = strawberry.field(
        description="Those that would be left with a single such link."
    )
    out_of_reach: list[WhatIfReach] = strawberry.field(description="Those that `reachFrom` would no longer reach.")
    further_away: list[WhatIfReach] = strawberry.field(description="Those that would be reached by more links.")


async def what_if(
    info: FixedInfo,
    input: Annotated[WhatIfInput, strawberry.argument(description="What to suppose.")],  # noqa: A002  # GraphQL's name
    first: First = 20,
    language: Language = "en",
) -> WhatIfAnswer:
    """What would be if."""
    from analytics.answering.supposing import what_if as supposed

    found = await supposed(
        asked(info),
        _wishes(input),
        engine=input.engine,
        type_name=input.type,
        first=first,
        reach_from=input.reach_from or (),
        hops=input.hops,
        seed=input.seed,
    )
    return _shown(found, Showing(found, language), info.context.model)


def _wishes(given: WhatIfInput) -> Wishes:
    from analytics.answering.wishes import Wishes

    def ends(wish: LinkWish) -> tuple[str, str, str]:
        return wish.relation, wish.source, wish.target

    return Wishes(
        tuple(given.remove_records or ()),
        tuple((each.type, str(each.id).lower()) for each in given.add_records or ()),
        tuple(map(ends, given.remove_links or ())),
        tuple((*ends(each), moment_or_none("at", each.at)) for each in given.end_links or ()),
        tuple((*ends(each), each.weight) for each in given.add_links or ()),
        tuple((*ends(each), each.weight) for each in given.weights or ()),
    )


def _shown(found: Supposed, showing: Showing, model: Metamodel) -> WhatIfAnswer:
    return WhatIfAnswer(
        snapshot_at=showing.snapshot_at,
        seq=showing.seq,
        score=found.score,
        moves=[_move(showing, model, each) for each in found.moves],
        moved=found.moved,
        gone=showing.card_list(found.gone),
        came=showing.card_list(found.came),
        sum_before=found.sum_before,
        sum_after=found.sum_after,
        lost_only_link=showing.card_list(found.lost),
        left_with_one=[WhatIfWeakened(record=showing.card(a), last=showing.card(b)) for a, b in found.weakened],
        out_of_reach=[
            WhatIfReach(record=showing.card(id), steps_before=steps, steps_after=None) for id, steps in found.unreached
        ],
        further_away=[
            WhatIfReach(record=showing.card(id), steps_before=was, steps_after=now) for id, was, now in found.further
        ],
    )


def _move(showing: Showing, model: Metamodel, move: Moved) -> WhatIfMove:
    record = showing.card(move.id)
    return WhatIfMove(
        record=record,
        before=move.before,
        after=move.after,
        change=move.after - move.before,
        rank_before=move.rank_before,
        rank_after=move.rank_after,
        reasons=showing.reasons(move.reasons, model.types[record.type]),
    )
