"""`view360`: everything about one record of any type at once, for pages that learn the model at run time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from gql.fixed.context import Context, FixedInfo
from gql.fixed.labels import Language, plain
from gql.fixed.moments import moment_or_none
from gql.fixed.view_types import (
    RecordCard,
    View360Shown,
    ViewAction,
    ViewChange,
    ViewCounterfactual,
    ViewEdge,
    ViewEvent,
    ViewKpi,
    ViewLink,
    ViewMoney,
    ViewMonth,
    ViewNeighbourhood,
    ViewOpen,
    ViewReason,
    ViewScore,
    ViewSection,
    ViewTimeline,
)
from gql.plan.cursors import Cursors
from models.errors import Problem, Rejected, told
from models.fields.kind import InvalidValue
from models.labels import label
from models.profiles import profile_of
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
        MonthShown,
        Neighbourhood,
        OpenShown,
        ScoreShown,
        Section,
        View360,
    )

AsOf = Annotated[
    datetime | None,
    strawberry.argument(description="What was true then; now, if left out. With its offset, such as Z."),
]
KnownAt = Annotated[
    datetime | None,
    strawberry.argument(description="What was known then, and without asOf as it was. With its offset, such as Z."),
]
Kinds = Annotated[
    list[str] | None,
    strawberry.argument(
        description='Only events that are records of these types; "change" stands for changes of the record itself.'
    ),
]
MOST_EVENTS, MOST_LINKS = 200, 50
ORDER = "view360"


async def view360(
    info: FixedInfo,
    id: Annotated[strawberry.ID, strawberry.argument(description="The record.")],
    as_of: AsOf = None,
    known_at: KnownAt = None,
    events: Annotated[int, strawberry.argument(description="How many events of the time line, at most 200.")] = 20,
    after: Annotated[str | None, strawberry.argument(description="Only events behind this cursor.")] = None,
    links: Annotated[int, strawberry.argument(description="How many links of each section.")] = 10,
    language: Language = "en",
    kinds: Kinds = None,
) -> View360Shown | None:
    """The view of a record; null when there is none."""
    context = info.context
    _within("events", events, MOST_EVENTS)
    _within("links", links, MOST_LINKS)
    _known(context, kinds)
    view = await context.views.view(
        context.model, context.actor, str(id), now=datetime.now(UTC),
        as_of=moment_or_none("asOf", as_of), known_at=moment_or_none("knownAt", known_at),
        events=events, links=links, after=_cut(context.cursors, after), kinds=None if kinds is None else frozenset(kinds),
    )  # fmt: skip
    return None if view is None else _Showing(info, view, language).whole()


def _within(name: str, given: int, most: int) -> None:
    if not 0 <= given <= most:
        sentence = "{name} is {given}; ask for {least} to {most}."
        facts = {"name": name, "given": given, "least": 0, "most": most}
        raise Rejected([told("out_of_range", sentence, (name,), case="between", **facts)])


def _known(context: Context, kinds: list[str] | None) -> None:
    from analytics.view360.view import CHANGE

    strange = [kind for kind in kinds or () if kind != CHANGE and kind not in context.model.types]
    message = 'Name types of the model, or "change"; there is no {!r}.'
    if strange:
        raise Rejected(Problem("unknown_type", message.format(kind[:60]), ("kinds",)) for kind in strange)


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
        self.kind = info.context.model.types[view.record.type]
        self.signals = profile_of(info.context.model, self.kind.name).signals

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
            change = ViewChange(
                op=of.op,
                actor=of.actor,
                actor_name=of.actor_name,
                reason=of.reason,
                origin=of.origin,
                fields=list(of.fields),
            )
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
            months=[_month(each) for each in kpi.months],
        )

    def _score(self, score: ScoreShown) -> ViewScore:
        reasons = [
            ViewReason(
                code=each.code,
                text=sentence(each.code, each.facts, self.language, self.kind, self.signals),
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
            text=sentence(change.code, change.facts, self.language, self.kind, self.signals),
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


def _month(month: MonthShown) -> ViewMonth:
    return ViewMonth(month=month.month, value=f"{month.value:f}", count=month.count)


def _money(money: MoneyShown) -> ViewMoney:
    return ViewMoney(
        currency=money.currency,
        total=f"{money.total:f}",
        count=money.count,
        months=[_month(each) for each in money.months],
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
