"""Reasons: the signed contributions that add up to a score, as data that is put into words later."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from math import fsum
from types import MappingProxyType
from typing import TypeAlias

Fact: TypeAlias = "bool | int | float | str | tuple[Fact, ...] | None"

REST = "rest"
_NO_FACTS: Mapping[str, Fact] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Reason:
    """One signed part of a score: its code, what it adds, the facts that a sentence needs, and the records it stands on.

    `code` is stable and picks the sentence in every language; `facts` fill it. `records` are numbers of the snapshot.
    The contributions of all reasons of a score sum to the score.
    """

    code: str
    contribution: float
    facts: Mapping[str, Fact] = field(default_factory=lambda: _NO_FACTS, hash=False)
    records: tuple[int, ...] = ()


def total(reasons: Iterable[Reason]) -> float:
    """The score that the reasons add up to; none give 0.

    >>> total([Reason("base", 0.2), Reason("silence", 0.15), Reason("orders", -0.05)])
    0.3
    """
    return fsum(reason.contribution for reason in reasons)


def weightiest(reasons: Iterable[Reason], most: int, *, always: frozenset[str] = frozenset()) -> tuple[Reason, ...]:
    """At most `most` reasons, largest contribution by size first, what is left as one reason `rest`: the sum stays.

    Codes in `always` (a base, an own part) stay whatever they weigh. `rest` counts the reasons it holds; a single reason
    is never hidden behind it.

    >>> short = weightiest([Reason("a", 0.5), Reason("b", 0.01), Reason("c", -0.2), Reason("d", 0.02)], 3)
    >>> [(reason.code, round(reason.contribution, 2)) for reason in short]
    [('a', 0.5), ('c', -0.2), ('rest', 0.03)]
    """
    if most < 1:
        raise ValueError(f"A list of reasons holds at least one; {most} were asked for.")
    ordered = sorted(reasons, key=lambda reason: (reason.code not in always, -abs(reason.contribution), reason.code))
    if len(ordered) <= most:
        return tuple(ordered)
    kept, left = ordered[: most - 1], ordered[most - 1 :]
    return (*kept, Reason(REST, total(left), {"count": len(left)}))


def plain(reason: Reason, id_of: Callable[[int], str]) -> dict[str, object]:
    """The reason as JSON values, its records by their ids."""
    return {
        "code": reason.code,
        "contribution": reason.contribution,
        "facts": dict(reason.facts),
        "records": [id_of(number) for number in reason.records],
    }
