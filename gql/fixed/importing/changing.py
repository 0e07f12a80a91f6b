"""Changing imports: mappings kept, values mended, and what is done in the background asked for and cancelled."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from datetime import UTC, datetime
from typing import Annotated

import strawberry
from strawberry.scalars import JSON

from exchange.jobs import Job, JobKind
from exchange.mapping import parse
from exchange.undo import found_run
from exchange.uploads.mending import Mended
from gql.fixed.context import Context, FixedInfo
from gql.fixed.importing.reading import planned, room, whole
from gql.fixed.importing.showing import shown_job, without_places
from gql.fixed.importing.types import JobShown, UploadShown
from gql.fixed.planning import ProblemShown, shown_problems
from models.errors import NotFound, Problem, Rejected

MOST_CELLS = 1_000


@strawberry.input(description="A mapping to be kept with an upload: as plain data, or as the text of its file.")
class SaveImportMappingInput:
    """A mapping."""

    upload: strawberry.ID = strawberry.field(description="The upload.")
    mapping: JSON | None = strawberry.field(default=None, description="The mapping as plain data.")
    text: str | None = strawberry.field(default=None, description="The mapping as YAML, in the place of `mapping`.")
    client_mutation_id: str | None = strawberry.field(default=None, description="Given back as it is.")


@strawberry.input(description="A file of an upload to be looked at again.")
class LookAtImportFileInput:
    """A file, and how it is written."""

    upload: strawberry.ID = strawberry.field(description="The upload.")
    file: str = strawberry.field(description="The file.")
    encoding: str | None = strawberry.field(default=None, description="Its encoding; found out when left out.")
    delimiter: str | None = strawberry.field(default=None, description="Its delimiter; found out when left out.")
    client_mutation_id: str | None = strawberry.field(default=None, description="Given back as it is.")


@strawberry.input(description="A file to be taken out of an upload.")
class DropImportFileInput:
    """A file."""

    upload: strawberry.ID = strawberry.field(description="The upload.")
    file: str = strawberry.field(description="The file.")
    client_mutation_id: str | None = strawberry.field(default=None, description="Given back as it is.")


@strawberry.input(name="ImportCellInput", description="A cell that is put right.")
class CellInput:
    """A cell."""

    line: int = strawberry.field(description="The line at which its row begins.")
    column: str = strawberry.field(description="Its column.")
    value: str = strawberry.field(description="What is to stand there.")


@strawberry.input(description="Values to be put right in a file of an upload.")
class MendImportInput:
    """Cells."""

    upload: strawberry.ID = strawberry.field(description="The upload.")
    file: str = strawberry.field(description="The file.")
    cells: list[CellInput] = strawberry.field(description="The cells, at most 1,000.")
    client_mutation_id: str | None = strawberry.field(default=None, description="Given back as it is.")


@strawberry.input(description="An upload, or a run of an import.")
class ImportInput:
    """What is meant."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    client_mutation_id: str | None = strawberry.field(default=None, description="Given back as it is.")


@strawberry.type(description="The upload as it is now, or why it was left as it was.")
class ImportUploadPayload:
    """What came of a change."""

    upload: UploadShown | None = strawberry.field(description="The upload; null when there is none.")
    errors: list[ProblemShown] = strawberry.field(description="What is wrong.")
    client_mutation_id: str | None = strawberry.field(description="As it was given.")


@strawberry.type(description="What is being done, or why it is not.")
class ImportJobPayload:
    """What came of asking."""

    job: JobShown | None = strawberry.field(description="The job; null when it was refused.")
    errors: list[ProblemShown] = strawberry.field(description="Why it was refused.")
    client_mutation_id: str | None = strawberry.field(description="As it was given.")


async def save_import_mapping(
    info: FixedInfo,
    input: Annotated[SaveImportMappingInput, strawberry.argument(description="What is to be kept.")],  # noqa: A002  # GraphQL's name
) -> ImportUploadPayload:
    """Keep a mapping; one that does not fit yet is kept too, and its errors say why it does not."""
    return await _changed(info.context, input.upload, _kept(info.context, input), input.client_mutation_id)


async def _kept(context: Context, given: SaveImportMappingInput) -> None:
    here = room(context)
    desk = here.desk
    mapping: object = given.mapping
    if given.text is not None:
        mapping = parse(given.text).document.plain
    if not isinstance(mapping, dict):
        raise Rejected([Problem("no_mapping", "Give the mapping as an object, or its text.", ("mapping",))])
    desk.keep_mapping(given.upload, mapping)
    here.jobs.forget_try(given.upload)
    planned(context, desk.upload(given.upload), mapping)


async def look_at_import_file(
    info: FixedInfo,
    input: Annotated[LookAtImportFileInput, strawberry.argument(description="Which file.")],  # noqa: A002  # GraphQL's name
) -> ImportUploadPayload:
    """Look at a file again, as it is said to be written."""

    async def look() -> None:
        desk, given = room(info.context).desk, input
        await asyncio.to_thread(
            desk.look, given.upload, given.file, encoding=given.encoding or None, delimiter=given.delimiter or None
        )

    return await _changed(info.context, input.upload, look(), input.client_mutation_id)


