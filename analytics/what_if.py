"""What would be if: the same engines on a changed snapshot, and what moved, why; the data is not touched."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import NDArray

from analytics.reach import LostLinks, OutOfReach, lost_only_links, out_of_reach, together
from analytics.reasons import Reason
from analytics.snapshot import Snapshot

__all__ = [
    "Comparison",
    "Departure",
    "Move",
    "Scores",
    "answered",
    "compare",
    "departure",
    "lost_only_links",
    "out_of_reach",
]

Numbers = NDArray[np.int32]
Why = Callable[[int], Sequence[Reason]]
Sides = tuple[Collection[str], Collection[str]]  # types of subjects, types of their contacts


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """A score of each record of a snapshot (NaN: none), and what explains it."""

    values: NDArray[np.float64]
    reasons: Why | None = None


Engine = Callable[[Snapshot], Scores]


@dataclass(frozen=True, slots=True)
class Move:
    """A record whose score changes: from what to what, from which rank to which (1 is the highest), and why.

    The contributions of the reasons are differences and sum to `change`; their facts hold what the part `was` and `is`.
    """

    record: int
    before: float
    after: float
    rank_before: int
    rank_after: int
    reasons: tuple[Reason, ...] = ()

    @property
    def change(self) -> float:
        """How much more it is afterwards."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """Who moved, farthest first (`moves`, of `moved` altogether); who has a score no longer, who has one now.

    All records are numbers of the state before; `came` are numbers of the state after. Sums are over all scores.
    """

    moves: tuple[Move, ...]
    moved: int
    gone: tuple[int, ...]
    came: tuple[int, ...]
    sum_before: float
    sum_after: float


@dataclass(frozen=True, slots=True, eq=False)
class Departure:
    """What it means that records leave and links go: who loses the only link, who is out of reach, where risk goes.

    All records are numbers of the state before.
    """

    after: Snapshot
    links: LostLinks
    reach: OutOfReach
    risk: Comparison | None


def compare(
    before: Scores, after: Scores, *, numbers: Numbers | None = None, most: int = 50, least: float = 1e-9
) -> Comparison:
    """Who moved between two states of a score, and why.

    Parameters: `numbers` says for each record of before its number afterwards, -1 where it is gone
    (`Snapshot.numbers_in`); left out, they are the same. At most `most` moves are told, of at least `least`.
    Reasons are compared part by part: the same code about the same records.
    Returns Comparison: largest moves first, ties by number. Raises ValueError where `numbers` does not fit.

    >>> old, new = Scores(np.array([0.2, 0.5, 0.1])), Scores(np.array([0.6, 0.5, np.nan]))
    >>> found = compare(old, new)
    >>> [(move.record, round(move.change, 2), move.rank_before, move.rank_after) for move in found.moves], found.gone
    ([(0, 0.4, 2, 1)], (2,))

    Cost: O(n log n), and the reasons of the moves told.
    """
    places = np.arange(len(before.values), dtype=np.int32) if numbers is None else numbers
    _check(before, after, places)
    now = np.full(len(places), np.nan)
    now[places >= 0] = after.values[places[places >= 0]]
    change = now - before.values
    far = np.flatnonzero(np.abs(change) >= least)
    told = far[np.argsort(-np.round(np.abs(change[far]), 12), kind="stable")][:most]
    ranks = _ranks(before.values), _ranks(after.values)
    back = np.full(len(after.values), -1, np.int64)
    back[places[places >= 0]] = np.flatnonzero(places >= 0)
    moves = []
    for record in told.tolist():
        place = int(places[record])
        why = _differences(before.reasons, after.reasons, record, place, back)
        ends = float(before.values[record]), float(after.values[place])
        moves.append(Move(record, *ends, int(ranks[0][record]), int(ranks[1][place]), why))
    gone = np.flatnonzero(~np.isnan(before.values) & np.isnan(now))
    return Comparison(
        tuple(moves), len(far), tuple(gone.tolist()), _came(before, after, back), _sum(before), _sum(after)
    )


def answered(snapshot: Snapshot, changed: Snapshot, engine: Engine, *, most: int = 50) -> Comparison:
    """What an engine says on the changed copy of a snapshot against what it says now. Twice the engine's cost."""
    return compare(engine(snapshot), engine(changed), numbers=snapshot.numbers_in(changed), most=most)


