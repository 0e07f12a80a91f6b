"""Other forms a word is found by: how it sounds, its Russian or English stem, a Persian word without what is joined to it.

The letter ё is heard as `yo` and mostly written е: whoever writes it is found by both, and so is who writes neither of them
in Latin letters (Пётр, Петр, Pyotr, Petr).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from threading import Lock

import snowballstemmer

from models.search.folding import fold
from models.search.rules import BEFORE, BEHIND, SOUNDS

SHORTEST_STEM, SHORTEST_BARE = 4, 3
SPELLINGS = 2  # of the forms of a word, so many are compared with typing errors in mind
SHORTEST_ENGLISH = 3  # an English stem is compared whole, so that a short one finds nothing that only begins so
_DOUBLED = re.compile(r"([a-z])\1+")
_YO = re.compile(r"(?<![aeiouy])[yj]o(?=[a-z])")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_PERSIAN = re.compile(r"[\u0600-\u06ff]")
_RUSSIAN, _ENGLISH = snowballstemmer.stemmer("russian"), snowballstemmer.stemmer("english")
_STEMMING = Lock()  # a stemmer keeps the word at hand in itself


@lru_cache(maxsize=65_536)
def variants(text: str, written: str) -> tuple[str, ...]:
    """The other forms of a folded word, by what was written: none of them is the word itself, none comes twice."""
    found = [sound(text)]
    if _CYRILLIC.search(written):
        found += [sound(_stem(written)), _heard(written)]
    elif _PERSIAN.search(written):
        found.append(_bare(text))
    elif text.startswith("ch"):
        found.append(sound(f"kh{text[2:]}"))  # German: Charkow is Харьков
    return tuple(form for form in dict.fromkeys(found) if form and form != text)


@lru_cache(maxsize=65_536)
def english(text: str) -> str:
    """The English stem of a folded word, which is the word itself for one that has none other; empty for no Latin word."""
    if not (text.isascii() and text.isalpha()) or len(text) < SHORTEST_ENGLISH:
        return ""
    with _STEMMING:
        stem: str = _ENGLISH.stemWord(text)
    return stem if len(stem) >= SHORTEST_ENGLISH and stem.isalpha() else text


def without_yo(text: str) -> str:
    """A folded word in Latin letters with е in place of the ё that `yo` may stand for; empty where none may."""
    spelled = _YO.sub("e", text) if text.isascii() else text
    return spelled if spelled != text else ""


def sound(text: str) -> str:
    """What transliterations of one name have in common; other scripts and digits stay as they are."""
    if not text.isascii():
        return text
    for spelling, into in SOUNDS:
        text = text.replace(spelling, into)
    return _DOUBLED.sub(r"\1", text)


def _heard(written: str) -> str:
    """How a word with ё sounds; empty for any other."""
    word = unicodedata.normalize("NFC", written).casefold()
    return sound(fold(word.replace("ё", "йо")).replace(" ", "")) if "ё" in word else ""


def _stem(written: str) -> str:
    word = written.casefold().replace("ё", "е")
    with _STEMMING:
        stem: str = _RUSSIAN.stemWord(word)
    return fold(stem if len(stem) >= SHORTEST_STEM else word).replace(" ", "")


def _bare(text: str) -> str:
    before = next((part for part in BEFORE if text.startswith(part)), "")
    behind = next((part for part in BEHIND if text.endswith(part)), "")
    bare = text[len(before) : len(text) - len(behind)]
    return bare if len(bare) >= SHORTEST_BARE else text
