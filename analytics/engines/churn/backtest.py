"""Back-test on the user's own history: what the risk said at past moments, and who left in the time after."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import NDArray

from analytics.engines.churn.leavers import Leavers
from analytics.engines.churn.measures import Calibration, among_first, auc, brier, calibration
from analytics.engines.churn.own import Score
from analytics.events import Events
from analytics.examples import TooFewExamples

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Parameters:
    """The risk is asked at `moments` past moments, `every_days` apart, the last `horizon_days` before now.

    From `alarm` on a risk is an alarm; precision and recall are those of the `first` highest. Before the first moment
    there must be `least_history_days` of events, and in all at least `least_left` must have left.
    """

    moments: int = 6
    every_days: float = 30.0
    horizon_days: float = 90.0
    alarm: float = 0.5
    first: int = 20
    least_history_days: float = 90.0
    least_left: int = 20

    def __post_init__(self) -> None:
        if self.moments < 1 or not (self.every_days > 0 and self.horizon_days > 0) or self.first < 1:
            raise ValueError("A back-test needs a moment, days above 0 between and after, and a first record.")


@dataclass(frozen=True, slots=True)
class Moment:
    """One past moment (days since 1970): how many were asked about, how many left within the horizon, how well it was told."""

    day: float
    asked: int
    left: int
    auc: float
    precision: float
    recall: float


@dataclass(frozen=True, slots=True)
class Backtest:
    """How good the risk would have been.

    `auc` is the mean over moments, weighed by who left; `precision` and `recall` of the first at each moment likewise;
    `calibration` and `brier` over all. `lead_days` are, for each that left after an alarm, the days from its first alarm
    to its leaving; `alarmed` is the share of leavers that had one before. `outcome` says what leaving was: marked, or silent.
    """

    outcome: str
    moments: tuple[Moment, ...]
    auc: float
    precision: float
    recall: float
    brier: float
    calibration: Calibration
    lead_days: Floats
    alarmed: float

    @property
    def median_lead_days(self) -> float:
        """Half of those that were alarmed for were so at least that long before; NaN without any."""
        return float(np.median(self.lead_days)) if len(self.lead_days) else nan


@dataclass(frozen=True, slots=True)
class _Asked:
    """Those asked about at one moment: places of subjects, their risk, whether and when they left after it."""

    day: float
    place: NDArray[np.int64]
    risk: Floats
    left: Marks
    leaving: Floats


def run(
    events: Events,
    subjects: NDArray[np.int32],
    score: Score,
    parameters: Parameters | None = None,
    *,
    now: float,
    leavers: Leavers | None = None,
) -> Backtest:
    """How good `score` would have been at past moments, by what came after.

    Formula: at each moment t the score is given the events until t alone. Asked about are those that had not left; they
    left when their day of leaving lies within the horizon after t. Without dated leavers: those with an event in the
    horizon before t; they left when there is none in the horizon after, on the day their silence lasted a horizon.

    Parameters: `score(events, subjects, t)`, such as `own.scorer(...)`; `subjects` ascend; `now` and days since 1970.

    Raises TooFewExamples for too little history before the first moment, or too few that left.

    Example: five subjects come every ten days, two of them until day 200; silence tells them apart a month later.

    >>> from analytics.engines.churn.own import scorer
    >>> from analytics.engines.examples_of_events import bought
    >>> events = bought({i: range(i, 200 if i < 2 else 401, 10) for i in range(5)})
    >>> asked = Parameters(moments=2, every_days=30, horizon_days=60, first=2, least_left=2)
    >>> found = run(events, np.arange(5, dtype=np.int32), scorer(), asked, now=290.0)
    >>> [(moment.day, moment.asked, moment.left, moment.auc) for moment in found.moments]
    [(200.0, 5, 2, 1.0), (230.0, 5, 2, 1.0)]
    >>> found.precision, found.recall, found.median_lead_days
    (1.0, 1.0, 20.5)

    Cost: `moments` times that of the score. Source: rolling-origin evaluation (Tashman 2000).
    """
    parameters = parameters or Parameters()
    dated = leavers if leavers is not None and leavers.is_dated else None
    days = now - parameters.horizon_days - parameters.every_days * np.arange(parameters.moments)[::-1]
    _enough_history(events, float(days[0]), parameters)
    asked = [_asked(events, subjects, score, float(day), parameters.horizon_days, dated) for day in days]
    left = sum(int(each.left.sum()) for each in asked)
    if left < parameters.least_left:
        raise TooFewExamples(
            "records that left in the time looked at",
            needed=parameters.least_left,
            found=left,
            cure="Look further back.",
        )
    return _told("marked" if dated else "silent", asked, parameters)


def _asked(
    events: Events, subjects: NDArray[np.int32], score: Score, day: float, horizon: float, leavers: Leavers | None
) -> _Asked:
    past = events.until(day)
    last, following = _last(past, subjects), _last(events.after(day).until(day + horizon), subjects)
    if leavers is None:
        place = np.flatnonzero(last > day - horizon)
        leaving = np.where(np.isnan(following[place]), last[place] + horizon, nan)
    else:
        place = np.flatnonzero(~np.isnan(last) & ~(leavers.day <= day))
        leaving = np.where(leavers.day[place] <= day + horizon, leavers.day[place], nan)
    risk = score(past, subjects, day)[place]
    return _Asked(day, place, risk, ~np.isnan(leaving), leaving)


def _last(events: Events, subjects: NDArray[np.int32]) -> Floats:
    """The day of each subject's last event; NaN without any."""
    found = np.full(len(subjects), -np.inf)
    if len(subjects):
        place = np.minimum(np.searchsorted(subjects, events.subject), len(subjects) - 1)
        known = (subjects[place] == events.subject) & (events.sign > 0)
        np.maximum.at(found, place[known], events.day[known])
    return np.where(np.isfinite(found), found, nan)


