"""From staging into the graph: batches of one type or one relation, each a unit of work of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from exchange.mapping import Existing
from exchange.reasons import Reason
from exchange.report import Counts
from exchange.rows import Reference
from exchange.staging import StagedLink, StagedRecord, Staging
from graph import imports
from graph.imports import Batch
from graph.registry import Registry
from graph.session import Database
from graph.unit import Outcome, write
from models.actor import Actor
from models.commands import Command, EnsureLink, UpsertRecord
from models.errors import ModelChanged, Rejected
from models.fields import kind_of
from models.labels import english, heading
from models.metamodel import EntityType, Field

SIZE = 2_000
BATCH_S = 120.0
REPLANS = 5
Progress = Callable[[str, float | None], None]
Path = tuple[str | int, ...]


@dataclass(slots=True)
class Writer:
    """Writes what is staged, going on after the batches that are in; a dry run writes the same and takes it back."""

    database: Database
    registry: Registry
    actor: Actor
    staging: Staging
    run: str
    fingerprint: str
    reason: str
    clock: Callable[[], datetime]
    progress: Progress
    dry_run: bool = False
    size: int = SIZE
    existing: Existing = Existing.UPDATE
    done: Mapping[str, Batch] = field(default_factory=dict)
    records: dict[str, Counts] = field(default_factory=dict)
    links: dict[str, Counts] = field(default_factory=dict)

    async def write(self) -> None:
        """Every batch of records, then every batch of links."""
        parts = [(name, False) for name in self.staging.record_groups()]
        parts += [(name, True) for name in self.staging.link_groups()]
        total = sum(self.staging.count(name, links=links) for name, links in parts)
        written = 0
        for name, links in parts:
            counts = (self.links if links else self.records).setdefault(name.split(" ")[0], Counts())
            for offset in range(0, self.staging.count(name, links=links), self.size):
                batch = await self._batch(name, offset, links=links)
                counts.created += batch.created
                counts.updated += batch.updated
                counts.unchanged += batch.unchanged
                written += self.size
                self.progress("Trying" if self.dry_run else "Writing", min(written / max(total, 1), 1.0))
            counts.rejected += self.staging.count(name, links=links, refused=True)

    async def _batch(self, group: str, offset: int, *, links: bool) -> Batch:
        label = f"{'link' if links else 'record'}:{group}:{self.size}:{offset}"
        if label in self.done:
            return self.done[label]
        while True:
            given: list[Command] = []
            if links:
                given, commands = await self._link_commands(group, offset)
            else:
                commands = await self._record_commands(group, offset)
            if not commands:
                return Batch(label, "", 0, 0, 0)
            try:
                outcome = await self._write([*given, *commands], label)
            except Rejected as rejected:
                self._refuse(rejected, links=links)
                continue
            return await self._kept(label, outcome, await self._counts(given, label), len(commands), links=links)

    async def _counts(self, given: Sequence[Command], label: str) -> Mapping[str, int]:
        """What is no merit of a batch: the links of earlier batches that a dry run has to make once more."""
        if not any(isinstance(command, EnsureLink) for command in given):
            return {}
        return (await self._write(given, label)).counts

    async def _kept(self, label: str, outcome: Outcome, before: Mapping[str, int], size: int, *, links: bool) -> Batch:
        created, updated = (
            outcome.counts.get(name, 0) - before.get(name, 0)
            for name in (("linked", "relinked") if links else ("created", "updated"))
        )
        batch = Batch(label, outcome.change_set, created, updated, size - created - updated)
        if not self.dry_run:
            await imports.save_batch(self.database, self.actor, self.run, batch)
        return batch

    async def _write(self, commands: Sequence[Command], label: str) -> Outcome:
        for last in (False,) * (REPLANS - 1) + (True,):
            try:
                return await write(
                    self.database,
                    self.registry.model,
                    self.actor,
                    commands,
                    now=self.clock(),
                    reason=self.reason,
                    origin="import",
                    idempotency_key=None if self.dry_run else imports.key_of(self.run, label),
                    fingerprint=hashlib.sha256(f"{self.fingerprint} {label}".encode()).hexdigest(),
                    timeout_s=BATCH_S,
                    dry_run=self.dry_run,
                )
            except ModelChanged:
                if last:
                    raise
                await self.registry.refresh()
        raise AssertionError("the last try returns or raises")

    def _refuse(self, rejected: Rejected, *, links: bool) -> None:
        """Take the records or links that stand in the way out of the run. Raises what names none of them."""
        named = [problem for problem in rejected.problems if problem.path and isinstance(problem.path[0], int)]
        if not named:
            raise rejected
        for problem in named:
            number = problem.path[0]
            assert isinstance(number, int)
            place = ".".join(str(part) for part in problem.path[1:])
            self.staging.refuse(number, Reason(place, problem.code, problem.message, problem.details), link=links)

    async def _record_commands(self, group: str, offset: int) -> list[Command]:
        """A batch of records; of those that are there and are to be kept, nothing but their keys."""
        records = self.staging.records(group, offset, self.size)
        if self.existing is Existing.KEEP and records:
            found = await self._found(dict.fromkeys(each.reference for each in records))
            records = [each if found[each.reference] is None else _key_alone(each) for each in records]
        return [self._upsert(each, (each.n,)) for each in records]

    def _upsert(self, record: StagedRecord, path: Path) -> UpsertRecord:
        kind = self.registry.model.types[record.reference.type]
        defaults = _defaults(kind.fields, record.values)
        by, since = record.reference.by, record.valid_from
        return UpsertRecord(kind.name, record.id, by, record.values, defaults, path, since)

    async def _link_commands(self, group: str, offset: int) -> tuple[list[Command], list[Command]]:
        """A batch of links by the ids of their ends, after what only a dry run needs: their ends, and links before them."""
        links = self.staging.links(group, offset, self.size)
        earlier = self.staging.links_before(group, offset, self.size) if self.dry_run else []
        ends = await self._ends([*earlier, *links])
        made: dict[str, Command] = {}
        before = [command for link in earlier if (command := self._link(link, ("before", link.n), ends, made))]
        commands = [command for link in links if (command := self._link(link, (link.n,), ends, made))]
        return [*made.values(), *before], commands

    def _link(
        self, link: StagedLink, path: Path, ends: Mapping[Reference, str | None], made: dict[str, Command]
    ) -> Command | None:
        """The command for a link; ends that are only staged are `made`, and a link that lacks one is taken out."""
        draft, found = link.draft, list[str]()
        for reference in (draft.source, draft.target):
            id = ends[reference]
            if id is None and self.dry_run and (record := self.staging.staged(reference)) is not None:
                made.setdefault(record.id, self._upsert(record, ("end", record.n)))
                id = record.id
            if id is None:
                self.staging.refuse(
                    link.n, _no_end(draft.relation, self.registry.model.types[reference.type], reference), link=True
                )
                return None
            found.append(id)
        relation = self.registry.model.relations[draft.relation]
        defaults = _defaults(relation.fields, draft.values)
        since, until = draft.valid_from, draft.valid_to
        times = (since, until) if relation.temporal else (None, None)
        held_from = None if relation.temporal else since
        source, target = found
        return EnsureLink(
            draft.relation, link.id, source, target, draft.values, draft.by, *times, path, defaults, held_from
        )

    async def _ends(self, links: Sequence[StagedLink]) -> dict[Reference, str | None]:
        """The ids of the records at the links' ends that are in the graph."""
        return await self._found(dict.fromkeys(end for link in links for end in (link.draft.source, link.draft.target)))

    async def _found(self, wanted: Mapping[Reference, Any]) -> dict[Reference, str | None]:
        """Of each key the id of its record; None where there is none."""
        found: dict[Reference, str | None] = {}
        for (type_name, by), references in _by_shape(wanted):
            kind = self.registry.model.types[type_name]
            keys = [reference.key for reference in references]
            ids = await imports.find_ids(self.database, self.actor, kind, by, keys)
            found |= dict(zip(references, ids, strict=True))
        return found


def _key_alone(record: StagedRecord) -> StagedRecord:
    reference = record.reference
    return replace(record, values=dict(zip(reference.by, reference.key, strict=True)), valid_from=None)


def _by_shape(references: Mapping[Reference, Any]) -> Iterator[tuple[tuple[str, tuple[str, ...]], list[Reference]]]:
    shapes: dict[tuple[str, tuple[str, ...]], list[Reference]] = {}
    for reference in references:
        shapes.setdefault((reference.type, reference.by), []).append(reference)
    yield from shapes.items()


def _defaults(fields: Mapping[str, Field], values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: kind_of(each).coerce(each, each.default)
        for name, each in fields.items()
        if each.default is not None and values.get(name) is None
    }


def _no_end(relation: str, kind: EntityType, reference: Reference) -> Reason:
    values = {name: str(value) for name, value in zip(reference.by, reference.key, strict=True)}
    named = ", ".join(f"{heading(name, kind.fields[name].labels)} {value}" for name, value in values.items())
    called = english(kind.labels, "one") or kind.name
    message = f"There is no {called} with {named}; the rest of the row is in. Import that record first."
    facts = {"type": kind.name, "named": named, "values": values, "ofType": kind.name}
    return Reason(relation, "no_end", message, facts)
