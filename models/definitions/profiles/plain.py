"""From a profile to plain data, defaults left out; `ProfileReader` reads it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.definitions.texts import labels_to_plain
from models.profiles import Better, Happening, Kpi, Profile, Signal, Unfinished, ViewSections
from models.profiles.profile import CREATED_AT, Values

Plain = dict[str, Any]


def profile_to_plain(profile: Profile) -> Plain:
    """A profile as an entry of a document."""
    leaving, offers = profile.leaving, profile.offers
    return _given(
        type=profile.type,
        signals=[_signal(signal) for signal in profile.signals],
        leaving=_given(field=leaving.field, values=list(leaving.values)) if leaving else None,
        since=profile.since,
        spreads=[{"path": list(spread.path), "factor": _number(spread.factor)} for spread in profile.spreads],
        kpis=[_kpi(kpi) for kpi in profile.kpis],
        offers={"path": list(offers.path)} if offers else None,
        view=_view(profile.view),
        pack=profile.pack,
    )


def _signal(signal: Signal) -> Plain:
    weigh_by = signal.weigh_by
    return _given(
        name=signal.name,
        labels=labels_to_plain(signal.labels),
        path=list(signal.path),
        type=signal.type,
        role=signal.role.value,
        time=signal.time if signal.time != CREATED_AT else None,
        value=signal.value,
        sign=signal.sign if signal.sign != 1 else None,
        weight=_number(signal.weight) if signal.weight != 1 else None,
        weighBy={"field": weigh_by[0], "weights": _weights(weigh_by[1])} if weigh_by else None,
        halfLifeDays=_number(signal.half_life_days) if signal.half_life_days != 90 else None,
        inbound=_match(signal.inbound),
        outbound=_match(signal.outbound),
        where=[_match(entry) for entry in signal.where.items()],
    )


def _kpi(kpi: Kpi) -> Plain:
    return _given(
        name=kpi.name,
        labels=labels_to_plain(kpi.labels),
        signal=kpi.signal,
        measure=kpi.measure.value,
        days=kpi.days if kpi.days != 365 else None,
        better=kpi.better.value if kpi.better is not Better.MORE else None,
    )


def _view(view: ViewSections) -> Plain:
    return _given(
        headline=list(view.headline),
        sections=list(view.sections),
        timeline=[_happening(one) for one in view.timeline],
        unfinished=[_unfinished(one) for one in view.unfinished],
    )


def _happening(one: Happening) -> Plain:
    return _given(path=list(one.path), type=one.type, time=one.time if one.time != CREATED_AT else None)


def _unfinished(one: Unfinished) -> Plain:
    return _given(path=list(one.path), type=one.type, field=one.field, values=list(one.values), due=one.due)


def _match(entry: tuple[str, Values] | None) -> Plain | None:
    return {"field": entry[0], "values": list(entry[1])} if entry else None


def _weights(weights: Mapping[str, float]) -> list[Plain]:
    return [{"value": value, "weight": _number(weight)} for value, weight in weights.items()]


def _number(number: float) -> float | int:
    return int(number) if number == int(number) else number


def _given(**parts: Any) -> Plain:
    return {name: part for name, part in parts.items() if part is not None and part not in ("", [], {})}
