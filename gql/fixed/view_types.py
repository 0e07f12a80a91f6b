"""The types that `view360` answers with: cards, sections, events, money, figures, scores, suggestions, a small graph."""

from __future__ import annotations

from datetime import date, datetime

import strawberry
from strawberry.scalars import JSON


@strawberry.type(description="A record in short: its name for people and the values that say most of it.")
class RecordCard:
    """A card."""

    id: strawberry.ID = strawberry.field(description="The record's id.")
    type: str = strawberry.field(description="Its type.")
    title: str = strawberry.field(description="Its name for people.")
    values: JSON = strawberry.field(description="Values by field name, as the field itself answers them.")


@strawberry.type(description="A link of the record, with the record at its far end.")
class ViewLink:
    """A link."""

    id: strawberry.ID = strawberry.field(description="The link's id.")
    values: JSON = strawberry.field(description="The link's values by field name.")
    strength: float | None = strawberry.field(description="How strong the relationship is, 0 to 1; null if unknown.")
    record: RecordCard = strawberry.field(description="The record at the far end.")


@strawberry.type(description="The links of one relation.")
class ViewSection:
    """A section."""

    field: str = strawberry.field(description="The relation's field on the record.")
    relation: str = strawberry.field(description="The relation.")
    direction: str = strawberry.field(description='Which way it is walked: "out", "in" or "both".')
    types: list[str] = strawberry.field(description="The types that may stand at the far end.")
    label: str = strawberry.field(description="Its name for people.")
    count: int = strawberry.field(description="How many links there are, exactly.")
    links: list[ViewLink] = strawberry.field(description="The strongest links, then the newest.")


@strawberry.type(description="A change of the record itself.")
class ViewChange:
    """A change."""

    op: str = strawberry.field(description="create, update, delete, restore.")
    actor: str = strawberry.field(description="The id of who made it.")
    actor_name: str = strawberry.field(description="The name of their account; its id where the account is no more.")
    reason: str = strawberry.field(description="Why, where that was said.")
    origin: str = strawberry.field(description="Where it came from: api, import and so on.")
    fields: list[str] = strawberry.field(description="The properties it changed.")


@strawberry.type(description="One thing that happened: to a linked record, or a change of this one.")
class ViewEvent:
    """An event."""

    cursor: str = strawberry.field(description="Where it lies in the time line.")
    at: datetime = strawberry.field(description="When it happened.")
    path: list[str] = strawberry.field(description="The relation fields that lead to it; none for a change.")
    record: RecordCard | None = strawberry.field(description="What happened, as a record.")
    change: ViewChange | None = strawberry.field(description="What changed.")


@strawberry.type(description="A page of what happened, newest first.")
class ViewTimeline:
    """A page."""

    events: list[ViewEvent] = strawberry.field(description="The events.")
    has_next_page: bool = strawberry.field(description="Whether more follow.")
    end_cursor: str | None = strawberry.field(description="The cursor of the last event; null on an empty page.")


@strawberry.type(description="A record that waits for somebody.")
class ViewOpen:
    """Unfinished work."""

    path: list[str] = strawberry.field(description="The relation fields that lead to it.")
    record: RecordCard = strawberry.field(description="The record.")
    due: datetime | None = strawberry.field(description="When it is due.")
    late: bool = strawberry.field(description="Whether that day has passed.")


@strawberry.type(description="What a month came to.")
class ViewMonth:
    """A month."""

    month: date = strawberry.field(description="Its first day.")
    value: str = strawberry.field(description="What it came to, as an exact decimal.")
    count: int = strawberry.field(description="How many events.")


@strawberry.type(description="What business came to in one currency.")
class ViewMoney:
    """Money."""

    currency: str = strawberry.field(description="The currency; empty for plain numbers.")
    total: str = strawberry.field(description="In all, as an exact decimal.")
    count: int = strawberry.field(description="How many events.")
    months: list[ViewMonth] = strawberry.field(description="The last 24 months, the present one last.")
    last_year: str = strawberry.field(description="The last twelve months, the present one included.")
    year_before: str = strawberry.field(description="The twelve months before.")
    trend: float | None = strawberry.field(description="The change as a share of the year before: -0.5 is half of it.")


