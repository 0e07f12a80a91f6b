"""Which events an engine looks at: those of business where the type has any, or of whatever is contact too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.events import Events
from analytics.scoring import Context, Explanation
from models.errors import Problem, Rejected
from models.profiles import Role


def business(context: Context) -> Events:
    """The events of business; all that are no trouble, where the type's profile has no business. Raises Rejected."""
    events = contact(context)
    found = events.only(Role.BUSINESS)
    return found if len(found) else events


def contact(context: Context) -> Events:
    """The events of contact and of business. Raises Rejected where the type's profile declares none."""
    events = context.events
    if events is None or not events.signals:
        message = (
            f"{context.type} has no signals, so nothing says what happened to its records; "
            "declare a profile for it, with the relations that lead to its events."
        )
        raise Rejected([Problem("no_signals", message, ("type",))])
    return of_contact(events)


def of_contact(events: Events) -> Events:
    """Events that are no trouble."""
    wanted = np.array([signal.role is not Role.TROUBLE for signal in events.signals], bool)
    return events.chosen(wanted[events.signal])


def explained(reasons: Callable[[int], Any]) -> Callable[[int], Explanation]:
    """Explanations from an engine's reasons, whose records are numbers of the snapshot already."""
    return lambda place: Explanation(tuple(reasons(place)))


def texts(column: NDArray[Any]) -> NDArray[Any]:
    """A column of texts, empty ones being no score."""
    found = np.empty(len(column), object)
    found[:] = [str(value) or None for value in column.tolist()]
    return found


def facts(value: Any) -> dict[str, Any]:
    """What an engine says of its own quality, as plain data; arrays are left out."""
    names = [each.name for each in fields(value)] if is_dataclass(value) else []
    found = {name: getattr(value, name) for name in names}
    return {name: each for name, each in found.items() if isinstance(each, bool | int | float | str)}
