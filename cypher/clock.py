"""Two clocks: what was true at one moment, as it was known at another; and which stored states show at such a reading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cypher.ast import Binary, Call, Expression, Literal, Or, Param, Prop, Var, every
from models.fields.date_time import moment
from models.fields.kind import InvalidValue

AS_OF, KNOWN_AT = "asOf", "knownAt"
LEAST = "least"
EVERYTHING_KNOWN = dt.datetime.max.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """A reading of both clocks, in the parameter `slot` that `reading` makes."""

    slot: str

    @property
    def true(self) -> Expression:
        """The moment at which something shall have been true."""
        return Prop(Param(self.slot), AS_OF)

    @property
    def known(self) -> Expression:
        """The moment at which it shall have been known."""
        return Prop(Param(self.slot), KNOWN_AT)

    @property
    def least(self) -> Expression:
        """The earlier of the two: what was closed before shows at neither."""
        return Prop(Param(self.slot), LEAST)


def reading(given: Sequence[Any]) -> Mapping[str, dt.datetime]:
    """The parameter of a clock from `asOf` and `knownAt`, one of which may be None.

    Without `knownAt` everything counts that is known by now; without `asOf` things are as they were when they were known.
    Raises InvalidValue, which names the argument, for what is no moment.
    """
    as_of, known_at = (
        None if value is None else _moment(name, value) for name, value in zip((AS_OF, KNOWN_AT), given, strict=True)
    )
    known = known_at or EVERYTHING_KNOWN
    true = as_of or known
    return {AS_OF: true, KNOWN_AT: known, LEAST: min(true, known)}


def _moment(name: str, value: Any) -> dt.datetime:
    try:
        return moment(value)
    except InvalidValue as error:
        raise InvalidValue(error.code, f"{name}: {error.message}") from None


def record_shows(var: str, clock: Clock) -> Expression:
    """Whether the present state of a record was true and known."""
    of = Var(var)
    return _all(Binary(Prop(of, "knownFrom"), "<=", clock.known), Binary(Prop(of, "validFrom"), "<=", clock.true))


def record_version_shows(var: str, clock: Clock) -> Expression:
    """Whether an earlier state of a record was: known and not yet corrected, true or not yet known to be over.

    What was closed before the least moment cannot be: that is what the index is sought by.
    """
    of = Var(var)
    return _all(
        Binary(Prop(of, "closed_at"), ">", clock.least),
        record_shows(var, clock),
        _not_before(Prop(of, "knownTo"), clock.known),
        of_each(
            Or((Binary(Prop(of, "validTo"), ">", clock.true), Binary(Prop(of, "closed_at"), ">", clock.known))), False
        ),
    )


def link_shows(var: str, clock: Clock) -> Expression:
    """Whether what a link says now was known and held then; when it is in force its own times say."""
    of = Var(var)
    held = of_each(Binary(Prop(of, "held_from"), "<=", clock.true), True)
    return _all(Binary(Prop(of, "knownFrom"), "<=", clock.known), held)


def link_version_shows(var: str, clock: Clock) -> Expression:
    """Whether what a link said before was: as its state until `knownTo`, and as its past, of which it was never taken back."""
    of = Var(var)
    as_past = _all(Binary(Prop(of, "held_to"), ">", clock.true), _not_before(Prop(of, "retracted_at"), clock.known))
    return _all(link_shows(var, clock), Or((_not_before(Prop(of, "knownTo"), clock.known), as_past)))


def _not_before(end: Expression, at: Expression) -> Expression:
    """Whether an end, if there is one, comes after a moment."""
    return of_each(Binary(end, ">", at), True)


def of_each(condition: Expression, missing: bool) -> Expression:
    """A condition asked of every state that is found, and the answer where a value is missing.

    Neo4j would look for another index for each part of a plain `OR`, and then put the states in order again.
    """
    return Call("coalesce", (condition, Literal(missing)))


def _all(*parts: Expression) -> Expression:
    both = every(parts)
    assert both is not None
    return both
