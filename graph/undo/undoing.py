"""Undoing: looked at first, then carried out batch by batch as ordinary writes, each of which can be undone in turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from graph.registry import Registry
from graph.session import Database
from graph.undo.planning import BatchPlan, plan_batch
from graph.undo.scope import BATCH, Scope, SetInScope
from graph.undo.steps import Conflict, OnConflict, Step
from graph.unit import Outcome, write
from models.actor import Actor
from models.errors import ModelChanged, Problem, Rejected
from models.metamodel import Metamodel, OnDelete

ORIGIN = "undo"
UNDO_S = 300.0
TRIES = 5
SHOWN = 1_000  # steps and conflicts that are kept for being shown
Progress = Callable[[str, float | None], None]


@dataclass(frozen=True, slots=True)
class Preview:
    """What undoing would do, counted by action, the first steps of it, and what is in its way."""

    counts: Mapping[str, int]
    steps: Sequence[Step]
    conflicts: Sequence[Conflict]
    conflicts_in_all: int


@dataclass(frozen=True, slots=True)
class Undone:
    """The change sets that were written, the newest last, what they did, counted, and what was left or overridden."""

    change_sets: Sequence[str]
    counts: Mapping[str, int]
    conflicts: Sequence[Conflict]


class InTheWay(Rejected):
    """Others have changed since what is to be undone; `some` says whether a part of it has been undone."""

    code = "undo_refused"

    def __init__(self, conflicts: Sequence[Conflict], *, some: bool) -> None:
        self.conflicts, self.some = conflicts, some
        super().__init__([Problem(each.code, each.message, (each.id,)) for each in conflicts])


@dataclass(frozen=True, slots=True)
class Undoing:
    """One undo on one database."""

    database: Database
    registry: Registry
    actor: Actor
    scope: Scope
    clock: Callable[[], datetime]
    on_conflict: OnConflict = OnConflict.REFUSE
    why: str = ""
    progress: Progress = lambda text, done: None
    size: int = BATCH

    async def preview(self) -> Preview:
        """What would be done now; nothing is. What fits one transaction is tried out in one, which is rolled back."""
        counts: Counter[str] = Counter()
        steps: list[Step] = []
        conflicts: list[Conflict] = []
        total = 0
        batches = list(self.scope.batches(self.size))
        for number, sets in enumerate(batches, 1):
            plan = await self._planned(sets)
            if len(batches) == 1:
                plan = await self._tried(plan)
            counts.update(step.action.value for step in plan.steps)
            steps += plan.steps[: SHOWN - len(steps)]
            conflicts += plan.conflicts[: SHOWN - len(conflicts)]
            total += len(plan.conflicts)
            self.progress("Looking for later changes", number / len(batches))
        return Preview(dict(counts), steps, conflicts, total)

    async def carry_out(self) -> Undone:
        """Undo it, the newest change sets first. Raises InTheWay where conflicts are to be refused and there are some.

        Then nothing is undone, unless others came in between after the first batches; going on later begins where it was.
        """
        if self.on_conflict is OnConflict.REFUSE:
            await self._check()
        counts: Counter[str] = Counter()
        made: list[str] = []
        conflicts: list[Conflict] = []
        batches = list(self.scope.batches(self.size))
        for number, sets in enumerate(batches, 1):
            outcome, found = await self._undone(sets, some=bool(made))
            conflicts += found[: SHOWN - len(conflicts)]
            if outcome is not None:
                made.append(outcome.change_set)
                counts.update(outcome.counts)
            self.progress("Taking back", number / len(batches))
        counts.pop("unchanged", None)
        return Undone(made, {what: count for what, count in counts.items() if count}, conflicts)

    async def _check(self) -> None:
        conflicts: list[Conflict] = []
        batches = list(self.scope.batches(self.size))
        for number, sets in enumerate(batches, 1):
            conflicts += (await self._planned(sets)).conflicts
            self.progress("Looking for later changes", number / len(batches))
        if conflicts:
            raise InTheWay(conflicts, some=False)

    async def _planned(self, sets: Sequence[SetInScope]) -> BatchPlan:
        model = await self.registry.refresh()
        return await plan_batch(self.database, model, self.actor, self.scope, sets, self.on_conflict)

    async def _undone(self, sets: Sequence[SetInScope], *, some: bool) -> tuple[Outcome | None, Sequence[Conflict]]:
        """A batch in one transaction; planned again where the model moved on or others were faster."""
        for last in (False,) * (TRIES - 1) + (True,):
            plan = await self._planned(sets)
            if plan.conflicts and self.on_conflict is OnConflict.REFUSE:
                raise InTheWay(plan.conflicts, some=some)
            try:
                return await self._written(plan), plan.conflicts
            except ModelChanged:
                if last:
                    raise
            except Rejected as rejected:
                kept = plan.without(*_standing(plan, rejected.problems))
                if self.on_conflict is OnConflict.KEEP:
                    try:
                        return await self._written(kept), kept.conflicts
                    except (ModelChanged, Rejected):
                        pass
                if last:
                    raise InTheWay(kept.conflicts, some=some) from rejected
        raise AssertionError("the last try returns or raises")

    async def _tried(self, plan: BatchPlan) -> BatchPlan:
        """The plan with what the database refuses of it among the conflicts."""
        try:
            await self._written(plan, dry_run=True)
        except Rejected as rejected:
            return plan.without(*_standing(plan, rejected.problems))
        return plan

    async def _written(self, plan: BatchPlan, *, dry_run: bool = False) -> Outcome | None:
        if not plan.commands:
            return None
        return await write(
            self.database,
            _going_alone(self.registry.model, plan.going),
            self.actor,
            plan.commands,
            now=self.clock(),
            reason=f"undo of {self.scope.label}" + (f": {self.why}" if self.why else ""),
            origin=ORIGIN,
            timeout_s=UNDO_S,
            dry_run=dry_run,
        )


def _standing(plan: BatchPlan, problems: Iterable[Problem]) -> tuple[frozenset[str], list[Conflict]]:
    """What the database refuses, by the ids that the problems name, as conflicts."""
    steps = {step.id: step for step in plan.steps}
    conflicts = []
    for problem in problems:
        step = steps.get(str(problem.path[0])) if problem.path else None
        kind, id_ = ("", "") if step is None else (step.type, step.id)
        conflicts.append(Conflict(problem.code, problem.message, kind, id_, step is not None and step.of_link))
    return frozenset(each.id for each in conflicts), conflicts


def _going_alone(model: Metamodel, going: frozenset[str]) -> Metamodel:
    """The model in which a record goes with links of these relations and refuses to go with others: nothing goes along."""
    relations = {}
    for name, each in model.relations.items():
        rule = OnDelete.UNLINK if name in going else OnDelete.REFUSE
        source, target = replace(each.source, on_delete=rule), replace(each.target, on_delete=rule)
        relations[name] = replace(each, source=source, target=target)
    return replace(model, relations=relations)
