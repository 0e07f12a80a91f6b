"""Scores brought into the database in batches, packed for comparing, and the first ones' reasons as documents."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import orjson

from analytics import packing
from analytics.reasons import plain
from analytics.runs.work import Work, explained_most
from analytics.scoring import Explanation, Scores, plain_column
from analytics.snapshot import Snapshot
from graph import insights
from graph.insights import Stamp
from models.scores import SCORES

MOST_SPOKEN_OF = 50  # records that a document names for its readers to find


async def store(work: Work, stamp: Stamp, snapshot: Snapshot, scores: Scores, counts: dict[str, int]) -> None:
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
    await _explain(work, stamp, snapshot, scores, ids, explained_most(request), counts)


async def _explain(
    work: Work, stamp: Stamp, snapshot: Snapshot, scores: Scores, ids: list[str], most: int, counts: dict[str, int]
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
