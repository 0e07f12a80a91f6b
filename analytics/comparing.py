"""Two runs of an engine compared: what moved, and why."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from analytics import packing
from analytics.moving import PathMoved, ReasonMoved, paths_moved, reasons_moved
from analytics.packing import Packed
from graph import insights, model_versions, runs
from graph.session import Database
from models.actor import Actor
from models.errors import Problem, Rejected
from models.runs import Run
from models.scores import ENGINES

# what differs: where a run's origin says so
ORIGINS: Mapping[str, str] = {
    "data": "seq",
    "time": "takenAt",
    "model": "modelVersion",
    "code": "xrm",
    "libraries": "libraries",
}
MOST_VERSIONS, MOST_CHANGES = 100, 100  # of the model between two runs, and of what these changed
_NONE: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not the same for two runs: parameters, seed, data, model, code.

    `facts` fill its sentence, with `before` and `after`; `details` are its parts: parameters by name, changes of the model.
    """

    code: str
    before: Any
    after: Any
    facts: Mapping[str, Any] = field(default_factory=lambda: _NONE)
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """A record whose leading score is another one; `reasons` and `paths` say what moved, where both runs explained it."""

    record: str
    type: str
    before: float
    after: float
    reasons: tuple[ReasonMoved, ...] = ()
    paths: tuple[PathMoved, ...] = ()


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


async def compare(
    database: Database, actor: Actor, a: str, b: str, *, first: int, type_name: str | None = None
) -> Comparison:
    """Compare run `b` with run `a`, over records of one type where it is named.

    Raises NotFound, and Rejected for runs of different engines or without kept scores.
    """
    before, after = await runs.run(database, actor, a), await runs.run(database, actor, b)
    engine = before.request.engine
    if engine != after.request.engine:
        message = f"{engine} and {after.request.engine} cannot be compared; choose two runs of one engine."
        raise Rejected([Problem("different_engines", message, ("b",))])
    old, new = [packing.unpacked(await _kept(database, actor, run)) for run in (before, after)]
    score = ENGINES[engine].leading.name
    names = sorted(each for each in old.keys() | new.keys() if type_name in (None, each))
    pairs = [_Pair(name, old.get(name), new.get(name), score) for name in names]
    moved = sorted((each for pair in pairs for each in pair.moved(first)), key=lambda each: -abs(each[3] - each[2]))
    reasons = [await _reasons(database, actor, run) for run in (before, after)] if moved else [{}, {}]
    return Comparison(
        before,
        after,
        score,
        tuple([each async for each in _differences(database, actor, before, after)]),
        sum(len(pair.here) for pair in pairs),
        sum(pair.entered for pair in pairs),
        sum(pair.left for pair in pairs),
        sum(pair.changed for pair in pairs),
        tuple(_explained(Moved(*each), *reasons) for each in moved[:first]),
    )


async def _kept(database: Database, actor: Actor, run: Run) -> Sequence[Mapping[str, Any]]:
    found = await insights.kept(database, actor, run.id, packing.SCORES_PART)
    if not found and run.counts.get("scored"):
        message = f"The scores of run {run.number} are no longer kept; compare later ones."
        raise Rejected([Problem("scores_gone", message, (run.id,))])
    return found


async def _reasons(database: Database, actor: Actor, run: Run) -> dict[str, dict[str, Any]]:
    return packing.unpacked_documents(await insights.kept(database, actor, run.id, packing.REASONS_PART))


def _explained(moved: Moved, old: Mapping[str, dict[str, Any]], new: Mapping[str, dict[str, Any]]) -> Moved:
    before, after = old.get(moved.record), new.get(moved.record)
    if before is None or after is None:
        return moved
    reasons = reasons_moved(before["reasons"], after["reasons"])
    return replace(moved, reasons=reasons, paths=paths_moved(before["paths"], after["paths"]))


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


async def _differences(database: Database, actor: Actor, a: Run, b: Run) -> AsyncIterator[Difference]:
    """What is not the same for two runs, so that scores can differ."""
    asked = [dict(run.request.parameters) for run in (a, b)]
    if asked[0] != asked[1]:
        yield _by_name("parameters", *asked)
    for code, before, after in (("seed", a.request.seed, b.request.seed), ("type", a.request.type, b.request.type)):
        if before != after:
            yield Difference(code, before, after)
    for code, key in ORIGINS.items():
        old, new = a.origin.get(key), b.origin.get(key)
        if old == new:
            continue
        if code == "libraries":
            yield _by_name(code, *(each if isinstance(each, dict) else {} for each in (old, new)))
        elif code == "model":
            yield Difference(code, old, new, details=await _changes(database, actor, old, new))
        else:
            yield Difference(code, old, new, {"count": _apart(old, new)} if code == "data" else {})


def _by_name(code: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Difference:
    """Those entries that are not the same, by name; None in the run that does not have one."""
    names = [name for name in sorted(before.keys() | after.keys()) if before.get(name) != after.get(name)]
    old, new = ({name: each.get(name) for name in names} for each in (before, after))
    details = tuple(f"{name}: {_written(old[name])} → {_written(new[name])}" for name in names)
    return Difference(code, old, new, {"names": tuple(names)}, details)


def _written(value: Any) -> str:
    return "–" if value is None else value if isinstance(value, str) else orjson.dumps(value).decode()


async def _changes(database: Database, actor: Actor, before: Any, after: Any) -> tuple[str, ...]:
    """What the versions of the model between two changed, the oldest first."""
    first, last = sorted(int(each or 0) for each in (before, after))
    versions = await model_versions.published(database, actor, most=min(last - first, MOST_VERSIONS), before=last + 1)
    return tuple(said for each in reversed(versions) for said in each.summary)[:MOST_CHANGES]


def _apart(before: Any, after: Any) -> int:
    return abs(int(after or 0) - int(before or 0))
