"""A type that a file could be, where the model has none: its fields by the names and values of the columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from exchange.guessing.matching import samples_of
from exchange.guessing.values import fit
from exchange.guessing.words import camel, is_id
from exchange.uploads.looking import FileFacts
from exchange.uploads.names import stem_of
from models.metamodel import Field

KINDS = ("integer", "decimal", "date", "dateTime", "email", "url")  # the first one that takes all values
LONG = 150  # characters that make a text a long one
_WORDS = frozenset({"true", "false", "yes", "no"})


def new_type(facts: FileFacts) -> dict[str, Any]:
    """The type as a patch of the model has it."""
    name = "".join(word.capitalize() for word in camel(stem_of(facts.name))) or "Imported"
    one = _singular(name)
    many = name if one != name else _plural(name)
    fields = _fields(facts)
    key = _key(facts, fields)
    if key:
        next(each for each in fields if each["name"] == key)["required"] = True
    title = next((each["name"] for each in fields if "name" in each["name"].lower()), key)
    return {
        "name": one,
        "plural": many,
        "labels": {"en": {"one": _words(one), "other": _words(many)}},
        "display": f"{{{title}}}" if title else "",
        "naturalKeys": [[key]] if key else [],
        "fields": fields,
    }


def _fields(facts: FileFacts) -> list[dict[str, Any]]:
    samples, taken = samples_of(facts), set[str]()
    found = []
    for place, column in enumerate(facts.columns, 1):
        name = _name(column.name, place, taken)
        taken.add(name)
        kind = _kind(samples[column.name])
        found.append(
            {"name": name, "kind": kind, "labels": {"en": {"other": column.name}}, "searchable": kind == "text"}
        )
    return found


def _name(column: str, place: int, taken: set[str]) -> str:
    first, *rest = [*camel(column)] or [f"column{place}"]
    name = first + "".join(word.capitalize() for word in rest)
    name = name if name[0].isalpha() else f"column{place}"
    name = f"{name}Value" if name in {"id", "version", "type"} else name
    return name if name not in taken else f"{name}{place}"


def _kind(values: Sequence[str]) -> str:
    texts = [text for value in values if (text := value.strip())]
    if not texts:
        return "text"
    if {text.casefold() for text in texts} <= _WORDS:
        return "boolean"
    if any(len(text) > 1 and text[0] == "0" and text.isdigit() for text in texts):
        return "text"  # a number that begins with 0 names something
    for kind in KINDS:
        if fit(Field("value", kind), texts).share == 1.0:
            return kind
    return "longText" if max(map(len, texts)) > LONG else "text"


def _key(facts: FileFacts, fields: Sequence[dict[str, Any]]) -> str:
    single = [
        (not is_id(column.name), each["name"])
        for column, each in zip(facts.columns, fields, strict=True)
        if column.unique and column.filled + facts.ragged >= facts.rows and each["kind"] in {"text", "integer", "email"}
    ]
    return min(single, key=lambda each: each[0])[1] if single else ""


def _singular(name: str) -> str:
    if name.endswith("ies"):
        return f"{name[:-3]}y"
    return name[:-1] if name.endswith("s") and not name.endswith(("ss", "us", "is")) else name


def _plural(name: str) -> str:
    return f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"


def _words(name: str) -> str:
    return " ".join(camel(name))
