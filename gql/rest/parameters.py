"""The parameters behind the question mark: known names alone, each once, all that is wrong told at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from gql.rest.problems import bad_parameters
from models.errors import Problem
from models.fields.date_time import moment
from models.fields.kind import InvalidValue

_NUMBER = re.compile(r"[0-9]{1,9}\Z")
_TRUTH = {"true": True, "false": False}
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")


def _text(text: str) -> str:
    return text


def _number(text: str) -> int:
    if not _NUMBER.match(text):
        raise InvalidValue("bad_number", f"A whole number from 0 on, not {text[:40]!r}.")
    return int(text)


def _truth(text: str) -> bool:
    if text not in _TRUTH:
        raise InvalidValue("bad_boolean", f"true or false, not {text[:40]!r}.")
    return _TRUTH[text]


def _moment(text: str) -> str:
    moment(text)  # raises, with the cure
    return text


def _end(text: str) -> str:
    return text if text == NOW else _moment(text)


def _language(text: str) -> str:
    if not _LANGUAGE.match(text):
        raise InvalidValue("bad_language", f"A language as in BCP 47, such as en or fa, not {text[:40]!r}.")
    return text


def _names(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(","))
    if not all(names):
        raise InvalidValue("empty_name", f"A name is missing beside a comma in {text[:40]!r}; write name,city.")
    return names


def _format(text: str) -> str:
    if text not in FORMATS:
        raise InvalidValue("bad_format", f"{', '.join(FORMATS)}, not {text[:40]!r}.")
    return text


NOW = "now"
FORMATS = ("json", "csv", "ndjson")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: what it means, its JSON Schema, and how its text is read."""

    name: str
    description: str
    schema: Mapping[str, Any]
    read: Callable[[str], Any] = _text


_TEXT = {"type": "string"}
_LISTED = {"type": "string", "minLength": 1}
_TIME = {"type": "string", "format": "date-time"}

FIELDS = Parameter(
    "fields",
    "What of each record is answered, by commas: name,city,employees.name,employees.link.role. "
    "Everything but its relations, when left out.",
    _LISTED,
    _names,
)
AS_OF = Parameter("asOf", "What was true at this moment.", _TIME, _moment)
KNOWN_AT = Parameter("knownAt", "What was known at this moment; without asOf as it was then.", _TIME, _moment)
LISTING = (
    Parameter("where", "Which of them: a condition in the expression language.", _LISTED),
    Parameter(
        "order", "In which order: fields by commas, - before one turns it round: -revenue,name.", _LISTED, _names
    ),
    Parameter("first", "How many on a page; 50 when left out.", {"type": "integer", "minimum": 0}, _number),
    Parameter("after", "Begin behind this cursor, as `next` has it.", _LISTED),
    Parameter("count", "Whether to count them all, of a page: totalCount.", {"type": "boolean"}, _truth),
    Parameter(
        "format", "json, or every row as a stream: csv, ndjson.", {"type": "string", "enum": [*FORMATS]}, _format
    ),
    Parameter("labels", "CSV's header in this language instead of names; of CSV alone.", _LISTED, _language),
    FIELDS,
    AS_OF,
    KNOWN_AT,
)
SEARCH = Parameter(
    "search", "Those in which this is written, the best matches first; without where, order, asOf and knownAt.", _LISTED
)
REASON = Parameter("reason", "Why; kept with the change.", _TEXT)
END = Parameter(
    "end", "The link was true until this moment (or now), instead of never.", {"type": "string", "minLength": 1}, _end
)
BY = Parameter("by", "The key that finds a record: its fields by commas.", _LISTED, _names)


def read(query: bytes, known: Sequence[Parameter], needed: Sequence[str] = ()) -> dict[str, Any]:
    """The parameters of a request, by name. Raises Refusal with everything that is wrong."""
    try:
        pairs = parse_qsl(query.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=100)
    except ValueError as error:
        problem = Problem("bad_request", "The address is not well-formed: percent-encoded UTF-8, at most 100 values.")
        raise bad_parameters([problem]) from error
    by_name = {each.name: each for each in known}
    given: dict[str, Any] = {}
    problems = list(_wrong(pairs, by_name, given))
    problems += [
        Problem("required", f"{name} is missing: {by_name[name].description}", (name,))
        for name in needed
        if name not in given and not any(name == each for each, _ in pairs)
    ]
    if problems:
        raise bad_parameters(problems)
    return given


def _wrong(
    pairs: Sequence[tuple[str, str]], known: Mapping[str, Parameter], given: dict[str, Any]
) -> Iterator[Problem]:
    """Reads into `given`, and tells what cannot be read."""
    for name, text in pairs:
        if name not in known:
            yield Problem("unknown_parameter", f"No parameter {name[:80]!r}; there are: {', '.join(known)}.", (name,))
        elif name in given:
            yield Problem("duplicate_parameter", f"{name} is given twice; give it once.", (name,))
        elif not text and known[name].schema.get("minLength"):
            yield Problem(
                "empty_parameter", f"{name} is empty; leave it out, or say: {known[name].description}", (name,)
            )
        else:
            try:
                given[name] = known[name].read(text)
            except InvalidValue as error:
                yield Problem(error.code, f"{name}: {error.message}", (name,))
