"""What a mutation's input asks for: a draft of the commands, and the records its payload is about."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gql.typed.verbs import Mutation, Verb
from models.actor import Actor
from models.commands import Command, Path
from models.drafts import Draft
from models.errors import Problem
from models.metamodel import Metamodel

MOST_RECORDS = 10_000
LONGEST_KEY = 200
LONGEST_REASON = 2_000


@dataclass(frozen=True, slots=True)
class Asked:
    """The commands of one mutation, the ids of the records it names, in their order, and all that is wrong with it."""

    commands: tuple[Command, ...]
    ids: tuple[str, ...]
    problems: tuple[Problem, ...]


def asked(mutation: Mutation, given: Mapping[str, Any], model: Metamodel, actor: Actor, now: datetime) -> Asked:
    """What an input asks for; paths lead from the input on."""
    draft = Draft(model, now=now)
    _check_entries(draft, given)
    if mutation.verb is Verb.ERASE and not actor.administrator:
        draft.refuse("forbidden", "Only administrators erase records; delete it, or ask one of them.", ())
    ids = _many(draft, mutation, given) if mutation.many else [_one(draft, mutation, given)]
    return Asked(tuple(draft.commands), tuple(id for id in ids if id is not None), draft.problems)


def fingerprint(mutation: Mutation, given: Mapping[str, Any]) -> str:
    """What is the same for two requests that ask for the same."""
    content = {name: value for name, value in given.items() if name not in ("idempotencyKey", "clientMutationId")}
    text = json.dumps([mutation.name, content], default=str, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def located(problem: Problem) -> Problem:
    """A problem that the database found, at the place in the input that it is about."""
    path = problem.path
    if problem.code == "version_conflict":
        path = (*path[:-2], "version")
    elif problem.code == "not_found" and path[-1:] == ("data",) and len(path) in (1, 3):
        path = (*path[:-1], "id")
    return Problem(problem.code, problem.message, path, problem.details)


def _check_entries(draft: Draft, given: Mapping[str, Any]) -> None:
    for name, longest in (("idempotencyKey", LONGEST_KEY), ("reason", LONGEST_REASON)):
        text = given.get(name)
        if text is not None and len(text) > longest:
            draft.refuse("too_long", f"At most {longest} characters; this has {len(text)}.", (name,))
    if given.get("idempotencyKey") == "":
        draft.refuse("empty", "Give a key of your own making, such as a UUID, or leave it out.", ("idempotencyKey",))


def _one(draft: Draft, mutation: Mutation, given: Mapping[str, Any]) -> str | None:
    kind = mutation.kind
    match mutation.verb:
        case Verb.CREATE:
            return draft.create(kind, given["data"], ("data",))
        case Verb.UPDATE:
            return _update(draft, mutation, given, ())
        case Verb.DELETE:
            return draft.delete(kind, given["id"], version=given.get("version"), path=("id",))
        case Verb.RESTORE:
            return draft.restore(kind, given["id"], ("id",))
        case _:
            return draft.erase(kind, given["id"], ("id",))


def _many(draft: Draft, mutation: Mutation, given: Mapping[str, Any]) -> list[str | None]:
    name = "ids" if mutation.verb is Verb.DELETE else "data"
    rows = given[name]
    if len(rows) > MOST_RECORDS:
        message = f"At most {MOST_RECORDS:,} records a request; this has {len(rows):,}."
        draft.note(Problem("too_many", message, (name,), {"case": "list", "most": MOST_RECORDS}))
        return []
    read = _reader_of_one(draft, mutation, given)
    return [] if read is None else [read(row, (name, place)) for place, row in enumerate(rows)]


def _reader_of_one(
    draft: Draft, mutation: Mutation, given: Mapping[str, Any]
) -> Callable[[Any, Path], str | None] | None:
    kind = mutation.kind
    match mutation.verb:
        case Verb.CREATE:
            return lambda row, path: draft.create(kind, row, path)
        case Verb.UPDATE:
            return lambda row, path: _update(draft, mutation, row, path)
        case Verb.UPSERT:
            key = draft.key(kind, given["by"], ("by",))
            return None if key is None else lambda row, path: draft.upsert(kind, key, row, path)
        case _:
            return lambda row, path: draft.delete(kind, row, path=path)


def _update(draft: Draft, mutation: Mutation, given: Mapping[str, Any], path: Path) -> str | None:
    version, data = given.get("version"), (*path, "data")
    return draft.update(mutation.kind, given["id"], given["data"], version=version, path=data, id_path=(*path, "id"))
