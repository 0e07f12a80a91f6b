"""Lifetime value as a run kind."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from numpy.typing import NDArray

from analytics.engines import lifetime
from analytics.kinds.happened import business, explained, facts
from analytics.parameters import parameters_of
from analytics.scoring import Context, Kind, Scores


def _scores(context: Context) -> Iterator[Scores]:
    chosen = parameters_of(lifetime.Parameters, context.parameters)
    found = lifetime.run(business(context), chosen, context.seed, now=context.day)
    columns: dict[str, NDArray[Any]] = {"value": found.value, "average": found.average}
    quality = {
        "buying": facts(found.buying_fit),
        "spending": facts(found.spending_fit),
        "independence": None if found.independence != found.independence else found.independence,
        "withoutMean": found.without_mean,
        "currency": found.currency,
    }
    yield Scores(context.type, found.subjects, columns, explained(found.reasons), quality=quality)


KIND = Kind("lifetime", _scores, partial(parameters_of, lifetime.Parameters), needs_events=True)
