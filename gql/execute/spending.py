"""What an operation costs and whether it may: priced before anything is read, refused with what makes it dear."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLError

from gql.execute.errors import Refused
from gql.execute.limits import Limits
from gql.execute.rates import Left, Rates
from gql.plan.costs import Dearest
from models.actor import Actor
from models.counts import NOTHING_KNOWN, Known

WRITTEN = 10  # what a record or a link costs that is written


@dataclass(frozen=True, slots=True)
class Spent:
    """What an operation was charged, before it ran."""

    requested: int
    limit: int
    left: Left | None

    def shown(self, actual: int | None) -> dict[str, int]:
        """The same in the extensions of the answer, with the rows that came."""
        told = {"requested": self.requested, "limit": self.limit}
        if actual is not None:
            told["actual"] = actual
        if self.left is not None:
            told["remaining"] = self.left.remaining
        return told


class Spending:
    """Admits what may be spent. `known` gives the numbers of records and links; without `rates` minutes do not count."""

    def __init__(
        self, limits: Limits, known: Callable[[], Known] = lambda: NOTHING_KNOWN, rates: Rates | None = None
    ) -> None:
        self._limits, self._known, self._rates = limits, known, rates

    @property
    def known(self) -> Known:
        """How many records and links there are."""
        return self._known()

    def most(self, actor: Actor) -> int:
        """What one operation of the actor may cost."""
        most = self._limits.max_cost if actor.allowance.operation is None else actor.allowance.operation
        token = actor.token.allowance.operation if actor.token else None
        return most if token is None else min(most, token)

    def admit(self, actor: Actor, requested: int, dearest: Callable[[], Dearest]) -> Spent:
        """Charge an operation. Raises Refused when it costs more than one may, and Exhausted when the minute is spent."""
        most = self.most(actor)
        if requested > most:
            raise _too_costly(requested, most, dearest())
        return Spent(requested, most, None if self._rates is None else self._rates.take(actor, requested))

    def note_refused(self, actor: Actor) -> None:
        """An operation that was not executed was read all the same."""
        if self._rates is not None:
            self._rates.note(actor, 1)


def _too_costly(requested: int, most: int, dearest: Dearest) -> Refused:
    pages = f", pages of {' × '.join(f'{size:,}' for size in dearest.pages)} rows" if dearest.pages else ""
    message = (
        f"This operation may cost {requested:,}, and {most:,} is the most. The dearest part is `{dearest.path}`: "
        f"{dearest.cost:,}{pages}; {dearest.cause.value}."
    )
    shown: dict[str, Any] = {"path": dearest.path, "cost": dearest.cost, "pages": list(dearest.pages)}
    extensions = {"code": "too_costly", "cost": {"requested": requested, "limit": most}, "dearest": shown}
    return Refused([GraphQLError(message, extensions=extensions)])
