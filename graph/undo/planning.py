"""What undoing a batch of change sets comes to: steps that can be taken, and all that others did since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from graph.session import Database
from graph.undo.links import of_link
from graph.undo.records import of_record
from graph.undo.reversing import Reversing
from graph.undo.scope import Scope, SetInScope
from graph.undo.state import Looking
from graph.undo.steps import Action, Conflict, OnConflict, Reversal, Step
from graph.undo.touches import Present, Standing, Touch
from models.actor import Actor
from models.commands import Command, CreateLink
from models.metamodel import EntityType, Metamodel, OnDelete, RelationType

_NOWHERE = {True: Present(Standing.GONE, {}), False: Present(Standing.LOST, {})}  # a link, a record


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """Steps in the order in which they are taken, conflicts, and the relations whose links may go with a record."""

    steps: tuple[Step, ...]
    conflicts: tuple[Conflict, ...]
    going: frozenset[str] = frozenset()

    @property
    def commands(self) -> list[Command]:
        """Everything to be done, as one unit of work; links that go with a record need no command."""
        gone = {step.id for step in self.steps if step.action is Action.DELETE}
        return [
            command
            for step in self.steps
            if not (step.action in (Action.UNLINK, Action.RELINK) and gone & {step.source, step.target})
            for command in step.commands
        ]

    def without(self, ids: frozenset[str], conflicts: Sequence[Conflict]) -> BatchPlan:
        """The same without what stands in the way."""
        steps = tuple(step for step in self.steps if step.id not in ids)
        return replace(self, steps=steps, conflicts=(*self.conflicts, *conflicts))


async def plan_batch(
    database: Database, model: Metamodel, actor: Actor, scope: Scope, sets: Sequence[SetInScope], on: OnConflict
) -> BatchPlan:
    """The plan of a batch as the data lies now. What was undone already, or has become so by itself, needs no step."""
    looking = Looking(database, model, actor, scope)
    records, links = await looking.touched(sets)
    histories = await looking.histories(records, links)
    own = frozenset(each.id for each in sets)
    order = [id for id in histories if _last_of(histories[id], own)]
    order.sort(key=lambda id: _last(histories[id]), reverse=True)
    reversals = await _reversals(looking, {id: histories[id] for id in order}, on)
    steps = [each.step for each in reversals if each.step is not None]
    conflicts = [conflict for each in reversals for conflict in each.conflicts]
    coming = {step.id for step in steps if step.action is Action.RESTORE}
    steps = [step for step in steps if not step.waits or coming & {step.source, step.target}]
    plan = BatchPlan(tuple(steps), tuple(conflicts))
    return await _with_ends(looking, await _with_links(looking, plan, on))


def _last(touches: Sequence[Touch]) -> tuple[object, str]:
    """When something was last touched by what is to be undone."""
    last = next(touch for touch in reversed(touches) if touch.mine)
    return last.at, last.change["id"]


def _last_of(touches: Sequence[Touch], sets: frozenset[str]) -> bool:
    """Whether the batch is the one to deal with it: that which touched it last."""
    mine = [touch for touch in touches if touch.mine]
    return bool(mine) and mine[-1].change["set"] in sets


async def _reversals(looking: Looking, histories: Mapping[str, list[Touch]], on: OnConflict) -> list[Reversal]:
    model = looking.model
    kinds: dict[str, EntityType | RelationType] = {}
    found: list[Reversal] = []
    by_relation: dict[str, list[str]] = defaultdict(list)
    for id, touches in histories.items():
        name, of_link_ = touches[0].change["type"], "link" in touches[0].change
        kind = (model.relations if of_link_ else model.types).get(name)
        if kind is None:
            message = f"{name} {id}: the model has no {name} any more."
            found.append(Reversal(None, [Conflict("unknown_type", message, name, id, of_link_)]))
            continue
        kinds[id] = kind
        if of_link_:
            by_relation[name].append(id)
    present = await looking.records(id for id, kind in kinds.items() if isinstance(kind, EntityType))
    present = {**present, **await looking.links(by_relation)}
    for id, kind in kinds.items():
        is_link = isinstance(kind, RelationType)
        override = on is OnConflict.OVERRIDE
        reversing = Reversing(kind, id, histories[id], present.get(id, _NOWHERE[is_link]), override)
        found.append(of_link(reversing) if is_link else of_record(reversing))
    return found


async def _with_links(looking: Looking, plan: BatchPlan, on: OnConflict) -> BatchPlan:
    """Links that others gave records which are to go stand in the way of their going."""
    doomed = {step.id: step for step in plan.steps if step.action is Action.DELETE}
    if not doomed:
        return plan
    own = [step for step in plan.steps if step.action is Action.UNLINK]
    going = {step.type for step in own if {step.source, step.target} & doomed.keys()}
    conflicts: list[Conflict] = []
    for link in await looking.links_on(list(doomed), [step.id for step in own]):
        if link.mine:
            going.add(link.relation)
            continue
        step = doomed[link.record]
        message = f"{step.type} {step.id}: others linked it by {link.relation}."
        conflicts.append(Conflict("linked_since", message, step.type, step.id, of_link=False))
    if on is OnConflict.OVERRIDE:
        unless_refused = (name for name, each in looking.model.relations.items() if not _refuses(each))
        return replace(plan, conflicts=(*plan.conflicts, *conflicts), going=frozenset({*going, *unless_refused}))
    stay = frozenset(conflict.id for conflict in conflicts)
    return replace(plan.without(stay, conflicts), going=frozenset(going))


def _refuses(relation: RelationType) -> bool:
    return OnDelete.REFUSE in (relation.source.on_delete, relation.target.on_delete)


async def _with_ends(looking: Looking, plan: BatchPlan) -> BatchPlan:
    """Links come back only between records that live, or come back with them."""
    waiting = {step.id for step in plan.steps if step.waits}
    wanted = {
        command.id: {command.source, command.target} for command in plan.commands if isinstance(command, CreateLink)
    }
    wanted |= {step.id: {str(step.source), str(step.target)} for step in plan.steps if step.waits}
    if not wanted:
        return plan
    ends = await looking.records({end for each in wanted.values() for end in each})
    living = {id for id, present in ends.items() if present.standing is Standing.LIVING}
    living |= {step.id for step in plan.steps if step.action is Action.RESTORE}
    living -= {step.id for step in plan.steps if step.action is Action.DELETE}
    lost = {id: each - living for id, each in wanted.items() if not each <= living}
    conflicts = [
        Conflict(
            "end_gone", f"{step.type} {step.id}: its end {min(lost[step.id])} is no more.", step.type, step.id, True
        )
        for step in plan.steps
        if step.id in lost and step.id not in waiting
    ]
    return plan.without(frozenset(lost), conflicts)
