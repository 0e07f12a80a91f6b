"""What can be wrong with a unit of work in the light of the data, as problems a person can mend."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.unit.values import said
from models.commands import DeleteRecord, EndLink, RestoreRecord, Unlink, UpdateLink, UpdateRecord
from models.drafts import values as drafted
from models.drafts.values import of_field
from models.errors import Problem, filled, told
from models.labels import english, heading
from models.metamodel import End, EntityType, Field, RelationType, When

Path = tuple[str | int, ...]


def id_taken(record: str, path: Path) -> Problem:
    """The problem of an id that belongs to something else already."""
    sentence = "The id {id} is given to another record already; every record needs its own."
    return told("id_taken", sentence, path, id=record)


def not_found(what: str, id: str, path: Path) -> Problem:
    """The problem of a record or link that is not there."""
    sentence = "There is no {what} with the id {id}; it may have been deleted. Ask for it anew."
    return told("not_found", sentence, path, what=what, id=id)


def link_not_found(command: UpdateLink | EndLink | Unlink) -> Problem:
    """The problem of a link that is not there, or not at the record it was reached through."""
    near = f" at the record {command.near}" if command.near else ""
    return not_found(f"link {command.relation}{near}", str(command.id), command.path)


def _of_relation(code: str, sentence: str, path: Path, relation: RelationType, **facts: Any) -> Problem:
    """A problem with a relation, which its sentence calls by its label, and its details by its name for programs."""
    message = filled(sentence, {**facts, "relation": heading(relation.name, relation.labels)})
    return Problem(code, message, path, {**facts, "relation": relation.name, "ofRelation": relation.name})


def not_yet_there(type_name: str, id: str, path: Path) -> Problem:
    """The problem of values for a time when a record is not known to have been there."""
    sentence = "The {type} {id} is not known to have been there as early as that; give a later validFrom."
    return told("not_yet_there", sentence, (*path, "validFrom"), type=type_name, id=id)


def bad_period(until: bool, path: Path) -> Problem:
    """The problem of a time of values that is none: it ends before it begins, or reaches into the future."""
    bound = "validTo" if until else "validFrom"
    sentence = (
        "Values hold from their begin to their end, which lies after it, and neither of them in the future; mend them."
    )
    return told("bad_times", sentence, (*path, bound), case="period")


def two_periods(path: Path) -> Problem:
    """The problem of values for one record that are to hold for different times."""
    sentence = "The same record is given values for two times; send them one after the other."
    return told("bad_times", sentence, path, case="two")


def not_unique(kind: EntityType, key: tuple[str, ...], values: Mapping[str, Any], path: Path, where: str) -> Problem:
    """The problem of a key that two records would have."""
    given = {name: str(values.get(name))[:60] for name in key}
    named = " and ".join(f"{heading(name, kind.fields[name].labels)} {text!r}" for name, text in given.items())
    called = english(kind.labels, "one") or kind.name
    message = f"Another {called} of {where} has {named}; give a different value, or change that record instead."
    facts = {"type": kind.name, "where": where, "named": named, "values": given, **of_field(kind.name, key[0])}
    return Problem("not_unique", message, (*path, key[0]), facts)


def pair_taken(relation: RelationType, path: Path, when: str) -> Problem:
    """The problem of a second link between two records that may have one (at a time)."""
    if relation.temporal:
        sentence = (
            "{relation} would link the same two records {when} for overlapping times; end the other first, "
            "or give a begin and an end that lie outside its time."
        )
        return _of_relation("overlapping_link", sentence, path, relation, when=when)
    sentence = "{relation} would link the same two records {when}; update the link there is instead."
    return _of_relation("duplicate_link", sentence, path, relation, when=when)


def wrong_end(relation: RelationType, end: End, path: Path, found: str = "") -> Problem:
    """The problem of a record of a type that may not stand at an end."""
    allowed = ", ".join(end.types)
    other = f"a {found}" if found else "a record of another type"
    sentence = "{relation} takes {allowed} at this end, not {other}."
    return _of_relation("wrong_type", sentence, path, relation, case="end", allowed=allowed, other=other)


def end_full(relation: RelationType, end: End, record: str, path: Path) -> Problem:
    """The problem of a record with more links than it may have."""
    words = "The record {id} may have at most {most} {called} ({relation}); unlink or end one first."
    sentence = words.replace("{called}", heading(end.field, end.labels).lower())
    return _of_relation("too_many_links", sentence, path, relation, id=record, most=end.most, side=end.field)


def no_validity(relation: RelationType, path: Path) -> Problem:
    """The problem of a time given to a relation that keeps none."""
    sentence = "Links of {relation} hold for no particular time; unlink them, or give the relation a validity."
    return _of_relation("no_validity", sentence, path, relation)


def bad_times(path: Path, *, alone: bool = False) -> Problem:
    """The problem of a link that would end before it begins, or overlap another of its pair where that is not allowed."""
    if not alone:
        return told("bad_times", "A link must begin before it ends.", path, case="link")
    sentence = "A link must begin before it ends, outside the times of other links of the same two records."
    return told("bad_times", sentence, path, case="alone")


def version_conflict(
    kind: EntityType, command: UpdateRecord | DeleteRecord, version: int, differing: Mapping[str, Any]
) -> Problem:
    """The problem of a record that somebody else has changed meanwhile; `differing` holds both values by field."""
    both = "; ".join(
        f"{heading(name, kind.fields[name].labels)} is {said(each['present'])}, yours {said(each['yours'])}"
        for name, each in differing.items()
    )
    called = english(kind.labels, "one") or kind.name
    message = (
        f"The {called} {command.id} has moved on to version {version} while you changed version {command.version}"
        f"{': ' + both if both else ''}. Look at both values and send version {version} with those you want."
    )
    details = {"type": kind.name, "version": version, "yourVersion": command.version, "fields": differing}
    return Problem("version_conflict", message, (*command.path, "version"), details)


def not_a_key(kind: EntityType, by: tuple[str, ...], path: Path) -> Problem:
    """The problem of an upsert by fields that do not tell records apart."""
    message = f"Records of {kind.name} are not told apart by {', '.join(by)}; use a natural key or a unique field."
    return Problem("not_a_key", message, (*path, "by"))


def required(field: Field, type_name: str, path: Path) -> Problem:
    """The problem of a new record without a value it must have."""
    message = f"A new record needs {heading(field.name, field.labels)}; give it a value."
    facts = {"case": "new", "type": type_name, "name": field.name, **of_field(type_name, field.name)}
    return Problem("required", message, (*path, field.name), facts)


def lacking(kind: EntityType, rule: tuple[Field, When], path: Path) -> Problem:
    """The problem of a record without a value that another of its values asks for."""
    field, when = rule
    return drafted.lacking(field, when, kind.fields[when.field], kind.name, path)


def not_linked(relation: RelationType, command: Unlink) -> Problem:
    """The problem of an unlink where there is no link."""
    sentence = "The records {near} and {far} are not linked by {relation}; look at their links anew."
    facts = {"near": str(command.near), "far": str(command.far)}
    return _of_relation("not_found", sentence, command.path, relation, case="link", **facts)


def delete_refused(record: str, relation: RelationType, links: int, path: Path) -> Problem:
    """The problem of a record that may not go while it is linked."""
    ends = "one link" if links == 1 else f"{links} links"
    sentence = f"The record {{id}} has {ends} of {{relation}}, which refuses its deletion; unlink or end them first."
    return _of_relation("delete_refused", sentence, path, relation, id=record, links=links)


def deleted_too(id: str, path: Path) -> Problem:
    """The problem of a record that one request deletes and also writes, links or restores."""
    sentence = "This request also deletes the record {id}; leave one of the two out, or send them one after the other."
    return told("deleted_too", sentence, path, id=id)


def not_in_trash(command: RestoreRecord) -> Problem:
    """The problem of a record to restore that is not in the trash."""
    sentence = "There is no {type} with the id {id} in the trash; it may have been restored or erased."
    return told("not_found", sentence, command.path, case="trash", type=command.type, id=command.id)
