"""The whole risk of leaving: own and received, in bands, with signed reasons and the paths along which it comes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from analytics.engines.churn import exposure, own
from analytics.engines.churn.exposure import Exposure
from analytics.engines.churn.leavers import Leavers
from analytics.engines.churn.own import OwnRisk, own_risk
from analytics.engines.features import Feature
from analytics.events import Events
from analytics.graph import Graph
from analytics.reasons import Reason

Floats = NDArray[np.float64]
BANDS = ("low", "medium", "high")


@dataclass(frozen=True, slots=True)
class Parameters:
    """How own risk is found and shared, and from where on a risk is called `medium` and `high`; below it is low."""

    own: own.Parameters = field(default_factory=own.Parameters)
    exposure: exposure.Parameters = field(default_factory=exposure.Parameters)
    medium: float = 0.3
    high: float = 0.6

    def __post_init__(self) -> None:
        if not 0 <= self.medium <= self.high <= 1:
            raise ValueError("The bounds of the bands must rise from 0 to 1: medium, high.")


@dataclass(frozen=True, slots=True)
class RiskPath:
    """A way along which risk comes, from its `source` to the record: `brings` = the source's own part × all `shares`.

    That is exactly the part of the record's score that walks this way.
    """

    records: tuple[int, ...]
    shares: tuple[float, ...]
    brings: float
    weakest: tuple[int, int] | None

    @property
    def source(self) -> int:
        """Where the risk comes from."""
        return self.records[0]


@dataclass(frozen=True, eq=False)
class Churn:
    """The risk of each of `subjects`, in their order: `risk` = `own` + `received`.

    `band` points into BANDS. Events, subjects and `now` are kept, so that questions about one record can be answered.
    """

    subjects: NDArray[np.int32]
    risk: Floats
    own: Floats
    received: Floats
    band: NDArray[np.int8]
    own_risk: OwnRisk
    exposure: Exposure
    events: Events
    fields: tuple[Feature, ...]
    now: float
    parameters: Parameters

    def band_of(self, i: int) -> str:
        """low, medium or high."""
        return BANDS[self.band[i]]

    def reasons(self, i: int) -> tuple[Reason, ...]:
        """Signed parts that sum to `risk[i]`: those of the own risk, scaled by the share it keeps, and what is `received`."""
        kept = float(self.exposure.kept[i])
        mine = [
            Reason(each.code, kept * each.contribution, each.facts, each.records) for each in self.own_risk.reasons(i)
        ]
        others = (
            Reason(each.code, each.contribution, each.facts, tuple(int(self.subjects[j]) for j in each.records))
            for each in self.exposure.reasons(i)[1:]
        )
        return (*mine, *others)

    def paths(self, i: int, *, k: int = 3, hops: int = 4) -> tuple[RiskPath, ...]:
        """The k ways along which most of the received risk comes to subject i, at most `hops` links long, most first."""
        from analytics.engines.paths import risk_paths

        found = risk_paths(self.exposure.carried, i, self.exposure.own_part, 1.0, k, hops)
        return tuple(
            RiskPath(self._numbers(path.nodes), path.weights, path.value, self._link(path.weakest_link))
            for path in found.paths
        )

    def _numbers(self, nodes: Sequence[int]) -> tuple[int, ...]:
        return tuple(int(self.subjects[node]) for node in nodes)

    def _link(self, ends: tuple[int, int] | None) -> tuple[int, int] | None:
        return None if ends is None else (int(self.subjects[ends[0]]), int(self.subjects[ends[1]]))


def run(
    events: Events,
    subjects: NDArray[np.int32],
    parameters: Parameters | None = None,
    *,
    now: float,
    seed: int = 0,
    leavers: Leavers | None = None,
    fields: Sequence[Feature] = (),
    dated: Mapping[str, Floats] | None = None,
    spread: Graph | None = None,
    reach: Floats | None = None,
) -> Churn:
    """The risk of each subject that it leaves, by its own signs and by those of the subjects it is related to.

    Formula: risk = (1 − λ) · own + Σ λ·B · risk of others (`exposure.run`); own risk from what was learned, else from silence
    (`own.own_risk`); 1 for who has left.

    Parameters: `subjects` ascend; `leavers`, `fields` and `dated` (by field, the day each value was set) go with them; the
    nodes of `spread` are places in `subjects` (`flows.among` cuts a snapshot's graph so), its links run from who gives
    risk to who receives it; `reach` is how much of the split is open to each.

    Returns Churn. Nothing is refused for want of examples: `own_risk.refused` says why nothing was learned.

    Raises ValueError when leavers, fields or spread do not fit the subjects; BadRisk, BadWeight for numbers that are none.

    Example: five subjects; 0 has been silent for six times its gap; its risk goes to 1, and from there to 2.

    >>> from analytics.engines.examples_of_events import bought
    >>> events = bought({0: range(0, 41, 10), **{i: range(0, 91, 10) for i in (1, 2, 3, 4)}})
    >>> flow = Graph.from_links(5, [0, 1], [1, 2])
    >>> found = run(events, np.arange(5, dtype=np.int32), now=100.0, spread=flow)
    >>> found.risk.round(3).tolist(), found.band_of(0)
    ([0.8, 0.31, 0.163, 0.1, 0.1], 'high')
    >>> [(each.code, round(each.contribution, 3), each.records) for each in found.reasons(2)][-1]
    ('received', 0.093, (1,))
    >>> [(path.records, round(path.brings, 3)) for path in found.paths(2, k=1)]
    [((0, 1, 2), 0.072)]

    Cost: that of the own risk, and of the exposure.

    Source: as of those: `learned.learn` or `silence.run`, and `exposure.run`.
    """
    parameters = parameters or Parameters()
    _check(subjects, leavers, fields, spread)
    mine = own_risk(events, subjects, parameters.own, now=now, seed=seed, leavers=leavers, fields=fields, dated=dated)
    graph = Graph.from_links(len(subjects), [], [], []) if spread is None else spread
    exposed = exposure.run(graph, mine.risk, parameters.exposure, reach=reach)
    return Churn(
        subjects=subjects,
        risk=exposed.score,
        own=exposed.own_part,
        received=exposed.received,
        band=np.digitize(exposed.score, (parameters.medium, parameters.high)).astype(np.int8),
        own_risk=mine,
        exposure=exposed,
        events=events,
        fields=tuple(fields),
        now=now,
        parameters=parameters,
    )


def _check(
    subjects: NDArray[np.int32], leavers: Leavers | None, fields: Sequence[Feature], spread: Graph | None
) -> None:
    n = len(subjects)
    if n > 1 and not (np.diff(subjects) > 0).all():
        raise ValueError("The numbers of subjects must ascend.")
    if leavers is not None and not len(leavers.left) == len(leavers.day) == n:
        raise ValueError(f"There are {len(leavers.left)} marks of leaving for {n} subjects; each needs one.")
    if spread is not None and spread.n != n:
        raise ValueError(f"The graph along which risk spreads has {spread.n} nodes for {n} subjects.")
    for feature in fields:
        if len(feature.values) != n:
            raise ValueError(f"The field {feature.name!r} has {len(feature.values)} values for {n} subjects.")
