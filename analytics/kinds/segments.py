"""Segments as a run kind: records that are alike in what happened to them, by signal."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.engines import segments
from analytics.engines.features import Feature
from analytics.events import Events
from analytics.kinds.happened import contact, explained
from analytics.parameters import parameters_of
from analytics.scoring import Context, Kind, Scores

WINDOW_DAYS = 365.0


def divided(context: Context) -> segments.Segments:
    """The segments of the type's records that anything has happened to. Raises Rejected."""
    chosen = parameters_of(segments.Parameters, context.parameters)
    events, n = contact(context).until(context.day), context.snapshot.n
    among = np.zeros(n, bool)
    among[events.subject] = True
    return segments.run(_features(events, n, context.day), chosen, context.seed, among=among)


def _scores(context: Context) -> Iterator[Scores]:
    found = divided(context)
    numbers = found.nodes.astype(np.int32)
    names = [segment.name or f"segment {segment.number}" for segment in found.segments]
    label = np.array([*names, None], object)[found.labels[numbers]]
    columns: dict[str, NDArray[Any]] = {"segment": label, "fit": found.fits[numbers]}
    reasons = explained(lambda place: found.reasons(int(numbers[place])))
    quality = {name: segment.share for name, segment in zip(names, found.segments, strict=True)}
    yield Scores(context.type, numbers, columns, reasons, columns["fit"], {"shares": quality})


def _features(events: Events, n: int, day: float) -> list[Feature]:
    """How often in the last year each signal was seen, how long ago the last of all was, and what it came to."""
    late = events.after(day - WINDOW_DAYS)
    counts = [
        Feature(signal.name, np.bincount(late.subject[late.signal == place], minlength=n).astype(np.float64))
        for place, signal in enumerate(events.signals)
    ]
    last = np.full(n, -np.inf)
    np.maximum.at(last, events.subject, events.day)
    silent = np.where(np.isfinite(last), day - last, np.nan)
    worth = np.bincount(late.subject, np.nan_to_num(late.value) * late.sign, minlength=n).astype(np.float64)
    features = [*counts, Feature("silentDays", silent), Feature("worth", worth)]
    return [each for each in features if len(np.unique(each.values[~np.isnan(each.values)])) > 1] or features[:1]


KIND = Kind("segments", _scores, partial(parameters_of, segments.Parameters), needs_events=True)
