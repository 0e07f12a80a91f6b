"""Writing the sample into a graph: in batches, each of them once, going on where an earlier run was stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Protocol

from models.commands import CreateLink, CreateRecord
from models.fields import kind_of
from models.metamodel import Field, Metamodel
from packs.sample.chance import identify
from packs.sample.companies import HOUSE, HOUSE_FOUNDED
from packs.sample.generator import Part, generate
from packs.sample.parameters import Parameters

BATCH = 2500
REASON = "sample organisation"
Creation = CreateRecord | CreateLink


class Target(Protocol):
    """The graph a sample is written to; the shell wires it to the unit of work."""

    async def write(self, commands: Sequence[Creation], *, idempotency_key: str, reason: str) -> object:
        """Write the commands in one transaction; nothing at all where the key was used before."""

    async def text(self, type_name: str, record_id: str, field_name: str) -> str | None:
        """A text field of a record; None where the field is empty or there is no such record."""


@dataclass(frozen=True, slots=True)
class Progress:
    """So many of so many records and links are in the graph; `part` is the type or relation being written."""

    part: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Loaded:
    """What is in the graph after a load, however many runs it took, and the day it ends at."""

    records: int
    links: int
    until: date


async def load(
    target: Target,
    model: Metamodel,
    parameters: Parameters,
    *,
    report: Callable[[Progress], object] = lambda progress: None,
    batch: int = BATCH,
) -> Loaded:
    """Bring the sample of these parameters into the graph; a second load, or one after a kill, adds what is missing.

    A sample of the same seed that has been begun keeps the day and the size it was begun with, so that a start on
    another day changes nothing. Batches are told apart by idempotency keys; their ids follow from the seed.
    """
    begun = await target.text("Company", house_id(parameters.seed), "externalId")
    parameters = parameters if begun is None else parameters_of(begun)
    parts = generate(parameters)
    counts = {part.name: sum(1 for _ in part.draw()) for part in parts}
    done, total = 0, sum(counts.values())
    mark = mark_of(parameters)
    for part in parts:
        for number, commands in enumerate(_batches(part, batch)):
            marked = [_marked(command, mark) for command in commands]
            ready = [with_defaults(model, command) for command in marked]
            await target.write(ready, idempotency_key=f"{mark}:{part.name}:{batch}:{number}", reason=REASON)
            done += len(ready)
            report(Progress(part.name, done, total))
    records = sum(count for name, count in counts.items() if name in model.types)
    return Loaded(records, total - records, parameters.until)


def house_id(seed: int) -> str:
    """The id of the trading house in the sample of a seed: it tells whether the sample has been begun."""
    return identify(seed, "company", HOUSE, HOUSE_FOUNDED)


def mark_of(parameters: Parameters) -> str:
    """The parameters as the text that the trading house carries as its `externalId`."""
    return f"sample:{parameters.seed}:{parameters.until.isoformat()}:{parameters.size}"


def parameters_of(mark: str) -> Parameters:
    """The parameters that `mark_of` wrote down."""
    _, seed, until, size = mark.split(":")
    return Parameters(date.fromisoformat(until), int(seed), float(size))


def with_defaults(model: Metamodel, command: Creation) -> Creation:
    """The same command, its missing values filled in from the defaults of the model's fields."""
    if isinstance(command, CreateRecord):
        fields = model.types[command.type].fields
    else:
        fields = model.relations[command.relation].fields
    missing = {
        field.name: _default(field)
        for field in fields.values()
        if field.default is not None and command.values.get(field.name) is None
    }
    return replace(command, values={**command.values, **missing}) if missing else command


def _default(field: Field) -> object:
    return kind_of(field).coerce(field, field.default)


def _marked(command: Creation, mark: str) -> Creation:
    if isinstance(command, CreateRecord) and command.values.get("status") == "own":
        return replace(command, values={**command.values, "externalId": mark})
    return command


def _batches(part: Part, size: int) -> Iterator[list[Creation]]:
    commands = part.draw()
    while taken := list(islice(commands, size)):
        yield taken
