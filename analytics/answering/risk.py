"""Who is about to leave: a page of stored scores with their reasons and paths, and the paths of one record on the snapshot."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from analytics.answering.answers import Asked, check, out_of_range, records_unknown
from analytics.answering.scored import context
from analytics.answering.shown import Answer, Cards, spoken_of, told
from analytics.engines.churn.score import Churn
from analytics.snapshot import Snapshot
from analytics.view360.shown import CardShown, ReasonShown
from graph import insights, views
from models.errors import Problem

MOST, MOST_PATHS, MOST_HOPS = 200, 50, 6
BANDS = ("low", "medium", "high")


@dataclass(frozen=True, slots=True)
class RiskRow:
    """A record with its stored risk, why, and by which paths it comes."""

    id: str
    risk: float
    own: float | None
    received: float | None
    band: str | None
    trend: float | None
    run: int
    at: datetime
    reasons: tuple[ReasonShown, ...]
    paths: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True, eq=False)
class RiskPage:
    """Records of a type, the highest risk first, and whether more follow."""

    rows: tuple[RiskRow, ...]
    more: bool
    cards: Cards


@dataclass(frozen=True, slots=True)
class RiskPath:
    """A way along which risk comes, from its first record to the last: what it brings, and the share each link passes on."""

    records: tuple[str, ...]
    shares: tuple[float, ...]
    brings: float
    weakest: tuple[str, str] | None


@dataclass(frozen=True, slots=True, eq=False)
class RiskPaths(Answer):
    """The risk of one record as the snapshot has it now, its parts, and the paths that bring most of it."""

    record: CardShown
    risk: float
    own: float
    received: float
    band: str
    reasons: tuple[ReasonShown, ...]
    paths: tuple[RiskPath, ...]


async def churn(
    asked: Asked,
    type_name: str,
    *,
    band: str | None,
    left: bool | None = None,
    first: int,
    after: tuple[float, str] | None,
) -> RiskPage:
    """Records of a type by the risk that the last run stored, the highest first; none before any run. Raises Rejected.

    `left` chooses those that had left by then or those that had not.
    """
    problems = out_of_range("first", first, 0, MOST)
    if type_name not in asked.model.types:
        problems.append(Problem("unknown_type", f"There is no type {type_name[:60]!r}.", ("type",)))
    if band is not None and band not in BANDS:
        problems.append(Problem("unknown_band", f"band is one of {', '.join(BANDS)}, not {band[:60]!r}.", ("band",)))
    check(problems)
    database, actor = asked.answers.database, asked.actor
    found = await insights.ranked(database, actor, type_name, band=band, left=left, size=first + 1, after=after)
    ids = [str(row[0]) for row in found[:first]]
    documents = {
        (each.record, each.run): json.loads(each.text)
        for each in (await insights.documents(database, actor, ids, ["churn"]) if ids else ())
    }
    rows = tuple(_row(row, documents.get((row[0], row[6]), {})) for row in found[:first])
    mentioned = [id for row in rows for id in (row.id, *spoken_of(row.reasons), *_along(row.paths))]
    return RiskPage(rows, len(found) > first, await _cards(asked, mentioned))


def _row(row: Sequence[Any], document: Mapping[str, Any]) -> RiskRow:
    reasons = tuple(
        ReasonShown(each["code"], float(each["contribution"]), each["facts"], tuple(each["records"]))
        for each in document.get("reasons", ())
    )
    id, risk, own, received, band, trend, run, at = row
    paths = tuple(document.get("paths", ()))
    return RiskRow(id, risk, own, received, band, trend, run, at, reasons, paths)


def _along(paths: Sequence[Mapping[str, Any]]) -> list[str]:
    return [str(id) for path in paths for id in path.get("records", ())]


async def _cards(asked: Asked, ids: Sequence[str]) -> Cards:
    """Cards without a snapshot: stored reasons may speak of records that are gone; these have none."""
    rows = await views.record_rows(asked.answers.database, asked.actor, list(dict.fromkeys(ids))) if ids else []
    return asked.read(rows)


async def risk_paths(asked: Asked, id: str, *, first: int, hops: int) -> RiskPaths:
    """The ways along which risk comes to a record, on the newest snapshot. Raises Rejected.

    The risk of all records of the type is found once for each snapshot; a question about one of them costs no more than
    the search around it.
    """
    snapshot = await asked.snapshot([id])
    bounds = [*out_of_range("first", first, 1, MOST_PATHS), *out_of_range("hops", hops, 1, MOST_HOPS)]
    check([*records_unknown(snapshot, [id], "id"), *bounds])
    number = snapshot.index(id)
    type_name = snapshot.type_of(number)
    found = await _churn(asked, snapshot, type_name)
    place = number - snapshot.range_of(type_name).start
    ways = await asked.made(
        "risk paths", (snapshot, id, first, hops), lambda: found.paths(place, k=first, hops=hops), keep=False
    )
    reasons = told(snapshot, found.reasons(place))
    paths = tuple(
        RiskPath(
            tuple(map(snapshot.id, each.records)),
            each.shares,
            each.brings,
            None if each.weakest is None else (snapshot.id(each.weakest[0]), snapshot.id(each.weakest[1])),
        )
        for each in ways
    )
    cards = await asked.cards(snapshot, [id, *spoken_of(reasons), *(one for each in paths for one in each.records)])
    parts = float(found.risk[place]), float(found.own[place]), float(found.received[place])
    return RiskPaths(snapshot, cards, cards[id], *parts, found.band_of(place), reasons, paths)


async def _churn(asked: Asked, snapshot: Snapshot, type_name: str) -> Churn:
    """The risk of all records of a type; made once."""
    from analytics.kinds.churn import measured

    async def made() -> Churn:
        return await asyncio.to_thread(measured, await context(asked, snapshot, type_name, leavers=True))

    return await asked.kept("churn", (snapshot, type_name), made, again=lambda later: _churn(asked, later, type_name))
