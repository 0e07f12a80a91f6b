"""What a 360° view says, as data: records as cards, sections of links, a time line, money, figures, scores, suggestions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from models.metamodel import Labels, Side
from models.profiles import Better, Measure


@dataclass(frozen=True, slots=True)
class CardShown:
    """A record in short: its name for people and the values that say most of it, in their JSON form."""

    id: str
    type: str
    title: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LinkShown:
    """A link with its values and the record at its far end; `strength` is from 0 to 1, None where nothing is known of it."""

    id: str
    values: Mapping[str, Any]
    record: CardShown
    strength: float | None


@dataclass(frozen=True, slots=True)
class Section:
    """The links of one relation: how many there are, and the strongest and newest of them."""

    side: Side
    count: int
    links: tuple[LinkShown, ...]


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """A change of the record itself: who did what to which fields, and why."""

    op: str
    actor: str
    actor_name: str
    reason: str
    origin: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventShown:
    """One thing that happened: a record reached by `path`, or a change of the record at hand."""

    at: datetime
    id: str
    path: tuple[str, ...]
    record: CardShown | None
    change: ChangeShown | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """A page of what happened, newest first."""

    events: tuple[EventShown, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class OpenShown:
    """A record that waits for somebody; `late` when its day has passed."""

    path: tuple[str, ...]
    record: CardShown
    due: datetime | None
    late: bool


@dataclass(frozen=True, slots=True)
class MonthShown:
    """What a month came to."""

    month: date
    value: Decimal
    count: int


@dataclass(frozen=True, slots=True)
class MoneyShown:
    """What business came to in one currency ("" for plain numbers): in all, by month, and in the last 365 days against the 365
    before; `trend` is the change as a share of what was before, None where nothing was.
    """

    currency: str
    total: Decimal
    count: int
    months: tuple[MonthShown, ...]
    last_year: Decimal
    year_before: Decimal
    trend: float | None


@dataclass(frozen=True, slots=True)
class KpiShown:
    """A figure that the pack declares for the type; `value` is None where nothing has happened yet.

    `months` are the last twelve, the present one last; none for the days since the last event.
    """

    name: str
    labels: Labels
    measure: Measure
    days: int
    better: Better
    value: Decimal | None
    before: Decimal | None
    currency: str
    months: tuple[MonthShown, ...]


@dataclass(frozen=True, slots=True)
class ReasonShown:
    """One signed part of a score; `records` are ids, whose cards are in the view's `mentioned`."""

    code: str
    contribution: float
    facts: Mapping[str, Any]
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CounterfactualShown:
    """What would change the leading score, and by how much; `record` is an id, None where it is about no record."""

    code: str
    change: float
    facts: Mapping[str, Any]
    record: str | None


@dataclass(frozen=True, slots=True)
class ScoreShown:
    """What an engine says of the record: its scores by name, the reasons that add up to the leading one, paths, and what
    would change it.
    """

    engine: str
    scores: Mapping[str, Any]
    reasons: tuple[ReasonShown, ...]
    paths: tuple[Mapping[str, Any], ...]
    counterfactuals: tuple[CounterfactualShown, ...] = ()


@dataclass(frozen=True, slots=True)
class ActionShown:
    """A suggestion: what to do next, how much it matters (0 to 1), and why."""

    code: str
    weight: float
    facts: Mapping[str, Any]
    records: tuple[CardShown, ...]


@dataclass(frozen=True, slots=True)
class NearLink:
    """A link of the drawing, in its direction."""

    source: str
    target: str
    relation: str


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The record with some of those around it and the links among them; `left_out` counts the links not drawn, by field."""

    records: tuple[CardShown, ...]
    links: tuple[NearLink, ...]
    left_out: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class View360:
    """Everything at once, as of a moment; `figures_at` is set where money and figures are from the last snapshot (a hub)."""

    record: CardShown
    at: datetime
    headline: tuple[str, ...]
    sections: tuple[Section, ...]
    timeline: Timeline
    unfinished: tuple[OpenShown, ...]
    money: tuple[MoneyShown, ...]
    kpis: tuple[KpiShown, ...]
    figures_at: datetime | None
    health: ScoreShown | None
    scores: Mapping[str, ScoreShown]
    mentioned: Mapping[str, CardShown]
    actions: tuple[ActionShown, ...]
    neighbourhood: Neighbourhood
