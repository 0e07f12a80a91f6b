"""Reading imports: uploads, guesses, previews, problems by pages, and what was carried out."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Annotated, Any

import strawberry
from strawberry.scalars import JSON

from exchange import problems
from exchange.guessing import guessed, guessed_as
from exchange.jobs import Jobs
from exchange.mapping import Plan, check, parse
from exchange.previewing import preview
from exchange.runs import folder_of
from exchange.tables import Table
from exchange.uploads import Desk, Upload
from gql.fixed.context import Context, FixedInfo
from gql.fixed.importing.showing import (
    of_upload,
    shown_guess,
    shown_job,
    shown_kind,
    shown_problem,
    shown_row,
    shown_run,
    shown_source,
    shown_upload,
    without_places,
    yaml_of,
)
from gql.fixed.importing.types import (
    GuessShown,
    ImportConnection,
    ImportEdge,
    ImportProblemConnection,
    ImportProblemEdge,
    JobShown,
    PreviewShown,
    UploadShown,
)
from gql.fixed.pages import FOREIGN_CURSOR, check_first, number_behind, page_info
from graph import imports as stored
from graph import people
from graph.imports import Run
from models.errors import NotFound, Problem, Rejected

MOST = 1_000
MOST_PREVIEWED = 100
FORBIDDEN = Problem("forbidden", "Only administrators may import. Ask one of them, or send them your files.")
Id = Annotated[strawberry.ID, strawberry.argument(description="Its id.")]
Given = Annotated[JSON | None, strawberry.argument(description="The mapping; the one that is kept, when left out.")]


@dataclass(frozen=True, slots=True)
class Room:
    """Where imports are kept."""

    desk: Desk
    jobs: Jobs


def room(context: Context) -> Room:
    """Where imports are kept, for those who may import. Raises Rejected for others."""
    if not context.actor.administrator:
        raise Rejected([FORBIDDEN])
    if context.desk is None:
        raise Rejected([Problem("no_imports", "This server keeps no files, so it takes no imports.")])
    return Room(context.desk, Jobs(context.desk.home))


async def import_upload(info: FixedInfo, id: Id) -> UploadShown | None:
    """An upload by its id."""
    try:
        upload = room(info.context).desk.upload(id)
    except NotFound:
        return None
    return await whole(info.context, upload)


async def whole(context: Context, upload: Upload) -> UploadShown:
    """An upload with its last job and its last run."""
    jobs = room(context).jobs
    path = str(upload.path)
    run = next((each for each in await stored.runs(context.database, context.actor) if each.path == path), None)
    shown = None if run is None else shown_run(jobs, run, await _names(context, [run]), upload)
    return shown_upload(upload, shown_job(jobs, jobs.find(upload.id)), shown)


async def import_guess(
    info: FixedInfo,
    upload: Annotated[strawberry.ID, strawberry.argument(description="The upload.")],
    file: Annotated[str | None, strawberry.argument(description="Only this file, read as records of `type`.")] = None,
    type: Annotated[str | None, strawberry.argument(description="The type of its records.")] = None,
) -> GuessShown:
    """What the files most likely mean."""
    context = info.context
    found = room(context).desk.upload(upload)
    model = await context.registry.refresh()  # a type made a moment ago through another process counts too
    if file is None or type is None:
        return shown_guess(await asyncio.to_thread(guessed, found, model), found)
    if type not in model.types:
        raise Rejected([Problem("unknown_type", f"There is no type {type!r}.", ("type",))])
    one = await asyncio.to_thread(guessed_as, found, model, file, type)
    return GuessShown(mapping=JSON({}), sources=[shown_source(one, found)])


async def import_preview(
    info: FixedInfo,
    upload: Annotated[strawberry.ID, strawberry.argument(description="The upload.")],
    source: Annotated[str, strawberry.argument(description="What the mapping calls the file.")],
    mapping: Given = None,
    first: Annotated[int, strawberry.argument(description="How many rows, at most 100.")] = 20,
) -> PreviewShown:
    """What the first rows of a file become."""
    context = info.context
    found = room(context).desk.upload(upload)
    if not 0 <= first <= MOST_PREVIEWED:
        raise Rejected([Problem("page_too_large", f"Ask for 0 to {MOST_PREVIEWED} rows at once.", ("first",))])
    try:
        plan, tables = planned(context, found, mapping)
        _check_source(plan, source)
        rows = await preview(context.database, context.actor, context.model, plan, tables, source, first=first)
    except Rejected as error:
        return PreviewShown(rows=[], errors=without_places(room(context).desk, error.problems))
    return PreviewShown(rows=[shown_row(each) for each in rows], errors=[])


def _check_source(plan: Plan, source: str) -> None:
    if all(each.name != source for each in plan.sources):
        raise Rejected([Problem("unknown_source", f"The mapping has no source {source!r}.", ("source",))])


def planned(context: Context, upload: Upload, mapping: Any) -> tuple[Plan, dict[str, Table]]:
    """A mapping held against the model and the files. Raises Rejected with everything that is wrong with it."""
    given = upload.mapping if mapping is None else mapping
    if not isinstance(given, dict):
        raise Rejected([Problem("no_mapping", "There is no mapping yet; keep one first.", ("mapping",))])
    plan = parse(yaml_of(given))
    tables = {each.name: upload.table(each.file) for each in plan.sources if _has(upload, each.file)}
    missing = [
        Problem("missing_file", f"There is no file {each.file} in this upload. Send it, or take the source out.")
        for each in plan.sources
        if each.name not in tables
    ]
    found = [*missing, *check(plan, context.model, tables)]
    if found:
        raise Rejected(found)
    return plan, tables


def _has(upload: Upload, file: str) -> bool:
    return any(each.name == file for each in upload.files)


async def import_problems(
    info: FixedInfo,
    run: Annotated[
        strawberry.ID, strawberry.argument(description="The run, or the job's run where it was only tried.")
    ],
    first: Annotated[int, strawberry.argument(description="How many to a page, at most 1,000.")] = 100,
    after: Annotated[str | None, strawberry.argument(description="Begin behind this cursor.")] = None,
    source: Annotated[str | None, strawberry.argument(description="Only those of this file of the mapping.")] = None,
    field: Annotated[str | None, strawberry.argument(description="Only those of this field.")] = None,
    code: Annotated[str | None, strawberry.argument(description="Only those of this sort.")] = None,
) -> ImportProblemConnection:
    """A page of problems."""
    home = room(info.context).desk.home
    Jobs(home).find(run)  # refuses what is no id
    folder, wanted = folder_of(home, run), problems.Wanted(source, field, code)
    behind = number_behind(after) or 0
    check_first(first, MOST)
    found = await asyncio.to_thread(problems.page, folder, wanted, first=first + 1, after=behind)
    nodes = [shown_problem(each) for each in found[:first]]
    cursors = [str(each.number) for each in nodes]
    return ImportProblemConnection(
        edges=[ImportProblemEdge(cursor=cursor, node=node) for cursor, node in zip(cursors, nodes, strict=True)],
        nodes=nodes,
        page_info=page_info(cursors, more=len(found) > first, paged=after is not None),
        total_count=await asyncio.to_thread(problems.count, folder, wanted),
        kinds=[shown_kind(each) for each in await asyncio.to_thread(problems.kinds, folder)],
    )


async def imports(
    info: FixedInfo,
    first: Annotated[int, strawberry.argument(description="How many imports to a page.")] = 50,
    after: Annotated[str | None, strawberry.argument(description="Begin behind this cursor.")] = None,
) -> ImportConnection:
    """A page of what was carried out, the newest first."""
    context = info.context
    here = room(context)
    check_first(first, MOST)
    runs = await stored.runs(context.database, context.actor)
    begin = next((place for place, each in enumerate(runs, 1) if each.id == after), 0)
    if after is not None and not begin:
        raise Rejected([FOREIGN_CURSOR])
    some = runs[begin : begin + first]
    names = await _names(context, some)
    nodes = [shown_run(here.jobs, each, names, _upload(here, each)) for each in some]
    cursors = [str(each.id) for each in nodes]
    return ImportConnection(
        edges=[ImportEdge(cursor=cursor, node=node) for cursor, node in zip(cursors, nodes, strict=True)],
        nodes=nodes,
        page_info=page_info(cursors, more=len(runs) > begin + first, paged=after is not None),
    )


async def import_job(info: FixedInfo, id: Id) -> JobShown | None:
    """What is done for an upload or with a run."""
    jobs = room(info.context).jobs
    try:
        return shown_job(jobs, jobs.find(id))
    except NotFound:
        return None


def _upload(here: Room, run: Run) -> Upload | None:
    id = of_upload(here.desk.home, run)
    try:
        return here.desk.upload(id) if id else None
    except NotFound:
        return None


async def _names(context: Context, runs: list[Run]) -> dict[str, str]:
    """The names of those who ran them."""
    return {each.id: each.name for each in await people.list_users(context.database)} if runs else {}
