"""The many ways to write a number or a word, brought into one: digits, invisible marks, thousands, and what to call a value."""

from __future__ import annotations

import re
from typing import Any

_DIGITS = {ord(digit): str(place) for row in ("۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩") for place, digit in enumerate(row)}
# soft hyphen, zero-width space and word joiner, direction marks, embeddings, overrides and isolates, byte order mark
_MARKS = (
    0xAD,
    0x61C,
    0x200B,
    0x200C,
    0x200D,
    0x200E,
    0x200F,
    *range(0x202A, 0x202F),
    0x2060,
    *range(0x2066, 0x206A),
    0xFEFF,
)
_UNMARKED = dict.fromkeys(_MARKS)
_WESTERN = {**_DIGITS, **_UNMARKED, ord("٫"): ".", ord("٬"): ",", ord("−"): "-"}
_PERSIAN = str.maketrans("0123456789%", "۰۱۲۳۴۵۶۷۸۹٪")
_SORTS = {"dict": "mapping", "tuple": "list"}
_BLANKS = "\u0020\u00a0\u2009\u202f"
_GROUPED = re.compile(rf"([+-]?[0-9]{{1,3}})((?:,[0-9]{{3}})+|(?:[{_BLANKS}'’][0-9]{{3}})+)(\.[0-9]*)?\Z")


def western(text: str) -> str:
    """The text with Persian and Arabic digits and signs as ASCII ones, without invisible marks and outer blanks."""
    return text.strip() if text.isascii() else text.translate(_WESTERN).strip()


def unmarked(text: str) -> str:
    """The text without characters that nobody sees; ASCII has none."""
    return text.strip() if text.isascii() else text.translate(_UNMARKED).strip()


def ungrouped(text: str) -> str:
    """A number without its thousands separators, where they stand where they belong: `1,234,567.50`, `1 234`."""
    number = western(text[:100])
    found = _GROUPED.match(number)
    return re.sub(rf"[,{_BLANKS}'’]", "", found[1] + found[2]) + (found[3] or "") if found else number


def localized(text: str, language: str) -> str:
    """A number or a day as shown: in Persian with Persian digits, which the locale's formats leave out."""
    return text.translate(_PERSIAN) if language == "fa" else text


def called(given: Any) -> str:
    """What to call a value in a message: short, whatever it is."""
    if isinstance(given, str):
        return repr(given if len(given) <= 40 else f"{given[:39]}…")
    if isinstance(given, bool) or given is None:
        return {True: "true", False: "false", None: "null"}[given]
    if isinstance(given, int):
        return str(given) if given.bit_length() <= 128 else "a number of very many digits"
    if isinstance(given, float):
        return repr(given)
    return f"a {_SORTS.get(type(given).__name__, type(given).__name__)}"
