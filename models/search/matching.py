"""Where a text holds what was asked for: the parts to highlight, found as the index finds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from models.metamodel import Field
from models.search.asked import TWO_ERRORS, Asked, Compound, Phrase, Term, Wish, errors_forgiven
from models.search.folding import Word, words
from models.search.numbers import digits_of, phone_forms, runs
from models.search.stored import MOST_WORDS, NUMBERS, field_mark
from models.search.variants import SPELLINGS, english, sound, variants, without_yo

FRAGMENT = 200  # characters of a long text shown around its first match
_LEAD = 40


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text, from a character up to another."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Highlight:
    """A field's text, or the fragment of it that matters, and the parts of it that match."""

    field: str
    text: str
    spans: tuple[Span, ...]


def highlight(wanted: Asked, field: Field, text: str) -> Highlight | None:
    """What of a field's text matches; None when nothing does."""
    spans = _merged(_spans(wanted, field, text))
    if not spans:
        return None
    if len(text) <= FRAGMENT:
        return Highlight(field.name, text, spans)
    begin = max(0, min(spans[0].start - _LEAD, len(text) - FRAGMENT))
    end = begin + FRAGMENT
    inside = tuple(Span(span.start - begin, min(span.end, end) - begin) for span in spans if span.start < end)
    return Highlight(field.name, text[begin:end], inside)


def _spans(wanted: Asked, field: Field, text: str) -> Iterator[Span]:
    mark, found = field_mark(field), list(islice(words(text), MOST_WORDS))
    for wish in wanted.wishes:
        if not wish.marks or mark in wish.marks:
            yield from _of_wish(wish, field, text, found)


def _of_wish(wish: Wish, field: Field, text: str, found: Sequence[Word]) -> Iterator[Span]:
    match wish:
        case Term():
            yield from _of_term(wish, found)
            yield from _of_digits((wish.word,), field, text)
        case Phrase():
            yield from _of_phrase(wish.words, found)
        case Compound():
            yield from _of_digits(wish.whole, field, text)
            yield from _of_compound(wish.whole, found)
            if all(any(_meets(term, word) for word in found) for term in wish.terms):
                for term in wish.terms:
                    yield from _of_term(term, found)


def _of_term(term: Term, found: Iterable[Word]) -> Iterator[Span]:
    """Words that match, or words that err where none does."""
    near = [Span(word.start, word.end) for word in found if _meets(term, word)]
    return iter(near or [Span(word.start, word.end) for word in found if _errs(term, word)])


def _meets(term: Term, word: Word) -> bool:
    held = (word.text, *variants(word.text, word.written))
    if any(form.startswith(asked) for form in held for asked in (term.word, *term.forms)):
        return True
    if term.without_yo and sound(term.without_yo) in held:
        return True
    asked_whole, held_whole = ({english(form), english(without_yo(form))} - {""} for form in (term.word, word.text))
    return not asked_whole.isdisjoint(held_whole)


def _errs(term: Term, word: Word) -> bool:
    held = (word.text, *variants(word.text, word.written)[:SPELLINGS])
    return any(_near(asked, form) for form in held for asked in (term.word, *term.forms[:SPELLINGS]))


def _near(asked: str, form: str) -> bool:
    most = errors_forgiven(asked)
    return most > 0 and (len(asked) >= TWO_ERRORS or asked[0] == form[0]) and distance(asked, form) <= most


def _of_phrase(phrase: Sequence[str], found: Sequence[Word]) -> Iterator[Span]:
    for place in range(len(found) - len(phrase) + 1):
        part = found[place : place + len(phrase)]
        if [word.text for word in part] == [*phrase]:
            yield Span(part[0].start, part[-1].end)


def _of_compound(wholes: Iterable[str], found: Sequence[Word]) -> Iterator[Span]:
    """Words that are one with a half-space between them, and words without one."""
    for place, word in enumerate(found):
        last, held = word, word.text
        for following in found[place + 1 : place + 3]:
            if not following.joined:
                break
            last, held = following, held + following.text
        if any(held.startswith(whole) or word.text.startswith(whole) for whole in wholes):
            yield Span(word.start, last.end)


def _of_digits(digits: Iterable[str], field: Field, text: str) -> Iterator[Span]:
    """Numbers in groups; a telephone number and a number are one whole."""
    asked = [each for each in digits if each.isdecimal()]
    if not asked:
        return
    if field.kind == "phone" or field.kind in NUMBERS:
        forms = phone_forms(text) if field.kind == "phone" else (digits_of(text),)
        if any(form.startswith(each) for form in forms for each in asked):
            yield Span(0, len(text))
        return
    for run in runs(text):
        if any(run.digits.startswith(each) for each in asked):
            yield Span(run.start, run.end)


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """In order, those that overlap as one."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


@lru_cache(maxsize=4_096)
def distance(one: str, other: str) -> int:
    """How many letters must be added, left out, exchanged or swapped to make one word the other; 3 for any more than 2."""
    if abs(len(one) - len(other)) > 2:
        return 3
    before: list[int] = []
    row = [*range(len(other) + 1)]
    for i, a in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, last[j - 2] + 1)
            row.append(best)
    return min(int(row[-1]), 3)
