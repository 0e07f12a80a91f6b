"""What can be wrong with a unit of work in the light of the data, as problems a person can mend."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.commands import DeleteRecord, RestoreRecord, Unlink, UpdateRecord
from models.errors import Problem
from models.metamodel import End, EntityType, RelationType

Path = tuple[str | int, ...]


def id_taken(record: str, path: Path) -> Problem:
    """The problem of an id that belongs to something else already."""
    return Problem("id_taken", f"The id {record} is given to another record already; every record needs its own.", path)


def not_found(what: str, id: str, path: Path) -> Problem:
    """The problem of a record or link that is not there."""
    return Problem(
        "not_found", f"There is no {what} with the id {id}; it may have been deleted. Ask for it anew.", path
    )


def not_yet_there(type_name: str, id: str, path: Path) -> Problem:
    """The problem of values for a time when a record is not known to have been there."""
    message = f"The {type_name} {id} is not known to have been there as early as that; give a later validFrom."
    return Problem("not_yet_there", message, (*path, "validFrom"))


def bad_period(until: bool, path: Path) -> Problem:
    """The problem of a time of values that is none: it ends before it begins, or reaches into the future."""
    bound = "validTo" if until else "validFrom"
    message = (
        "Values hold from validFrom to validTo, which lies after it, and neither of them in the future; mend them."
    )
    return Problem("bad_times", message, (*path, bound))


def two_periods(path: Path) -> Problem:
    """The problem of values for one record that are to hold for different times."""
    return Problem("bad_times", "The same record is given values for two times; send them one after the other.", path)


def not_unique(kind: EntityType, key: tuple[str, ...], values: Mapping[str, Any], path: Path, where: str) -> Problem:
    """The problem of a key that two records would have."""
    named = " and ".join(f"{name} {str(values.get(name))[:60]!r}" for name in key)
    message = f"Another {kind.name} of {where} has {named}; give a different value, or change that record instead."
    return Problem("not_unique", message, (*path, key[0]))


def pair_taken(relation: RelationType, path: Path, when: str) -> Problem:
    """The problem of a second link between two records that may have one (at a time)."""
    if relation.temporal:
        message = f"{relation.name} would link the same two records {when} for overlapping times; end the other first."
        return Problem("overlapping_link", message, path)
    message = f"{relation.name} would link the same two records {when}; update the link there is instead."
    return Problem("duplicate_link", message, path)


def wrong_end(relation: RelationType, end: End, path: Path, found: str = "") -> Problem:
    """The problem of a record of a type that may not stand at an end."""
    allowed = ", ".join(end.types)
    other = f"a {found}" if found else "a record of another type"
    return Problem("wrong_type", f"{relation.name} takes {allowed} at this end, not {other}.", path)


def end_full(relation: RelationType, end: End, record: str, path: Path) -> Problem:
    """The problem of a record with more links than it may have."""
    message = f"The record {record} may have at most {end.most} {end.field} ({relation.name}); unlink or end one first."
    return Problem("too_many_links", message, path)


def no_validity(relation: RelationType, path: Path) -> Problem:
    """The problem of a time given to a relation that keeps none."""
    message = f"Links of {relation.name} hold for no particular time; unlink them, or give the relation a validity."
    return Problem("no_validity", message, path)


def bad_times(path: Path) -> Problem:
    """The problem of a link that would end before it begins, or overlap another of its pair."""
    return Problem("bad_times", "A link must begin (validFrom) before it ends (validTo).", path)


def version_conflict(command: UpdateRecord | DeleteRecord, version: int, differing: Mapping[str, Any]) -> Problem:
    """The problem of a record that somebody else has changed meanwhile; `differing` holds both values by field."""
    both = "; ".join(
        f"{name} is {str(v['present'])[:60]!r}, yours {str(v['yours'])[:60]!r}" for name, v in differing.items()
    )
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


def required(name: str, type_name: str, path: Path) -> Problem:
    """The problem of a new record without a value it must have."""
    return Problem("required", f"A new {type_name} needs {name}; give it a value.", (*path, name))


def not_linked(command: Unlink) -> Problem:
    """The problem of an unlink where there is no link."""
    message = (
        f"The records {command.near} and {command.far} are not linked by {command.relation}; look at their links anew."
    )
    return Problem("not_found", message, command.path)


def delete_refused(record: str, relation: RelationType, links: int, path: Path) -> Problem:
    """The problem of a record that may not go while it is linked."""
    ends = "one link" if links == 1 else f"{links} links"
    message = (
        f"The record {record} has {ends} of {relation.name}, which refuses its deletion; unlink or end them first."
    )
    return Problem("delete_refused", message, path, {"relation": relation.name, "links": links})


def deleted_too(id: str, path: Path) -> Problem:
    """The problem of a record that one request deletes and also writes, links or restores."""
    message = f"This request also deletes the record {id}; leave one of the two out, or send them one after the other."
    return Problem("deleted_too", message, path)


def not_in_trash(command: RestoreRecord) -> Problem:
    """The problem of a record to restore that is not in the trash."""
    message = f"There is no {command.type} with the id {command.id} in the trash; it may have been restored or erased."
    return Problem("not_found", message, command.path)
