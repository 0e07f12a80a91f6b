"""Every error a user can cause, as data: a stable code, what happened, where, and what to do.

XrmError
├── Rejected        input with one or more problems, each with its path
├── NotSignedIn     a stranger asked
├── NotFound        no such record, type or link (or none this reader may know of)
├── ModelChanged    the model moved on while work planned with the old one was running
├── TimedOut        the work took longer than it may
└── Unavailable     the database cannot be reached or refuses work
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

_NO_DETAILS: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with the input: a stable code, a sentence with the cure, where it is, and facts for machines."""

    code: str
    message: str
    path: tuple[str | int, ...] = ()
    details: Mapping[str, Any] = field(default_factory=lambda: _NO_DETAILS, hash=False)

    def under(self, *prefix: str | int) -> Problem:
        """The same problem seen from further outside."""
        return Problem(self.code, self.message, (*prefix, *self.path), self.details)


def told(code: str, sentence: str, path: tuple[str | int, ...] = (), **facts: Any) -> Problem:
    """A problem whose sentence is filled with facts, which are its details too, so that a page can say it in any language.

    Names in braces stand for facts. `case` tells one sentence of a code from its others.
    """
    details = {name: fact.plain() if isinstance(fact, Near | Word) else fact for name, fact in facts.items()}
    return Problem(code, filled(sentence, facts), path, details)


@dataclass(frozen=True, slots=True)
class Near:
    """As a fact: what was probably meant by a name or, where nothing is near, all there is."""

    close: tuple[str, ...]
    known: tuple[str, ...]

    def __str__(self) -> str:
        if self.close:
            return f"Did you mean {' or '.join(self.close)}?"
        return f"There are: {', '.join(self.known)}." if self.known else "There are none yet."

    def plain(self) -> dict[str, list[str]]:
        """As a detail of a problem."""
        return {"close": list(self.close)} if self.close else {"known": list(self.known)}


@dataclass(frozen=True, slots=True)
class Word:
    """As a fact: one of a few things that each language has words of its own for, found by the key."""

    key: str
    english: str

    def __str__(self) -> str:
        return self.english

    def plain(self) -> str:
        """As a detail of a problem."""
        return self.key


def filled(sentence: str, facts: Mapping[str, Any]) -> str:
    """A sentence with its facts in the place of their names; lists are written with commas."""
    return sentence.format_map({name: _written(fact) for name, fact in facts.items()}) if facts else sentence


def _written(fact: Any) -> str | int:
    """A fact as it stands in a sentence, where a whole number may be grouped: `{most:,}`."""
    if isinstance(fact, int):
        return fact
    return ", ".join(map(str, fact)) if isinstance(fact, list | tuple) else str(fact)


class XrmError(Exception):
    """An error with a stable `code` and a message fit for the person who caused it."""

    code = "error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code


class Rejected(XrmError):
    """Input refused as a whole; `problems` holds everything wrong with it, not only the first thing."""

    code = "rejected"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problem.message for problem in self.problems[:5]))


class NotSignedIn(XrmError):
    """Nobody is signed in; nothing was read and nothing was changed."""

    code = "not_signed_in"


class NotFound(XrmError):
    """There is no such thing, or none that this reader may know of: both look the same."""

    code = "not_found"


class ModelChanged(XrmError):
    """The model has moved on since this work was planned; plan it again on the present one."""

    code = "model_changed"


class TimedOut(XrmError):
    """The work took longer than it may; it was stopped and nothing of it is left."""

    code = "timed_out"


class Unavailable(XrmError):
    """The database cannot be reached or is refusing work; the message says which and what to do."""

    code = "unavailable"
