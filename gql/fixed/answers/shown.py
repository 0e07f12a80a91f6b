"""What the answers of engines have in common: the snapshot they are from, cards, reasons in words, cursors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Literal, cast

import strawberry

from gql.fixed.context import FixedInfo
from gql.fixed.labels import plain
from gql.fixed.view_types import RecordCard, ViewReason
from models.errors import Problem, Rejected
from models.fields.kind import InvalidValue
from models.metamodel import EntityType
from models.profiles import Signal
from models.reasons import sentence

if TYPE_CHECKING:
    from analytics.answering import Answer, Asked, Place
    from analytics.view360 import CardShown, ReasonShown

Relations = Annotated[
    list[str] | None, strawberry.argument(description="The relations that count; all of them, if left out.")
]
First = Annotated[int, strawberry.argument(description="How many at most.")]
After = Annotated[str | None, strawberry.argument(description="The cursor of the row before the first one wanted.")]
AsOf = Annotated[
    datetime | None,
    strawberry.argument(description="Links that held then; now, if left out. With its offset, such as Z."),
]
Seed = Annotated[int, strawberry.argument(description="Where chance begins: the same seed gives the same answer.")]


@strawberry.enum(description="Which way links are walked.")
class WalkDirection(Enum):
    """A direction."""

    OUT = strawberry.enum_value("out", description="From source to target.")
    IN = strawberry.enum_value("in", description="From target to source.")
    BOTH = strawberry.enum_value("both", description="Both ways.")


Direction = Annotated[
    WalkDirection, strawberry.argument(description="Which way links are walked; symmetric ones both ways always.")
]


@strawberry.type
class OnSnapshot:
    """An answer, and how old the graph is that it is from."""

    snapshot_at: datetime = strawberry.field(description="The moment of the snapshot that it is from.")
    seq: int = strawberry.field(description="The last change set that the snapshot contains for certain.")


def asked(info: FixedInfo) -> Asked:
    """The one who asks."""
    context = info.context
    return context.answers.asked(context.model, context.actor)


def way(direction: WalkDirection) -> Literal["out", "in", "both"]:
    """A direction as snapshots have it."""
    return cast("Literal['out', 'in', 'both']", direction.value)


class Showing:
    """How one answer is shown in one language."""

    def __init__(self, answer: Answer, language: str = "en") -> None:
        self.cards: Mapping[str, CardShown] = answer.cards
        self.language = language
        self.snapshot_at, self.seq = answer.snapshot.taken_at, answer.snapshot.seq

    def card(self, id: str) -> RecordCard:
        """The card of a record."""
        return card_of(self.cards[id])

    def card_list(self, ids: Sequence[str]) -> list[RecordCard]:
        """The cards of records."""
        return [self.card(id) for id in ids]

    def reasons(
        self, reasons: Sequence[ReasonShown], kind: EntityType | None = None, signals: Sequence[Signal] = ()
    ) -> list[ViewReason]:
        """Reasons in words."""
        return reasons_of(reasons, self.cards, self.language, kind, signals)


def card_of(card: CardShown) -> RecordCard:
    """A card for the API."""
    return RecordCard(id=strawberry.ID(card.id), type=card.type, title=card.title, values=plain(card.values))


def reasons_of(
    reasons: Sequence[ReasonShown],
    cards: Mapping[str, CardShown],
    language: str,
    kind: EntityType | None = None,
    signals: Sequence[Signal] = (),
) -> list[ViewReason]:
    """Reasons in words, with the cards of their records; records that are gone are left out. `kind` is the type of the record
    that they are of, whose fields are then called by their labels, as are the `signals` of its profile.
    """
    return [
        ViewReason(
            code=each.code,
            text=sentence(each.code, each.facts, language, kind, signals),
            contribution=each.contribution,
            facts=plain(each.facts),
            records=[card_of(cards[id]) for id in each.records if id in cards],
        )
        for each in reasons
    ]


def cursor(info: FixedInfo, order: str, score: float, id: str) -> str:
    """Where a row lies in its order."""
    return info.context.cursors.make(order, [score], id)


def place(info: FixedInfo, order: str, after: str | None) -> Place | None:
    """Where a page begins. Raises Rejected for a cursor of another list."""
    from analytics.answering import Place

    if after is None:
        return None
    try:
        (score,), id = info.context.cursors.read(order, after)
    except InvalidValue as error:
        raise Rejected([Problem(error.code, error.message, ("after",))]) from None
    return Place(float(score), id)
