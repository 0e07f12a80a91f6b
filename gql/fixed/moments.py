"""Moments that fixed fields are given: the schema hands them on as text, whichever half a field belongs to."""

from __future__ import annotations

from datetime import datetime

from models.errors import Problem, Rejected
from models.fields.date_time import moment
from models.fields.kind import InvalidValue


def moment_of(name: str, given: object) -> datetime:
    """The moment in UTC. Raises Rejected under the argument's name where it is none."""
    try:
        return moment(given)
    except InvalidValue as error:
        raise Rejected([Problem(error.code, f"{name}: {error.message}", (name,))]) from None


def moment_or_none(name: str, given: object) -> datetime | None:
    """The moment, or None where none is given."""
    return None if given is None else moment_of(name, given)