async def drop_import_file(
    info: FixedInfo,
    input: Annotated[DropImportFileInput, strawberry.argument(description="Which file.")],  # noqa: A002  # GraphQL's name
) -> ImportUploadPayload:
    """Take a file out of an upload."""

    async def drop() -> None:
        await asyncio.to_thread(room(info.context).desk.drop, input.upload, input.file)

    return await _changed(info.context, input.upload, drop(), input.client_mutation_id)


async def mend_import(
    info: FixedInfo,
    input: Annotated[MendImportInput, strawberry.argument(description="Which cells.")],  # noqa: A002  # GraphQL's name
) -> ImportUploadPayload:
    """Put cells of a file right, as if it had been sent so."""

    async def mend() -> None:
        here = room(info.context)
        job = here.jobs.find(input.upload)
        if job is not None and job.status.open:
            raise Rejected([Problem("under_way", "The files are being read; wait until that has ended.", ("upload",))])
        if len(input.cells) > MOST_CELLS:
            raise Rejected([Problem("too_many_cells", f"Mend at most {MOST_CELLS:,} cells at once.", ("cells",))])
        cells = [Mended(each.line, each.column, each.value) for each in input.cells]
        await asyncio.to_thread(here.desk.mend, input.upload, input.file, cells)

    return await _changed(info.context, input.upload, mend(), input.client_mutation_id)


async def forget_import(
    info: FixedInfo,
    input: Annotated[ImportInput, strawberry.argument(description="Which upload.")],  # noqa: A002  # GraphQL's name
) -> ImportUploadPayload:
    """Throw the files of an upload away; what was imported from them stays."""

    async def forget() -> None:
        here = room(info.context)
        job = here.jobs.find(input.id)
        if job is not None and job.status.open:
            raise Rejected([Problem("under_way", "It is being worked on; cancel that first.", ("id",))])
        await asyncio.to_thread(here.desk.forget, input.id)

    return await _changed(info.context, input.id, forget(), input.client_mutation_id)


async def try_import(
    info: FixedInfo,
    input: Annotated[ImportInput, strawberry.argument(description="Which upload.")],  # noqa: A002  # GraphQL's name
) -> ImportJobPayload:
    """Have an upload tried: the same work as carrying it out, taken back part by part."""
    return await _asked(info.context, _of_upload(info.context, input, JobKind.TRY), input)


async def start_import(
    info: FixedInfo,
    input: Annotated[ImportInput, strawberry.argument(description="Which upload.")],  # noqa: A002  # GraphQL's name
) -> ImportJobPayload:
    """Have an upload carried out; one that was stopped goes on where it was."""
    return await _asked(info.context, _of_upload(info.context, input, JobKind.RUN), input)


async def undo_import(
    info: FixedInfo,
    input: Annotated[ImportInput, strawberry.argument(description="Which run.")],  # noqa: A002  # GraphQL's name
) -> ImportJobPayload:
    """Have a run taken back, also one that was stopped."""

    async def ask() -> Job:
        context, here = info.context, room(info.context)
        run = await found_run(context.database, context.actor, input.id)
        return here.jobs.ask(run.id, JobKind.UNDO, context.actor, now=datetime.now(UTC))

    return await _asked(info.context, ask(), input)


async def cancel_import(
    info: FixedInfo,
    input: Annotated[ImportInput, strawberry.argument(description="The job's id.")],  # noqa: A002  # GraphQL's name
) -> ImportJobPayload:
    """End what is being done; what of a run is in stays until it is taken back."""

    async def cancel() -> Job:
        return room(info.context).jobs.cancel(input.id, now=datetime.now(UTC))

    return await _asked(info.context, cancel(), input)


async def _of_upload(context: Context, given: ImportInput, kind: JobKind) -> Job:
    here = room(context)
    upload = here.desk.upload(given.id)
    planned(context, upload, None)
    return here.jobs.ask(upload.id, kind, context.actor, now=datetime.now(UTC))


async def _asked(context: Context, asked: Awaitable[Job], given: ImportInput) -> ImportJobPayload:
    job: JobShown | None = None
    errors: list[ProblemShown] = []
    try:
        found = await asked
        job = shown_job(room(context).jobs, found)
    except (Rejected, NotFound) as error:
        errors = _told(context, error)
    return ImportJobPayload(job=job, errors=errors, client_mutation_id=given.client_mutation_id)


async def _changed(
    context: Context, id: str, change: Awaitable[None], client_mutation_id: str | None
) -> ImportUploadPayload:
    upload: UploadShown | None = None
    errors: list[ProblemShown] = []
    try:
        await change
    except (Rejected, NotFound) as error:
        errors = _told(context, error)
    if context.actor.administrator and context.desk is not None:
        try:
            upload = await whole(context, room(context).desk.upload(id))
        except NotFound:
            upload = None
    return ImportUploadPayload(upload=upload, errors=errors, client_mutation_id=client_mutation_id)


def _told(context: Context, error: Rejected | NotFound) -> list[ProblemShown]:
    problems = error.problems if isinstance(error, Rejected) else (Problem(error.code, error.message, ("id",)),)
    return shown_problems(problems) if context.desk is None else without_places(context.desk, problems)
