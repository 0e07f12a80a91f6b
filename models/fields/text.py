"""Short text on one line: names, titles, codes."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from models.errors import Problem, told
from models.fields.kind import COUNTED, TEXTUAL, Aggregate, Column, InvalidValue, Kind, Operator, Storage
from models.fields.pattern import BadPattern, pattern
from models.fields.writing import called, unmarked
from models.metamodel import Field

LONGEST_GIVEN = 2_000_000  # characters looked at before anything else is done with them
# control characters, halves of surrogate pairs, and the overrides of writing direction, which make a text read as another
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202d\u202e\ud800-\udfff\ufffe\uffff]")
_TOO_LONG = "At most {longest} characters; this has {length}."
_LINE_END = re.compile(r"\r\n?|[\x85\u2028\u2029]")


def clean(given: Any, *, longest: int, shortest: int = 0, multiline: bool = False) -> str:
    """Text normalised to NFC without surrounding blanks. Raises InvalidValue for anything else."""
    if not isinstance(given, str):
        raise InvalidValue("wrong_type", "Give text, not {given}.", case="text", given=called(given))
    if len(given) > min(LONGEST_GIVEN, 2 * longest + 64):
        raise InvalidValue("too_long", _TOO_LONG, longest=longest, length=len(given))
    text = given.strip()
    if not (text.isascii() and text.isprintable()):  # else it is as it should be
        text = _normalized(text, multiline=multiline)
    if not unmarked(text):
        raise InvalidValue("empty", "Give at least one character, or null to leave it empty.")
    if len(text) > longest:
        raise InvalidValue("too_long", _TOO_LONG, longest=longest, length=len(text))
    if len(text) < shortest:
        raise InvalidValue(
            "too_short",
            "At least {shortest} characters; this has {length}.",
            shortest=shortest,
            length=len(text),
        )
    return text


def _normalized(text: str, *, multiline: bool) -> str:
    text = _LINE_END.sub("\n", text)
    if _CONTROL.search(text) or (not multiline and "\n" in text):
        raise InvalidValue("control_character", "Take out the control characters or line breaks.")
    return unicodedata.normalize("NFC", text)


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

    def check_options(self, field: Field) -> list[Problem]:
        problems = bounds(field, "minLength", "maxLength") or self._check_lengths(field)
        written = field.options.get("pattern")
        if written is not None and (fault := _pattern_fault(written)) is not None:
            problems.append(fault.under("options", "pattern"))
        return problems

    def _check_lengths(self, field: Field) -> list[Problem]:
        return [
            told(
                "bad_option",
                "{option} must be from {least} to {most}.",
                ("options", name),
                case="range",
                option=name,
                least=least,
                most=self.longest,
            )
            for name, least in (("minLength", 0), ("maxLength", 1))
            if field.options.get(name) is not None and not least <= field.options[name] <= self.longest
        ]

    def coerce(self, field: Field, given: Any) -> str:
        if not field.options:
            return clean(given, longest=self.longest, multiline=self.multiline)
        longest = field.options.get("maxLength") or self.longest
        text = clean(given, longest=longest, shortest=field.options.get("minLength") or 0, multiline=self.multiline)
        written = field.options.get("pattern")
        if written is not None and not pattern(written).fits(text):
            raise InvalidValue(
                "pattern",
                "{given} does not fit the pattern {pattern}; write it by that.",
                given=called(text),
                pattern=written,
            )
        return text

    def to_compare(self, field: Field, given: Any, operator: Operator = Operator.EQ) -> str:
        if not isinstance(given, str):
            raise InvalidValue("wrong_type", "Compare with text, not {given}.", case="compare", given=called(given))
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
            problems.append(
                told("bad_option", "{option} must be a whole number.", ("options", name), case="whole", option=name)
            )
    least, most = field.options.get(low), field.options.get(high)
    if not problems and least is not None and most is not None and least > most:
        problems.append(
            told(
                "bad_option",
                "{low} ({least}) is above {high} ({most}).",
                ("options", low),
                case="bounds",
                low=low,
                least=least,
                high=high,
                most=most,
            )
        )
    return problems


def _pattern_fault(written: Any) -> Problem | None:
    if not isinstance(written, str):
        return told("bad_pattern", "A pattern is a text, such as {example}.", case="text", example="[A-Z]{2}[0-9]+")
    try:
        pattern(written)
    except BadPattern as error:
        return error.problem
    return None
