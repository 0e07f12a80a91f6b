"""Next best actions: suggestions out of what the view shows, the most pressing first, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from analytics.view360.figures import in_days
from analytics.view360.shown import ActionShown, CardShown, OpenShown, ScoreShown, Section

MOST = 6
SOON = timedelta(days=14)
RISKY = 0.5
QUIET = 1.5  # times the usual pause


def actions(
    found: Mapping[str, ScoreShown],
    waiting: Sequence[OpenShown],
    sections: Sequence[Section],
    mentioned: Mapping[str, CardShown],
    now: datetime,
) -> tuple[ActionShown, ...]:
    """At most six suggestions; equal weights in the order of their codes."""
    suggested = [
        *_late(waiting, now),
        *_quiet(found, sections),
        *_risk(found, mentioned),
        *_purchase(found, now),
        *_offers(found, mentioned),
        *_one_contact(found),
    ]
    return tuple(sorted(suggested, key=lambda each: (-each.weight, each.code))[:MOST])


def _late(waiting: Sequence[OpenShown], now: datetime) -> Iterator[ActionShown]:
    late = [each for each in waiting if each.late and each.due is not None]
    if late:
        first = min(late, key=lambda each: each.due or now)
        days = (now - (first.due or now)).days
        weight = min(1.0, 0.6 + days / 100)
        yield ActionShown("finish", weight, {"title": first.record.title, "days": days}, (first.record,))


def _quiet(found: Mapping[str, ScoreShown], sections: Sequence[Section]) -> Iterator[ActionShown]:
    rotation = _of(found, "rotation")
    multiple = rotation.get("multiple")
    if multiple is None or multiple < QUIET:
        return
    strongest = max(
        (link for section in sections for link in section.links if link.strength is not None),
        key=lambda link: (link.strength or 0.0, link.record.id),
        default=None,
    )
    facts: dict[str, Any] = {"days": rotation.get("silentDays"), "usual": in_days(rotation.get("usualGapDays"))}
    who = () if strongest is None else (strongest.record,)
    yield ActionShown("reconnect", min(1.0, float(multiple) / 5), facts, who)


def _risk(found: Mapping[str, ScoreShown], mentioned: Mapping[str, CardShown]) -> Iterator[ActionShown]:
    churn = found.get("churn")
    risk = _of(found, "churn").get("risk")
    if churn is None or risk is None or risk < RISKY:
        return
    worst = max(churn.reasons, key=lambda reason: reason.contribution, default=None)
    records = tuple(mentioned[id] for id in (worst.records if worst else ()) if id in mentioned)
    facts = {"risk": risk, "because": worst.code if worst else ""}
    yield ActionShown("hold", float(risk), facts, records[:3])


def _purchase(found: Mapping[str, ScoreShown], now: datetime) -> Iterator[ActionShown]:
    next_on = _of(found, "purchase").get("nextOn")
    if next_on is None:
        return
    due = date.fromisoformat(str(next_on)[:10])
    if now.date() - SOON <= due <= now.date() + SOON:
        yield ActionShown("prepare", 0.5, {"on": due.isoformat()}, ())


def _offers(found: Mapping[str, ScoreShown], mentioned: Mapping[str, CardShown]) -> Iterator[ActionShown]:
    recommend = found.get("recommend")
    best = recommend.reasons[0] if recommend and recommend.reasons else None
    if best is not None:
        records = tuple(mentioned[id] for id in best.records if id in mentioned)
        yield ActionShown("offer", min(0.5, 0.2 + best.contribution), dict(best.facts), records[:3])


def _one_contact(found: Mapping[str, ScoreShown]) -> Iterator[ActionShown]:
    contacts = _of(found, "strength").get("contacts")
    if contacts == 1:
        yield ActionShown("widen", 0.4, {"contacts": 1}, ())


def _of(found: Mapping[str, ScoreShown], engine: str) -> Mapping[str, Any]:
    score = found.get(engine)
    return {} if score is None else score.scores
