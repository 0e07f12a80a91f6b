"""What would be if: an engine on the newest snapshot and on a changed copy of it; who moves, who loses the only link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeAlias

import numpy as np

from analytics.answering.allowed import links_refused
from analytics.answering.answers import Asked, bad_seed, check, out_of_range, records_unknown, types_unknown
from analytics.answering.scored import context
from analytics.answering.shown import Answer, told
from analytics.answering.wishes import Wishes
from analytics.runs import kind_of
from analytics.scoring import Context, RunKind
from analytics.snapshot import Snapshot
from analytics.view360.shown import ReasonShown
from analytics.what_if import Comparison, Departure, Scores, Sides, compare, departure
from models import errors
from models.errors import Problem
from models.scores import ENGINES

MOST_WISHES, MOST_MOVES, MOST_HOPS = 1_000, 500, 10
WITHOUT_LOOKING_BACK: Mapping[str, object] = MappingProxyType({"backtest": 0})


@dataclass(frozen=True, slots=True)
class Moved:
    """A record whose score moves, with the reasons' differences; they sum to the change where an engine gives reasons."""

    id: str
    before: float
    after: float
    rank_before: int
    rank_after: int
    reasons: tuple[ReasonShown, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Supposed(Answer):
    """What would be: who moves (of `moved` altogether), who would have no score any more, or one now, and the sums.

    `lost` records lose their only link to a record of the types that leave, `weakened` ones are left with one, the second
    of the pair; `unreached` are those that can no longer be reached, `further` those that are further away, with steps.
    """

    score: str
    moves: tuple[Moved, ...]
    moved: int
    gone: tuple[str, ...]
    came: tuple[str, ...]
    sum_before: float
    sum_after: float
    lost: tuple[str, ...]
    weakened: tuple[tuple[str, str], ...]
    unreached: tuple[tuple[str, int], ...]
    further: tuple[tuple[str, int, int], ...]


async def what_if(
    asked: Asked,
    wishes: Wishes,
    *,
    engine: str,
    type_name: str | None,
    first: int,
    reach_from: Sequence[str] = (),
    hops: int = 3,
    seed: int = 0,
) -> Supposed:
    """An engine's leading score before and after, for the records of a type (None: of all, where the engine does).

    The data is not touched. Raises Rejected with everything that is wrong.
    """
    snapshot = await asked.snapshot([*reach_from, *wishes.named])
    kind = _kind(snapshot, wishes, engine, type_name, [*out_of_range("first", first, 0, MOST_MOVES), *bad_seed(seed)])
    refused = links_refused(asked.model, snapshot, wishes)
    check([*records_unknown(snapshot, reach_from, "reachFrom"), *out_of_range("hops", hops, 1, MOST_HOPS), *refused])
    changed = await asked.made("changed", (snapshot, wishes), lambda: wishes.carried_out(snapshot), keep=False)
    contexts = [
        await context(
            asked,
            each,
            type_name or "",
            parameters=WITHOUT_LOOKING_BACK if engine == "churn" else {},
            seed=seed,
            events=kind.needs_events,
            all_events=kind.needs_all_events,
            leavers=kind.needs_leavers,
        )
        for each in (snapshot, changed)
    ]
    score = ENGINES[engine].leading.name
    before = await asked.made("scores", (snapshot, engine, type_name, seed), lambda: _scores(kind, contexts[0], score))
    found = await asked.made(
        "what if",
        (snapshot, wishes, engine, type_name, seed, first),
        lambda: compare(before, _scores(kind, contexts[1], score), numbers=snapshot.numbers_in(changed), most=first),
        keep=False,
    )
    everybody = wishes.with_those_records(snapshot)
    left = await asked.made(
        "departure",
        (snapshot, wishes, type_name, tuple(reach_from), hops),
        lambda: _left(everybody, wishes, type_name, reach_from, hops),
        keep=False,
    )
    asked.answers.once.forget(changed)
    return await _supposed(asked, (snapshot, everybody, changed), score, found, left, first)


def _kind(snapshot: Snapshot, wishes: Wishes, engine: str, type_name: str | None, problems: list[Problem]) -> RunKind:
    kind = kind_of(engine)
    if not 1 <= len(wishes) <= MOST_WISHES:
        problems.append(
            errors.told("out_of_range", "Ask for 1 to {most} changes at once.", (), case="changes", most=MOST_WISHES)
        )
    if ENGINES[engine].leading.kind not in ("number", "integer") or engine == "communities":
        message = f"What {engine} gives is no amount that could move; ask for another engine."
        problems.append(Problem("no_amount", message, ("engine",)))
    if type_name is None and not kind.of_all_types:
        problems.append(Problem("type_needed", f"{engine} scores one type at a time; name it.", ("type",)))
    if type_name is not None:
        problems += types_unknown(snapshot, [type_name], "type")
    problems += types_unknown(snapshot, [name for name, _ in wishes.add_records], "addRecords")
    check(problems)
    return kind


def _scores(kind: RunKind, given: Context, score: str) -> Scores:
    """The leading score of every record that has one, and why."""
    values = np.full(given.snapshot.n, np.nan)
    parts = list(kind.run(given))
    for part in parts:
        values[part.numbers] = np.asarray(part.columns[score], np.float64)

    def reasons(number: int) -> Sequence[object]:
        for part in parts:
            place = int(np.searchsorted(part.numbers, number))
            if place < len(part.numbers) and part.numbers[place] == number and part.explain is not None:
                return part.explain(place).reasons
        return ()

    return Scores(values, reasons)  # type: ignore[arg-type]  # reasons, as scoring has them


def _left(
    snapshot: Snapshot, wishes: Wishes, type_name: str | None, reach_from: Sequence[str], hops: int
) -> Departure | None:
    """What it means that records leave and links go; None where none does."""
    if not wishes.remove_records and not wishes.links_that_go:
        return None
    return departure(
        snapshot,
        wishes.remove_records,
        sides=_sides(snapshot, wishes, type_name),
        then=wishes.without_those_links(snapshot),
        sources=reach_from,
        hops=hops,
    )


def _sides(snapshot: Snapshot, wishes: Wishes, type_name: str | None) -> list[Sides]:
    """Who may lose a link to whom: all to the types that leave, and each end of a link that goes to the type of the other."""

    def type_of(id: str) -> str:
        return snapshot.type_of(snapshot.index(id))

    leaving = {type_of(id) for id in wishes.remove_records}
    subjects = {type_name} if type_name else set(snapshot.types) - leaving
    ends = [(type_of(source), type_of(target)) for _, source, target in wishes.links_that_go]
    between = dict.fromkeys(pair for one, other in ends for pair in ((one, other), (other, one)))
    mine = [({subject}, {contact}) for subject, contact in between if type_name in (None, subject)]
    return [*([(subjects, leaving)] if leaving else []), *mine]


async def _supposed(
    asked: Asked,
    states: tuple[Snapshot, Snapshot, Snapshot],
    score: str,
    found: Comparison,
    left: Departure | None,
    most: int,
) -> Supposed:
    """The answer by ids; `states`: as it is, with those who come beside all others, and as it would be."""
    snapshot, everybody, changed = states
    moves = tuple(
        Moved(
            snapshot.id(each.record),
            each.before,
            each.after,
            each.rank_before,
            each.rank_after,
            told(snapshot, [replace(reason, records=_known(reason.records)) for reason in each.reasons]),
        )
        for each in found.moves
    )
    gone, came = [snapshot.id(each) for each in found.gone[:most]], [changed.id(each) for each in found.came[:most]]
    lost, weakened, unreached, further = _leavings(everybody, left, most)
    ids = [id for each in moves for id in (each.id, *(one for reason in each.reasons for one in reason.records))]
    ids += [*gone, *came, *lost, *(id for pair in weakened for id in pair)]
    ids += [*(id for id, _ in unreached), *(id for id, _, _ in further)]
    return Supposed(
        snapshot,
        await asked.cards(everybody, ids),
        score,
        moves,
        found.moved,
        tuple(gone),
        tuple(came),
        found.sum_before,
        found.sum_after,
        lost,
        weakened,
        unreached,
        further,
    )


def _known(records: Sequence[int]) -> tuple[int, ...]:
    """Those that were there before."""
    return tuple(each for each in records if each >= 0)


Leavings: TypeAlias = tuple[
    tuple[str, ...], tuple[tuple[str, str], ...], tuple[tuple[str, int], ...], tuple[tuple[str, int, int], ...]
]


def _leavings(snapshot: Snapshot, left: Departure | None, most: int) -> Leavings:
    if left is None:
        return (), (), (), ()
    links, reach, id = left.links, left.reach, snapshot.id
    return (
        tuple(id(each) for each in links.lost[:most].tolist()),
        tuple(
            (id(each), id(last))
            for each, last in zip(links.weakened[:most].tolist(), links.last_contact[:most].tolist(), strict=True)
        ),
        tuple(
            (id(each), steps)
            for each, steps in zip(reach.lost[:most].tolist(), reach.lost_steps[:most].tolist(), strict=True)
        ),
        tuple(
            (id(each), was, now)
            for each, was, now in zip(
                reach.further[:most].tolist(),
                reach.steps_before[:most].tolist(),
                reach.steps_after[:most].tolist(),
                strict=True,
            )
        ),
    )