def departure(
    snapshot: Snapshot,
    leaving: Sequence[str],
    *,
    sides: Sequence[Sides],
    then: Snapshot | None = None,
    ties: Sequence[str] | None = None,
    sources: Sequence[str] = (),
    hops: int | None = 3,
    risk: Engine | None = None,
    most: int = 50,
) -> Departure:
    """What happens when records leave and links go: accounts that lose their only link, risk that moves, records out of reach.

    Parameters: ids of those `leaving`; `sides` are types of subjects and of the contacts that they may lose, pair by pair; `then`
    is the snapshot with the same records and the links that there are afterwards (None: no link goes but those of the leaving);
    `ties` the relations that hold subjects and contacts together (None: all), walked both ways; `sources` the ids from which
    others are reached within `hops` (none: nobody is told); `risk` scores a snapshot, as diffusion along relationships does.
    Returns Departure, all records as numbers of `snapshot`. Raises NotFound for ids, types and relations that are not there.
    Cost: O(n + links), and twice the cost of `risk`.
    """
    gone = [snapshot.index(id) for id in leaving]
    graph = snapshot.graph(ties, direction="both")
    later = graph if then is None else then.graph(ties, direction="both")
    links = [
        lost_only_links(graph, gone, _of_types(snapshot, subjects), _of_types(snapshot, contacts), then=later)
        for subjects, contacts in sides
    ]
    reach = out_of_reach(graph, [snapshot.index(id) for id in sources], gone, hops, then=later)
    after = (then or snapshot).changed(without_records=leaving)
    return Departure(
        after, together(links), reach, None if risk is None else answered(snapshot, after, risk, most=most)
    )


def _check(before: Scores, after: Scores, places: Numbers) -> None:
    if len(places) != len(before.values):
        raise ValueError(
            f"{len(before.values)} scores before, but {len(places)} numbers say where they are afterwards."
        )
    if places.max(initial=-1) >= len(after.values):
        raise ValueError(f"There are {len(after.values)} scores afterwards; a number says {places.max()}.")


def _ranks(values: NDArray[np.float64]) -> NDArray[np.int64]:
    """1 for the highest, equals alike, 0 for no score."""
    known = np.sort(values[~np.isnan(values)])
    ranks = len(known) - np.searchsorted(known, values, side="right") + 1
    return np.where(np.isnan(values), 0, ranks)


def _differences(
    before: Why | None, after: Why | None, record: int, place: int, back: NDArray[np.int64]
) -> tuple[Reason, ...]:
    if before is None or after is None:
        return ()
    old = _parts(before(record), lambda number: number)
    new = _parts(after(place), lambda number: int(back[number]))
    found = []
    for key in dict.fromkeys([*old, *new]):
        was, now = (fsum(reason.contribution for reason in side.get(key, ())) for side in (old, new))
        if was != now:
            facts = (new.get(key) or old[key])[0].facts
            found.append(Reason(key[0], now - was, {**facts, "was": was, "is": now}, key[1]))
    return tuple(sorted(found, key=lambda reason: (-abs(reason.contribution), reason.code, reason.records)))


def _parts(reasons: Sequence[Reason], number: Callable[[int], int]) -> dict[tuple[str, tuple[int, ...]], list[Reason]]:
    parts: dict[tuple[str, tuple[int, ...]], list[Reason]] = {}
    for reason in reasons:
        key = reason.code, tuple(number(record) for record in reason.records)
        parts.setdefault(key, []).append(reason)
    return parts


def _came(before: Scores, after: Scores, back: NDArray[np.int64]) -> tuple[int, ...]:
    scored = np.flatnonzero(~np.isnan(after.values))
    came = back[scored] < 0
    came[~came] = np.isnan(before.values[back[scored[~came]]])
    return tuple(scored[came].tolist())


def _sum(scores: Scores) -> float:
    return float(np.nansum(scores.values))


def _of_types(snapshot: Snapshot, types: Collection[str]) -> NDArray[np.bool_]:
    marks = np.zeros(snapshot.n, np.bool_)
    for name in types:
        span = snapshot.range_of(name)
        marks[span.start : span.stop] = True
    return marks
