"""Folding: a text as the words it is found by, each with its place in the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from models.search.rules import LETTERS

HALF_SPACE = "\u200c"  # joins the parts of one Persian word
LONGEST_WORD = 60
_ROUNDS = 4  # the deepest chain of foldings of one character is two
_ASCII_WORD = re.compile(r"[A-Za-z0-9'`]*[A-Za-z0-9]")
_DROPPED = str.maketrans("", "", "'`")


@dataclass(frozen=True, slots=True)
class Word:
    """One folded word; `written` is the text it was made from, at `start` up to `end`.

    `joined` says that only a half-space stands between it and the word before.
    """

    text: str
    start: int
    end: int
    written: str
    joined: bool = False


def fold(text: str) -> str:
    """The words of a text, folded, with single spaces between; folding once more changes nothing."""
    return " ".join(word.text for word in words(text))


def words(text: str) -> Iterator[Word]:
    """Every word of a text, in its order."""
    return _ascii_words(text) if text.isascii() else _any_words(text)


def _ascii_words(text: str) -> Iterator[Word]:
    """The same as for any text, several times faster."""
    for found in _ASCII_WORD.finditer(text):
        written = found[0].lstrip("'`")
        folded = written.translate(_DROPPED).lower()[:LONGEST_WORD]
        yield Word(folded, found.end() - len(written), found.end(), written)


def _any_words(text: str) -> Iterator[Word]:
    letters: list[str] = []
    start, end, joined = 0, 0, False
    for place, character in enumerate(text):
        folded = folded_character(character)
        if folded and not folded.isalnum():
            if letters:
                yield _word(letters, text, start, end, joined=joined)
                letters, joined = [], character == HALF_SPACE
            else:
                joined = joined and character == HALF_SPACE
            for part in folded.split():  # signs that stand for several words: ½ is 1 and 2
                yield Word(part, place, place + 1, character)
            continue
        if not letters:
            start = place
        if folded:
            letters.append(folded)
            end = place + 1
    if letters:
        yield _word(letters, text, start, end, joined=joined)


def _word(letters: list[str], text: str, start: int, end: int, *, joined: bool) -> Word:
    return Word("".join(letters)[:LONGEST_WORD], start, end, text[start:end], joined)


@lru_cache(maxsize=65_536)
def folded_character(character: str) -> str:
    """What one character becomes: letters and digits, nothing, or blanks where it ends a word."""
    if character.isascii():
        return character.lower() if character.isalnum() else LETTERS.get(character, " ")
    if character == HALF_SPACE:
        return " "
    folded = character
    for _ in range(_ROUNDS):
        folded = "".join(_letter(part) for part in unicodedata.normalize("NFKD", folded.casefold()))
    kept = "".join(part if part.isalnum() else " " for part in folded)
    return f" {kept} " if " " in kept else kept


def _letter(character: str) -> str:
    if character in LETTERS:
        return LETTERS[character]
    category = unicodedata.category(character)
    if category[0] == "M" or category == "Cf":  # accents, vowel signs, marks that nobody sees
        return ""
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)
