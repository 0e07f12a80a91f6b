"""Carrying out a run: one snapshot, the engine on it, its scores stored in batches, what they were made from written down."""

from __future__ import annotations

import asyncio
import importlib
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson
from numpy.typing import NDArray

from analytics import packing
from analytics.events import Events
from analytics.examples import TooFewExamples
from analytics.reasons import plain
from analytics.scoring import Cancelled, Context, Explanation, Progress, RunKind, Scores, plain_column
from analytics.snapshot import Snapshot
from graph import insights, runs
from graph.insights import Stamp
from graph.registry import Registry
from graph.runs import Claim
from graph.session import Database
from models.actor import SYSTEM
from models.errors import Problem, Rejected, XrmError
from models.metamodel import Metamodel
from models.profiles import profile_of
from models.runs import ALL_TYPES, Run, RunRequest, RunStatus
from models.scores import ENGINES, SCORES

if TYPE_CHECKING:
    from analytics.fields_loading import OwnFields

EXPLAIN = "explain"  # the one parameter that is no engine's: how many records of a type get their reasons stored
EXPLAINED = 1_000
MOST_SPOKEN_OF = 50  # records that a document names for its readers to find
KEPT_SCORES, KEPT_RUNS = 10, 200
DAY_S = 86_400
LIBRARIES = ("networkx", "numpy", "scipy", "numba", "scikit-learn")


def kind_of(engine: str) -> RunKind:
    """The run kind of an engine; its libraries are imported now, and not before. Raises Rejected."""
    if engine not in ENGINES:
        raise Rejected([Problem("unknown_engine", f"There is no engine {engine[:60]!r}.", ("engine",))])
    kind: RunKind = importlib.import_module(f"analytics.kinds.{engine}").KIND
    return kind


@dataclass(frozen=True, slots=True)
class Carried:
    """What a run came to."""

    run: Run
    counts: Mapping[str, int]
    timings_s: Mapping[str, float]


@dataclass
class _Clock:
    """How long each stage took."""

    timings_s: dict[str, float] = field(default_factory=dict)
    _since: float = field(default_factory=time.monotonic)

    def lap(self, stage: str) -> None:
        now = time.monotonic()
        self.timings_s[stage] = round(self.timings_s.get(stage, 0.0) + now - self._since, 3)
        self._since = now


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
        return await _carried(_Work(database, registry, claim, folder, progress, _Clock()), snapshot, keep)
    except Cancelled:
        await runs.finish(database, claim, RunStatus.CANCELLED)
        raise
    except Exception as error:  # whatever it was, the run has ended and says why
        await runs.finish(database, claim, RunStatus.FAILED, error=(str(error) or type(error).__name__)[:2_000])
        raise


@dataclass(frozen=True, slots=True)
class _Work:
    database: Database
    registry: Registry
    claim: Claim
    folder: Path | None
    progress: Progress
    clock: _Clock


async def _carried(work: _Work, given: Snapshot | None, keep: int) -> Carried:
    run, clock = work.claim.run, work.clock
    kind, _ = kind_of(run.request.engine), _explained_most(run.request)
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
    work: _Work, kind: RunKind, model: Metamodel, snapshot: Snapshot, counts: dict[str, int]
) -> dict[str, Mapping[str, Any]]:
    """Compute and store the scores of every type of the run; how good they are, by type.

    Of a run over all types, those that have too little to go by are left out, with the reason in their place; when none
    is left, the first refusal is raised.
    """
    run, quality, refusals = work.claim.run, dict[str, Mapping[str, Any]](), list[XrmError]()
    stamp = Stamp(run.id, run.number, snapshot.taken_at, work.claim.worker)
    for type_name in _types_of(kind, run.request, model, snapshot):
        context = await _context(work, kind, model, snapshot, type_name)
        work.clock.lap("events")
        try:
            found = await asyncio.to_thread(_computed, kind, context)
        except (Rejected, TooFewExamples) as error:
            refusals.append(error)
            quality[type_name] = {"refused": error.message}
            continue
        work.clock.lap("computing")
        for scores in found:
            quality[scores.type] = dict(scores.quality)
            await _store(work, stamp, snapshot, scores, counts)
        work.clock.lap("storing")
    if refusals and len(refusals) == len(quality):
        raise refusals[0]
    return quality


def _computed(kind: RunKind, context: Context) -> list[Scores]:
    return list(kind.run(context))


