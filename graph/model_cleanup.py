"""What a published change still asks of records and links: small batches, each of which may be stopped and run again.

The order is what makes it safe under load: the new model is in force before a step begins, and each step first waits
at a barrier for the writers that planned with the old one, so that nothing of theirs is left behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import orjson

from cypher import weave
from graph import schema
from graph.session import Database, Row, Transaction
from graph.unit.points import of_driver
from models.actor import SYSTEM
from models.fields import kind_of
from models.metamodel import EntityType, Field, Metamodel, RelationType

BATCH = 5_000
AT_ONCE = 50_000  # so many values are filled in the very transaction that publishes the model
BATCH_S = 120.0


@dataclass(frozen=True, slots=True)
class Step:
    """One piece of work on the records of a type or the links of a relation: a fixed statement and what it is about."""

    statement: str
    owner: str
    of_links: bool
    parameters: Mapping[str, Any]

    def to_json(self) -> str:
        """The step as it is kept until it is done."""
        return orjson.dumps(asdict(self)).decode()

    @classmethod
    def from_json(cls, text: str) -> Step:
        """The step as it was kept."""
        return cls(**orjson.loads(text))


def steps(old: Metamodel, new: Metamodel) -> tuple[Step, ...]:
    """What has to be done to the data when one model takes the place of another, links before records."""
    return (*_closing(old, new), *_trashing(old, new), *_emptying(old, new), *_filling(old, new))


def _closing(old: Metamodel, new: Metamodel) -> Iterator[Step]:
    for name, before in old.relations.items():
        after = new.relations.get(name)
        sources, targets = (after.source.types, after.target.types) if after else ((), ())
        if {*before.source.types} - {*sources} or {*before.target.types} - {*targets}:
            parameters = {"relation": name, "sources": list(sources), "targets": list(targets)}
            yield Step("cleanup_links", name, True, parameters)


def _trashing(old: Metamodel, new: Metamodel) -> Iterator[Step]:
    for name in old.types:
        if name not in new.types:
            yield Step("cleanup_links_of_type", name, False, {"type": name})
            yield Step("cleanup_records", name, False, {"type": name})
            yield Step("cleanup_insights", name, False, {"type": name})


def _emptying(old: Metamodel, new: Metamodel) -> Iterator[Step]:
    for before, after in _changed_owners(old, new):
        kept = {key for field in after.fields.values() for key in _keys(field)}
        gone = [key for name, field in before.fields.items() if name not in after.fields for key in _keys(field)]
        if keys := [key for key in gone if key not in kept]:
            of_links = isinstance(after, RelationType)
            statement = "cleanup_link_values" if of_links else "cleanup_record_values"
            yield Step(statement, after.name, of_links, {"owner": after.name, "keys": keys})


def _filling(old: Metamodel, new: Metamodel) -> Iterator[Step]:
    for before, after in _changed_owners(old, new):
        for name, field in after.fields.items():
            was = before.fields.get(name)
            if field.required and field.default is not None and (was is None or not was.required):
                of_links = isinstance(after, RelationType)
                statement = "fill_links" if of_links else "fill_records"
                yield Step(statement, after.name, of_links, {"owner": after.name, "field": name})


def _changed_owners(
    old: Metamodel, new: Metamodel
) -> Iterator[tuple[EntityType | RelationType, EntityType | RelationType]]:
    for before, after in ((old.types, new.types), (old.relations, new.relations)):
        for name, owner in after.items():
            if name in before and before[name] is not owner:
                yield before[name], owner


def _keys(field: Field) -> list[str]:
    return [column.key for column in kind_of(field).columns(field)]


# running


async def fill_at_once(transaction: Transaction, model: Metamodel, step: Step, change_set: object, now: object) -> None:
    """The first batch of a filling step, in the transaction that publishes its model."""
    if parameters := parameters_of(step, model):
        common = {"changeSet": change_set, "now": now, "batch": AT_ONCE}
        await transaction.run(weave.fixed(step.statement, SYSTEM, reads=False), {**common, **parameters})


async def left(database: Database) -> list[Row]:
    """The steps that published changes left, also those of a process that died."""
    return await database.rows(weave.fixed("model_cleanups", SYSTEM), {})


async def finish(database: Database, model: Metamodel, steps: Iterable[Row], *, now: datetime) -> None:
    """Do these steps under a model that is not older than they are; safe to run twice at once."""
    waited: set[tuple[str, bool]] = set()
    for identity, text, change_set, actor in steps:
        step = Step.from_json(text)
        if (step.owner, step.of_links) not in waited:
            await schema.barrier(database, step.owner, of_relation=step.of_links)
            waited.add((step.owner, step.of_links))
        await _run(database, model, step, {"changeSet": change_set, "actor": actor, "now": now, "batch": BATCH})
        await _write(database, "model_cleanup_done", {"id": identity})


async def _run(database: Database, model: Metamodel, step: Step, common: Mapping[str, Any]) -> None:
    parameters = parameters_of(step, model)
    if parameters is None:
        return
    while await _write(database, step.statement, {**common, **parameters}) > 0:
        pass


async def _write(database: Database, statement: str, parameters: Mapping[str, Any]) -> int:
    guarded = weave.fixed(statement, SYSTEM, reads=False)

    async def work(transaction: Transaction) -> int:
        rows = await transaction.run(guarded, parameters)
        return int(rows[0][0]) if rows else 0

    return await database.write(work, timeout_s=BATCH_S)


def parameters_of(step: Step, model: Metamodel) -> Mapping[str, Any] | None:
    """The parameters of a step; a filling one takes its values from the model in force, which may no longer want it."""
    if not step.statement.startswith("fill_"):
        return step.parameters
    owner: EntityType | RelationType | None = (model.relations if step.of_links else model.types).get(step.owner)
    field = owner.fields.get(step.parameters["field"]) if owner else None
    if field is None or field.default is None:
        return None
    kind = kind_of(field)
    values = of_driver(kind.to_store(field, kind.coerce(field, field.default)))
    return {"owner": step.owner, "key": kind.columns(field)[0].key, "values": values}
