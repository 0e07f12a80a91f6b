"""Profiles for clients: what counts as contact, business and trouble for a type, and what its 360° view shows."""

from __future__ import annotations

import strawberry
from strawberry.scalars import JSON

from gql.fixed.labels import Form, Language, plain
from models import profiles
from models.labels import label
from models.metamodel import Labels, Metamodel
from models.profiles import Better, Measure, Role, profile_of

strawberry.enum(
    Role,
    name="ModelSignalRole",
    description="What an event says: people were in touch, they did business, or something went wrong.",
)
strawberry.enum(
    Measure,
    name="ModelKpiMeasure",
    description="What a figure tells of a signal's events within its days: how many, the sum or the average of their "
    "values, the days since the last one (whenever it was), or how many in thirty days.",
)
strawberry.enum(Better, name="ModelKpiBetter", description="Whether more or less of a figure is better.")


@strawberry.type(name="ModelMatch", description="A field and the values that are meant.")
class MatchShown:
    """A field with values, as the API shows it."""

    field: str = strawberry.field(description="The field.")
    values: JSON = strawberry.field(description="Its values: choices as text, or true and false.")


@strawberry.type(name="ModelChoiceWeight", description="How much an event counts for a choice it has.")
class ChoiceWeightShown:
    """A weight of a choice, as the API shows it."""

    value: str = strawberry.field(description="The choice.")
    weight: float = strawberry.field(description="Its weight; choices without one weigh 1.")


@strawberry.type(name="ModelWeighBy", description="A choice field that says how much an event counts.")
class WeighByShown:
    """Weights by choice, as the API shows them."""

    field: str = strawberry.field(description="The choice field of the event.")
    weights: list[ChoiceWeightShown] = strawberry.field(description="The weight of each choice.")


@strawberry.type(name="ModelSignal", description="Events of a type's records, and how each of them counts.")
class SignalShown:
    """A signal, as the API shows it."""

    texts: strawberry.Private[Labels]
    name: str = strawberry.field(description="Its name.")
    path: list[str] = strawberry.field(description="Relation fields from a record to its events.")
    type: str = strawberry.field(description="The type of the events.")
    role: Role = strawberry.field(description="What an event says.")
    time: str = strawberry.field(description="The event's field that says when it happened, or createdAt.")
    value: str | None = strawberry.field(description="The event's field that says what it is worth.")
    sign: int = strawberry.field(description="1, or -1 for what counts against the relationship.")
    weight: float = strawberry.field(description="How much an event counts.")
    weigh_by: WeighByShown | None = strawberry.field(description="What its weight is multiplied by.")
    half_life_days: float = strawberry.field(description="After how many days an event counts half.")
    inbound: MatchShown | None = strawberry.field(description="What says that an event came from them.")
    outbound: MatchShown | None = strawberry.field(description="What says that an event came from us.")
    where: list[MatchShown] = strawberry.field(description="Only events with one of these values in each field count.")

    @strawberry.field(description="Its name for people.")
    def label(self, language: Language = "en", form: Form = "other") -> str:
        return label(self.texts, language, form) or self.name

    @strawberry.field(description="All labels: language, plural form, text.")
    def labels(self) -> JSON:
        return plain(self.texts)


@strawberry.type(name="ModelSpread", description="A path along which risk comes in.")
class SpreadShown:
    """A spread, as the API shows it."""

    path: list[str] = strawberry.field(description="Relation fields from a record to those whose risk it feels.")
    factor: float = strawberry.field(description="How much of their risk comes in, above 0 and at most 1.")


@strawberry.type(name="ModelKpi", description="A figure of each record.")
class KpiShown:
    """A figure's definition, as the API shows it."""

    texts: strawberry.Private[Labels]
    name: str = strawberry.field(description="Its name.")
    signal: str = strawberry.field(description="The signal whose events it is made of.")
    measure: Measure = strawberry.field(description="What it tells of them.")
    days: int = strawberry.field(description="Over how many days back.")
    better: Better = strawberry.field(description="Whether more or less of it is better.")

    @strawberry.field(description="Its name for people.")
    def label(self, language: Language = "en", form: Form = "other") -> str:
        return label(self.texts, language, form) or self.name

    @strawberry.field(description="All labels: language, plural form, text.")
    def labels(self) -> JSON:
        return plain(self.texts)


@strawberry.type(name="ModelHappening", description="Records that stand on the time line.")
class HappeningShown:
    """A part of the time line, as the API shows it."""

    path: list[str] = strawberry.field(description="Relation fields from a record to them.")
    type: str = strawberry.field(description="Their type.")
    time: str = strawberry.field(description="Their field that says when, or createdAt.")


