"""A run's scores made again, and compared with those that were kept."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from analytics import packing
from analytics.runs.context import context_of
from analytics.runs.work import Clock, Work, computed, kind_of, types_of
from analytics.snapshot import Snapshot
from graph import insights
from graph.registry import Registry
from graph.runs import Claim
from graph.session import Database
from models.actor import SYSTEM
from models.runs import Run


@dataclass(frozen=True, slots=True)
class Recomputed:
    """Whether a run's scores came out the same when they were made again; how many differ, where the data is the same."""

    same_data: bool
    compared: int
    differing: int


async def recompute(database: Database, registry: Registry, run: Run, snapshot: Snapshot) -> Recomputed:
    """Make a run's scores again from a snapshot, with its parameters and its seed, and compare. Nothing is stored."""
    model, kind = registry.model, kind_of(run.request.engine)
    work = Work(database, registry, Claim(run, ""), None, lambda stage, done: None, Clock())
    kept = packing.unpacked(await insights.kept(database, SYSTEM, run.id, packing.SCORES_PART))
    compared = differing = 0
    for type_name in types_of(kind, run.request, model, snapshot):
        context = await context_of(work, kind, model, snapshot, type_name)
        for scores in await asyncio.to_thread(computed, kind, context):
            again = packing.unpacked(_facts(packing.parts(scores, snapshot.ids[scores.numbers], kind.name)))
            total, unlike = _unlike(kept.get(scores.type), again.get(scores.type))
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
