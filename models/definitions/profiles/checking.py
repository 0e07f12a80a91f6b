"""Whether profiles fit the model: paths that lead somewhere, fields that are there and of a kind that can do the work."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from models.definitions.given import near
from models.errors import Problem, told
from models.fields.choice import choices
from models.metamodel import EntityType, Field, Metamodel
from models.names import shown
from models.profiles import Happening, Kpi, Measure, Profile, Signal, Spread, Unfinished
from models.profiles.paths import NoStep, steps
from models.profiles.profile import CREATED_AT, Path, Values

TIMES = frozenset({"date", "dateTime"})
NUMBERS = frozenset({"integer", "decimal", "money", "percent"})
MATCHED = frozenset({"choice", "boolean"})


def check_profiles(model: Metamodel, *, since: Metamodel) -> Iterator[Problem]:
    """Everything wrong with the profiles of a model whose types and relations are sound.

    A profile that is the same in `since` was sound there: the change took something away that it needs.
    """
    for name, profile in model.profiles.items():
        broken = since.profiles.get(name) is profile
        cure = f" Change or drop the profile of {name} in the same change." if broken else ""
        for problem in _profile(model, profile):
            details = {**problem.details, "profile": name} if broken else problem.details
            yield replace(problem, message=problem.message + cure, details=details).under("profiles", name)


def _profile(model: Metamodel, profile: Profile) -> Iterator[Problem]:
    kind = model.types.get(profile.type)
    if kind is None:
        known = near(profile.type, frozenset(model.types))
        sentence = "There is no type {name} to have a profile. {near}"
        yield told("unknown_type", sentence, ("type",), case="profile", name=shown(profile.type), near=known)
        return
    if profile.since is not None:
        yield from _field(kind, profile.since, TIMES, "since")
    if profile.leaving is not None:
        allowed = MATCHED if profile.leaving.values else TIMES
        yield from _field(kind, profile.leaving.field, allowed, "leaving", "field")
        yield from _values(kind, profile.leaving.field, profile.leaving.values, "leaving", "values")
    for signal in profile.signals:
        yield from _under(("signals", signal.name), _signal(model, kind, signal))
    for spread in profile.spreads:
        yield from _under(("spreads", ".".join(spread.path)), _spread(model, kind, spread))
    for kpi in profile.kpis:
        yield from _under(("kpis", kpi.name), _kpi(profile, kpi))
    if profile.offers is not None:
        yield from _under(("offers",), _path(model, kind, profile.offers.path))
    yield from _under(("view",), _view(model, kind, profile))


def _signal(model: Metamodel, kind: EntityType, signal: Signal) -> Iterator[Problem]:
    event, problems = _end(model, kind, signal)
    yield from problems
    if event is None:
        return
    if signal.time != CREATED_AT:
        yield from _field(event, signal.time, TIMES, "time")
    if signal.value is not None:
        yield from _field(event, signal.value, NUMBERS, "value")
    for place, (name, values) in enumerate(signal.where.items()):
        yield from _under(("where", place), _match(event, name, values))
    for way, match in (("inbound", signal.inbound), ("outbound", signal.outbound)):
        if match is not None:
            yield from _under((way,), _match(event, *match))
    if signal.weigh_by is not None:
        name, weights = signal.weigh_by
        yield from _field(event, name, frozenset({"choice"}), "weighBy", "field")
        yield from _values(event, name, tuple(weights), "weighBy", "weights")
    yield from _numbers(signal)


def _numbers(signal: Signal) -> Iterator[Problem]:
    """For profiles that were made in a program; documents are checked when they are read."""
    weights = {"weight": signal.weight, **(signal.weigh_by[1] if signal.weigh_by else {})}
    for name, weight in weights.items():
        if not (math.isfinite(weight) and weight >= 0):
            path = ("weight",) if name == "weight" else ("weighBy", "weights")
            sentence = "A weight is a number from 0 up; {name} has {number}."
            yield told("bad_number", sentence, path, case="weight", name=name, number=weight)
    if not (math.isfinite(signal.half_life_days) and signal.half_life_days > 0):
        sentence = "A half-life is above 0 days, not {number}."
        yield told("bad_number", sentence, ("halfLifeDays",), case="half_life", number=signal.half_life_days)
    if signal.sign not in (1, -1):
        yield told("bad_sign", "Give 1, or -1 for what counts against; not {sign}.", ("sign",), sign=signal.sign)


def _spread(model: Metamodel, kind: EntityType, spread: Spread) -> Iterator[Problem]:
    if not (0 < spread.factor <= 1):
        sentence = "A factor is above 0 and at most 1, not {number}."
        yield told("bad_number", sentence, ("factor",), case="factor", number=spread.factor)
    problems = list(_path(model, kind, spread.path))
    yield from problems
    ends = () if problems else steps(model, kind.name, spread.path)[-1].far
    if ends and kind.name not in ends and not any(end in model.profiles for end in ends):
        sentence = (
            "Risk comes in from {ends}, which has no profile and so no risk. Lead the path back to "
            "{type}, or give {first} a profile too."
        )
        facts = {"ends": " and ".join(ends), "type": kind.name, "first": ends[0]}
        yield told("no_risk_there", sentence, ("path",), **facts)


def _kpi(profile: Profile, kpi: Kpi) -> Iterator[Problem]:
    signal = profile.signal(kpi.signal)
    if signal is None:
        known = frozenset(one.name for one in profile.signals)
        if known:
            sentence = "There is no signal {name}. {near}"
            yield told("unknown_signal", sentence, ("signal",), name=shown(kpi.signal), near=near(kpi.signal, known))
        else:
            sentence = "There is no signal {name}. The profile has no signals yet; add one."
            yield told("unknown_signal", sentence, ("signal",), case="none", name=shown(kpi.signal))
    elif signal.value is None and kpi.measure in (Measure.SUM, Measure.AVERAGE):
        sentence = "The signal {name} has no value to make a {measure} of; give it one, or use count."
        yield told("no_value", sentence, ("measure",), name=signal.name, measure=str(kpi.measure))


def _view(model: Metamodel, kind: EntityType, profile: Profile) -> Iterator[Problem]:
    view = profile.view
    for place, name in enumerate(view.headline):
        yield from _field(kind, name, None, "headline", place)
    for place, name in enumerate(view.sections):
        yield from (replace(problem, path=("sections", place)) for problem in _path(model, kind, (name,)))
    for place, one in enumerate(view.timeline):
        event, problems = _end(model, kind, one)
        yield from _under(("timeline", place), problems)
        if event is not None and one.time != CREATED_AT:
            yield from _field(event, one.time, TIMES, "timeline", place, "time")
    for place, waiting in enumerate(view.unfinished):
        yield from _under(("unfinished", place), _unfinished(model, kind, waiting))


def _unfinished(model: Metamodel, kind: EntityType, one: Unfinished) -> Iterator[Problem]:
    event, problems = _end(model, kind, one)
    yield from problems
    if event is not None:
        yield from _match(event, one.field, one.values)
        if one.due is not None:
            yield from _field(event, one.due, TIMES, "due")


# paths


def _path(model: Metamodel, kind: EntityType, path: Path) -> Iterator[Problem]:
    try:
        steps(model, kind.name, path)
    except NoStep as stop:
        facts = {"types": " or ".join(stop.types[:5]), "name": shown(stop.name)}
        path_of = ("path", stop.place)
        if stop.known:
            sentence, known = "{types} has no relation called {name}. {near}", near(stop.name, frozenset(stop.known))
            yield told("unknown_relation", sentence, path_of, case="step", near=known, **facts)
        else:
            sentence = "{types} has no relation called {name}. It has no relations yet."
            yield told("unknown_relation", sentence, path_of, case="none", **facts)


def _end(
    model: Metamodel, kind: EntityType, one: Signal | Happening | Unfinished
) -> tuple[EntityType | None, list[Problem]]:
    """The type of the events, when the path leads to it."""
    problems = list(_path(model, kind, one.path))
    if problems:
        return None, problems
    ends = steps(model, kind.name, one.path)[-1].far
    if one.type in ends:
        return model.types[one.type], []
    facts = {"way": ".".join(one.path), "ends": ", ".join(ends)}
    if not one.type:
        sentence = "{way} leads to {ends}: say which of them is meant."
        return None, [told("no_type", sentence, ("type",), **facts)]
    cure = ends[0] if len(ends) == 1 else "one of them"
    sentence = "{way} leads to {ends}, not to {name}; write {cure}."
    return None, [told("not_there", sentence, ("type",), name=shown(one.type), cure=cure, **facts)]


# fields


def _field(kind: EntityType, name: str, allowed: frozenset[str] | None, *path: str | int) -> Iterator[Problem]:
    field = kind.fields.get(name)
    if field is None:
        fit = {each for each, one in kind.fields.items() if allowed is None or one.kind in allowed}
        if fit:
            sentence, known = "{type} has no field {name}. {near}", near(name, frozenset(fit))
            yield told("unknown_field", sentence, path, case="profile", type=kind.name, name=shown(name), near=known)
        else:
            sentence = "{type} has no field {name}. {type} has no field that would do."
            yield told("unknown_field", sentence, path, case="none", type=kind.name, name=shown(name))
    elif allowed is not None and field.kind not in allowed:
        sentence = "{name} is of kind {kind}; it must be {kinds}."
        facts = {"name": f"{kind.name}.{name}", "kind": field.kind, "kinds": _listed(allowed)}
        yield told("wrong_kind", sentence, path, **facts)


def _match(kind: EntityType, name: str, values: Values) -> Iterator[Problem]:
    yield from _field(kind, name, MATCHED, "field")
    yield from _values(kind, name, values, "values")


def _values(kind: EntityType, name: str, values: Values, *path: str | int) -> Iterator[Problem]:
    field = kind.fields.get(name)
    known = _known(field) if field is not None else None
    for place, value in enumerate(values if known is not None else ()):
        if known is not None and value not in known:
            facts: dict[str, Any] = {"given": shown(str(value)), "name": f"{kind.name}.{name}"}
            if isinstance(value, str):
                sentence, listed = "{given} is no value of {name}. {near}", near(value, frozenset(map(str, known)))
                yield told("unknown_choice", sentence, (*path, place), near=listed, **facts)
            else:
                sentence = "{given} is no value of {name}."
                yield told("unknown_choice", sentence, (*path, place), case="other", **facts)


def _known(field: Field) -> frozenset[str | bool] | None:
    """The values a field may have; None where they are not a list."""
    if field.kind == "boolean":
        return frozenset({True, False})
    return frozenset(choices(field)) if field.kind == "choice" else None


def _listed(kinds: Iterable[str]) -> str:
    return " or ".join(sorted(kinds))


def _under(path: tuple[str | int, ...], problems: Iterable[Problem]) -> Iterator[Problem]:
    return (problem.under(*path) for problem in problems)