def _explained_most(request: RunRequest) -> int:
    """How many records of a type get their reasons stored. Raises Rejected."""
    most = request.parameters.get(EXPLAIN, EXPLAINED)
    if isinstance(most, bool) or not isinstance(most, int) or most < 0:
        message = f"{EXPLAIN} is how many records of a type get their reasons stored: a whole number from 0 on."
        raise Rejected([Problem("bad_parameter", message, ("parameters", EXPLAIN))])
    return most


async def _taken(work: _Work, model: Metamodel) -> Snapshot:
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


def _types_of(kind: RunKind, request: RunRequest, model: Metamodel, snapshot: Snapshot) -> Iterator[str]:
    """The types a run takes one after the other; "" is all at once."""
    if kind.of_all_types or request.type != ALL_TYPES:
        yield request.type
        return
    declared = [name for name in model.profiles if name in model.types]
    for name in declared or model.types:
        if name in snapshot.types and profile_of(model, name).signals:
            yield name


async def _context(work: _Work, kind: RunKind, model: Metamodel, snapshot: Snapshot, type_name: str) -> Context:
    request = work.claim.run.request
    parameters = {name: value for name, value in request.parameters.items() if name != EXPLAIN}
    wanted = {type_name} if kind.needs_events else set()
    if kind.needs_all_events:
        wanted |= {name for name in snapshot.types if name in model.types and profile_of(model, name).signals}
    events = {name: await _events(work, model, snapshot, name) for name in sorted(wanted)}
    own = await _own_fields(work, model, snapshot, type_name) if kind.needs_leavers and type_name else None
    return Context(
        snapshot=snapshot,
        model=model,
        type=type_name,
        parameters=parameters,
        seed=request.seed,
        now=snapshot.taken_at,
        profile=profile_of(model, type_name) if type_name else None,
        events=events.get(type_name),
        all_events=events if kind.needs_all_events else {},
        leavers=None if own is None else own.leavers,
        features=() if own is None else own.features,
        before=await _before(work, snapshot),
        progress=lambda stage, done: work.progress(stage, 0.4 + 0.3 * done),
    )


async def _events(work: _Work, model: Metamodel, snapshot: Snapshot, type_name: str) -> Events:
    from analytics.events_loading import events as load

    work.progress("events", 0.3)
    return await load(work.database, model, SYSTEM, snapshot, type_name)


async def _own_fields(work: _Work, model: Metamodel, snapshot: Snapshot, type_name: str) -> OwnFields:
    from analytics.fields_loading import own_fields

    now = snapshot.taken_at.timestamp() / DAY_S
    return await own_fields(work.database, model, SYSTEM, snapshot, type_name, now=now)


async def _before(work: _Work, snapshot: Snapshot) -> dict[str, NDArray[Any]]:
    """The scores of the run of the kind before this one, by score, for every record of the snapshot; NaN or None: none."""
    run = work.claim.run
    last = await runs.latest(work.database, SYSTEM, run.request.kind, before=run.number)
    if last is None:
        return {}
    stored = await insights.kept(work.database, SYSTEM, last.id, packing.SCORES_PART)
    columns: dict[str, NDArray[Any]] = {}
    own = packing.keys(snapshot.ids)
    order = np.argsort(own, kind="stable")
    for packed in packing.unpacked(stored).values():
        keys = packing.keys(packed.ids)
        if not len(keys) or not len(own):
            continue
        places = np.clip(np.searchsorted(own[order], keys), 0, len(own) - 1)
        there = own[order][places] == keys
        for name, column in packed.columns.items():
            empty = None if column.dtype == object else np.nan
            mine = columns.setdefault(name, np.full(snapshot.n, empty, column.dtype))
            mine[order[places[there]]] = column[there]
    return columns


# storing


async def _store(work: _Work, stamp: Stamp, snapshot: Snapshot, scores: Scores, counts: dict[str, int]) -> None:
    engine, request = work.claim.run.request.engine, work.claim.run.request
    if scores.type not in (await work.registry.refresh()).types:
        return  # dropped while the run was under way
    await insights.prepare(work.database, scores.type, engine)
    ids = [snapshot.id(int(number)) for number in scores.numbers]
    kinds = {each.name: each.kind for each in SCORES[engine]}
    columns = {name: plain_column(column, kinds[name]) for name, column in scores.columns.items()}
    for first in range(0, len(ids), insights.BATCH):
        rows = slice(first, first + insights.BATCH)
        part = {name: column[rows] for name, column in columns.items()}
        counts["scored"] += await insights.store(work.database, stamp, scores.type, engine, ids[rows], part)
        work.progress("storing", 0.7 + 0.2 * first / max(1, len(ids)))
    for part_name, facts in packing.parts(scores, snapshot.ids[scores.numbers], engine):
        await insights.keep(work.database, stamp, part_name, facts)
    await _explain(work, stamp, snapshot, scores, ids, _explained_most(request), counts)


