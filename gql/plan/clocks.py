"""The clock of every list and record of an operation: as its arguments say, and as those around it say where it says nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from cypher.clock import AS_OF, KNOWN_AT, Clock, reading
from gql.plan.given import Given
from gql.plan.slots import Slots

NOTHING = Given(None)
_Arguments = tuple[Given, Given]
PRESENT: _Arguments = (NOTHING, NOTHING)


class Clocks:
    """Goes down the selections with them: an argument holds for what lies inside, until another one, or null, is given there."""

    def __init__(self, slots: Slots) -> None:
        self._slots = slots
        self._given = PRESENT
        self.current: Clock | None = None

    @contextmanager
    def of(self, arguments: Mapping[str, Given], label: str) -> Iterator[Clock | None]:
        """The clock of a field with these arguments, which holds for everything read inside."""
        given, current = self._given, self.current
        if AS_OF in arguments or KNOWN_AT in arguments:
            self._given = arguments.get(AS_OF, given[0]), arguments.get(KNOWN_AT, given[1])
            self.current = self._clock(label) if any(self._given) else None
        yield self.current
        self._given, self.current = given, current

    def _clock(self, label: str) -> Clock:
        return Clock(self._slots.add(Given(list(self._given)), reading, label))
