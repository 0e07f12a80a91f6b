"""Profiles as GraphQL input; they say what a pack's file says, under the same names."""

from __future__ import annotations

from typing import Any

import strawberry
from strawberry.scalars import JSON

from models.profiles import Better, Measure, Role

LABELS = 'Texts by language, plain or by plural form: {"en": {"one": "order", "other": "orders"}}.'
PATH = 'Relation fields, walked one after the other: ["employees", "activities"].'


def _maybe(description: str) -> Any:
    """A part that may be left out."""
    return strawberry.field(default=strawberry.UNSET, description=description)


@strawberry.input(description="A field and the values that are meant.")
class ModelMatchInput:
    """A field with values."""

    field: str = strawberry.field(description="A choice or a truth value.")
    values: list[JSON] = strawberry.field(description="Choices as text, or true and false.")


@strawberry.input(description="How much an event counts for a choice it has.")
class ModelChoiceWeightInput:
    """A weight of a choice."""

    value: str = strawberry.field(description="The choice.")
    weight: float = strawberry.field(description="Its weight, from 0 up.")


@strawberry.input(description="A choice field that says how much an event counts.")
class ModelWeighByInput:
    """Weights by choice."""

    field: str = strawberry.field(description="The choice field of the event.")
    weights: list[ModelChoiceWeightInput] = strawberry.field(description="Choices without a weight weigh 1.")


@strawberry.input(description="Events of a type's records, and how each of them counts.")
class ModelSignalInput:
    """A signal."""

    name: str = strawberry.field(description="Its name, in camelCase.")
    path: list[str] = strawberry.field(description=PATH)
    role: Role = strawberry.field(description="What an event says.")
    type: str | None = _maybe("The type of the events, where the path leads to several.")
    labels: JSON | None = _maybe(LABELS)
    time: str | None = _maybe("The event's date or moment; createdAt where nothing is given.")
    value: str | None = _maybe("The event's number: what it is worth.")
    sign: int = strawberry.field(default=1, description="1, or -1 for what counts against the relationship.")
    weight: float = strawberry.field(default=1.0, description="How much an event counts, from 0 up.")
    weigh_by: ModelWeighByInput | None = _maybe("What its weight is multiplied by.")
    half_life_days: float = strawberry.field(default=90.0, description="After how many days an event counts half.")
    inbound: ModelMatchInput | None = _maybe("What says that an event came from them.")
    outbound: ModelMatchInput | None = _maybe("What says that an event came from us.")
    where: list[ModelMatchInput] | None = _maybe("Only events with one of these values in each field count.")


@strawberry.input(description="Which records have left.")
class ModelLeavingInput:
    """Leaving."""

    field: str = strawberry.field(description="The day they left; or, with values, what says so.")
    values: list[JSON] | None = _maybe("The values that mean that a record has left.")


@strawberry.input(description="A path along which risk comes in.")
class ModelSpreadInput:
    """A spread."""

    path: list[str] = strawberry.field(description=PATH)
    factor: float = strawberry.field(description="How much of their risk comes in, above 0 and at most 1.")


@strawberry.input(description="A figure of each record.")
class ModelKpiInput:
    """A figure."""

    name: str = strawberry.field(description="Its name, in camelCase.")
    signal: str = strawberry.field(description="The signal whose events it is made of.")
    measure: Measure = strawberry.field(description="What it tells of them.")
    labels: JSON | None = _maybe(LABELS)
    days: int = strawberry.field(default=365, description="Over how many days back.")
    better: Better = strawberry.field(default=Better.MORE, description="Whether more or less of it is better.")


@strawberry.input(description="What records have bought, and so what they may be offered.")
class ModelOffersInput:
    """Offers."""

    path: list[str] = strawberry.field(description=PATH)


@strawberry.input(description="Records that stand on the time line.")
class ModelHappeningInput:
    """A part of the time line."""

    path: list[str] = strawberry.field(description=PATH)
    type: str | None = _maybe("Their type, where the path leads to several.")
    time: str | None = _maybe("Their date or moment; createdAt where nothing is given.")


@strawberry.input(description="Records that wait for somebody.")
class ModelUnfinishedInput:
    """What waits."""

    path: list[str] = strawberry.field(description=PATH)
    field: str = strawberry.field(description="The field that says how far they are.")
    values: list[JSON] = strawberry.field(description="The values that mean they are not done.")
    type: str | None = _maybe("Their type, where the path leads to several.")
    due: str | None = _maybe("Their date or moment that says until when.")


@strawberry.input(description="What a 360° view shows of a record; a part left out is filled in from the model.")
class ModelViewInput:
    """The parts of a view."""

    headline: list[str] | None = _maybe("Fields at its head.")
    sections: list[str] | None = _maybe("Relation fields, in their order.")
    timeline: list[ModelHappeningInput] | None = _maybe("What happened.")
    unfinished: list[ModelUnfinishedInput] | None = _maybe("What waits.")


@strawberry.input(
    description="The profile of a type. With type it is the whole of it, in the place of the one that is there; with "
    "extends it adds to that one: signals and figures by name, spreads by path, other parts as a whole."
)
class ModelProfileInput:
    """One profile."""

    type: str | None = _maybe("The type it is of.")
    extends: str | None = _maybe("Instead of type: a profile to add to.")
    signals: list[ModelSignalInput] | None = _maybe("The events that count.")
    leaving: ModelLeavingInput | None = _maybe("Which records have left.")
    since: str | None = _maybe("The date they became what they are.")
    spreads: list[ModelSpreadInput] | None = _maybe("Along which paths risk comes in.")
    kpis: list[ModelKpiInput] | None = _maybe("Figures of each record.")
    offers: ModelOffersInput | None = _maybe("What they have bought.")
    view: ModelViewInput | None = _maybe("What a 360° view shows.")
