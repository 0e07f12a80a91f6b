"""A file's data against the published JSON Schema, `pack.schema.json`: every fault as a sentence with its cure."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path as File
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from models.errors import Problem
from packs.document import Path, near

SCHEMA = File(__file__).with_name("pack.schema.json")
MOST_PROBLEMS = 100
_NAMES = {
    "string": "text",
    "object": "a mapping of names to values",
    "array": "a list",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}


def check(sort: str, data: Any) -> list[Problem]:
    """What the schema's part `sort` (such as "pack", "anyType" or "model") finds wrong with some data; [] when sound."""
    faults = sorted(_faults(sort, data), key=lambda fault: [str(step) for step in fault.absolute_path])
    found = dict.fromkeys(problem for fault in faults[:MOST_PROBLEMS] for problem in _problems(fault))
    return list(found)  # a missing key is reported once for every key that is missing


@cache
def schema() -> Mapping[str, Any]:
    """The published schema."""
    found: Mapping[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return found


@cache
def _validator(sort: str) -> Any:
    return Draft202012Validator({"$ref": f"#/$defs/{sort}", "$defs": schema()["$defs"]})


def _faults(sort: str, data: Any) -> Iterator[ValidationError]:
    """The innermost faults: `then` and `else` hand on what they found."""
    for fault in _validator(sort).iter_errors(data):
        yield from fault.context or [fault]


def _problems(fault: ValidationError) -> list[Problem]:
    path = tuple(fault.absolute_path)
    if fault.validator == "additionalProperties":
        known = _part(fault).get("properties", {})
        return [_unknown(path, name, known) for name in fault.instance if name not in known]
    if fault.validator == "required":
        missing = [name for name in fault.validator_value if name not in fault.instance]
        return [
            Problem("missing_key", f"{name!r} is missing; add it. {_described(fault)}".strip(), path, {"name": name})
            for name in missing
        ]
    say = _SENTENCES.get(str(fault.validator))
    return [Problem("bad_value", say(fault) if say else f"{fault.message}.", path, _facts(fault))]


def _facts(fault: ValidationError) -> Mapping[str, Any]:
    """The facts of a value that does not fit; what is wrong with it is their case where it is one that has words."""
    wanted = fault.validator_value
    if fault.validator == "enum":
        return {"case": "choice", "given": _short(fault.instance), "known": [str(value) for value in wanted]}
    if fault.validator == "pattern":
        return {"case": "form", "given": _short(fault.instance), "pattern": wanted}
    return {"given": _short(fault.instance)}


def _unknown(path: Path, name: str, known: Mapping[str, Any]) -> Problem:
    cure = near(name, known) or f" Known here: {', '.join(sorted(known))}."
    return Problem("unknown_key", f"{name!r} means nothing here.{cure}", (*path, name), {"name": name})


def _part(fault: ValidationError) -> Mapping[str, Any]:
    """The part of the schema that the fault is against."""
    return fault.schema if isinstance(fault.schema, Mapping) else {}


def _described(fault: ValidationError) -> str:
    return str(_part(fault).get("description", ""))


def _wrong_type(fault: ValidationError) -> str:
    wanted = fault.validator_value if isinstance(fault.validator_value, list) else [fault.validator_value]
    return f"Give {' or '.join(_NAMES[name] for name in wanted)} here, not {_short(fault.instance)}."


def _no_choice(fault: ValidationError) -> str:
    known = [str(value) for value in fault.validator_value]
    return f"{_short(fault.instance)} is none of {', '.join(known)}.{near(str(fault.instance), known)}"


def _no_match(fault: ValidationError) -> str:
    return f"{_short(fault.instance)} does not fit; write it by {fault.validator_value}. {_described(fault)}".strip()


_SENTENCES: Mapping[str, Callable[[ValidationError], str]] = {
    "type": _wrong_type,
    "enum": _no_choice,
    "pattern": _no_match,
    "minLength": lambda fault: "Give at least one character here.",
    "maxLength": lambda fault: f"At most {fault.validator_value} characters here; shorten it.",
    "minItems": lambda fault: f"List at least {fault.validator_value} here.",
    "maxItems": lambda fault: f"List at most {fault.validator_value} here.",
    "minProperties": lambda fault: "Give at least one, or take the key away.",
    "uniqueItems": lambda fault: "Something is listed twice here; keep one of them.",
    "minimum": lambda fault: f"At least {fault.validator_value} here, not {_short(fault.instance)}.",
    "exclusiveMinimum": lambda fault: f"Above {fault.validator_value} here, not {_short(fault.instance)}.",
    "maximum": lambda fault: f"At most {fault.validator_value} here, not {_short(fault.instance)}.",
}


def _short(given: Any) -> str:
    text = repr(given)
    return text if len(text) <= 60 else f"{text[:57]}…"
