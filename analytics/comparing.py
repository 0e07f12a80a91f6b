"""Two runs of an engine compared: what moved, and why."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics import packing
from analytics.packing import Packed
from graph import insights, runs
from graph.session import Database
from models.actor import Actor
from models.errors import Problem, Rejected
from models.runs import Run
from models.scores import ENGINES


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not the same for two runs: parameters, seed, data, model, code."""

    code: str
    text: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class ReasonMoved:
    """What a sort of reason added to a record's score in both runs."""

    code: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Moved:
    """A record whose leading score is another one; `reasons` say which parts of it moved, where both runs explained it."""

    record: str
    type: str
    before: float
    after: float
    reasons: tuple[ReasonMoved, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs: how they differ, how many records both scored, and those whose leading score moved most, by its size.

    For scores that are texts `changed` counts the records that have another one, and nothing is said to have moved.
    """

    first: Run
    second: Run
    score: str
    differences: tuple[Difference, ...]
    both: int
    entered: int
    left: int
    changed: int
    moved: tuple[Moved, ...]


async def compare(database: Database, actor: Actor, a: str, b: str, *, first: int) -> Comparison:
    """Compare run `b` with run `a`. Raises NotFound, and Rejected for runs of different engines or without kept scores."""
    before, after = await runs.run(database, actor, a), await runs.run(database, actor, b)
    engine = before.request.engine
    if engine != after.request.engine:
        message = f"{engine} and {after.request.engine} cannot be compared; choose two runs of one engine."
        raise Rejected([Problem("different_engines", message, ("b",))])
    old, new = [packing.unpacked(await _kept(database, actor, run)) for run in (before, after)]
    score = ENGINES[engine].leading.name
    pairs = [_Pair(name, old.get(name), new.get(name), score) for name in sorted(old.keys() | new.keys())]
    moved = sorted((each for pair in pairs for each in pair.moved(first)), key=lambda each: -abs(each[3] - each[2]))
    reasons = [await _reasons(database, actor, run) for run in (before, after)] if moved else [{}, {}]
    return Comparison(
        before,
        after,
        score,
        tuple(_differences(before, after)),
        sum(len(pair.here) for pair in pairs),
        sum(pair.entered for pair in pairs),
        sum(pair.left for pair in pairs),
        sum(pair.changed for pair in pairs),
        tuple(Moved(*each, _moved_reasons(each[0], *reasons)) for each in moved[:first]),
    )


async def _kept(database: Database, actor: Actor, run: Run) -> Sequence[Mapping[str, Any]]:
    found = await insights.kept(database, actor, run.id, packing.SCORES_PART)
    if not found and run.counts.get("scored"):
        message = f"The scores of run {run.number} are no longer kept; compare later ones."
        raise Rejected([Problem("scores_gone", message, (run.id,))])
    return found


async def _reasons(database: Database, actor: Actor, run: Run) -> dict[str, dict[str, Any]]:
    return packing.unpacked_documents(await insights.kept(database, actor, run.id, packing.REASONS_PART))


class _Pair:
    """The scores of one type in both runs."""

    def __init__(self, name: str, old: Packed | None, new: Packed | None, score: str) -> None:
        self.name = name
        keys = [packing.keys(each.ids) if each else packing.keys(np.empty((0, 16), np.uint8)) for each in (old, new)]
        common, self.here, self.there = np.intersect1d(keys[0], keys[1], return_indices=True)
        self.entered, self.left = len(keys[1]) - len(common), len(keys[0]) - len(common)
        self.ids = old.ids[self.here] if old else np.empty((0, 16), np.uint8)
        self.old, self.new = _column(old, score, self.here), _column(new, score, self.there)

    @property
    def changed(self) -> int:
        """How many records have another leading score."""
        if self.old.dtype == object or self.new.dtype == object:
            return int((self.old != self.new).sum())
        return int((~((self.old == self.new) | (np.isnan(self.old) & np.isnan(self.new)))).sum())

    def moved(self, most: int) -> Iterator[tuple[str, str, float, float]]:
        """The records whose leading score moved most: id, type, before, after."""
        if self.old.dtype == object or self.new.dtype == object:
            return
        size = np.nan_to_num(np.abs(self.new - self.old), nan=0.0)
        order = np.lexsort((np.arange(len(size)), -size))
        for place in order[: min(most, int(np.count_nonzero(size)))]:
            id = str(uuid.UUID(bytes=self.ids[place].tobytes()))
            yield id, self.name, float(self.old[place]), float(self.new[place])


def _column(packed: Packed | None, score: str, rows: NDArray[Any]) -> NDArray[Any]:
    if packed is None or score not in packed.columns:
        return np.full(len(rows), np.nan)
    column: NDArray[Any] = packed.columns[score][rows]
    return column


def _moved_reasons(
    record: str, old: Mapping[str, dict[str, Any]], new: Mapping[str, dict[str, Any]]
) -> tuple[ReasonMoved, ...]:
    if record not in old or record not in new:
        return ()
    sums = [_by_code(document[record]["reasons"]) for document in (old, new)]
    codes = sorted(sums[0].keys() | sums[1].keys())
    found = [ReasonMoved(code, sums[0].get(code, 0.0), sums[1].get(code, 0.0)) for code in codes]
    return tuple(sorted(found, key=lambda each: -abs(each.after - each.before)))


def _by_code(reasons: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    sums: dict[str, float] = {}
    for reason in reasons:
        sums[reason["code"]] = sums.get(reason["code"], 0.0) + (reason["contribution"] or 0.0)
    return sums


def _differences(a: Run, b: Run) -> Iterator[Difference]:
    """What is not the same for two runs, so that scores can differ."""
    if dict(a.request.parameters) != dict(b.request.parameters):
        yield Difference("parameters", "The parameters differ.", dict(a.request.parameters), dict(b.request.parameters))
    if a.request.seed != b.request.seed:
        yield Difference("seed", "Chance began elsewhere.", a.request.seed, b.request.seed)
    if a.request.type != b.request.type:
        yield Difference("type", "They scored different types.", a.request.type, b.request.type)
    told = (
        ("data", "seq", "{count:,} change sets lie between their data."),
        ("time", "takenAt", "Their data is of different moments."),
        ("model", "modelVersion", "The model was changed in between."),
        ("code", "xrm", "They ran on different versions of XRM."),
        ("libraries", "libraries", "They ran on different versions of libraries."),
    )
    for code, key, text in told:
        before, after = a.origin.get(key), b.origin.get(key)
        if before != after:
            yield Difference(code, text.format(count=_apart(before, after)) if code == "data" else text, before, after)


def _apart(before: Any, after: Any) -> int:
    return abs(int(after or 0) - int(before or 0))
