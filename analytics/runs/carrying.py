"""Carrying out a run: one snapshot, the engine on it, its scores stored in batches, what they were made from written down."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from analytics.examples import TooFewExamples
from analytics.runs.context import context_of
from analytics.runs.storing import store
from analytics.runs.work import Clock, Work, computed, explained_most, kind_of, types_of
from analytics.scoring import Cancelled, Progress, RunKind
from analytics.snapshot import Snapshot
from graph import insights, runs
from graph.insights import Stamp
from graph.registry import Registry
from graph.runs import Claim
from graph.session import Database
from models.actor import SYSTEM
from models.errors import Rejected, XrmError
from models.metamodel import Metamodel
from models.runs import Run, RunStatus

KEPT_SCORES, KEPT_RUNS = 10, 200
LIBRARIES = ("networkx", "numpy", "scipy", "numba", "scikit-learn")


@dataclass(frozen=True, slots=True)
class Carried:
    """What a run came to."""

    run: Run
    counts: Mapping[str, int]
    timings_s: Mapping[str, float]


async def carry_out(
    database: Database,
    registry: Registry,
    claim: Claim,
    *,
    folder: Path | None,
    progress: Progress = lambda stage, done: None,
    snapshot: Snapshot | None = None,
    keep: int = KEPT_SCORES,
) -> Carried:
    """Carry out a run that is ours, to its end; what goes wrong ends it too, and is raised.

    A run that is begun again after its worker died does all of it again: every step may be done twice. Packed scores are
    kept of the latest `keep` runs of its kind.
    """
    try:
        return await _carried(Work(database, registry, claim, folder, progress, Clock()), snapshot, keep)
    except Cancelled:
        await runs.finish(database, claim, RunStatus.CANCELLED)
        raise
    except Exception as error:  # whatever it was, the run has ended and says why
        await runs.finish(database, claim, RunStatus.FAILED, error=(str(error) or type(error).__name__)[:2_000])
        raise


async def _carried(work: Work, given: Snapshot | None, keep: int) -> Carried:
    run, clock = work.claim.run, work.clock
    kind, _ = kind_of(run.request.engine), explained_most(run.request)
    model = await work.registry.refresh()
    snapshot = given or await _taken(work, model)
    clock.lap("snapshot")
    await runs.note(work.database, work.claim, origin=origin_of(snapshot, model))
    counts = {"records": snapshot.n, "links": snapshot.m, "scored": 0, "explained": 0, "swept": 0}
    quality = await _scored(work, kind, model, snapshot, counts)
    touched = [run.request.type] if run.request.type else list(model.types)
    for type_name in touched:
        counts["swept"] += await insights.sweep(work.database, run.number, type_name, kind.name)
    clock.lap("sweeping")
    facts = {"counts": counts, "timings": clock.timings_s, "quality": quality, "progress": 1.0, "stage": "done"}
    await runs.finish(work.database, work.claim, RunStatus.DONE, **facts)
    await insights.prune(work.database, run.request.kind, scores_of=keep, runs=max(keep, KEPT_RUNS))
    return Carried(await runs.run(work.database, SYSTEM, run.id), counts, clock.timings_s)


async def _scored(
    work: Work, kind: RunKind, model: Metamodel, snapshot: Snapshot, counts: dict[str, int]
) -> dict[str, Mapping[str, Any]]:
    """Compute and store the scores of every type of the run; how good they are, by type.

    Of a run over all types, those that have too little to go by are left out, with the reason in their place; when none
    is left, the first refusal is raised.
    """
    run, quality, refusals = work.claim.run, dict[str, Mapping[str, Any]](), list[XrmError]()
    stamp = Stamp(run.id, run.number, snapshot.taken_at, work.claim.worker)
    for type_name in types_of(kind, run.request, model, snapshot):
        context = await context_of(work, kind, model, snapshot, type_name)
        work.clock.lap("events")
        try:
            found = await asyncio.to_thread(computed, kind, context)
        except (Rejected, TooFewExamples) as error:
            refusals.append(error)
            quality[type_name] = {"refused": error.message}
            continue
        work.clock.lap("computing")
        for scores in found:
            quality[scores.type] = dict(scores.quality)
            await store(work, stamp, snapshot, scores, counts)
        work.clock.lap("storing")
    if refusals and len(refusals) == len(quality):
        raise refusals[0]
    return quality


async def _taken(work: Work, model: Metamodel) -> Snapshot:
    from analytics.snapshot import take

    work.progress("snapshot", 0.0)
    return await take(
        work.database,
        model,
        SYSTEM,
        folder=work.folder,
        progress=lambda text, done: work.progress("snapshot", 0.3 * (done or 0.0)),
    )


def origin_of(snapshot: Snapshot, model: Metamodel) -> dict[str, Any]:
    """What scores are made from and with: enough to make them again, and to say why others differ."""
    return {
        "seq": snapshot.seq,
        "takenAt": snapshot.taken_at.isoformat(),
        "modelVersion": model.version,
        "xrm": version("xrm"),
        "python": sys.version.split()[0],
        "libraries": {name: version(name) for name in LIBRARIES},
    }
