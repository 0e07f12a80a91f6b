"""What is wrong with an expression: a code, a sentence with the cure, and where in the text it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from models.errors import XrmError


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
    """One thing wrong with an expression; lines and columns count from 1."""

    code: str
    message: str
    line: int
    column: int
    length: int

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}: {self.message}"


class BadExpression(XrmError):
    """An expression that cannot be used; `faults` holds everything wrong with it that was found."""

    code = "bad_expression"

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(map(str, self.faults[:5])))


def fault(text: str, span: Span, code: str, message: str) -> Fault:
    """A fault at a place of a text."""
    before = text[: span.start]
    line, column = before.count("\n") + 1, span.start - (before.rfind("\n") + 1) + 1
    return Fault(code, message, line, column, max(1, span.end - span.start))


def meant(word: str, known: Sequence[str]) -> str:
    """What a misspelt word may have meant, as the end of a sentence."""
    known = list(dict.fromkeys(known))
    found = get_close_matches(word[:60], known[:2_000], n=2, cutoff=0.6)
    if found:
        return f"did you mean {' or '.join(found)}?"
    return f"known are {', '.join(sorted(known)[:8])}{', …' if len(known) > 8 else ''}." if known else "there are none."
