"""Rotation as a run kind: who has been silent for longer than is usual for it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from numpy.typing import NDArray

from analytics.engines import rotation
from analytics.kinds.happened import contact, explained, facts, texts
from analytics.parameters import parameters_of
from analytics.scoring import Context, Kind, Scores


def _scores(context: Context) -> Iterator[Scores]:
    found = rotation.run(contact(context), parameters_of(rotation.Parameters, context.parameters), now=context.day)
    columns: dict[str, NDArray[Any]] = {
        "quiet": found.quiet,
        "multiple": found.multiple,
        "silentDays": found.silent_days,
        "usualGapDays": found.usual_gap_days,
        "status": texts(found.status),
    }
    quality = {**facts(found.rhythm), **facts(found.past.left_out)}
    yield Scores(context.type, found.subjects, columns, explained(found.reasons), quality=quality)


KIND = Kind("rotation", _scores, partial(parameters_of, rotation.Parameters), needs_events=True)
