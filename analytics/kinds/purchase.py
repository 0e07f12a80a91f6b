"""The next purchase as a run kind."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from numpy.typing import NDArray

from analytics.engines import purchase
from analytics.kinds.happened import business, explained, facts
from analytics.parameters import parameters_of
from analytics.scoring import Context, Kind, Scores, days


def _scores(context: Context) -> Iterator[Scores]:
    chosen = parameters_of(purchase.Parameters, context.parameters)
    found = purchase.run(business(context), chosen, context.seed, now=context.day)
    columns: dict[str, NDArray[Any]] = {
        "alive": found.alive,
        "expected": found.expected,
        "nextOn": days(found.next_day),
        "earliestOn": days(found.next_from),
        "latestOn": days(found.next_to),
    }
    quality = {"fit": facts(found.fit), "holdOut": facts(found.hold_out), **facts(found.past.left_out)}
    yield Scores(context.type, found.subjects, columns, explained(found.reasons), found.expected, quality)


KIND = Kind("purchase", _scores, partial(parameters_of, purchase.Parameters), needs_events=True)
