"""What was changed, told: who did it, when, why, and what each field held before and after, as the API shows values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cypher import weave
from graph.session import Database
from graph.unit.values import readable
from models import system
from models.actor import SYSTEM, Actor, ActorKind
from models.fields import kind_of
from models.metamodel import EntityType, Field, Metamodel, RelationType

BEFORE, AFTER = "before.", "after."
ENDED = "end"  # the change of a link that is over: `after` holds its time alone


@dataclass(frozen=True, slots=True)
class ChangeActor:
    """Who made a change; the name is the id where the account is no more."""

    id: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class ChangedField:
    """A field and what it held; None where it was empty."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a record, or of a link between `source` and `target`."""

    id: str
    at: datetime
    operation: str
    change_set: str
    actor: ChangeActor
    reason: str | None
    origin: str
    type: str
    record: str | None
    link: str | None
    source: str | None
    target: str | None
    fields: tuple[ChangedField, ...]


def told_fields(kind: EntityType | RelationType | None) -> Mapping[str, Field]:
    """The fields that changes tell of; of a type that is no more only the times."""
    own = {} if kind is None else kind.fields
    return {**own, system.VALID_FROM.name: system.VALID_FROM, system.VALID_TO.name: system.VALID_TO}


def change_keys(kind: EntityType | RelationType, names: Sequence[str]) -> list[str]:
    """The properties of a change row that say that one of these fields has changed; none for fields it has not."""
    fields = told_fields(kind)
    columns = [column for name in names if name in fields for column in kind_of(fields[name]).columns(fields[name])]
    return [f"{moment}{column.key}" for column in columns for moment in (BEFORE, AFTER)]


def change_of(fields: Mapping[str, Field], row: Sequence[Any]) -> Change:
    """A change from its row: its properties, who, in which way, why, from where, and the name of who it was."""
    properties, actor, kind, reason, origin, name = row
    return Change(
        id=properties["id"],
        at=_moment(properties["at"]),
        operation=properties["op"],
        change_set=properties["set"],
        actor=actor_of(actor, kind, name),
        reason=reason,
        origin=origin,
        type=properties["type"],
        record=properties.get("record"),
        link=properties.get("link"),
        source=properties.get("source"),
        target=properties.get("target"),
        fields=tuple(_changed(fields, properties)),
    )


def actor_of(id: str, kind: str | None, name: str | None) -> ChangeActor:  # the actor's own
    """Who an id stands for."""
    if id == SYSTEM.id:
        return ChangeActor(SYSTEM.id, SYSTEM.name, SYSTEM.kind.value)
    return ChangeActor(id, name or id, kind or ActorKind.PERSON.value)


async def history_of(
    database: Database,
    model: Metamodel,
    actor: Actor,
    id: str,  # of a record or a link
    *,
    fields: Sequence[str] | None,
    size: int,
    cut: tuple[datetime, str] | None = None,
) -> list[Change]:
    """The changes of a record or a link, the newest first, also of one that is no more; [] for an id of neither.

    With `fields` only those that touched one of them. Costs what it returns where no fields are named.
    """
    keys = None if fields is None else sorted({key for kind in kinds_of(model) for key in change_keys(kind, fields)})
    at, tie = cut or (None, None)
    parameters = {"id": id, "keys": keys, "at": at, "tie": tie, "size": size}
    rows = await database.rows(weave.fixed("history_of" if cut is None else "history_behind", actor), parameters)
    return [change_of(fields_of(model, row[0]["type"]), row) for row in rows]


def kinds_of(model: Metamodel) -> Iterator[EntityType | RelationType]:
    """Everything whose changes there may be."""
    yield from model.types.values()
    yield from model.relations.values()


def fields_of(model: Metamodel, type_name: str) -> Mapping[str, Field]:
    """The fields that changes of a type or relation tell of."""
    return told_fields(model.types.get(type_name) or model.relations.get(type_name))


def _changed(fields: Mapping[str, Field], properties: Mapping[str, Any]) -> list[ChangedField]:
    """What was given, taken or replaced. A link that ends leaves the graph whole, but keeps its values: only its time changes."""
    if properties["op"] == ENDED:
        left = {key: value for key, value in properties.items() if key.startswith(AFTER)}
        properties = left | {
            f"{BEFORE}{key.removeprefix(AFTER)}": properties.get(f"{BEFORE}{key.removeprefix(AFTER)}") for key in left
        }
    found = []
    for name, field in fields.items():
        keys = [column.key for column in kind_of(field).columns(field)]
        if any(f"{moment}{key}" in properties for key in keys for moment in (BEFORE, AFTER)):
            before, after = (_value(field, properties, moment, keys) for moment in (BEFORE, AFTER))
            found.append(ChangedField(name, before, after))
    return found


def _value(field: Field, properties: Mapping[str, Any], moment: str, keys: Sequence[str]) -> Any:
    """What the field held at one of the two moments; a change of an amount alone says nothing of its currency."""
    first, *rest = (properties.get(f"{moment}{key}") for key in keys)
    if first is None:
        return None
    if field.kind == "money" and rest == [None]:
        rest = [field.options.get("currency")]
    return kind_of(field).from_store(field, *map(readable, (first, *rest)))


def _moment(value: Any) -> datetime:
    native: datetime = value.to_native() if hasattr(value, "to_native") else value
    return native
