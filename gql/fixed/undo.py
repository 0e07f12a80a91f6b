"""`undoChange` and `undoActivity`: what was done taken back, after a look at what others have changed since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, cast

import strawberry
from strawberry.scalars import JSON

from exchange.undo import found_run, scope_of
from gql.fixed.change_types import ChangeActorShown, ChangedFieldShown
from gql.fixed.context import Context, FixedInfo
from gql.fixed.moments import moment_of
from gql.fixed.planning import ProblemShown, shown_problems
from graph import imports
from graph.undo import (
    Action,
    Conflict,
    InTheWay,
    OnConflict,
    Preview,
    Scope,
    Step,
    Undoing,
    check_known,
    of_activity,
    of_change,
    of_change_set,
)
from models.errors import NotFound, Problem, Rejected

SHOWN = 100
COUNTED: Mapping[Action, str] = {
    Action.DELETE: "deleted",
    Action.RESTORE: "restored",
    Action.UPDATE: "updated",
    Action.UNLINK: "unlinked",
    Action.LINK: "linked",
    Action.RELINK: "relinked",
}
strawberry.enum(
    OnConflict,
    name="UndoOnConflict",
    description="What to do where others have changed something since: REFUSE everything, KEEP what they made of it "
    "and undo the rest, or OVERRIDE it.",
)


@strawberry.type(name="UndoStep", description="What an undo does with one record or link.")
class StepShown:
    """A step, as the API shows it."""

    action: str = strawberry.field(
        description='"delete", "restore" or "update" a record; "unlink", "link" again or "relink" a link: give it other values.'
    )
    type: str = strawberry.field(description="The record's type, or the link's relation.")
    id: strawberry.ID = strawberry.field(description="The record or the link.")
    of_link: bool = strawberry.field(description="Whether it is a link.")
    source: strawberry.ID | None = strawberry.field(description="The record the link leads from.")
    target: strawberry.ID | None = strawberry.field(description="The record the link leads to.")
    fields: list[ChangedFieldShown] = strawberry.field(description="Values: before is what is now, after what will be.")


@strawberry.type(name="UndoConflict", description="Something that others have done since, and that undoing would lose.")
class ConflictShown:
    """A conflict, as the API shows it."""

    code: str = strawberry.field(description='"changed_since", "removed_since", "linked_since", "erased", …')
    message: str = strawberry.field(description="What is in the way, for people.")
    type: str = strawberry.field(description="The record's type, or the link's relation.")
    id: strawberry.ID = strawberry.field(description="The record or the link.")
    of_link: bool = strawberry.field(description="Whether it is a link.")
    field: str | None = strawberry.field(description="The field that others have changed; null where it is the whole.")
    present: JSON | None = strawberry.field(description="What the field holds now.")
    restored: JSON | None = strawberry.field(description="What undoing would make of it.")
    actor: ChangeActorShown | None = strawberry.field(description="Who changed it last.")
    at: datetime | None = strawberry.field(description="When they did.")


@strawberry.type(
    description="How much an undo does; links that come and go with their records are counted when it is done."
)
class UndoCounts:
    """Numbers by what is done."""

    deleted: int = strawberry.field(description="Records moved to the trash.")
    restored: int = strawberry.field(description="Records taken out of the trash.")
    updated: int = strawberry.field(description="Records that got earlier values back.")
    unlinked: int = strawberry.field(description="Links removed.")
    linked: int = strawberry.field(description="Links made again.")
    relinked: int = strawberry.field(description="Links that got earlier values back, or came back with their records.")


@strawberry.type(description="What was undone, or would be, or why it was refused.")
class UndoPayload:
    """What came of it."""

    done: bool = strawberry.field(description="Whether it was carried out: false for a dry run and a refusal.")
    change_sets: list[strawberry.ID] = strawberry.field(
        description="The change sets that the undo wrote; undo them in turn to have everything back."
    )
    counts: UndoCounts = strawberry.field(description="How much was undone; of a dry run how much would be.")
    steps: list[StepShown] = strawberry.field(description="Of a dry run the first 100 steps.")
    conflicts: list[ConflictShown] = strawberry.field(
        description="What others have changed since, the first 100: what is in the way, was kept or was overridden."
    )
    conflict_count: int = strawberry.field(description="How many conflicts there are.")
    errors: list[ProblemShown] = strawberry.field(description="Why it was refused.")
    client_mutation_id: str | None = strawberry.field(description="As it was given.")


@strawberry.input(description="What is to be done about conflicts, and why.")
class UndoInput:
    """What every undo takes."""

    on_conflict: OnConflict = strawberry.field(
        default=OnConflict.REFUSE, description="What to do where others have changed something since."
    )
    dry_run: bool = strawberry.field(default=False, description="Only say what would be done; nothing is changed.")
    reason: str | None = strawberry.field(
        default=None, description="Why; kept with the changes, behind what is undone."
    )
    client_mutation_id: str | None = strawberry.field(default=None, description="Comes back in the payload.")


@strawberry.input(description="What to undo: exactly one of changeSet, change and importRun.")
class UndoChangeInput(UndoInput):
    """A change set, a change or a run."""

    change_set: strawberry.ID | None = strawberry.field(
        default=None, description="Everything that was done at once, such as a bulk mutation."
    )
    change: strawberry.ID | None = strawberry.field(default=None, description="One change alone.")
    import_run: strawberry.ID | None = strawberry.field(default=None, description="A whole import.")


@strawberry.input(description="Whose doings to undo, and from when to when.")
class UndoActivityInput(UndoInput):
    """Everything of an actor in a time."""

    actor: strawberry.ID = strawberry.field(description="The account's id, as changes name it.")
    begin: datetime = strawberry.field(name="from", description="From this moment on, with it.")
    end: datetime = strawberry.field(name="to", description="Until this moment, without it.")


async def undo_change(
    info: FixedInfo,
    input: Annotated[UndoChangeInput, strawberry.argument(description="What is to be undone.")],  # noqa: A002  # GraphQL's
) -> UndoPayload:
    """Undo a change, a change set or an import."""
    context = info.context
    try:
        if input.import_run is not None and input.change_set is None and input.change is None:
            return await _undone_import(context, str(input.import_run), input)
        return await _undone(context, await _scope(context, input), input)
    except (Rejected, NotFound) as error:
        return _refused(error, input)


async def undo_activity(
    info: FixedInfo,
    input: Annotated[UndoActivityInput, strawberry.argument(description="What is to be undone.")],  # noqa: A002  # GraphQL's
) -> UndoPayload:
    """Undo all that somebody did in a time."""
    context = info.context
    try:
        begin, end = _times(input)
        scope = await of_activity(context.database, context.actor, str(input.actor), begin, end)
        if not scope.sets:
            await check_known(context.database, context.actor, str(input.actor))
        return await _undone(context, scope, input)
    except NotFound as error:
        return _refused(Rejected([Problem(error.code, error.message, ("actor",))]), input)
    except Rejected as error:
        return _refused(error, input)


async def _scope(context: Context, given: UndoChangeInput) -> Scope:
    asked = [each for each in (given.change_set, given.change, given.import_run) if each is not None]
    if len(asked) != 1:
        raise Rejected([Problem("bad_input", "Name exactly one of changeSet, change and importRun.", ())])
    of = of_change_set if given.change_set is not None else of_change
    return await of(context.database, context.actor, str(asked[0]))


async def _undone_import(context: Context, id_: str, given: UndoChangeInput) -> UndoPayload:
    """An import, whose run tells from then on that it was undone."""
    run = await found_run(context.database, context.actor, id_)
    if run.status == "running":
        told = "The import is not at its end. Wait for it; one that was killed is taken back by: xrm import undo"
        raise Rejected([Problem("still_running", told, ("importRun",))])
    payload = await _undone(context, await scope_of(context.database, context.actor, run), given)
    if payload.done:
        ended = replace(run, status="undone", finished_at=datetime.now(UTC))
        await imports.save(context.database, context.actor, ended)
    return payload


async def _undone(context: Context, scope: Scope, given: UndoInput) -> UndoPayload:
    if not scope.sets:
        return _payload(given, done=not given.dry_run)
    undoing = Undoing(
        context.database,
        context.registry,
        context.actor,
        scope,
        clock=lambda: datetime.now(UTC),
        on_conflict=given.on_conflict,
        why=given.reason or "",
    )
    if given.dry_run:
        return _previewed(given, await undoing.preview())
    done = await undoing.carry_out()
    return _payload(given, done=True, change_sets=done.change_sets, counts=done.counts, conflicts=done.conflicts)


def _previewed(given: UndoInput, preview: Preview) -> UndoPayload:
    counts = {COUNTED[Action(action)]: count for action, count in preview.counts.items()}
    payload = _payload(given, counts=counts, conflicts=preview.conflicts)
    payload.steps = [_step(each) for each in preview.steps[:SHOWN]]
    payload.conflict_count = preview.conflicts_in_all
    return payload


def _refused(error: Rejected | NotFound, given: UndoInput) -> UndoPayload:
    if isinstance(error, InTheWay):
        number = len(error.conflicts)
        part = "A part was undone; asking again goes on from there" if error.some else "Nothing was undone"
        told = f"{part}: others have changed {number:,} thing{'s' if number != 1 else ''} since. Choose onConflict."
        payload = _payload(given, conflicts=error.conflicts)
        payload.errors = shown_problems([Problem(error.code, told, ("onConflict",))])
        return payload
    problems = error.problems if isinstance(error, Rejected) else [Problem(error.code, error.message)]
    payload = _payload(given)
    payload.errors = shown_problems(problems)
    return payload


def _payload(
    given: UndoInput,
    *,
    done: bool = False,
    change_sets: Sequence[str] = (),
    counts: Mapping[str, int] | None = None,
    conflicts: Sequence[Conflict] = (),
) -> UndoPayload:
    counted = dict(counts or {})
    counted["relinked"] = counted.get("relinked", 0) + counted.pop("ended", 0)  # a link with its earlier end again
    return UndoPayload(
        done=done,
        change_sets=[strawberry.ID(each) for each in change_sets],
        counts=UndoCounts(**{name: counted.get(name, 0) for name in COUNTED.values()}),
        steps=[],
        conflicts=[_conflict(each) for each in conflicts[:SHOWN]],
        conflict_count=len(conflicts),
        errors=[],
        client_mutation_id=given.client_mutation_id or None,
    )


def _step(step: Step) -> StepShown:
    ends = (None if end is None else strawberry.ID(end) for end in (step.source, step.target))
    source, target = ends
    # a step's fields have what the API's type has, under the same names
    fields = cast("list[ChangedFieldShown]", list(step.fields))
    return StepShown(
        action=step.action.value,
        type=step.type,
        id=strawberry.ID(step.id),
        of_link=step.of_link,
        source=source,
        target=target,
        fields=fields,
    )


def _conflict(of: Conflict) -> ConflictShown:
    return ConflictShown(
        code=of.code,
        message=of.message,
        type=of.type,
        id=strawberry.ID(of.id),
        of_link=of.of_link,
        field=of.field,
        present=cast("JSON | None", of.present),
        restored=cast("JSON | None", of.restored),
        actor=cast("ChangeActorShown | None", of.actor),
        at=of.at,
    )


def _times(given: UndoActivityInput) -> tuple[datetime, datetime]:
    begin, end = moment_of("from", given.begin), moment_of("to", given.end)
    if begin >= end:
        raise Rejected([Problem("bad_times", "from is not before to; give the earlier moment first.", ("from",))])
    return begin, end
