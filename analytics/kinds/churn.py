"""Churn as a run kind: own risk from silence, what comes along the profile's spreads, and the paths it comes by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.engines import paths
from analytics.engines.churn import exposure, silence
from analytics.engines.churn.silence import Silence
from analytics.graph import Graph
from analytics.kinds.happened import contact, of_contact
from analytics.parameters import parameters_of
from analytics.reasons import Reason
from analytics.scoring import Context, Explanation, Kind, Path, Scores
from analytics.walking import Walker

MOST_PATHS = 5


@dataclass(frozen=True, slots=True)
class Parameters:
    """`received` is the part of a score that comes from others; `half` and `steepness` shape the risk from silence.

    From `medium` and `high` on a risk is called so.
    """

    received: float = 0.3
    half: float = 3.0
    steepness: float = 2.0
    medium: float = 0.3
    high: float = 0.6

    def __post_init__(self) -> None:
        if not 0 < self.medium < self.high < 1:
            raise ValueError("`medium` and `high` are between 0 and 1, `medium` the lesser.")


def _scores(context: Context) -> Iterator[Scores]:
    chosen = parameters_of(Parameters, context.parameters)
    own, silences = _own(context, chosen)
    flow = _flow(context)
    found = exposure.run(flow, own, exposure.Parameters(chosen.received))
    numbers, first = context.subjects, int(context.subjects[0]) if len(context.subjects) else 0
    risk = found.score[numbers]

    def explained(place: int) -> Explanation:
        number = first + place
        ways = paths.risk_paths(found.carried, number, own, k=MOST_PATHS).paths if flow.m else ()
        brought = tuple(
            Path(
                "risk_path",
                way.value,
                way.nodes,
                facts={"weights": list(way.weights), "risk": float(own[way.nodes[0]])},
            )
            for way in ways
        )
        return Explanation(tuple(_reasons(found, silences, place, number)), brought)

    before = context.before.get("risk")
    columns: dict[str, NDArray[Any]] = {
        "risk": risk,
        "own": found.own_part[numbers],
        "received": found.received[numbers],
        "band": _bands(risk, chosen),
        "trend": np.full(len(risk), np.nan) if before is None else risk - before[numbers],
    }
    quality = {"own": "silence", "rounds": found.rounds, "bound": found.bound, "spreads": flow.m}
    yield Scores(context.type, numbers, columns, explained, quality=quality)


def _own(context: Context, chosen: Parameters) -> tuple[NDArray[np.float64], Silence]:
    """The own risk of every record that anything happens to, 0 for all others; and the silences of the type's records."""
    own, shape = np.zeros(context.snapshot.n), silence.Parameters(chosen.half, chosen.steepness)
    for name, events in context.all_events.items():
        if name != context.type and len(events):
            heard = of_contact(events)
            found = silence.run(heard, heard.subjects, shape, now=context.day)
            own[found.subjects] = found.risk
    mine = silence.run(contact(context), context.subjects, shape, now=context.day)
    own[mine.subjects] = mine.risk
    return own, mine


def _flow(context: Context) -> Graph:
    """Links along which risk comes to the type's records, from giver to receiver, by the factors of the spreads."""
    walker, spreads = Walker(context.model, context.snapshot), context.profile.spreads if context.profile else ()
    found = [(*walker.pairs(context.type, spread.path), spread.factor) for spread in spreads]
    givers = np.concatenate([far for _, far, _ in found]) if found else np.empty(0, np.int32)
    receivers = np.concatenate([near for near, _, _ in found]) if found else np.empty(0, np.int32)
    factors = np.concatenate([np.full(len(far), factor) for _, far, factor in found]) if found else np.empty(0)
    return Graph.from_links(context.snapshot.n, givers, receivers, factors, parallel="max")


def _reasons(found: exposure.Exposure, silences: Silence, place: int, number: int) -> Iterator[Reason]:
    """What the silence makes of the own part, then what comes from each other; they sum to the score."""
    for reason in found.reasons(number):
        if reason.code != "own":
            yield reason
            continue
        for part in silences.reasons(place):
            yield replace(part, contribution=float(found.kept[number]) * part.contribution)


def _bands(risk: NDArray[np.float64], chosen: Parameters) -> NDArray[Any]:
    words = np.array(["low", "medium", "high"], object)
    return words[np.digitize(risk, (chosen.medium, chosen.high))]


KIND = Kind("churn", _scores, needs_events=True, needs_all_events=True)
