"""How good a run's risk of leaving is: what was learned, what it was learned by, and what it would have told in the past."""

from __future__ import annotations

from typing import Any

import numpy as np

from analytics.engines.churn import backtest, own
from analytics.engines.churn.backtest import Backtest
from analytics.engines.churn.learned import Learned
from analytics.engines.churn.leavers import Leavers
from analytics.engines.churn.measures import Calibration
from analytics.engines.churn.score import Churn
from analytics.examples import TooFewExamples


def quality(found: Churn, leavers: Leavers | None, *, seed: int, moments: int) -> dict[str, Any]:
    """Plain data: where the own risk comes from, the learner with its AUC and calibration, and the back-test at `moments`.

    Without enough examples or history, the refusal stands in its place.
    """
    risk = found.own_risk
    told: dict[str, Any] = {"basis": risk.basis, "left": int(risk.left.sum()), "rounds": found.exposure.rounds}
    if risk.refused is not None:
        told["notLearned"] = risk.refused.message
    if risk.learned is not None:
        told |= _learned(risk.learned)
    if moments:
        told["backtest"] = _looked_back(found, leavers, seed, moments)
    return told


def _learned(learned: Learned) -> dict[str, Any]:
    quality = learned.quality
    return {
        "learner": learned.learner,
        "auc": _short(quality.mean_auc(learned.learner)),
        "brier": _short(quality.brier),
        "calibration": _calibration(quality.calibration),
        "examples": quality.examples,
        "used": list(learned.used),
        "dropped": {each.name: each.why for each in learned.dropped},
    }


def _looked_back(found: Churn, leavers: Leavers | None, seed: int, moments: int) -> dict[str, Any]:
    """The back-test as plain data, or why there is none. Leaving without days is told of nobody in the past."""
    chosen = found.parameters.own
    dated = leavers if leavers is not None and leavers.is_dated else None
    asked = backtest.Parameters(
        moments=moments, every_days=chosen.horizon_days / 3, horizon_days=chosen.horizon_days,
        alarm=found.parameters.high, least_left=10,
    )  # fmt: skip
    score = own.scorer(chosen, seed=seed, leavers=dated, fields=found.fields)
    try:
        return _plain(backtest.run(found.events, found.subjects, score, asked, now=found.now, leavers=dated), asked)
    except TooFewExamples as too_few:
        return {"refused": too_few.message}


def _plain(test: Backtest, asked: backtest.Parameters) -> dict[str, Any]:
    return {
        "outcome": test.outcome,
        "auc": _short(test.auc),
        "first": asked.first,
        "precision": _short(test.precision),
        "recall": _short(test.recall),
        "brier": _short(test.brier),
        "medianLeadDays": _short(test.median_lead_days),
        "alarmed": _short(test.alarmed),
        "calibration": _calibration(test.calibration),
        "moments": [
            {"day": each.day, "asked": each.asked, "left": each.left, "auc": _short(each.auc)} for each in test.moments
        ],
    }


def _calibration(found: Calibration) -> dict[str, Any]:
    bins = zip(found.said.tolist(), found.came.tolist(), found.count.tolist(), strict=True)
    return {
        "error": _short(found.error),
        "bins": [{"said": _short(said), "came": _short(came), "count": count} for said, came, count in bins],
    }


def _short(value: float) -> float | None:
    """Four digits after the point; None for what is no number."""
    return round(float(value), 4) if np.isfinite(value) else None
