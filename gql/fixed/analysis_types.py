"""Runs of analytics as the API shows them: a run, its schedule, two runs compared; and what is given to ask for them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import strawberry
from strawberry.scalars import JSON

from gql.fixed.labels import plain
from gql.fixed.pages import PageInfo
from gql.fixed.planning import ProblemShown
from models.metamodel import Metamodel
from models.reasons import sentence
from models.run_differences import difference
from models.runs import Run, RunStatus, Schedule

if TYPE_CHECKING:
    from analytics.comparing import Comparison, Difference, Moved
    from analytics.moving import PathMoved

strawberry.enum(RunStatus, name="RunStatus", description="How far a run is.")


@strawberry.type(name="Analysis", description="A run of an analytics engine.")
class AnalysisShown:
    """A run, as the API shows it."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    number: int = strawberry.field(description="Counts the runs; records' scores name it as their run.")
    engine: str = strawberry.field(description="The engine.")
    type: str | None = strawberry.field(description="The type whose records it scores; null for all types.")
    parameters: JSON = strawberry.field(description="The engine's parameters, where they are not its own.")
    seed: int = strawberry.field(description="Where chance begins: the same seed gives the same scores.")
    status: RunStatus = strawberry.field(description="How far it is.")
    stage: str = strawberry.field(description="What it is doing, or did last.")
    progress: float = strawberry.field(description="How far it is, from 0 to 1.")
    cancelling: bool = strawberry.field(description="Whether it is being cancelled.")
    actor: str = strawberry.field(description="The id of who asked for it.")
    requested_at: datetime = strawberry.field(description="When it was asked for.")
    started_at: datetime | None = strawberry.field(description="When a worker began it, the last time.")
    finished_at: datetime | None = strawberry.field(description="When it ended.")
    origin: JSON = strawberry.field(
        description="What its scores are made from and with: change, moment, versions of model, program and libraries."
    )
    counts: JSON = strawberry.field(description="What it came to: records, links, scored, explained, swept.")
    timings: JSON = strawberry.field(description="Seconds by stage.")
    quality: JSON = strawberry.field(description="How good its scores are, by type, as its engine measures it.")
    error: str | None = strawberry.field(description="Why it failed, in a sentence.")
    reason: str | None = strawberry.field(description="Why it failed, as a code, where one code says all.")


@strawberry.type(description="One row of a page of analyses.")
class AnalysisEdge:
    """A row."""

    cursor: str = strawberry.field(description="Where this row lies in the list.")
    node: AnalysisShown = strawberry.field(description="The run.")


@strawberry.type(description="A page of analyses, the newest first.")
class AnalysisConnection:
    """A page."""

    edges: list[AnalysisEdge] = strawberry.field(description="The rows of this page, with their cursors.")
    nodes: list[AnalysisShown] = strawberry.field(description="The runs of this page.")
    page_info: PageInfo = strawberry.field(description="Where this page lies in the list.")


@strawberry.type(description="When runs of a kind begin by themselves.")
class AnalysisSchedule:
    """A schedule."""

    engine: str = strawberry.field(description="The engine.")
    type: str | None = strawberry.field(description="The type whose records it scores; null for all types.")
    parameters: JSON = strawberry.field(description="The engine's parameters.")
    seed: int = strawberry.field(description="Where chance begins.")
    after_changes: int | None = strawberry.field(description="After so many change sets.")
    after_minutes: int | None = strawberry.field(description="After so many minutes.")
    last_at: datetime | None = strawberry.field(description="When it began a run last.")


@strawberry.input(description="What to run.")
class StartAnalysisInput:
    """An engine, what to score, and how."""

    engine: str = strawberry.field(description='The engine: "churn".')
    type: str | None = strawberry.field(
        default=None, description="The type whose records are scored; all, if left out."
    )
    parameters: JSON | None = strawberry.field(default=None, description="Parameters of the engine, as an object.")
    seed: int = strawberry.field(default=0, description="Where chance begins.")
    client_mutation_id: str | None = strawberry.field(default=None, description="Comes back in the payload.")


@strawberry.input(description="Which run to cancel.")
class CancelAnalysisInput:
    """A run."""

    id: strawberry.ID = strawberry.field(description="The run's id.")
    client_mutation_id: str | None = strawberry.field(default=None, description="Comes back in the payload.")


@strawberry.input(description="What to run again and again, and when. Without a rule the schedule is taken away.")
class ScheduleAnalysisInput(StartAnalysisInput):
    """What to run, and the rule."""

    after_changes: int | None = strawberry.field(default=None, description="After so many change sets.")
    after_minutes: int | None = strawberry.field(default=None, description="After so many minutes.")


@strawberry.type(description="The run, or why it was refused.")
class AnalysisPayload:
    """What came of starting or cancelling."""

    analysis: AnalysisShown | None = strawberry.field(description="The run; null when it was refused.")
    errors: list[ProblemShown] = strawberry.field(description="Why it was refused.")
    client_mutation_id: str | None = strawberry.field(description="As it was given.")


@strawberry.type(description="The schedule, or why it was refused.")
class ScheduleAnalysisPayload:
    """What came of scheduling."""

    schedule: AnalysisSchedule | None = strawberry.field(description="The schedule; null when there is none now.")
    errors: list[ProblemShown] = strawberry.field(description="Why it was refused.")
    client_mutation_id: str | None = strawberry.field(description="As it was given.")


