"""Reading a mapping: YAML, checked against the published schema, into rules; every problem with file, line and cure."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from exchange.mapping import document as documents
from exchange.mapping.document import At, Document
from exchange.mapping.rules import ByKey, EndRule, Existing, LinkRule, Plan, RecordRule, SameRow, Source
from exchange.mapping.values import ValueReader
from exchange.transforms import Value
from models.errors import Problem, Rejected

_EMPTY = {
    "sources": "Nothing is imported yet: say what the rows of a file are.",
    "fields": "No column is imported yet: say what at least one becomes.",
    "key": "Say how a record is recognised: without that a second import would make it twice.",
    "by": "Say by which of its keys a record is found.",
    "value": "This must not be empty.",
}
_NO_VALUE = "The key names {name}; say its value under fields."


def read(path: Path) -> Plan:
    """The mapping in a file. Raises Rejected with everything that is wrong with it."""
    return plan_of(documents.read(path))


def parse(text: str, name: str = "mapping") -> Plan:
    """The mapping in a text; `name` is what problems call it. Raises Rejected."""
    return plan_of(documents.parse(text, name))


def plan_of(document: Document) -> Plan:
    """The mapping that a document describes. Raises Rejected."""
    problems = list(_schema_problems(document))
    if problems:
        raise Rejected(problems)
    reader = ValueReader(document)
    plain = document.plain
    sources = tuple(_source(reader, name, part) for name, part in plain["sources"].items())
    nulls, existing = frozenset(plain.get("nulls", [""])), Existing(plain.get("existing", Existing.UPDATE))
    plan = Plan(plain["name"], tuple(plain.get("requires", ())), nulls, sources, document, existing)
    if reader.problems:
        raise Rejected(reader.problems)
    return plan


@cache
def schema() -> Mapping[str, Any]:
    """The published JSON Schema of mappings."""
    text = files("exchange.mapping").joinpath("schema.json").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = json.loads(text)
    return loaded


def _source(reader: ValueReader, name: str, plain: Mapping[str, Any]) -> Source:
    path: At = ("sources", name)
    records = tuple(
        _record(reader, rule, part, (*path, "records", rule)) for rule, part in plain.get("records", {}).items()
    )
    names = tuple(rule.name for rule in records)
    links = tuple(
        _link(reader, names, part, (*path, "links", number)) for number, part in enumerate(plain.get("links", ()))
    )
    if not records and not links:
        sentence = "The source {name} makes neither records nor links; leave it out."
        reader.refuse("idle_source", sentence, path, name=repr(name))
    since = _since(reader, plain, path)
    return Source(name, plain["file"], plain.get("encoding"), plain.get("delimiter"), records, links, since)


def _record(reader: ValueReader, name: str, plain: Mapping[str, Any], path: At) -> RecordRule:
    fields = {each: reader.value(part, (*path, "fields", each)) for each, part in plain["fields"].items()}
    for each in plain["key"]:
        if each not in fields:
            reader.refuse("key_without_value", _NO_VALUE, (*path, "key"), name=repr(each))
    return RecordRule(name, plain["type"], tuple(plain["key"]), fields, path, _since(reader, plain, path))


def _link(reader: ValueReader, names: tuple[str, ...], plain: Mapping[str, Any], path: At) -> LinkRule:
    fields = {each: reader.value(part, (*path, "fields", each)) for each, part in plain.get("fields", {}).items()}
    for each in plain.get("key", ()):
        if each not in fields:
            reader.refuse("key_without_value", _NO_VALUE, (*path, "key"), name=repr(each))
    return LinkRule(
        relation=plain["relation"],
        source=_end(reader, names, plain["from"], (*path, "from")),
        target=_end(reader, names, plain["to"], (*path, "to")),
        key=tuple(plain.get("key", ())),
        fields=fields,
        valid_from=_since(reader, plain, path),
        valid_to=reader.value(plain["validTo"], (*path, "validTo")) if "validTo" in plain else None,
        path=path,
    )


def _since(reader: ValueReader, plain: Mapping[str, Any], path: At) -> Value | None:
    return reader.value(plain["validFrom"], (*path, "validFrom")) if "validFrom" in plain else None


def _end(reader: ValueReader, names: tuple[str, ...], plain: Any, path: At) -> EndRule:
    if isinstance(plain, str):
        if plain not in names:
            known = near(plain, names) or "none in this source"
            cure = "or name any record by its key: {type: Company, by: {externalId: column}}"
            sentence = "No record of the row is called {name}; there is: {known}; {cure}."
            reader.refuse("unknown_record", sentence, path, case="row", name=repr(plain), known=known, cure=cure)
        return SameRow(plain)
    return ByKey(plain["type"], {name: reader.value(part, (*path, "by", name)) for name, part in plain["by"].items()})


def near(name: str, known: tuple[str, ...]) -> str:
    """The names that look like this one, else the first few there are."""
    return ", ".join(difflib.get_close_matches(name, known, n=3, cutoff=0.5) or known[:8])


def _schema_problems(document: Document) -> Iterator[Problem]:
    errors = Draft202012Validator(schema()).iter_errors(document.plain)
    for error in sorted(errors, key=lambda each: [str(part) for part in each.absolute_path]):
        path: At = tuple(error.absolute_path)
        for sentence, facts, deeper in _sentences(error):
            yield document.problem("bad_mapping", sentence, (*path, *deeper), **facts)


def _sentences(error: ValidationError) -> Iterator[tuple[str, dict[str, str], At]]:
    """What a violation of the schema means, with its facts, and where below its path it is."""
    match error.validator:
        case "additionalProperties":
            known = tuple(_schema_of(error).get("properties", {}))
            for name in error.instance:
                if name not in known:
                    facts = {"case": "unknown", "name": repr(name), "near": near(name, known)}
                    yield "{name} is not known here. Near: {near}.", facts, (name,)
        case "required":
            missing = [name for name in error.validator_value if name not in error.instance]
            yield "{names} must be said here.", {"case": "missing", "names": " and ".join(missing)}, ()
        case "type":
            wanted = error.validator_value
            kinds = " or ".join([wanted] if isinstance(wanted, str) else wanted)
            given = json.dumps(error.instance, default=str)[:60]
            yield "This must be {kinds}, not {given}.", {"case": "kind", "kinds": kinds, "given": given}, ()
        case "minItems" | "minProperties":
            case = next((each for each in reversed(error.absolute_path) if each in _EMPTY), "value")
            yield _EMPTY[str(case)], {"case": f"empty_{case}"}, ()
        case _:
            meant = _schema_of(error).get("description", "")
            yield "{why}", {"case": "other", "why": f"{error.message[:200]}.{' ' + meant if meant else ''}"}, ()


def _schema_of(error: ValidationError) -> Mapping[str, Any]:
    return error.schema if isinstance(error.schema, Mapping) else {}