@strawberry.type(name="ModelUnfinished", description="Records that wait for somebody.")
class UnfinishedShown:
    """What waits, as the API shows it."""

    path: list[str] = strawberry.field(description="Relation fields from a record to them.")
    type: str = strawberry.field(description="Their type.")
    field: str = strawberry.field(description="The field that says how far they are.")
    values: JSON = strawberry.field(description="The values that mean they are not done.")
    due: str | None = strawberry.field(description="Their field that says until when.")


@strawberry.type(name="ModelView", description="What a 360° view shows of a record.")
class ViewShown:
    """The parts of a view, as the API shows them."""

    headline: list[str] = strawberry.field(description="Fields at its head.")
    sections: list[str] = strawberry.field(description="Relation fields, in their order.")
    timeline: list[HappeningShown] = strawberry.field(description="What happened.")
    unfinished: list[UnfinishedShown] = strawberry.field(description="What waits.")


@strawberry.type(name="ModelProfile", description="What analytics knows of a type's records.")
class ProfileShown:
    """A profile, as the API shows it."""

    type: str = strawberry.field(description="The type.")
    declared: bool = strawberry.field(description="Whether somebody declared it; else it is made from the model.")
    signals: list[SignalShown] = strawberry.field(description="The events that count.")
    leaving: MatchShown | None = strawberry.field(
        description="Which records have left: the day in this field has come, or it has one of the values."
    )
    since: str | None = strawberry.field(description="The date they became what they are.")
    spreads: list[SpreadShown] = strawberry.field(description="Along which paths risk comes in.")
    kpis: list[KpiShown] = strawberry.field(description="Figures of each record.")
    offers: list[str] = strawberry.field(description="Relation fields to what a record has bought.")
    view: ViewShown = strawberry.field(description="What a 360° view shows of it; complete.")
    pack: str = strawberry.field(description="The pack it came with, or nothing.")


def shown_profile(model: Metamodel, type_name: str) -> ProfileShown:
    """The profile of a type for the API, declared or made."""
    profile = profile_of(model, type_name)
    leaving, offers = profile.leaving, profile.offers
    return ProfileShown(
        type=profile.type,
        declared=type_name in model.profiles,
        signals=[_signal(signal) for signal in profile.signals],
        leaving=_match((leaving.field, leaving.values)) if leaving else None,
        since=profile.since,
        spreads=[SpreadShown(path=list(spread.path), factor=spread.factor) for spread in profile.spreads],
        kpis=[_kpi(kpi) for kpi in profile.kpis],
        offers=list(offers.path) if offers else [],
        view=_view(profile.view),
        pack=profile.pack,
    )


def _signal(signal: profiles.Signal) -> SignalShown:
    return SignalShown(
        texts=signal.labels,
        name=signal.name,
        path=list(signal.path),
        type=signal.type,
        role=signal.role,
        time=signal.time,
        value=signal.value,
        sign=signal.sign,
        weight=signal.weight,
        weigh_by=_weigh_by(signal),
        half_life_days=signal.half_life_days,
        inbound=_match(signal.inbound) if signal.inbound else None,
        outbound=_match(signal.outbound) if signal.outbound else None,
        where=[_match(entry) for entry in signal.where.items()],
    )


def _weigh_by(signal: profiles.Signal) -> WeighByShown | None:
    if signal.weigh_by is None:
        return None
    field, weights = signal.weigh_by
    shown = [ChoiceWeightShown(value=value, weight=weight) for value, weight in weights.items()]
    return WeighByShown(field=field, weights=shown)


def _kpi(kpi: profiles.Kpi) -> KpiShown:
    return KpiShown(
        texts=kpi.labels, name=kpi.name, signal=kpi.signal, measure=kpi.measure, days=kpi.days, better=kpi.better
    )


def _match(entry: tuple[str, tuple[str | bool, ...]]) -> MatchShown:
    return MatchShown(field=entry[0], values=plain(entry[1]))


def _view(view: profiles.ViewSections) -> ViewShown:
    return ViewShown(
        headline=list(view.headline),
        sections=list(view.sections),
        timeline=[HappeningShown(path=list(one.path), type=one.type, time=one.time) for one in view.timeline],
        unfinished=[
            UnfinishedShown(path=list(one.path), type=one.type, field=one.field, values=plain(one.values), due=one.due)
            for one in view.unfinished
        ],
    )