async def _explain(
    work: _Work, stamp: Stamp, snapshot: Snapshot, scores: Scores, ids: list[str], most: int, counts: dict[str, int]
) -> None:
    if scores.explain is None:
        return
    engine, places, explain = work.claim.run.request.engine, scores.told_first(most), scores.explain
    for first in range(0, len(places), insights.BATCH):
        chunk = places[first : first + insights.BATCH]
        work.progress("explaining", 0.9 + 0.1 * first / len(places))
        told, mentioned = await asyncio.to_thread(_told, explain, ids, chunk, snapshot)
        counts["explained"] += await insights.explain(work.database, stamp, scores.type, engine, told, mentioned)
        name = f"{packing.REASONS_PART}-{scores.type}-{first:09}"
        await insights.keep(work.database, stamp, name, packing.packed_documents(told))


def _told(
    explain: Callable[[int], Explanation], ids: Sequence[str], places: Sequence[int], snapshot: Snapshot
) -> tuple[dict[str, str], dict[str, list[str]]]:
    """The documents of some records, and the records that each speaks of."""
    found = {ids[place]: explain(place) for place in places}
    documents = {id: document(explanation, snapshot) for id, explanation in found.items()}
    return documents, {id: spoken_of(explanation, snapshot) for id, explanation in found.items()}


def spoken_of(explanation: Explanation, snapshot: Snapshot) -> list[str]:
    """The records of an explanation, each once: those of the strongest paths first, then those of what
    would change the score, then those of the weightiest reasons.
    """
    paths = sorted(explanation.paths, key=lambda path: -path.strength)
    reasons = sorted(explanation.reasons, key=lambda reason: -abs(reason.contribution))
    numbers = [number for path in paths for number in path.records]
    numbers += [each.record for each in explanation.counterfactuals if each.record is not None]
    numbers += [number for reason in reasons for number in reason.records]
    return [snapshot.id(number) for number in list(dict.fromkeys(numbers))[:MOST_SPOKEN_OF]]


def document(explanation: Explanation, snapshot: Snapshot) -> str:
    """An explanation as it is stored: records by their ids, the weightiest reasons and strongest paths first."""
    reasons = sorted(explanation.reasons, key=lambda reason: -abs(reason.contribution))
    paths = sorted(explanation.paths, key=lambda path: -path.strength)
    changes = sorted(explanation.counterfactuals, key=lambda each: -abs(each.change))
    body = {
        "reasons": [plain(reason, snapshot.id) for reason in reasons],
        "paths": [
            {
                "code": path.code,
                "strength": path.strength,
                "contribution": path.contribution,
                "relations": list(path.relations),
                "records": [snapshot.id(number) for number in path.records],
                "record": snapshot.id(path.records[-1]) if path.records else None,
                "facts": dict(path.facts),
            }
            for path in paths
        ],
        "counterfactuals": [
            {
                "code": each.code,
                "change": each.change,
                "record": None if each.record is None else snapshot.id(each.record),
                "facts": dict(each.facts),
            }
            for each in changes
        ],
    }
    return orjson.dumps(body, option=orjson.OPT_SERIALIZE_NUMPY).decode()


# making a run's scores again


@dataclass(frozen=True, slots=True)
class Recomputed:
    """Whether a run's scores came out the same when they were made again; how many differ, where the data is the same."""

    same_data: bool
    compared: int
    differing: int


async def recompute(database: Database, registry: Registry, run: Run, snapshot: Snapshot) -> Recomputed:
    """Make a run's scores again from a snapshot, with its parameters and its seed, and compare. Nothing is stored."""
    model, kind = registry.model, kind_of(run.request.engine)
    work = _Work(database, registry, Claim(run, ""), None, lambda stage, done: None, _Clock())
    kept = packing.unpacked(await insights.kept(database, SYSTEM, run.id, packing.SCORES_PART))
    compared = differing = 0
    for type_name in _types_of(kind, run.request, model, snapshot):
        context = await _context(work, kind, model, snapshot, type_name)
        for scores in await asyncio.to_thread(_computed, kind, context):
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


def moment_of(run: Run) -> datetime:
    """The moment of the data that a run's scores are made from."""
    taken = run.origin.get("takenAt")
    return datetime.fromisoformat(taken) if taken else run.requested_at.astimezone(UTC)
