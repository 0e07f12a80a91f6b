"""What sets the profiles of two versions of the model apart, as sentences; none of it touches records or links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from models.profiles.profile import Profile

_NAMED = (("signals", "signal"), ("kpis", "figure"))
_WHOLE = ("leaving", "since", "spreads", "offers", "view", "pack")
Change = tuple[str, tuple[str, ...], str]  # code, path, sentence


def changes(old: Mapping[str, Profile], new: Mapping[str, Profile]) -> Iterator[Change]:
    """Every change between two versions, in the order of the profiles."""
    for name in old:
        if name not in new:
            yield "profile_dropped", ("profiles", name), f"The profile of {name} goes."
    for name, profile in new.items():
        before = old.get(name)
        if before is None:
            told = ", ".join(signal.name for signal in profile.signals) or "none"
            yield "profile_added", ("profiles", name), f"{name} has a profile; its signals: {told}."
        elif before is not profile:
            yield from _changed(before, profile)


def _changed(old: Profile, new: Profile) -> Iterator[Change]:
    said = f"The profile of {new.type}"
    for part, what in _NAMED:
        before, after = ({one.name: one for one in getattr(profile, part)} for profile in (old, new))
        for name in dict.fromkeys((*before, *after)):
            if before.get(name) != after.get(name):
                how = "new" if name not in before else "no longer the" if name not in after else "another"
                yield "profile_changed", ("profiles", new.type, part, name), f"{said}: {how} {what} {name}."
        if list(before) != list(after) and set(before) == set(after):
            yield "profile_changed", ("profiles", new.type, part), f"{said}: another order of {part}."
    for part in _WHOLE:
        if getattr(old, part) != getattr(new, part):
            yield "profile_changed", ("profiles", new.type, part), f"{said}: another {part}."
