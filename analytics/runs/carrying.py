"""Carrying out a run: one snapshot, the engine on it, its scores stored in batches, what they were made from written down."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from analytics.runs.context import context_of
from analytics.runs.storing import store
from analytics.runs.work import Clock, Dropped, Work, computed_or_refused, dropped, explained_most, kind_of, types_of
from analytics.scoring import Cancelled, Progress, RunKind
from analytics.snapshot import Snapshot
from graph import insights, runs
from graph.insights import Stamp
from graph.registry import Registry
from graph.runs import Claim
from graph.session import Database
from models.actor import SYSTEM
from models.errors import Problem, Rejected, XrmError
from models.metamodel import Metamodel
from models.runs import ALL_TYPES, Run, RunRequest, RunStatus

KEPT_SCORES, KEPT_RUNS = 10, 200
MOST_BEGUN = 3  # times that a run begins anew on what is left of the model
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
    limit_bytes: int | None = None,
) -> Carried:
    """Carry out a run that is ours, to its end; what goes wrong ends it too, and is raised.

    A run that is begun again after its worker died does all of it again: every step may be done twice. So does one whose
    types or relations were dropped on its way, on what is left. Packed scores are kept of the latest `keep` runs of its
    kind. Loading the snapshot may take `limit_bytes` of memory, or what is free.
    """
    try:
        work = Work(database, registry, claim, folder, progress, Clock(), limit_bytes)
        return await _carried(work, snapshot, keep)
    except Cancelled:
        await runs.finish(database, claim, RunStatus.CANCELLED)
        raise
    except Exception as error:  # whatever it was, the run has ended and says why
        await runs.finish(database, claim, RunStatus.FAILED, **why_of(error))
        raise


def why_of(error: Exception) -> dict[str, str]:
    """Why a run failed: the sentence, and the code of it where one code says all."""
    said = {"error": (str(error) or type(error).__name__)[:2_000]}
    if isinstance(error, Rejected):
        return said | ({"reason": error.problems[0].code} if len(error.problems) == 1 else {})
    return said | ({"reason": error.code} if isinstance(error, XrmError) else {})


async def _carried(work: Work, given: Snapshot | None, keep: int) -> Carried:
    run, clock = work.claim.run, work.clock
    kind, _ = kind_of(run.request.engine), explained_most(run.request)
    model, counts, quality = await _on_what_there_is(work, kind, given)
    touched = [run.request.type] if run.request.type else list(model.types)
    for type_name in touched:
        counts["swept"] += await insights.sweep(work.database, run.number, type_name, kind.name)
    clock.lap("sweeping")
    facts = {"counts": counts, "timings": clock.timings_s, "quality": quality, "progress": 1.0, "stage": "done"}
    await runs.finish(work.database, work.claim, RunStatus.DONE, **facts)
    await insights.prune(work.database, run.request.kind, scores_of=keep, runs=max(keep, KEPT_RUNS))
    return Carried(await runs.run(work.database, SYSTEM, run.id), counts, clock.timings_s)


async def _on_what_there_is(
    work: Work, kind: RunKind, given: Snapshot | None
) -> tuple[Metamodel, dict[str, int], dict[str, Mapping[str, Any]]]:
    """The model, what was counted, and how good the scores are; begun anew when something was dropped meanwhile."""
    for _ in range(MOST_BEGUN):
        model = await work.registry.refresh()
        _check_there(work.claim.run.request, model)
        snapshot = given or await _taken(work, model)
        work.clock.lap("snapshot")
        await runs.note(work.database, work.claim, origin=origin_of(snapshot, model))
        counts = {"records": snapshot.n, "links": snapshot.m, "scored": 0, "explained": 0, "swept": 0}
        try:
            return model, counts, await _scored(work, kind, model, snapshot, counts)
        except Dropped:
            given = None
    message = (
        f"Types or relations were dropped {MOST_BEGUN} times while it ran; start it again when the model is settled."
    )
    raise Rejected([Problem("model_moves", message)])


def _check_there(request: RunRequest, model: Metamodel) -> None:
    """Raises Rejected where the type to be scored was dropped after the run was asked for."""
    if request.type != ALL_TYPES and request.type not in model.types:
        message = f"The type {request.type} was dropped after this run was asked for; there is nothing to score."
        raise Rejected([Problem("unknown_type", message, ("type",))])


async def _scored(
    work: Work, kind: RunKind, model: Metamodel, snapshot: Snapshot, counts: dict[str, int]
) -> dict[str, Mapping[str, Any]]:
    """Compute and store the scores of every type of the run; how good they are, by type.

    Of a run over all types, those that have too little to go by are left out, with the reason in their place; when none
    is left, the first refusal is raised. Raises Dropped before anything is stored that was made from what is no more.
    """
    run, quality, refusals = work.claim.run, dict[str, Mapping[str, Any]](), list[XrmError]()
    stamp = Stamp(run.id, run.number, snapshot.taken_at, work.claim.worker)
    for type_name in types_of(kind, run.request, model, snapshot):
        context = await context_of(work, kind, model, snapshot, type_name)
        work.clock.lap("events")
        found, refusal = await asyncio.to_thread(computed_or_refused, kind, context)
        work.clock.lap("computing")
        if dropped(model, await work.registry.refresh()):
            raise Dropped
        if refusal is not None:
            refusals.append(refusal)
            quality[type_name] = {"refused": refusal.message}
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
        limit_bytes=work.limit_bytes,
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