@strawberry.type(description="One thing that is not the same for two runs.")
class RunDifference:
    """A difference."""

    code: str = strawberry.field(
        description='What it is: "parameters", "seed", "data", "model", "code", "libraries", …'
    )
    text: str = strawberry.field(description="The same in words.")
    before: JSON | None = strawberry.field(
        description="What it was; of parameters and libraries an object of those that differ, null for one that was not given."
    )
    after: JSON | None = strawberry.field(description="What it is, likewise.")
    details: list[str] = strawberry.field(
        description="Its parts: each parameter or library with both values, or what the versions of the model in between "
        "changed, the oldest first."
    )


@strawberry.type(description="A reason and what it added to a score in both runs.")
class MovedReason:
    """A part of a score that moved."""

    code: str = strawberry.field(description="The sort of reason.")
    text: str = strawberry.field(description="The reason in words.")
    facts: JSON = strawberry.field(description="The facts of the sentence, those of the later run that has the reason.")
    records: list[strawberry.ID] = strawberry.field(description="The ids of the records that it speaks of.")
    before: float = strawberry.field(description="What it added; 0 where it was not there.")
    after: float = strawberry.field(description="What it adds; 0 where it is no longer there.")


@strawberry.type(description="A path along which a score comes that is new, gone, or of another strength.")
class MovedPath:
    """A path that moved."""

    code: str = strawberry.field(description="The sort of path.")
    relations: list[str] = strawberry.field(description="The relations that it follows.")
    records: list[strawberry.ID] = strawberry.field(description="The ids of the records that it leads over.")
    before: float | None = strawberry.field(description="How strong it was; null where it was not there.")
    after: float | None = strawberry.field(description="How strong it is; null where it is no longer there.")


@strawberry.type(description="A record whose leading score is another one.")
class MovedRecord:
    """A record that moved."""

    id: strawberry.ID = strawberry.field(description="The record's id.")
    type: str = strawberry.field(description="Its type.")
    before: float = strawberry.field(description="Its score in the one run.")
    after: float = strawberry.field(description="Its score in the other.")
    reasons: list[MovedReason] = strawberry.field(
        description="Which parts of it moved, one by one, the largest move first; empty where a run did not store why."
    )
    paths: list[MovedPath] = strawberry.field(
        description="Which of its paths are new, gone, or of another strength, the strongest first."
    )


@strawberry.type(description="Two runs compared: what moved, and why.")
class RunComparison:
    """A comparison."""

    a: AnalysisShown = strawberry.field(description="The one run.")
    b: AnalysisShown = strawberry.field(description="The other.")
    score: str = strawberry.field(description="The score that is compared: the engine's leading one.")
    differences: list[RunDifference] = strawberry.field(description="What is not the same for the two runs.")
    both: int = strawberry.field(description="How many records both scored.")
    entered: int = strawberry.field(description="How many only b scored.")
    left: int = strawberry.field(description="How many only a scored.")
    changed: int = strawberry.field(description="How many have another score.")
    moved: list[MovedRecord] = strawberry.field(description="Those whose score moved most, the greatest move first.")


def shown_run(run: Run) -> AnalysisShown:
    """A run for the API."""
    return AnalysisShown(
        id=strawberry.ID(run.id),
        number=run.number,
        engine=run.request.engine,
        type=run.request.type or None,
        parameters=plain(run.request.parameters),
        seed=run.request.seed,
        status=run.status,
        stage=run.stage,
        progress=run.progress,
        cancelling=run.cancelling,
        actor=run.actor,
        requested_at=run.requested_at,
        started_at=run.started_at,
        finished_at=run.finished_at,
        origin=plain(run.origin),
        counts=plain(run.counts),
        timings=plain(run.timings_s),
        quality=plain(run.quality),
        error=run.error or None,
        reason=run.reason or None,
    )


def shown_schedule(schedule: Schedule) -> AnalysisSchedule:
    """A schedule for the API."""
    return AnalysisSchedule(
        engine=schedule.request.engine,
        type=schedule.request.type or None,
        parameters=plain(schedule.request.parameters),
        seed=schedule.request.seed,
        after_changes=schedule.after_changes,
        after_minutes=schedule.after_minutes,
        last_at=schedule.last_at,
    )


def shown_comparison(found: Comparison, model: Metamodel, language: str) -> RunComparison:
    """A comparison for the API."""
    return RunComparison(
        a=shown_run(found.first),
        b=shown_run(found.second),
        score=found.score,
        differences=[_difference(each, language) for each in found.differences],
        both=found.both,
        entered=found.entered,
        left=found.left,
        changed=found.changed,
        moved=[_moved(each, model, language) for each in found.moved],
    )


def _difference(each: Difference, language: str) -> RunDifference:
    facts = {"before": each.before, "after": each.after, **each.facts}
    return RunDifference(
        code=each.code,
        text=difference(each.code, facts, language),
        before=plain(each.before),
        after=plain(each.after),
        details=list(each.details),
    )


def _moved(moved: Moved, model: Metamodel, language: str) -> MovedRecord:
    kind = model.types.get(moved.type)
    reasons = [
        MovedReason(
            code=each.code,
            text=sentence(each.code, each.facts, language, kind),
            facts=plain(each.facts),
            records=[strawberry.ID(id) for id in each.records],
            before=each.before,
            after=each.after,
        )
        for each in moved.reasons
    ]
    return MovedRecord(
        id=strawberry.ID(moved.record),
        type=moved.type,
        before=moved.before,
        after=moved.after,
        reasons=reasons,
        paths=[_path(each) for each in moved.paths],
    )


def _path(moved: PathMoved) -> MovedPath:
    return MovedPath(
        code=moved.code,
        relations=list(moved.relations),
        records=[strawberry.ID(id) for id in moved.records],
        before=moved.before,
        after=moved.after,
    )
