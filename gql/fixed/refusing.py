"""What was refused: who may ask for what belongs to administrators, and problems that go into a payload."""

from __future__ import annotations

from collections.abc import Awaitable, Iterable
from typing import TypeVar

from gql.fixed.context import Context
from gql.fixed.planning import ProblemShown, shown_problems
from models.errors import NotFound, Problem, Rejected
from models.expressions.faults import meant

T = TypeVar("T")


def administrators_only(context: Context, sentence: str) -> None:
    """Let administrators pass. Raises Rejected with the sentence for everybody else."""
    if not context.actor.administrator:
        raise Rejected([Problem("forbidden", sentence)])


def no_such(argument: str, name: str, known: Iterable[str]) -> Rejected:
    """The refusal of an argument, such as `type`, that names none of those that there are."""
    told = f"There is no {argument} {name[:80]!r}; {meant(name, [*known])}"
    return Rejected([Problem(f"unknown_{argument}", told, (argument,))])


async def tried(work: Awaitable[T]) -> tuple[T | None, list[ProblemShown]]:
    """What came of work, or what its caller can mend. What was not found is a problem of the input's `id`."""
    try:
        return await work, []
    except Rejected as error:
        return None, shown_problems(error.problems)
    except NotFound as error:
        return None, shown_problems([Problem(error.code, error.message, ("id",))])
