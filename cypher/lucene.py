"""What a user asks for as a query of the full-text index; Lucene's syntax is made here and nowhere else.

A token is made of letters, digits and underscores alone, which mean nothing to Lucene; whatever else a user types never
gets here. Every alternative but a phrase and a forgiven error scores what its boost says and no more, so that the order of
what is found follows from the table below and not from how rare a word is: a whole value before one that begins so,
before a word, before the beginning of a word, before another form of it, before a typing error; and within each, names
before other fields before long texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from models.search.asked import TWO_ERRORS, Asked, Compound, Phrase, Term, Wish, errors_forgiven
from models.search.stored import STEM, WHOLE, Weight, beginning, owned, type_token
from models.search.variants import SPELLINGS, english, sound

INDEX = "search"
_TOKEN = re.compile(r"\w{1,250}\Z")
NOTHING = " +/_none/"

# for a token as it is, and for what begins with it; a name has its own token besides the bare one, so the sums count
_VALUE = {Weight.NAME: (1000, 200), Weight.FIELD: (400, 80)}
_WORD = {Weight.NAME: (20, 4), Weight.FIELD: (10, 2), Weight.TEXT: (20, 4)}
_IN_FIELD = (40, 8)
_FORM = (1.5, 0.5)
SHORTEST_BEGINNING = 3  # letters of a form, from which on it finds what begins with it
# an error scores by how rare its word is, up to 15 times this: of names in hundredths, which are told apart, of the rest in less
_ERROR = {Weight.NAME: 0.025, Weight.FIELD: 0.0004, Weight.TEXT: 0.0001}


class UnsafeToken(ValueError):
    """A token that folding should never have let through; no query is made with it."""


def query(wanted: Asked) -> str:
    """The query that finds what has everything that is asked for; one that finds nothing where nothing is."""
    if not wanted.wishes:
        return NOTHING
    needed = [f"+({' '.join(_wish(wish))})" for wish in wanted.wishes]
    return " ".join((*needed, *_whole(wanted.whole)))


def of_types(names: Iterable[str]) -> str:
    """What limits a query to records of these types; nothing where there are none to limit it to."""
    tokens = " ".join(f"/{_safe(type_token(name))}/" for name in names)
    return f" +({tokens})^0" if tokens else ""


def _whole(value: str) -> Iterator[str]:
    if value:
        for weight, boosts in _VALUE.items():
            yield from _token(WHOLE[weight] + value, boosts)


def _wish(wish: Wish) -> Iterator[str]:
    match wish:
        case Term():
            yield from _term(wish)
        case Phrase():
            for mark in wish.marks or ("",):
                words = " ".join(_safe(f"{mark}_{word}" if mark else word) for word in wish.words)
                yield f'"{words}"^{_IN_FIELD[0]}'
        case Compound():
            for mark in wish.marks or ("",):
                for whole in wish.whole:
                    yield from _token(f"{mark}_{whole}" if mark else whole, _IN_FIELD)
            yield "(" + " ".join(f"+({' '.join(_term(term))})" for term in wish.terms) + ")"


def _term(term: Term) -> Iterator[str]:
    begins = [f"{mark}_" for mark in term.marks]
    if begins:
        for begin in begins:
            yield from _token(begin + term.word, _IN_FIELD)
    else:
        for weight, boosts in _WORD.items():
            yield from _token(owned(weight, term.word), boosts, beginning(weight.value + term.word))
    for begin in begins or [""]:
        for form in term.forms:
            yield from _form(begin, form, term.word)
        yield from _of_stem(begin, term)
        yield from _erring(begin, term)


def _token(token: str, boosts: tuple[float, float], short: str | None = None) -> Iterator[str]:
    """The token, and what begins with it; `short` is the token of that beginning where the token does not tell."""
    exact, begun = boosts
    yield f"/{_safe(token)}/^{exact}"
    short = beginning(token) if short is None else short
    yield f"/{_safe(short)}/^{begun}" if short else f"{_safe(token)}*^{begun}"


def _of_stem(begin: str, term: Term) -> Iterator[str]:
    """Other words of the same English stem, and the stem where it is a word; the same with е for `yo`.

    What only begins so is another word.
    """
    if term.stem:
        yield f"/{_safe(begin + STEM + term.stem)}/^{_FORM[0]}"
        if term.stem != term.word:
            yield f"/{_safe(begin + term.stem)}/^{_FORM[0]}"
    if spelled := term.without_yo:
        others = (STEM + english(spelled) if english(spelled) else "", spelled, sound(spelled))
        yield from (f"/{_safe(begin + other)}/^{_FORM[0]}" for other in dict.fromkeys(others) if other)


def _form(begin: str, form: str, word: str) -> Iterator[str]:
    """Another form of a word, and what begins with it, but for one that is left with too few letters to say anything."""
    if len(form) < SHORTEST_BEGINNING and len(form) < len(word) - (len(form) > 1):
        yield f"/{_safe(begin + form)}/^{_FORM[0]}"
    else:
        yield from _token(begin + form, _FORM)


def _erring(begin: str, term: Term) -> Iterator[str]:
    """Words that are one or two letters away; short ones begin as what was typed does."""
    words = [word for word in (term.word, *term.forms[:SPELLINGS]) if errors_forgiven(word)]
    if begin:
        yield from (_near(begin + word, word, Weight.FIELD) for word in words)
        return
    for word in words:
        yield from (_near(owned(weight, word), word, weight) for weight in (Weight.NAME, Weight.FIELD))
    for word in words[1:] or words:
        near = _near(word, word, Weight.TEXT)
        yield near if len(word) >= TWO_ERRORS else f"(+{near} +/{_safe(beginning(word[0]))}/^0)"


def _near(token: str, word: str, weight: Weight) -> str:
    return f"{_safe(token)}~{errors_forgiven(word)}^{_ERROR[weight]}"


def _safe(token: str) -> str:
    if not _TOKEN.match(token):
        raise UnsafeToken(f"{token[:80]!r} is no token of the search index.")
    return token
