"""The profile of a type that nobody has declared one for, made from the model by plain rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from models.fields.choice import choices
from models.metamodel import EntityType, Field, Metamodel, Side
from models.profiles.profile import (
    CREATED_AT,
    Better,
    Happening,
    Kpi,
    Measure,
    Profile,
    Role,
    Signal,
    Unfinished,
    ViewSections,
)

MOST_SIGNALS = 20
MOST_HEADLINES = 6
TIMES = ("date", "dateTime")
HEADLINES = (
    "choice",
    "money",
    "date",
    "percent",
    "boolean",
    "integer",
    "decimal",
    "dateTime",
    "email",
    "phone",
    "text",
)
WAITING = frozenset({"new", "open", "todo", "pending", "inProgress", "waiting"})
DUE = frozenset({"dueOn", "dueAt", "due", "deadline"})


def profile_of(model: Metamodel, type_name: str) -> Profile:
    """The profile declared for a type, or one made from the model; its view is always complete.

    Made are: a signal for each relation to a type that has a date or a moment (of several the first that is required,
    else the first), business where that type has money too, contact otherwise. Events are many, so a relation
    that holds one record is none; nor is one to the type itself or to a type whose profile is declared, whose dates
    (customer since) are not events, and no personal date (a birthday). Without any such relation, the making
    of linked records is contact. Raises KeyError for an unknown type.
    """
    kind = model.types[type_name]
    profile = model.profiles.get(type_name) or _derived(model, kind)
    return replace(profile, view=_completed(model, kind, profile))


def _derived(model: Metamodel, kind: EntityType) -> Profile:
    leads = [(side, far) for side, far in _far(model, kind) if _eventful(model, kind, side, far)]
    dated = [_signal(side, far, time) for side, far in leads if (time := time_of(far))]
    named = tuple(_distinct((dated or [_signal(side, far, CREATED_AT) for side, far in leads])[:MOST_SIGNALS]))
    return Profile(kind.name, named, kpis=tuple(kpi for signal in named for kpi in _kpis(signal)))


def _far(model: Metamodel, kind: EntityType) -> Iterator[tuple[Side, EntityType]]:
    """Every relation of a type with every type it leads to, in the model's order."""
    for side in model.sides[kind.name].values():
        for name in side.far.types:
            yield side, model.types[name]


def _eventful(model: Metamodel, kind: EntityType, side: Side, far: EntityType) -> bool:
    return side.near.most != 1 and far.name != kind.name and far.name not in model.profiles


def time_of(kind: EntityType) -> str | None:
    """The field that says when a record of this type happened: the first required date or moment, else the first."""
    times = [field for field in kind.fields.values() if field.kind in TIMES and not field.personal]
    return min(times, key=lambda field: not field.required).name if times else None


def _signal(side: Side, far: EntityType, time: str) -> Signal:
    value = next((field.name for field in far.fields.values() if field.kind == "money"), None)
    role = Role.BUSINESS if value and time != CREATED_AT else Role.CONTACT
    name = side.name if len(side.far.types) == 1 else f"{side.name}{far.name}"
    return Signal(name, (side.name,), far.name, role, time, far.labels, value if role is Role.BUSINESS else None)


def _distinct(signals: list[Signal]) -> Iterator[Signal]:
    """`orders` to several types is `ordersInvoice`, `ordersReceipt`; should that meet another name, it is numbered."""
    taken: set[str] = set()
    for signal in signals:
        name, number = signal.name, 2
        while name in taken:
            name, number = f"{signal.name}{number}", number + 1
        taken.add(name)
        yield signal if name == signal.name else replace(signal, name=name)


def _kpis(signal: Signal) -> Iterator[Kpi]:
    yield Kpi(f"{signal.name}Count", signal.name, Measure.COUNT, labels=signal.labels)
    yield Kpi(f"{signal.name}Last", signal.name, Measure.LAST, better=Better.LESS, labels=signal.labels)
    if signal.value:
        yield Kpi(f"{signal.name}Sum", signal.name, Measure.SUM, labels=signal.labels)


# the view


def _completed(model: Metamodel, kind: EntityType, profile: Profile) -> ViewSections:
    view = profile.view
    return ViewSections(
        view.headline or _headline(kind),
        view.sections or tuple(model.sides[kind.name]),
        view.timeline or tuple(_timeline(model, kind, profile)),
        view.unfinished or tuple(_unfinished(model, kind)),
    )


def _headline(kind: EntityType) -> tuple[str, ...]:
    """The fields that say most at a glance: by kind first, then in the model's order; nothing sensitive."""
    fields = [field for field in kind.fields.values() if field.kind in HEADLINES and not field.sensitive]
    fields.sort(key=lambda field: HEADLINES.index(field.kind))
    return tuple(field.name for field in fields[:MOST_HEADLINES])


def _timeline(model: Metamodel, kind: EntityType, profile: Profile) -> Iterator[Happening]:
    """What the signals lead to, and whatever else that is linked has a date."""
    told: set[tuple[tuple[str, ...], str]] = set()
    for signal in profile.signals:
        if (signal.path, signal.type) not in told:
            told.add((signal.path, signal.type))
            yield Happening(signal.path, signal.type, signal.time)
    for side, far in _far(model, kind):
        time = time_of(far)
        if time and _eventful(model, kind, side, far) and ((side.name,), far.name) not in told:
            yield Happening((side.name,), far.name, time)


def _unfinished(model: Metamodel, kind: EntityType) -> Iterator[Unfinished]:
    for side, far in _far(model, kind):
        state = next((field for field in far.fields.values() if _waiting(field)), None)
        if state is not None and _eventful(model, kind, side, far):
            due = next((field.name for field in far.fields.values() if field.name in DUE and field.kind in TIMES), None)
            yield Unfinished((side.name,), far.name, state.name, _waiting(state), due)


def _waiting(field: Field) -> tuple[str, ...]:
    """The choices of a field that by their names mean that something is still to be done."""
    return tuple(value for value in choices(field) if value in WAITING) if field.kind == "choice" else ()
