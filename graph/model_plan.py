"""What a change of the model would do, counted in the database before anything is changed."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cypher import weave
from graph.session import Database
from models.actor import SYSTEM
from models.api_breaks import ApiBreak, FindBreaks
from models.definitions import ModelPatch, patched
from models.difference import Effect, ModelChange, Question, difference
from models.errors import Problem
from models.metamodel import Metamodel

COUNT_S = 120.0


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """One change with how many records and links it touches; `problem` where the data is in its way."""

    change: ModelChange
    records: int
    links: int
    problem: Problem | None = None

    @property
    def sentence(self) -> str:
        """The change and its count, for people."""
        touched = [
            f"{number:,} {things}" for number, things in ((self.records, "records"), (self.links, "links")) if number
        ]
        return f"{self.change.sentence} ({', '.join(touched)})" if touched else self.change.sentence

    def plain(self) -> dict[str, Any]:
        """The change as it is kept with the version that it led to."""
        change = self.change
        return {
            "code": change.code,
            "effect": change.effect.value,
            "sentence": self.sentence,
            "path": list(change.path),
            "facts": dict(change.facts),
            "records": self.records,
            "links": self.links,
        }


@dataclass(frozen=True, slots=True)
class ModelPlan:
    """The model as it is and as it would be, every change between them, what breaks for clients, everything in the way.

    Without changes the model stays at its version; with problems it cannot be applied.
    """

    before: Metamodel
    after: Metamodel
    changes: tuple[PlannedChange, ...]
    problems: tuple[Problem, ...]
    breaks: tuple[ApiBreak, ...] = ()

    @property
    def effect(self) -> Effect:
        """The gravest effect of all changes."""
        effects = {planned.change.effect for planned in self.changes}
        return next((grave for grave in (Effect.DESTROYS, Effect.FILLS) if grave in effects), Effect.SAFE)


async def make_plan(
    database: Database, model: Metamodel, patch: ModelPatch, find_breaks: FindBreaks | None = None
) -> ModelPlan:
    """The plan of a patch on a model. Where the patch itself is at fault nothing is counted."""
    after, problems = patched(model, patch)
    if problems:
        return ModelPlan(model, model, (), tuple(problems))
    changes = tuple([await _counted(database, change) for change in difference(model, after)])
    in_the_way = tuple(planned.problem for planned in changes if planned.problem is not None)
    breaks = await asyncio.to_thread(find_breaks, model, after) if find_breaks and changes else ()
    return ModelPlan(model, after if changes else model, changes, in_the_way, breaks)


async def _counted(database: Database, change: ModelChange) -> PlannedChange:
    records = links = 0
    for question in change.touches:
        number = await _count(database, question)
        records, links = (records, links + number) if question.of_links else (records + number, links)
    blocking = 0 if change.obstacle is None else await _count(database, change.obstacle)
    if not blocking or change.obstacle is None:
        return PlannedChange(change, records, links)
    things = "links" if change.obstacle.of_links else "records"
    message = f"{change.sentence} {blocking:,} {things} are in the way. {change.cure}"
    problem = Problem("data_in_the_way", message, change.path, _facts(change, blocking, things))
    return PlannedChange(change, records, links, problem)


def _facts(change: ModelChange, blocking: int, things: str) -> Mapping[str, Any]:
    return {"mend": change.code, **change.facts, "case": things, "count": blocking, "of": things}


async def _count(database: Database, question: Question) -> int:
    guarded = weave.fixed(f"count_{question.what}", SYSTEM)
    (number,) = await database.read(guarded, question.parameters, timeout_s=COUNT_S) or (0,)
    return int(number)
