"""What answers have in common: the snapshot they are from, and reasons by record id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from analytics.reasons import Reason
from analytics.snapshot import Snapshot
from analytics.view360.shown import CardShown, ReasonShown

Cards = Mapping[str, CardShown]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a later page of a ranking begins: behind this score and record."""

    score: float
    id: str


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What every answer says: the snapshot it was made on, and the cards of all records it speaks of."""

    snapshot: Snapshot
    cards: Cards


def told(snapshot: Snapshot, reasons: Iterable[Reason]) -> tuple[ReasonShown, ...]:
    """Reasons with their records as ids."""
    return tuple(
        ReasonShown(each.code, float(each.contribution), dict(each.facts), tuple(map(snapshot.id, each.records)))
        for each in reasons
    )


def spoken_of(reasons: Iterable[ReasonShown]) -> Iterator[str]:
    """The ids of the records that reasons stand on."""
    for reason in reasons:
        yield from reason.records
