"""What somebody may spend: the cost of one operation, and of all operations in a minute."""

from __future__ import annotations

from dataclasses import dataclass

from models.errors import Problem

MOST = 2_000_000_000  # a whole number of the API holds no more


@dataclass(frozen=True, slots=True)
class Allowance:
    """What an administrator has set for a person or a token; None: nothing, so that the settings hold."""

    operation: int | None = None
    minute: int | None = None


NONE_SET = Allowance()


@dataclass(frozen=True, slots=True)
class Bearer:
    """The token that somebody came with, and what may be spent with it; never more than its person may spend."""

    id: str
    allowance: Allowance = NONE_SET


def check(allowance: Allowance) -> list[Problem]:
    """What is wrong with an allowance that is to be set."""
    return [
        Problem("bad_allowance", f"{name} is {value} but must be a number from 1 to {MOST}.", (path,))
        for name, path, value in (
            ("The cost of an operation", "operation", allowance.operation),
            ("The cost in a minute", "minute", allowance.minute),
        )
        if value is not None and not 1 <= value <= MOST
    ]
