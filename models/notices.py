"""What people are told by themselves: each kind of notice with its English sentence and the facts it is made of.

A page says it in the reader's language by its kind and its facts; whoever does not know the kind has the sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from types import MappingProxyType

from models.errors import Problem, told

Fact = str | int


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """Sentences, the fullest first, of which the first is said that has all its facts; and what more may be told."""

    sentences: tuple[str, ...]
    facts: Mapping[str, type[Fact]]

    def sentence(self, given: Mapping[str, Fact]) -> str:
        """What is said with these facts. Raises StopIteration where they suffice for no sentence."""
        return next(each for each in self.sentences if places_of(each) <= given.keys())


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell: its kind, the id of what it is about, and the facts of its sentence."""

    kind: str
    subject: str
    facts: Mapping[str, Fact]

    @property
    def text(self) -> str:
        """The sentence in English."""
        return KINDS[self.kind].sentence(self.facts).format_map(self.facts)


_RUN: Mapping[str, type[Fact]] = {"number": int, "engine": str, "type": str}
KINDS: Mapping[str, NoticeKind] = MappingProxyType(
    {
        "analysis_done": NoticeKind(
            ("Run {number} of {engine} of {type} is done", "Run {number} of {engine} is done"), {**_RUN, "scored": int}
        ),
        "analysis_failed": NoticeKind(
            ("Run {number} of {engine} of {type} failed: {error}", "Run {number} of {engine} failed: {error}"),
            {**_RUN, "error": str, "reason": str},
        ),
        "import_done": NoticeKind(("The import of {name} is done.",), {"name": str, "changed": int, "rejected": int}),
        "import_undone": NoticeKind(("The import of {name} is undone.",), {"name": str}),
        "page_due": NoticeKind(("“{name}” is here, as you wished.",), {"name": str, "of": str}),
    }
)


# what nobody asked for by itself: a page that comes was asked for, and is ended where it is set
CHOSEN = tuple(kind for kind in KINDS if kind != "page_due")


def unwanted_problems(kinds: Sequence[str]) -> list[Problem]:
    """What is wrong with the kinds that somebody does not want to be told; [] when nothing is."""
    sentence = "{given} is no kind of notification that can be left out; there are {known}."
    return [
        told("unknown_notice", sentence, ("unwanted", place), given=kind[:80], known=", ".join(CHOSEN))
        for place, kind in enumerate(kinds)
        if kind not in CHOSEN
    ]


def notice(kind: str, subject: str, **facts: Fact | None) -> Notice:
    """Something to tell, without the facts that are None. Raises ValueError for a fact that its kind does not have."""
    given = {name: fact for name, fact in facts.items() if fact is not None}
    known = KINDS[kind].facts
    strange = [name for name, fact in given.items() if type(fact) is not known.get(name)]
    if strange:
        raise ValueError(f"{kind} is not told with: {', '.join(strange)}")
    return Notice(kind, subject, given)


def places_of(sentence: str) -> set[str]:
    """The facts that a sentence is filled with."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}
