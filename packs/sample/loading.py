"""Writing the sample into a graph: in batches, each of them once, going on where an earlier run was stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import islice

from cypher import weave
from graph.session import Database
from graph.unit import write
from models.actor import Actor
from models.commands import CreateLink, CreateRecord
from models.fields import kind_of
from models.metamodel import Field, Metamodel
from packs.sample.generator import Part, generate
from packs.sample.parameters import Parameters

BATCH = 2_000
BATCH_S = 300.0
REASON = "sample organisation"
Creation = CreateRecord | CreateLink


@dataclass(frozen=True, slots=True)
class Progress:
    """So many of so many records and links are in the graph; `part` is the type or relation being written."""

    part: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Loaded:
    """The parameters of the sample that is in the graph now, and how many records and links this load wrote."""

    parameters: Parameters
    written: int


async def load(
    database: Database,
    model: Metamodel,
    actor: Actor,
    parameters: Parameters,
    *,
    report: Callable[[Progress], object] = lambda progress: None,
    batch: int = BATCH,
) -> Loaded:
    """Bring the sample of these parameters into the graph; a second load, or one after a kill, adds what is missing.

    A sample of the same seed that has been begun keeps the day and the size it was begun with, so that a start on
    another day changes nothing; one that is there costs one question. Batches are told apart by idempotency keys.
    """
    earlier = await begun(database, actor, parameters)
    if earlier is not None:
        parameters = earlier
        if await _mark(database, actor, _key(parameters, "end")) is not None:
            return Loaded(parameters, 0)
    return Loaded(parameters, await _write_all(database, model, actor, parameters, report, batch))


async def begun(database: Database, actor: Actor, parameters: Parameters) -> Parameters | None:
    """The parameters of the sample of this seed that is in the graph, wholly or in part; None when none is."""
    mark = await _mark(database, actor, _key(parameters, "begin"))
    return None if mark is None else parameters_of(mark)


async def _write_all(
    database: Database,
    model: Metamodel,
    actor: Actor,
    parameters: Parameters,
    report: Callable[[Progress], object],
    batch: int,
) -> int:
    """Write every batch that is not there yet; the first and the last carry the keys that say how far a load has come."""
    parts = generate(parameters)
    total = sum(1 for part in parts for _ in part.draw())
    done = written = 0
    for part, number, commands in _batches(parts, batch):
        step = "begin" if done == 0 else "end" if done + len(commands) == total else f"{part}:{batch}:{number}"
        report(Progress(part, done, total))
        now = datetime.now(UTC)
        outcome = await write(
            database,
            model,
            actor,
            [begun_by(now, with_defaults(model, command)) for command in commands],
            now=now,
            reason=REASON,
            origin="sample",
            idempotency_key=_key(parameters, step),
            fingerprint=mark_of(parameters),
            timeout_s=BATCH_S,
        )
        done += len(commands)
        written += 0 if outcome.replayed else len(commands)
    report(Progress(parts[-1].name, total, total))
    return written


def mark_of(parameters: Parameters) -> str:
    """The parameters as a text, kept with each batch."""
    return f"{parameters.seed}:{parameters.until.isoformat()}:{parameters.size}"


def parameters_of(mark: str) -> Parameters:
    """The parameters that `mark_of` wrote down."""
    seed, until, size = mark.split(":")
    return Parameters(date.fromisoformat(until), int(seed), float(size))


def with_defaults(model: Metamodel, command: Creation) -> Creation:
    """The same command, its missing values filled in from the defaults of the model's fields."""
    kind = model.types[command.type] if isinstance(command, CreateRecord) else model.relations[command.relation]
    missing = {
        field.name: _default(field)
        for field in kind.fields.values()
        if field.default is not None and command.values.get(field.name) is None
    }
    return replace(command, values={**command.values, **missing}) if missing else command


def begun_by(now: datetime, command: Creation) -> Creation:
    """The same command; what the sample, drawn for another day, has not seen come yet has been so since now."""
    if isinstance(command, CreateRecord):
        return replace(command, valid_from=None) if command.valid_from and command.valid_from > now else command
    return replace(command, held_from=None) if command.held_from and command.held_from > now else command


def _default(field: Field) -> object:
    return kind_of(field).coerce(field, field.default)


def _key(parameters: Parameters, step: str) -> str:
    return f"sample:{parameters.seed}:{step}"


async def _mark(database: Database, actor: Actor, key: str) -> str | None:
    """The mark that the batch of this key was written with; None when it was not."""
    row = await database.read(weave.fixed("change_set_mark", actor), {"actor": actor.id, "key": key})
    return str(row[0]) if row else None


def _batches(parts: tuple[Part, ...], size: int) -> Iterator[tuple[str, int, list[Creation]]]:
    for part in parts:
        commands, number = part.draw(), 0
        while taken := list(islice(commands, size)):
            yield part.name, number, taken
            number += 1
