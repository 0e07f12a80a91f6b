"""What engines say of a record, out of its stored scores and their documents; and its health, from what the view itself shows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from analytics.view360.figures import Figures, days_since, in_days
from analytics.view360.reading import read
from analytics.view360.shown import CounterfactualShown, MoneyShown, OpenShown, ReasonShown, ScoreShown
from models import scores
from models.profiles import Profile, Role

FULL = 100.0
MOST_FOR_SILENCE, MOST_FOR_RISK, MOST_FOR_TREND, FOR_TROUBLE, FOR_LATE = 40.0, 25.0, 15.0, 5.0, 3.0
MOST_FOR_TROUBLE, MOST_FOR_LATE = 15.0, 9.0
USUAL_DAYS = 60.0  # silence that costs half, where no rotation is known
GOOD, FAIR = 60.0, 40.0  # the thresholds of relationship analytics in use elsewhere


def stored(properties: Mapping[str, Any], documents: Sequence[Sequence[Any]]) -> dict[str, ScoreShown]:
    """Scores by engine. A document of another run than the record's scores is left out."""
    found = {}
    told = {engine: (run, json.loads(document)) for engine, run, document in documents if document}
    for engine, fields in scores.ENGINES.items():
        mine = {name: read(field, properties) for name, field in scores.fields(engine).items()}
        if mine.get(scores.RUN) is None:
            continue
        run, document = told.get(engine, (None, {}))
        document = document if run == mine[scores.RUN] else {}
        reasons = tuple(_reason(each) for each in document.get("reasons", ()))
        changes = tuple(_change(each) for each in document.get("counterfactuals", ()))
        found[fields.name] = ScoreShown(fields.name, mine, reasons, tuple(document.get("paths", ())), changes)
    return found


def made_until(moment: datetime, found: Mapping[str, ScoreShown]) -> dict[str, ScoreShown]:
    """Those whose run looked at data of that moment or of before."""
    made = {engine: score.scores.get(scores.AT) for engine, score in found.items()}
    return {
        engine: found[engine] for engine, at in made.items() if at is not None and datetime.fromisoformat(at) <= moment
    }


def strengths(found: Mapping[str, ScoreShown]) -> dict[str, float]:
    """How strong the relationships to other records are, by their ids."""
    strength = found.get("strength")
    if strength is None:
        return {}
    return {each["record"]: float(each["strength"]) for each in strength.paths if "strength" in each}


def _reason(plain: Mapping[str, Any]) -> ReasonShown:
    records = tuple(str(id) for id in plain.get("records", ()))
    return ReasonShown(plain["code"], float(plain["contribution"]), plain.get("facts", {}), records)


def _change(plain: Mapping[str, Any]) -> CounterfactualShown:
    return CounterfactualShown(plain["code"], float(plain["change"]), plain.get("facts", {}), plain.get("record"))


def health(
    profile: Profile,
    figures: Mapping[str, Figures],
    found: Mapping[str, ScoreShown],
    waiting: Sequence[OpenShown],
    money: Sequence[MoneyShown],
    now: datetime,
) -> ScoreShown | None:
    """100 less what silence, risk, trouble, falling business and late work cost: signed reasons that add up to the score.

    Silence costs up to 40: half of that when the record has been silent for its usual pause, or for 60 days where that is not
    known. Churn risk costs 25 times the risk; each trouble of 90 days 5, at most 15; business that fell by a half, or vanished,
    up to 15; each piece of work that is late 3, at most 9. None where nothing ever happened and nothing waits. Bands: good
    from 60, fair from 40.
    """
    if not any(come.count for come in figures.values()) and not found and not waiting:
        return None
    reasons = [ReasonShown("health.full", FULL, {}, ())]
    reasons += _silence(profile, figures, found, now)
    reasons += _risk(found)
    reasons += _trouble(profile, figures)
    reasons += _trend(money)
    late = [each for each in waiting if each.late]
    if late:
        cost = min(MOST_FOR_LATE, FOR_LATE * len(late))
        ids = tuple(each.record.id for each in late)
        reasons.append(ReasonShown("health.late", -cost, {"count": len(late)}, ids))
    score = max(0.0, sum(reason.contribution for reason in reasons))
    short = score - sum(reason.contribution for reason in reasons)
    if short > 0:
        reasons.append(ReasonShown("health.floor", short, {}, ()))
    band = "good" if score >= GOOD else "fair" if score >= FAIR else "poor"
    return ScoreShown("health", {"score": score, "band": band}, tuple(reasons), ())


def _silence(
    profile: Profile, figures: Mapping[str, Figures], found: Mapping[str, ScoreShown], now: datetime
) -> Iterator[ReasonShown]:
    known = [each for each in profile.signals if each.name in figures]
    touched = [figures[each.name].last for each in known if each.role is not Role.TROUBLE]
    last = max((each for each in touched if each is not None), default=None)
    days = days_since(last, now)
    if days is None:
        return
    rotation = found.get("rotation")
    usual = (rotation.scores.get("usualGapDays") if rotation else None) or USUAL_DAYS
    cost = MOST_FOR_SILENCE * days / (days + usual)
    if days:
        yield ReasonShown("health.silence", -cost, {"days": days, "usual": in_days(usual)}, ())


def _risk(found: Mapping[str, ScoreShown]) -> Iterator[ReasonShown]:
    churn = found.get("churn")
    risk = churn.scores.get("risk") if churn else None
    if risk is not None:
        yield ReasonShown("health.risk", -MOST_FOR_RISK * float(risk), {"risk": float(risk)}, ())


def _trouble(profile: Profile, figures: Mapping[str, Figures]) -> Iterator[ReasonShown]:
    count = sum(
        max((come.count for days, come in figures[each.name].within.items() if days <= TROUBLE_DAYS), default=0)
        for each in profile.signals
        if each.role is Role.TROUBLE and each.name in figures
    )
    if count:
        yield ReasonShown("health.trouble", -min(MOST_FOR_TROUBLE, FOR_TROUBLE * count), {"count": count}, ())


TROUBLE_DAYS = 90


def _trend(money: Sequence[MoneyShown]) -> Iterator[ReasonShown]:
    falling = [each for each in money if each.trend is not None and each.trend < 0]
    if falling:
        worst = min(falling, key=lambda each: each.trend or 0.0)
        fall = -(worst.trend or 0.0)
        facts = {"fall": fall, "currency": worst.currency}
        yield ReasonShown("health.trend", -MOST_FOR_TREND * min(1.0, fall), facts, ())
