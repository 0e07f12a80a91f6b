"""Short text on one line: names, titles, codes."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from models.errors import Problem
from models.fields.kind import COUNTED, TEXTUAL, Aggregate, Column, InvalidValue, Kind, Storage
from models.metamodel import Field

LONGEST_GIVEN = 2_000_000  # characters looked at before anything else is done with them
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_NESTED_QUANTIFIER = re.compile(r"[*+}]\)?[*+{]|\([^)]*[*+}][^)]*\)[*+{]")


def clean(given: Any, *, longest: int, shortest: int = 0, multiline: bool = False) -> str:
    """Text normalised to NFC without surrounding blanks. Raises InvalidValue for anything else."""
    if not isinstance(given, str):
        raise InvalidValue("wrong_type", f"Give text, not {type(given).__name__}.")
    if len(given) > min(LONGEST_GIVEN, 2 * longest + 64):
        raise InvalidValue("too_long", f"At most {longest} characters; this has {len(given)}.")
    if _CONTROL.search(given) or (not multiline and ("\n" in given or "\r" in given)):
        raise InvalidValue("control_character", "Take out the control characters or line breaks.")
    text = unicodedata.normalize("NFC", given).strip()
    if not text:
        raise InvalidValue("empty", "Give at least one character, or null to leave it empty.")
    if len(text) > longest:
        raise InvalidValue("too_long", f"At most {longest} characters; this has {len(text)}.")
    if len(text) < shortest:
        raise InvalidValue("too_short", f"At least {shortest} characters; this has {len(text)}.")
    return text


class Text(Kind):
    """Text of one line, up to `maxLength` (1,000) characters, optionally by a `pattern`."""

    name = "text"
    scalar = "String"
    operators = TEXTUAL
    aggregates = COUNTED | {Aggregate.MIN, Aggregate.MAX}
    options = frozenset({"maxLength", "minLength", "pattern"})
    longest = 1_000
    multiline = False

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column(field.key, Storage.STRING),)

    def check_definition(self, field: Field) -> list[Problem]:
        problems = [*super().check_definition(field), *bounds(field, "minLength", "maxLength")]
        pattern = field.options.get("pattern")
        if pattern is not None and (fault := _pattern_fault(pattern)):
            problems.append(Problem("bad_pattern", fault, ("options", "pattern")))
        return problems

    def coerce(self, field: Field, given: Any) -> str:
        longest = field.options.get("maxLength") or self.longest
        text = clean(given, longest=longest, shortest=field.options.get("minLength") or 0, multiline=self.multiline)
        pattern = field.options.get("pattern")
        if pattern is not None and not re.fullmatch(pattern, text):
            raise InvalidValue("pattern", f"{text[:60]!r} does not fit the pattern {pattern}.")
        return text

    def to_compare(self, field: Field, given: Any) -> str:
        if not isinstance(given, str):
            raise InvalidValue("wrong_type", f"Compare with text, not {type(given).__name__}.")
        return unicodedata.normalize("NFC", given)

    def show(self, field: Field, value: Any, language: str) -> str:
        return str(value)

    def export(self, field: Field, value: Any) -> str:
        return str(value)


def bounds(field: Field, low: str, high: str) -> list[Problem]:
    """Problems of a pair of whole-number options that bound each other."""
    problems = []
    for name in (low, high):
        value = field.options.get(name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            problems.append(Problem("bad_option", f"{name} must be a whole number.", ("options", name)))
    least, most = field.options.get(low), field.options.get(high)
    if not problems and least is not None and most is not None and least > most:
        problems.append(Problem("bad_option", f"{low} ({least}) is above {high} ({most}).", ("options", low)))
    return problems


def _pattern_fault(pattern: Any) -> str:
    if not isinstance(pattern, str) or len(pattern) > 200:
        return "A pattern is a regular expression of at most 200 characters."
    if _NESTED_QUANTIFIER.search(pattern):
        return "A repeated part may not itself be repeated: such patterns can take for ever."
    try:
        re.compile(pattern)
    except re.error as error:
        return f"Not a regular expression: {error}."
    return ""
