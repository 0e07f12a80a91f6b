"""A run's scores made again, and compared with those that were kept."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from analytics import packing
from analytics.runs.context import context_of
from analytics.runs.work import Clock, Work, computed_or_refused, kind_of, types_of
from analytics.snapshot import Snapshot, take
from graph import insights
from graph.registry import Registry
from graph.runs import Claim
from graph.session import Database
from models.actor import SYSTEM
from models.errors import NotFound
from models.runs import Run, RunStatus


@dataclass(frozen=True, slots=True)
class Recomputed:
    """Whether a run's scores came out the same when they were made again; how many differ, where the data is the same."""

    same_data: bool
    compared: int
    differing: int


async def recompute_now(database: Database, registry: Registry, run: Run, *, folder: Path | None) -> Recomputed:
    """The same from the graph as it is now, asked about the moment of the run. Raises NotFound where its scores are not kept."""
    if run.status is not RunStatus.DONE or not await insights.kept(database, SYSTEM, run.id, packing.SCORES_PART):
        why = "they are kept of the latest runs of each kind" if run.status is RunStatus.DONE else f"it is {run.status}"
        raise NotFound(f"Run {run.number} has no scores to compare with: {why}.")
    snapshot = await take(database, registry.model, SYSTEM, folder=folder)
    moment = datetime.fromisoformat(run.origin["takenAt"])
    return await recompute(database, registry, run, replace(snapshot, taken_at=moment))


async def recompute(database: Database, registry: Registry, run: Run, snapshot: Snapshot) -> Recomputed:
    """Make a run's scores again from a snapshot, with its parameters and its seed, and compare. Nothing is stored."""
    model, kind = registry.model, kind_of(run.request.engine)
    work = Work(database, registry, Claim(run, ""), None, lambda stage, done: None, Clock())
    kept = packing.unpacked(await insights.kept(database, SYSTEM, run.id, packing.SCORES_PART))
    again: dict[str, packing.Packed] = {}
    for type_name in types_of(kind, run.request, model, snapshot):
        context = await context_of(work, kind, model, snapshot, type_name)
        found, _ = await asyncio.to_thread(computed_or_refused, kind, context)  # too little to go by gives no scores
        for scores in found:
            again |= packing.unpacked(_facts(packing.parts(scores, snapshot.ids[scores.numbers], kind.name)))
    compared = differing = 0
    for type_name in {*kept, *again}:
        total, unlike = _unlike(kept.get(type_name), again.get(type_name))
        compared, differing = compared + total, differing + unlike
    return Recomputed(run.origin.get("seq") == snapshot.seq, compared, differing)


def _facts(parts: Iterable[tuple[str, dict[str, Any]]]) -> list[Mapping[str, Any]]:
    return [facts for _, facts in parts]


def _unlike(one: packing.Packed | None, other: packing.Packed | None) -> tuple[int, int]:
    """How many records both are about, and how many of these differ; those that only one is about differ."""
    if one is None or other is None:
        total = len(one.ids) if one else len(other.ids) if other else 0
        return total, total
    keys, again = packing.keys(one.ids), packing.keys(other.ids)
    common, here, there = np.intersect1d(keys, again, return_indices=True)
    same = np.ones(len(common), bool)
    for name, column in one.columns.items():
        mine, theirs = column[here], other.columns[name][there]
        equal = mine == theirs
        same &= equal if column.dtype == object else equal | (np.isnan(mine) & np.isnan(theirs))
    total = len(keys) + len(again) - len(common)
    return total, total - int(same.sum())
