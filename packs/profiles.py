"""Where a pack's profile and that of the model differ, and the pack's without what differs."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import fields, replace
from types import MappingProxyType
from typing import Any

from models.definitions import ProfilePatch
from models.profiles import Profile
from packs.conflict import Conflict, Path

_WHOLE = ("leaving", "since", "offers")
_LISTS = ("signals", "kpis", "spreads")


def conflicts(present: Profile, given: ProfilePatch) -> Iterator[Conflict]:
    """Every attribute of signals, figures and spreads that both have, and every other part, given differently."""
    path = ("profiles", given.name)
    for part in _LISTS:
        known = {_key(one): one for one in getattr(present, part)}
        for wanted in given.parts.get(part, ()):
            if _key(wanted) in known:
                yield from _differences(known[_key(wanted)], wanted, (*path, part, _key(wanted)))
    for part in _WHOLE:
        before, after = getattr(present, part), given.parts.get(part)
        if None not in (before, after) and before != after:
            yield Conflict((*path, part), before, after)
    for part, after in given.parts.get("view", {}).items():
        before = getattr(present.view, part)
        if before and _typed(before, after) != before:
            yield Conflict((*path, "view", part), before, after)


def reduced(given: ProfilePatch, paths: Collection[Path]) -> ProfilePatch:
    """Without what is in conflict: signals, figures and spreads as a whole, other parts one by one."""
    path = ("profiles", given.name)
    taken = {one[:4] for one in paths if one[:2] == path}
    parts = {part: value for part, value in given.parts.items() if (*path, part) not in taken}
    for part in _LISTS:
        if part in parts:
            parts[part] = tuple(one for one in parts[part] if (*path, part, _key(one)) not in taken)
    if "view" in parts:
        view = {part: value for part, value in parts["view"].items() if (*path, "view", part) not in taken}
        parts["view"] = MappingProxyType(view)
    return replace(given, parts=MappingProxyType(parts))


def _key(one: Any) -> str:
    """A signal's or a figure's name; a spread's path."""
    return getattr(one, "name", "") or ".".join(one.path)


def _differences(present: Any, wanted: Any, path: Path) -> Iterator[Conflict]:
    for attribute in fields(present):
        before, after = getattr(present, attribute.name), getattr(wanted, attribute.name)
        said = attribute.name != "type" or after  # a type left out is the only one the path leads to
        if before != after and said:
            yield Conflict((*path, attribute.name), before, after)


def _typed(before: tuple[Any, ...], after: tuple[Any, ...]) -> tuple[Any, ...]:
    """What is wanted, with the types that are left out as they are in the model."""
    known = {one.path: one.type for one in before if hasattr(one, "type")}
    return tuple(
        replace(one, type=known.get(one.path, "")) if getattr(one, "type", None) == "" else one for one in after
    )
