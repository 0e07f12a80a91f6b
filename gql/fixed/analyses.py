"""Runs of analytics: asked for, cancelled, scheduled, listed, followed, compared."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from typing import Annotated

import strawberry

from gql.fixed.analysis_types import (
    AnalysisConnection,
    AnalysisEdge,
    AnalysisPayload,
    AnalysisSchedule,
    AnalysisShown,
    CancelAnalysisInput,
    RunComparison,
    ScheduleAnalysisInput,
    ScheduleAnalysisPayload,
    StartAnalysisInput,
    shown_comparison,
    shown_run,
    shown_schedule,
)
from gql.fixed.context import FixedInfo
from gql.fixed.labels import Language
from gql.fixed.pages import check_first, number_behind, page_info
from gql.fixed.refusing import no_such, tried
from graph import runs
from models.errors import NotFound, Problem, Rejected
from models.runs import ALL_TYPES, Run, RunRequest, RunStatus, Schedule, check_request, check_schedule
from models.scores import ENGINES

MOST_LISTED, MOST_MOVED = 200, 500
FOLLOW_EVERY_S = 0.5
FORBIDDEN = Problem("forbidden", "Only administrators may schedule analyses; ask one of them.")


async def analyses(
    info: FixedInfo,
    first: Annotated[int, strawberry.argument(description="How many runs to a page.")] = 50,
    after: Annotated[str | None, strawberry.argument(description="Begin behind this cursor.")] = None,
    engine: Annotated[str | None, strawberry.argument(description="Only runs of this engine.")] = None,
    type: Annotated[str | None, strawberry.argument(description="Only runs over records of this type.")] = None,
    status: Annotated[RunStatus | None, strawberry.argument(description="Only runs that stand like this.")] = None,
) -> AnalysisConnection:
    """A page of runs, the newest first."""
    check_first(first, MOST_LISTED)
    if engine is not None and engine not in ENGINES:
        raise no_such("engine", engine, ENGINES)
    context = info.context
    found = await runs.runs(
        context.database,
        context.actor,
        first=first + 1,
        before=number_behind(after),
        engine=engine,
        type=type,
        status=status,
    )
    if not found and after is None and type is not None and type not in (ALL_TYPES, *context.model.types):
        raise no_such("type", type, context.model.types)  # a type that was dropped may have runs
    nodes = [shown_run(run) for run in found[:first]]
    cursors = [str(node.number) for node in nodes]
    place = page_info(cursors, more=len(found) > first, paged=after is not None)
    edges = [AnalysisEdge(cursor=cursor, node=node) for cursor, node in zip(cursors, nodes, strict=True)]
    return AnalysisConnection(edges=edges, nodes=nodes, page_info=place)


async def analysis(
    info: FixedInfo, id: Annotated[strawberry.ID, strawberry.argument(description="The run.")]
) -> AnalysisShown | None:
    """One run, by its id."""
    try:
        return shown_run(await runs.run(info.context.database, info.context.actor, id))
    except NotFound:
        return None


async def analysis_schedules(info: FixedInfo) -> list[AnalysisSchedule]:
    """All schedules."""
    return [shown_schedule(each) for each in await runs.schedules(info.context.database, info.context.actor)]


async def compare_runs(
    info: FixedInfo,
    a: Annotated[strawberry.ID, strawberry.argument(description="The run that is compared with.")],
    b: Annotated[strawberry.ID, strawberry.argument(description="The run that is compared.")],
    first: Annotated[int, strawberry.argument(description="How many of the records that moved most.")] = 20,
    type: Annotated[
        str | None,
        strawberry.argument(description="The type whose records are counted and compared; all, if left out."),
    ] = None,
    language: Language = "en",
) -> RunComparison:
    """Two runs of one engine compared."""
    from analytics.comparing import compare  # brings libraries of numbers, which serving does without

    check_first(first, MOST_MOVED)
    found = await compare(info.context.database, info.context.actor, a, b, first=first, type_name=type)
    return shown_comparison(found, info.context.model, language)


async def start_analysis(
    info: FixedInfo,
    input: Annotated[StartAnalysisInput, strawberry.argument(description="Which engine, over what.")],  # noqa: A002  # GraphQL's name
) -> AnalysisPayload:
    """Ask for a run; a worker begins it as soon as none of its kind is under way."""
    return await _payload(_started(info, input), input.client_mutation_id)


async def _started(info: FixedInfo, input: StartAnalysisInput) -> Run:  # noqa: A002  # GraphQL's name
    return await runs.request(info.context.database, info.context.actor, _request(info, input))


async def cancel_analysis(
    info: FixedInfo,
    input: Annotated[CancelAnalysisInput, strawberry.argument(description="Which run.")],  # noqa: A002  # GraphQL's name
) -> AnalysisPayload:
    """Cancel a run, waiting or under way."""
    return await _payload(runs.cancel(info.context.database, info.context.actor, input.id), input.client_mutation_id)


async def schedule_analysis(
    info: FixedInfo,
    input: Annotated[ScheduleAnalysisInput, strawberry.argument(description="Which engine, and how often.")],  # noqa: A002  # GraphQL's name
) -> ScheduleAnalysisPayload:
    """Keep a schedule for an engine and a type, in the place of the one they had. For administrators."""
    found, errors = await tried(_scheduled(info, input))
    return ScheduleAnalysisPayload(schedule=found, errors=errors, client_mutation_id=input.client_mutation_id)


async def _scheduled(info: FixedInfo, input: ScheduleAnalysisInput) -> AnalysisSchedule | None:  # noqa: A002  # GraphQL's name
    context, request = info.context, _request(info, input)
    if not context.actor.administrator:
        raise Rejected([FORBIDDEN])
    if input.after_changes is None and input.after_minutes is None:
        await runs.unschedule(context.database, context.actor, request.kind)
        return None
    check_schedule(input.after_changes, input.after_minutes)
    wanted = Schedule(request, input.after_changes, input.after_minutes)
    return shown_schedule(await runs.schedule(context.database, context.actor, wanted))


async def followed(info: FixedInfo, id: strawberry.ID) -> AsyncIterator[AnalysisShown]:
    """The run whenever it has moved on, until it has ended."""
    context, last = info.context, None
    while True:
        run = await runs.run(context.database, context.actor, id)
        seen = (run.status, run.stage, run.progress, run.cancelling)
        if seen != last:
            yield shown_run(run)
        if run.status.final:
            return
        last = seen
        await asyncio.sleep(FOLLOW_EVERY_S)


async def _payload(asked: Awaitable[Run], client_mutation_id: str | None) -> AnalysisPayload:
    run, errors = await tried(asked)
    shown = shown_run(run) if run else None
    return AnalysisPayload(analysis=shown, errors=errors, client_mutation_id=client_mutation_id)


def _request(info: FixedInfo, given: StartAnalysisInput) -> RunRequest:
    parameters: object = given.parameters if given.parameters is not None else {}
    if not isinstance(parameters, dict):
        raise Rejected(
            [Problem("bad_parameters", "Give the parameters as an object of names and values.", ("parameters",))]
        )
    request = RunRequest(given.engine, given.type or ALL_TYPES, parameters, given.seed)
    check_request(request, info.context.model.types)
    if parameters:
        from analytics.runs import check_parameters  # brings libraries of numbers, which serving does without

        check_parameters(request)
    return request
