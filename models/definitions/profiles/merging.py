"""What a patch makes of a type's profile: the whole of it, or an addition to the one that is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from models.definitions.patch import ProfilePatch
from models.metamodel import Metamodel
from models.profiles import Happening, Profile, Signal, Unfinished, ViewSections
from models.profiles.paths import NoStep, steps
from models.profiles.profile import Path

T = TypeVar("T")


def merged(old: Profile | None, entry: ProfilePatch) -> Profile:
    """The profile after a patch.

    An extension adds signals and figures by name and spreads by path, in the place of those that have them already;
    every other part it gives takes the old one's place. A whole profile keeps of the old one its pack only, and
    that unless it says otherwise.
    """
    parts = dict(entry.parts)
    view = parts.pop("view", {})
    if old is not None:
        parts["pack"] = old.pack or parts.get("pack", "") if entry.extends else parts.get("pack", old.pack)
    if old is None or not entry.extends:
        return Profile(entry.name, view=ViewSections(**view), **parts)
    for part in ("signals", "kpis"):
        if part in parts:
            parts[part] = _together(getattr(old, part), parts[part], lambda one: one.name)
    if "spreads" in parts:
        parts["spreads"] = _together(old.spreads, parts["spreads"], lambda one: one.path)
    return replace(old, view=replace(old.view, **view), **parts)


def with_types(model: Metamodel, profile: Profile) -> Profile:
    """The profile with the types that its paths lead to, where it leaves them out and there is only one."""
    view = profile.view
    parts: tuple[Signal | Happening | Unfinished, ...] = (*profile.signals, *view.timeline, *view.unfinished)
    if all(one.type for one in parts):
        return profile

    def end(path: Path, given: str) -> str:
        return given or _only_end(model, profile.type, path)

    signals = tuple(replace(one, type=end(one.path, one.type)) for one in profile.signals)
    timeline = tuple(replace(one, type=end(one.path, one.type)) for one in view.timeline)
    unfinished = tuple(replace(one, type=end(one.path, one.type)) for one in view.unfinished)
    return replace(profile, signals=signals, view=replace(view, timeline=timeline, unfinished=unfinished))


def _only_end(model: Metamodel, type_name: str, path: Path) -> str:
    """The one type at the end of a path; empty where there are several, or the path leads nowhere."""
    try:
        far = steps(model, type_name, path)[-1].far if type_name in model.types else ()
    except NoStep:
        return ""
    return far[0] if len(far) == 1 else ""


def _together(old: tuple[T, ...], new: tuple[T, ...], key: Callable[[T], Any]) -> tuple[T, ...]:
    return tuple({key(one): one for one in (*old, *new)}.values())