def _told(outcome: str, asked: list[_Asked], parameters: Parameters) -> Backtest:
    moments = tuple(
        Moment(
            each.day,
            len(each.place),
            int(each.left.sum()),
            auc(each.left, each.risk),
            *among_first(each.left, each.risk, parameters.first),
        )
        for each in asked
    )
    left, risk = np.concatenate([each.left for each in asked]), np.concatenate([each.risk for each in asked])
    lead, leavers = _leads(asked, parameters.alarm)
    return Backtest(
        outcome,
        moments,
        _weighed(moments, "auc"),
        _weighed(moments, "precision"),
        _weighed(moments, "recall"),
        brier(left, risk),
        calibration(left, risk),
        lead,
        len(lead) / leavers if leavers else nan,
    )


def _weighed(moments: tuple[Moment, ...], figure: str) -> float:
    known = [each for each in moments if not np.isnan(getattr(each, figure))]
    return (
        float(np.average([getattr(each, figure) for each in known], weights=[each.left for each in known]))
        if known
        else nan
    )


def _leads(asked: list[_Asked], alarm: float) -> tuple[Floats, int]:
    """Days from the first alarm for each that left to its leaving, and how many left."""
    first: dict[int, float] = {}
    leaving: dict[int, float] = {}
    for each in asked:
        for place in each.place[each.risk >= alarm].tolist():
            first.setdefault(place, each.day)
        for place, day in zip(each.place[each.left].tolist(), each.leaving[each.left].tolist(), strict=True):
            leaving.setdefault(place, day)
    lead = [day - first[place] for place, day in leaving.items() if first.get(place, day) < day]
    return np.array(sorted(lead)), len(leaving)


def _enough_history(events: Events, first: float, parameters: Parameters) -> None:
    found = first - float(events.day.min()) if len(events) else 0.0
    if found < parameters.least_history_days:
        raise TooFewExamples(
            "days of history before the first moment of the back-test",
            needed=int(np.ceil(parameters.least_history_days)),
            found=max(0, int(found)),
            cure="Ask for fewer moments, or a shorter horizon.",
        )
