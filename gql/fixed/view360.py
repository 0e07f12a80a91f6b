"""`view360`: everything about one record of any type at once, for pages that learn the model at run time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import strawberry
from strawberry.scalars import JSON

from gql.fixed.context import FixedInfo
from gql.fixed.labels import Language, label, plain
from gql.plan.cursors import Cursors
from models.errors import Problem, Rejected
from models.fields.kind import InvalidValue
from models.reasons import sentence

if TYPE_CHECKING:
    from analytics.view360 import (
        ActionShown,
        CardShown,
        CounterfactualShown,
        Cut,
        EventShown,
        KpiShown,
        LinkShown,
        MoneyShown,
        Neighbourhood,
        OpenShown,
        ScoreShown,
        Section,
        View360,
    )

MOST_EVENTS, MOST_LINKS = 200, 50
ORDER = "view360"


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


async def view360(
    info: FixedInfo,
    id: strawberry.ID,
    as_of: datetime | None = None,
    events: int = 20,
    after: str | None = None,
    links: int = 10,
    language: Language = "en",
) -> View360Shown | None:
    """The view of a record; null when there is none."""
    context = info.context
    _within("events", events, MOST_EVENTS)
    _within("links", links, MOST_LINKS)
    view = await context.views.view(
        context.model, context.actor, str(id), now=datetime.now(UTC), as_of=_aware(as_of), events=events, links=links,
        after=_cut(context.cursors, after),
    )  # fmt: skip
    return None if view is None else _Showing(info, view, language).whole()


def _within(name: str, given: int, most: int) -> None:
    if not 0 <= given <= most:
        raise Rejected([Problem("out_of_range", f"{name} is {given}; ask for 0 to {most}.", (name,))])


def _aware(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment


def _cut(cursors: Cursors, after: str | None) -> Cut | None:
    from analytics.view360 import Cut

    if after is None:
        return None
    try:
        (at,), id = cursors.read(ORDER, after)
    except InvalidValue as error:
        raise Rejected([Problem(error.code, error.message, ("after",))]) from None
    return Cut(datetime.fromisoformat(at), id)


class _Showing:
    """One view as the API shows it, in one language."""

    def __init__(self, info: FixedInfo, view: View360, language: str) -> None:
        self.cursors, self.view, self.language = info.context.cursors, view, language

    def whole(self) -> View360Shown:
        view = self.view
        events = [self._event(each) for each in view.timeline.events]
        end = events[-1].cursor if events else None
        return View360Shown(
            record=_card(view.record),
            at=view.at,
            headline=list(view.headline),
            sections=[self._section(each) for each in view.sections],
            timeline=ViewTimeline(events=events, has_next_page=view.timeline.more, end_cursor=end),
            unfinished=[_open(each) for each in view.unfinished],
            money=[_money(each) for each in view.money],
            kpis=[self._kpi(each) for each in view.kpis],
            figures_at=view.figures_at,
            health=None if view.health is None else self._score(view.health),
            scores=[self._score(each) for each in view.scores.values()],
            actions=[self._action(each) for each in view.actions],
            neighbourhood=_neighbourhood(view.neighbourhood),
        )

    def _section(self, section: Section) -> ViewSection:
        side = section.side
        return ViewSection(
            field=side.name,
            relation=side.relation.name,
            direction=side.direction.value,
            types=list(side.far.types),
            label=label(side.near.labels, self.language, "other") or side.name,
            count=section.count,
            links=[_link(each) for each in section.links],
        )

    def _event(self, event: EventShown) -> ViewEvent:
        change = None
        if event.change is not None:
            of = event.change
            change = ViewChange(op=of.op, actor=of.actor, reason=of.reason, origin=of.origin, fields=list(of.fields))
        cursor = self.cursors.make(ORDER, [event.at.isoformat()], event.id)
        record = None if event.record is None else _card(event.record)
        return ViewEvent(cursor=cursor, at=event.at, path=list(event.path), record=record, change=change)

    def _kpi(self, kpi: KpiShown) -> ViewKpi:
        return ViewKpi(
            name=kpi.name,
            label=label(kpi.labels, self.language, "other") or kpi.name,
            measure=kpi.measure.value,
            days=kpi.days,
            better=kpi.better.value,
            value=None if kpi.value is None else f"{kpi.value:f}",
            before=None if kpi.before is None else f"{kpi.before:f}",
            currency=kpi.currency,
        )

    def _score(self, score: ScoreShown) -> ViewScore:
        reasons = [
            ViewReason(
                code=each.code,
                text=sentence(each.code, each.facts, self.language),
                contribution=each.contribution,
                facts=plain(each.facts),
                records=[_card(self.view.mentioned[id]) for id in each.records if id in self.view.mentioned],
            )
            for each in score.reasons
        ]
        return ViewScore(
            engine=score.engine,
            scores=plain(score.scores),
            reasons=reasons,
            paths=plain([dict(each) for each in score.paths]),
            counterfactuals=[self._change(each) for each in score.counterfactuals],
        )

    def _change(self, change: CounterfactualShown) -> ViewCounterfactual:
        card = self.view.mentioned.get(change.record or "")
        return ViewCounterfactual(
            code=change.code,
            text=sentence(change.code, change.facts, self.language),
            change=change.change,
            facts=plain(change.facts),
            record=None if card is None else _card(card),
        )

    def _action(self, action: ActionShown) -> ViewAction:
        return ViewAction(
            code=action.code,
            text=sentence(f"action.{action.code}", action.facts, self.language),
            weight=action.weight,
            facts=plain(action.facts),
            records=[_card(each) for each in action.records],
        )


def _card(card: CardShown) -> RecordCard:
    return RecordCard(id=strawberry.ID(card.id), type=card.type, title=card.title, values=plain(card.values))


def _link(link: LinkShown) -> ViewLink:
    return ViewLink(
        id=strawberry.ID(link.id), values=plain(link.values), strength=link.strength, record=_card(link.record)
    )


def _open(open_: OpenShown) -> ViewOpen:
    return ViewOpen(path=list(open_.path), record=_card(open_.record), due=open_.due, late=open_.late)


def _money(money: MoneyShown) -> ViewMoney:
    months = [ViewMonth(month=each.month, value=f"{each.value:f}", count=each.count) for each in money.months]
    return ViewMoney(
        currency=money.currency,
        total=f"{money.total:f}",
        count=money.count,
        months=months,
        last_year=f"{money.last_year:f}",
        year_before=f"{money.year_before:f}",
        trend=money.trend,
    )


def _neighbourhood(near: Neighbourhood) -> ViewNeighbourhood:
    links = [
        ViewEdge(source=strawberry.ID(each.source), target=strawberry.ID(each.target), relation=each.relation)
        for each in near.links
    ]
    left: Mapping[str, int] = near.left_out
    return ViewNeighbourhood(records=[_card(each) for each in near.records], links=links, left_out=plain(left))
