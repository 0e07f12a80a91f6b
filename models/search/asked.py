"""What a user's text asks for: words, phrases in quotes, numbers in groups, each anywhere or in one field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from models.search.folding import Word, words
from models.search.numbers import dialled, runs
from models.search.rules import BEFORE, BEHIND
from models.search.stored import joined
from models.search.variants import english, variants, without_yo

MOST_TERMS = 12  # more words than these are not asked for
ONE_ERROR, TWO_ERRORS = 4, 8  # letters from which on so many typing errors are forgiven
KEPT = 3  # a form keeps more than one letter in so many of what was typed, or it is no form of it
_PART = re.compile(r'(?:(?P<field>[^\s:"]{1,60}):)?(?:"(?P<phrase>[^"]*)(?:"|$)|(?P<plain>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Term:
    """A word or the beginning of one, with its other forms; `marks` are those of the fields it must stand in, () for anywhere."""

    word: str
    forms: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()

    @property
    def stem(self) -> str:
        """Its English stem, under which other words are found; empty for no Latin word."""
        return english(self.word)

    @property
    def without_yo(self) -> str:
        """The same word with е for `yo`, compared whole; empty where it has none."""
        return without_yo(self.word)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must stand side by side."""

    words: tuple[str, ...]
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compound:
    """Words that may also be written as one: a number in groups, a Persian word with what is joined to it."""

    whole: tuple[str, ...]
    terms: tuple[Term, ...]
    marks: tuple[str, ...] = ()


Wish = Term | Phrase | Compound


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that a record must have to be found; `whole` is all of it as one value, where it may be one."""

    wishes: tuple[Wish, ...]
    whole: str = ""


def errors_forgiven(word: str) -> int:
    """How many typing errors are forgiven in a word; digits are meant as they are typed."""
    if not word.isalpha() or len(word) < ONE_ERROR:
        return 0
    return 2 if len(word) >= TWO_ERRORS else 1


MarksOf = Callable[[str], tuple[str, ...]]


def asked(text: str, marks_of: MarksOf) -> Asked:
    """What a text asks for. `marks_of` gives the marks of the fields of a name, () when there is none.

    Any text will do: what is neither a word nor a field of the model asks for nothing.
    """
    wishes: list[Wish] = []
    plain: list[str] = []
    for part in _PART.finditer(text):
        marks = marks_of(part["field"]) if part["field"] else ()
        if part["phrase"] is not None:
            plain.append("" if marks else part["field"] or "")
            wishes += _phrase(part["phrase"], marks)
        elif marks:
            wishes += _plain(part["plain"], marks)
        else:
            plain.append(part[0])
    loose = " ".join(plain)
    whole = "" if wishes else joined(word.text for word in words(loose))
    return Asked((*_plain(loose), *wishes)[:MOST_TERMS], whole)


def _phrase(text: str, marks: tuple[str, ...]) -> Iterator[Wish]:
    found = tuple(word.text for word in words(text))[:MOST_TERMS]
    if found:
        yield Phrase(found, marks)


def _plain(text: str, marks: tuple[str, ...] = ()) -> list[Wish]:
    """Numbers in groups and Persian compounds as such, everything else word by word."""
    found, numbers = list(words(text)), list(runs(text))
    wishes: list[Wish] = []
    place = 0
    while place < len(found):
        word = found[place]
        run = next((run for run in numbers if run.start <= word.start < run.end), None)
        if run is not None:
            size = sum(run.start <= each.start < run.end for each in found[place:])
            whole = dialled(text[run.start : run.end])
        else:
            size = _joined(found, place)
            one = "".join(each.text for each in found[place : place + size])
            whole = dialled(one) if one.isdecimal() else (one,)
        terms = tuple(_term(each, marks) for each in found[place : place + size])
        is_plain = size == 1 and len(whole) == 1
        wishes.append(terms[0] if is_plain else Compound(whole, _without_joined(terms), marks))
        place += size
    return wishes


def _term(word: Word, marks: tuple[str, ...]) -> Term:
    typed = min(len(word.text), len(word.written))
    forms = (form for form in variants(word.text, word.written) if KEPT * len(form) > typed)
    return Term(word.text, tuple(forms), marks)


def _joined(found: Sequence[Word], place: int) -> int:
    """How many words from here on may be one Persian word: joined by a half-space, or by what is never a word alone."""
    size = 1
    for before, after in zip(found[place:], found[place + 1 :], strict=False):
        if not (after.joined or before.text in BEFORE or after.text in BEHIND):
            break
        size += 1
    return size


def _without_joined(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """The words that say something alone; what is joined to others in Persian does not."""
    kept = tuple(term for term in terms if term.word not in BEFORE and term.word not in BEHIND)
    return kept or terms