@strawberry.type(description="A figure that the type's profile declares.")
class ViewKpi:
    """A figure."""

    name: str = strawberry.field(description="Its name.")
    label: str = strawberry.field(description="Its name for people.")
    measure: str = strawberry.field(description="count, sum, average, last or rate.")
    days: int = strawberry.field(description="The days it looks back.")
    better: str = strawberry.field(description="Whether more or less is better.")
    value: str | None = strawberry.field(description="The figure, as an exact decimal; null where nothing happened.")
    before: str | None = strawberry.field(description="The same a year ago, where it is counted by whole months.")
    currency: str = strawberry.field(description="Its currency, where it is money.")
    months: list[ViewMonth] = strawberry.field(
        description="The last twelve months of it, the present one last; none for days since the last event."
    )


@strawberry.type(description="One signed part of a score; the parts add up to it.")
class ViewReason:
    """A reason."""

    code: str = strawberry.field(description="The sort of reason, for programs; it stays the same.")
    text: str = strawberry.field(description="The reason in words.")
    contribution: float = strawberry.field(description="What it adds to the score, or takes from it.")
    facts: JSON = strawberry.field(description="The facts of the sentence.")
    records: list[RecordCard] = strawberry.field(description="The records it stands on.")


@strawberry.type(description="What would change a score.")
class ViewCounterfactual:
    """A counterfactual."""

    code: str = strawberry.field(description="The sort of change, for programs; it stays the same.")
    text: str = strawberry.field(description="What would have to happen, in words.")
    change: float = strawberry.field(description="How much more the score would be; below 0 it would fall.")
    facts: JSON = strawberry.field(description="The facts of the sentence.")
    record: RecordCard | None = strawberry.field(description="The record that something else would be so of.")


@strawberry.type(description="What an engine says of the record.")
class ViewScore:
    """Scores and reasons."""

    engine: str = strawberry.field(description="The engine.")
    scores: JSON = strawberry.field(description="Its scores by name, with the moment of the run that made them.")
    reasons: list[ViewReason] = strawberry.field(description="Why, the weightiest first.")
    paths: JSON = strawberry.field(description="Paths, where the engine finds any.")
    counterfactuals: list[ViewCounterfactual] = strawberry.field(description="What would change it, most first.")


@strawberry.type(description="A suggestion what to do next.")
class ViewAction:
    """A suggestion."""

    code: str = strawberry.field(description="What is suggested, for programs; it stays the same.")
    text: str = strawberry.field(description="The suggestion with its reason, in words.")
    weight: float = strawberry.field(description="How much it matters, 0 to 1.")
    facts: JSON = strawberry.field(description="The facts of the sentence.")
    records: list[RecordCard] = strawberry.field(description="The records it is about.")


@strawberry.type(description="A link of the drawing.")
class ViewEdge:
    """A drawn link."""

    source: strawberry.ID = strawberry.field(description="Where it begins.")
    target: strawberry.ID = strawberry.field(description="Where it ends.")
    relation: str = strawberry.field(description="The relation.")


@strawberry.type(description="The record and some of those around it, ready to draw.")
class ViewNeighbourhood:
    """A small graph."""

    records: list[RecordCard] = strawberry.field(description="The records, this one first.")
    links: list[ViewEdge] = strawberry.field(description="The links.")
    left_out: JSON = strawberry.field(description="How many links are not drawn, by relation field.")


@strawberry.type(name="View360", description="Everything about one record at once.")
class View360Shown:
    """A view."""

    record: RecordCard = strawberry.field(description="The record with all of its values.")
    at: datetime = strawberry.field(description="The moment it is seen at.")
    headline: list[str] = strawberry.field(description="The fields that say most of it, in their order.")
    sections: list[ViewSection] = strawberry.field(description="Its relations.")
    timeline: ViewTimeline = strawberry.field(description="Everything that happened, newest first.")
    unfinished: list[ViewOpen] = strawberry.field(description="What waits for somebody, the first due first.")
    money: list[ViewMoney] = strawberry.field(description="What business came to, by currency.")
    kpis: list[ViewKpi] = strawberry.field(description="The figures its type declares.")
    figures_at: datetime | None = strawberry.field(
        description="The moment of the snapshot that money and figures are from, for a record with very many links."
    )
    health: ViewScore | None = strawberry.field(description="How well the relationship does, 0 to 100, and why.")
    scores: list[ViewScore] = strawberry.field(description="What engines say: churn, influence, strength and so on.")
    actions: list[ViewAction] = strawberry.field(description="What to do next, the most pressing first.")
    neighbourhood: ViewNeighbourhood = strawberry.field(description="A small graph around it.")
