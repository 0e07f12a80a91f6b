"""Recommendations as a run kind: along the profile's path from records to what they may be offered."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.engines import recommend
from analytics.graph import Graph
from analytics.parameters import parameters_of
from analytics.scoring import Context, Explanation, Kind, Path, Scores
from analytics.walking import Walker
from models.errors import Problem, Rejected


def taken(context: Context) -> Graph:
    """Links from the type's records to all that they have taken. Raises Rejected for a type without offers."""
    offers = context.profile.offers if context.profile else None
    if offers is None:
        message = (
            f"{context.type} has no offers; declare in its profile which relations lead from its records to what they "
            'may be offered, such as ["orders", "lines"].'
        )
        raise Rejected([Problem("no_offers", message, ("type",))])
    subject, offer = Walker(context.model, context.snapshot).pairs(context.type, offers.path)
    return Graph.from_links(context.snapshot.n, subject, offer)


def _scores(context: Context) -> Iterator[Scores]:
    chosen = parameters_of(recommend.Parameters, context.parameters)
    found = recommend.run(taken(context), chosen, context.seed)
    best = found.best()[1]
    given = np.diff(found.starts)
    numbers = context.subjects[given[context.subjects] > 0]

    def explained(place: int) -> Explanation:
        number = int(numbers[place])
        others = tuple(Path("offer", score, (offer,)) for offer, score in found.of(number))
        return Explanation(found.reasons(number), others)

    columns: dict[str, NDArray[Any]] = {"score": best[numbers], "offers": given[numbers]}
    yield Scores(context.type, numbers, columns, explained)


KIND = Kind("recommend", _scores, partial(parameters_of, recommend.Parameters))
