"""What sets the profiles of two versions of the model apart, as sentences; none of it touches records or links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from models.profiles.profile import Profile

_NAMED = (("signals", "signal"), ("kpis", "figure"))
_WHOLE = ("leaving", "since", "spreads", "offers", "view", "pack")
_PARTS = {
    "new": "The profile of {name}: new {what} {part}.",
    "gone": "The profile of {name}: no longer the {what} {part}.",
    "other": "The profile of {name}: another {what} {part}.",
}
Change = tuple[str, tuple[str, ...], str, Mapping[str, Any]]  # code, path, sentence, and the facts it is filled with


def changes(old: Mapping[str, Profile], new: Mapping[str, Profile]) -> Iterator[Change]:
    """Every change between two versions, in the order of the profiles."""
    for name in old:
        if name not in new:
            yield "profile_dropped", ("profiles", name), "The profile of {name} goes.", {"name": name}
    for name, profile in new.items():
        before = old.get(name)
        if before is None:
            facts = {"name": name, "signals": [signal.name for signal in profile.signals] or "none"}
            yield "profile_added", ("profiles", name), "{name} has a profile; its signals: {signals}.", facts
        elif before is not profile:
            yield from _changed(before, profile)


def _changed(old: Profile, new: Profile) -> Iterator[Change]:
    for part, what in _NAMED:
        before, after = ({one.name: one for one in getattr(profile, part)} for profile in (old, new))
        for name in dict.fromkeys((*before, *after)):
            if before.get(name) != after.get(name):
                case = "new" if name not in before else "gone" if name not in after else "other"
                facts = {"case": case, "name": new.type, "what": what, "part": name}
                yield "profile_changed", ("profiles", new.type, part, name), _PARTS[case], facts
        if list(before) != list(after) and set(before) == set(after):
            sentence, facts = "The profile of {name}: another order of {word}.", {"name": new.type, "word": part}
            yield "profile_changed", ("profiles", new.type, part), sentence, {**facts, "case": "order"}
    for part in _WHOLE:
        if getattr(old, part) != getattr(new, part):
            facts = {"name": new.type, "word": part}
            yield "profile_changed", ("profiles", new.type, part), "The profile of {name}: another {word}.", facts
