"""Recency, frequency and value as a run kind."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from numpy.typing import NDArray

from analytics.engines import recency
from analytics.kinds.happened import business, explained, facts, texts
from analytics.parameters import parameters_of
from analytics.scoring import Context, Kind, Scores


def _scores(context: Context) -> Iterator[Scores]:
    found = recency.run(business(context), parameters_of(recency.Parameters, context.parameters), now=context.day)
    columns: dict[str, NDArray[Any]] = {
        "score": found.score,
        "group": texts(found.group),
        "recencyDays": found.recency_days,
        "frequency": found.frequency,
        "value": found.value,
    }
    quality = {**facts(found.left_out), "currency": found.currency}
    yield Scores(context.type, found.subjects, columns, explained(found.reasons), quality=quality)


KIND = Kind("recency", _scores, partial(parameters_of, recency.Parameters), needs_events=True)
