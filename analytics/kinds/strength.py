"""Strength of relationships as a run kind: each record of a type with everybody whom its events bring it together with."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.engines import strength
from analytics.events import Events
from analytics.kinds.happened import contact
from analytics.parameters import parameters_of
from analytics.scoring import Context, Explanation, Kind, Path, Scores

MOST_AT_ONE_EVENT = 100  # a mailing to thousands says nothing of any two of them
MOST_TOLD = 25
Numbers = NDArray[np.int32]


def _scores(context: Context) -> Iterator[Scores]:
    chosen = parameters_of(strength.Parameters, context.parameters)
    events = {**context.all_events, context.type: contact(context)}
    first, second = pairs(events[context.type], list(events.values()))
    found = strength.run(list(events.values()), first, second, chosen, now=context.day)
    strongest, contacts, average = found.of_records(context.snapshot.n)
    numbers = context.subjects[contacts[context.subjects] > 0]
    order = np.lexsort((found.second, -found.strength, found.first))
    rows = [np.searchsorted(found.first[order], numbers, side=side) for side in ("left", "right")]

    def explained(place: int) -> Explanation:
        mine = order[rows[0][place] : rows[1][place]][:MOST_TOLD].tolist()
        others = tuple(
            Path(
                "relationship",
                float(found.strength[i]),
                (int(found.second[i]),),
                facts={"warmth": found.warmth_of(i), "acts": int(found.acts[i])},
            )
            for i in mine
        )
        return Explanation(found.reasons(mine[0]) if mine else (), others)

    columns: dict[str, NDArray[Any]] = {
        "strongest": strongest[numbers],
        "contacts": contacts[numbers],
        "average": average[numbers],
    }
    yield Scores(context.type, numbers, columns, explained)


def pairs(own: Events, everybody: list[Events]) -> tuple[Numbers, Numbers]:
    """Each subject of `own` with each other subject that an event brings it together with, once, sorted.

    Events of more than a hundred subjects are left out. O(rows · subjects of an event).
    """
    together = np.unique(
        np.concatenate([np.stack([each.event, each.subject], axis=1) for each in everybody]).astype(np.int64), axis=0
    )
    event, subject = together[:, 0], together[:, 1]
    mine = np.unique(np.stack([own.event, own.subject], axis=1).astype(np.int64), axis=0)
    low, high = np.searchsorted(event, mine[:, 0]), np.searchsorted(event, mine[:, 0], side="right")
    counts = np.where(high - low <= MOST_AT_ONE_EVENT, high - low, 0)
    first = np.repeat(mine[:, 1], counts)
    place = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(low, counts)
    found = np.stack([first, subject[place]], axis=1)
    found = np.unique(found[found[:, 0] != found[:, 1]], axis=0)
    return found[:, 0].astype(np.int32), found[:, 1].astype(np.int32)


KIND = Kind("strength", _scores, partial(parameters_of, strength.Parameters), needs_events=True, needs_all_events=True)
