"""What is wrong with an expression: a problem, told with its facts, and where in the text it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from models.errors import Near, Problem, XrmError

MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Span:
    """Where something stands in a text: from the first of its characters to the first behind it."""

    start: int
    end: int

    def to(self, other: Span) -> Span:
        """From the beginning of this one to the end of another."""
        return Span(self.start, other.end)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with an expression, with the facts of its sentence; lines and columns count from 1."""

    code: str
    message: str
    line: int
    column: int
    length: int
    details: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def place(self) -> Mapping[str, int]:
        """Where it is, as facts."""
        return {"line": self.line, "column": self.column, "length": self.length}

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}: {self.message}"


class BadExpression(XrmError):
    """An expression that cannot be used; `faults` holds everything wrong with it that was found."""

    code = "bad_expression"

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(map(str, self.faults[:5])))


def fault(text: str, span: Span, problem: Problem) -> Fault:
    """A problem at a place of a text."""
    before = text[: span.start]
    line, column = before.count("\n") + 1, span.start - (before.rfind("\n") + 1) + 1
    return Fault(problem.code, problem.message, line, column, max(1, span.end - span.start), problem.details)


class Meant(Near):
    """As a fact: what a misspelt word may have meant, as the end of a sentence; of many names the first few."""

    def __str__(self) -> str:
        if self.close:
            return f"did you mean {' or '.join(self.close)}?"
        return f"known are {', '.join(self.few)}." if self.known else "there are none."

    @property
    def few(self) -> list[str]:
        """The first of the known names, and dots where there are more."""
        return [*self.known[:MOST_NAMED], *(["…"] if len(self.known) > MOST_NAMED else [])]

    def plain(self) -> dict[str, list[str]]:
        return {"close": list(self.close)} if self.close else {"known": self.few}


def meant(word: str, known: Sequence[str]) -> Meant:
    """What a misspelt word may have meant among those that are known."""
    known = list(dict.fromkeys(known))
    return Meant(tuple(get_close_matches(word[:60], known[:2_000], n=2, cutoff=0.6)), tuple(sorted(known)))
