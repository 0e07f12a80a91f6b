"""What can be wrong with a unit of work in the light of the data, as problems a person can mend."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.unit.values import said
from models.commands import DeleteRecord, EndLink, RestoreRecord, Unlink, UpdateLink, UpdateRecord
from models.drafts.values import of_field
from models.errors import Problem, told
from models.labels import heading, label
from models.metamodel import End, EntityType, Field, RelationType

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


def not_yet_there(type_name: str, id: str, path: Path) -> Problem:
    """The problem of values for a time when a record is not known to have been there."""
    sentence = "The {type} {id} is not known to have been there as early as that; give a later validFrom."
    return told("not_yet_there", sentence, (*path, "validFrom"), type=type_name, id=id)


def bad_period(until: bool, path: Path) -> Problem:
    """The problem of a time of values that is none: it ends before it begins, or reaches into the future."""
    bound = "validTo" if until else "validFrom"
    sentence = (
        "Values hold from validFrom to validTo, which lies after it, and neither of them in the future; mend them."
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
    called = label(kind.labels, "en", "one") or kind.name
    message = f"Another {called} of {where} has {named}; give a different value, or change that record instead."
    facts = {"type": kind.name, "where": where, "named": named, "values": given, **of_field(kind.name, key[0])}
    return Problem("not_unique", message, (*path, key[0]), facts)


def pair_taken(relation: RelationType, path: Path, when: str) -> Problem:
    """The problem of a second link between two records that may have one (at a time)."""
    if relation.temporal:
        sentence = (
            "{relation} would link the same two records {when} for overlapping times; end the other first, "
            "or give validFrom and validTo that lie outside its time."
        )
        return told("overlapping_link", sentence, path, relation=relation.name, when=when)
    sentence = "{relation} would link the same two records {when}; update the link there is instead."
    return told("duplicate_link", sentence, path, relation=relation.name, when=when)


def wrong_end(relation: RelationType, end: End, path: Path, found: str = "") -> Problem:
    """The problem of a record of a type that may not stand at an end."""
    allowed = ", ".join(end.types)
    other = f"a {found}" if found else "a record of another type"
    sentence = "{relation} takes {allowed} at this end, not {other}."
    return told("wrong_type", sentence, path, case="end", relation=relation.name, allowed=allowed, other=other)


def end_full(relation: RelationType, end: End, record: str, path: Path) -> Problem:
    """The problem of a record with more links than it may have."""
    sentence = "The record {id} may have at most {most} {side} ({relation}); unlink or end one first."
    facts = {"id": record, "most": end.most, "side": end.field, "relation": relation.name}
    return told("too_many_links", sentence, path, **facts)


def no_validity(relation: RelationType, path: Path) -> Problem:
    """The problem of a time given to a relation that keeps none."""
    sentence = "Links of {relation} hold for no particular time; unlink them, or give the relation a validity."
    return told("no_validity", sentence, path, relation=relation.name)


def bad_times(path: Path, *, alone: bool = False) -> Problem:
    """The problem of a link that would end before it begins, or overlap another of its pair where that is not allowed."""
    if not alone:
        return told("bad_times", "A link must begin (validFrom) before it ends (validTo).", path, case="link")
    sentence = "A link must begin (validFrom) before it ends (validTo), outside the times of other links of the same two records."
    return told("bad_times", sentence, path, case="alone")


def version_conflict(command: UpdateRecord | DeleteRecord, version: int, differing: Mapping[str, Any]) -> Problem:
    """The problem of a record that somebody else has changed meanwhile; `differing` holds both values by field."""
    both = "; ".join(f"{name} is {said(v['present'])}, yours {said(v['yours'])}" for name, v in differing.items())
    message = (
        f"The {command.type} {command.id} has moved on to version {version} while you changed version {command.version}"
        f"{': ' + both if both else ''}. Look at both values and send version {version} with those you want."
    )
    details = {"version": version, "yourVersion": command.version, "fields": differing}
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


def not_linked(command: Unlink) -> Problem:
    """The problem of an unlink where there is no link."""
    sentence = "The records {near} and {far} are not linked by {relation}; look at their links anew."
    facts = {"near": str(command.near), "far": str(command.far), "relation": command.relation}
    return told("not_found", sentence, command.path, case="link", **facts)


def delete_refused(record: str, relation: RelationType, links: int, path: Path) -> Problem:
    """The problem of a record that may not go while it is linked."""
    ends = "one link" if links == 1 else f"{links} links"
    message = (
        f"The record {record} has {ends} of {relation.name}, which refuses its deletion; unlink or end them first."
    )
    return Problem("delete_refused", message, path, {"id": record, "relation": relation.name, "links": links})


def deleted_too(id: str, path: Path) -> Problem:
    """The problem of a record that one request deletes and also writes, links or restores."""
    sentence = "This request also deletes the record {id}; leave one of the two out, or send them one after the other."
    return told("deleted_too", sentence, path, id=id)


def not_in_trash(command: RestoreRecord) -> Problem:
    """The problem of a record to restore that is not in the trash."""
    sentence = "There is no {type} with the id {id} in the trash; it may have been restored or erased."
    return told("not_found", sentence, command.path, case="trash", type=command.type, id=command.id)
