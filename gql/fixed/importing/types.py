"""The types of imports, as the API shows them."""

from __future__ import annotations

from datetime import datetime

import strawberry
from strawberry.scalars import JSON

from exchange.jobs import JobKind, JobStatus
from gql.fixed.pages import PageInfo
from gql.fixed.planning import ProblemShown

strawberry.enum(JobKind, name="ImportJobKind", description="What is to be done.")
strawberry.enum(JobStatus, name="ImportJobStatus", description="How far it is.")


@strawberry.type(name="ImportColumn", description="A column of a file.")
class ColumnShown:
    """A column."""

    name: str = strawberry.field(description="Its name in the header.")
    filled: int = strawberry.field(description="How many rows have something in it.")
    unique: bool = strawberry.field(description="Whether no two of the first 5,000 rows have the same in it.")
    samples: list[str] = strawberry.field(description="Some of its values, each once.")


@strawberry.type(name="ImportFile", description="A file of an upload, looked at whole.")
class FileShown:
    """A file."""

    name: str = strawberry.field(description="The name it is kept under.")
    size: int = strawberry.field(description="Its bytes, as they were sent.")
    encoding: str = strawberry.field(description="How its text is written, as found out.")
    delimiter: str = strawberry.field(description="What stands between its cells.")
    rows: int = strawberry.field(description="Rows below the header.")
    ragged: int = strawberry.field(description="Of those, rows that do not fit the header; they are rejected.")
    columns: list[ColumnShown] = strawberry.field(description="Its columns.")
    sample: list[list[str]] = strawberry.field(description="Its first rows, at most 50, long cells cut.")


@strawberry.type(name="ImportCounts", description="Of one type or relation: what an import did, or would do.")
class CountsShown:
    """Counts."""

    name: str = strawberry.field(description="The type or relation.")
    created: int = strawberry.field(description="Made.")
    updated: int = strawberry.field(description="Changed.")
    unchanged: int = strawberry.field(description="There already, and left as they were.")
    rejected: int = strawberry.field(description="Not taken.")


@strawberry.type(name="ImportSourceCounts", description="Of one file of an import: its rows.")
class SourceCountsShown:
    """Rows of a source."""

    source: str = strawberry.field(description="What the mapping calls the file.")
    rows: int = strawberry.field(description="Rows below its header.")
    rejected: int = strawberry.field(description="Rows of which something was not taken.")
    download: str | None = strawberry.field(
        description="Where the rejected rows are to be had as CSV, with their reasons; null when there are none."
    )


@strawberry.type(name="ImportReport", description="What an import did, or would do.")
class ReportShown:
    """A report."""

    records: list[CountsShown] = strawberry.field(description="By type.")
    links: list[CountsShown] = strawberry.field(description="By relation.")
    sources: list[SourceCountsShown] = strawberry.field(description="By file.")
    mended: JSON = strawberry.field(description="Values that the mapping's maps changed, counted.")


@strawberry.type(name="ImportJob", description="Something that is done for an import apart from answering requests.")
class JobShown:
    """A job."""

    id: strawberry.ID = strawberry.field(description="The upload's id; the run's where a run is taken back.")
    kind: JobKind = strawberry.field(description="What is to be done.")
    status: JobStatus = strawberry.field(description="How far it is.")
    stage: str = strawberry.field(description="What it is at: starting, reading, trying, writing.")
    progress: float = strawberry.field(description="How far it is, from 0 to 1.")
    cancelling: bool = strawberry.field(description="Whether somebody has asked to end it.")
    asked_at: datetime = strawberry.field(description="When it was asked for.")
    ended_at: datetime | None = strawberry.field(description="When it ended.")
    run: strawberry.ID | None = strawberry.field(
        description="Under which the problems are kept; of an import that was carried out, what takes it back."
    )
    report: ReportShown | None = strawberry.field(description="What it did, or would do; null until it is done.")
    errors: list[ProblemShown] = strawberry.field(description="What was in the way of all of it.")


@strawberry.type(name="Import", description="An import that was carried out.")
class ImportShown:
    """A run."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    mapping: str = strawberry.field(description="The name of its mapping.")
    files: list[str] = strawberry.field(description="Its files, or the folder they were in.")
    status: str = strawberry.field(description='"running" (also of one that was stopped), "done", "undoing", "undone".')
    actor: str = strawberry.field(description="The id of who ran it.")
    actor_name: str | None = strawberry.field(description="Their name, where there is such a person.")
    started_at: datetime = strawberry.field(description="When it began.")
    finished_at: datetime | None = strawberry.field(description="When it ended.")
    report: ReportShown | None = strawberry.field(description="What it did; null until it is done.")
    upload: strawberry.ID | None = strawberry.field(description="The upload it is of, while that is kept.")
    job: JobShown | None = strawberry.field(description="What is being done with it: taking it back, going on.")


@strawberry.type(name="ImportUpload", description="Files that were sent for an import, and how far that is.")
class UploadShown:
    """An upload."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    created_at: datetime = strawberry.field(description="When the first file came.")
    files: list[FileShown] = strawberry.field(description="Its files by name.")
    mapping: JSON | None = strawberry.field(description="The mapping that was kept last, as plain data.")
    text: str | None = strawberry.field(description="The same as YAML, as `xrm import` takes it.")
    job: JobShown | None = strawberry.field(description="What was done last.")
    run: ImportShown | None = strawberry.field(description="The import that was carried out last.")


@strawberry.type(name="ImportColumnGuess", description="What a column most likely means.")
class ColumnGuessShown:
    """A guess."""

    column: str = strawberry.field(description="The column.")
    field: str | None = strawberry.field(description="The field it is, of the record or the link.")
    relation: str | None = strawberry.field(description="The relation that it names an end of, or is a field of.")
    confidence: float = strawberry.field(description="How sure that is, from 0 to 1.")
    why: str = strawberry.field(
        description='Why: "name", "values", "key", "file" (they are keys of another file), "parts" (of a name), "left".'
    )


@strawberry.type(name="ImportSourceGuess", description="What a file most likely means.")
class SourceGuessShown:
    """A file's guesses."""

    name: str = strawberry.field(description="What the mapping calls the file.")
    file: str = strawberry.field(description="The file.")
    type: str | None = strawberry.field(description="The type of its records; null where it is links, or nothing fits.")
    columns: list[ColumnGuessShown] = strawberry.field(description="What its columns mean; others mean nothing yet.")
    source: JSON | None = strawberry.field(description="Its part of the mapping; null where nothing fits.")
    new_type: JSON = strawberry.field(description="A type made after the file, as `applyModel` takes it.")


@strawberry.type(name="ImportGuess", description="What the files of an upload most likely mean.")
class GuessShown:
    """All guesses."""

    mapping: JSON = strawberry.field(description="The mapping, as plain data.")
    sources: list[SourceGuessShown] = strawberry.field(description="File by file.")


@strawberry.type(name="ImportRowProblem", description="One thing wrong with a row.")
class RowProblemShown:
    """A problem."""

    number: int = strawberry.field(description="Counts the problems of a run.")
    source: str = strawberry.field(description="What the mapping calls the file.")
    line: int = strawberry.field(description="The line of the file at which the row begins.")
    field: str = strawberry.field(description="The field that cannot be filled; empty where it is the whole row.")
    columns: list[str] = strawberry.field(description="The columns it is made of.")
    value: str = strawberry.field(description="What stands there.")
    code: str = strawberry.field(description="The sort of problem, for programs.")
    message: str = strawberry.field(description="What is wrong and how to mend it.")
    details: JSON | None = strawberry.field(description="The facts of the message, for programs.")


@strawberry.type(name="ImportProblemKind", description="Problems of one sort, counted.")
class ProblemKindShown:
    """A sort of problems."""

    source: str = strawberry.field(description="What the mapping calls the file.")
    field: str = strawberry.field(description="The field.")
    columns: list[str] = strawberry.field(description="The columns it is made of.")
    code: str = strawberry.field(description="The sort.")
    count: int = strawberry.field(description="How many there are.")
    example: str = strawberry.field(description="What one of them says.")


@strawberry.type(description="One row of a page of problems.")
class ImportProblemEdge:
    """A row."""

    cursor: str = strawberry.field(description="Where this row lies in the list.")
    node: RowProblemShown = strawberry.field(description="The problem.")


@strawberry.type(description="A page of problems, in the order of the files.")
class ImportProblemConnection:
    """A page."""

    edges: list[ImportProblemEdge] = strawberry.field(description="The rows of this page, with their cursors.")
    nodes: list[RowProblemShown] = strawberry.field(description="The problems of this page.")
    page_info: PageInfo = strawberry.field(description="Where this page lies in the list.")
    total_count: int = strawberry.field(description="How many there are of those asked for.")
    kinds: list[ProblemKindShown] = strawberry.field(description="All sorts that the run has, the most frequent first.")


@strawberry.type(description="One row of a page of imports.")
class ImportEdge:
    """A row."""

    cursor: str = strawberry.field(description="Where this row lies in the list.")
    node: ImportShown = strawberry.field(description="The import.")


@strawberry.type(description="A page of imports, the newest first.")
class ImportConnection:
    """A page."""

    edges: list[ImportEdge] = strawberry.field(description="The rows of this page, with their cursors.")
    nodes: list[ImportShown] = strawberry.field(description="The imports of this page.")
    page_info: PageInfo = strawberry.field(description="Where this page lies in the list.")


@strawberry.type(name="ImportPreviewValue", description="A value that a row gives a field.")
class PreviewValueShown:
    """A value."""

    field: str = strawberry.field(description="The field.")
    text: str = strawberry.field(description="The value as an export writes it; empty where it is cleared.")


@strawberry.type(name="ImportPreviewRecord", description="A record that a row means.")
class PreviewRecordShown:
    """A record."""

    type: str = strawberry.field(description="Its type.")
    key: list[str] = strawberry.field(description="The values of its natural key.")
    exists: bool = strawberry.field(description="Whether there is such a record already.")
    values: list[PreviewValueShown] = strawberry.field(description="What the row says of it.")


@strawberry.type(name="ImportPreviewLink", description="A link that a row means.")
class PreviewLinkShown:
    """A link."""

    relation: str = strawberry.field(description="Its relation.")
    source: str = strawberry.field(description="The type and key of the one end.")
    target: str = strawberry.field(description="The type and key of the other.")


@strawberry.type(name="ImportPreviewRow", description="A row of a file and what becomes of it.")
class PreviewRowShown:
    """A row."""

    line: int = strawberry.field(description="The line of the file at which it begins.")
    cells: list[str] = strawberry.field(description="Its cells, long ones cut.")
    records: list[PreviewRecordShown] = strawberry.field(description="The records it means.")
    links: list[PreviewLinkShown] = strawberry.field(description="The links it means.")
    problems: list[RowProblemShown] = strawberry.field(description="What is wrong with it; with any it means nothing.")


@strawberry.type(name="ImportPreview", description="The first rows of a file and what becomes of them.")
class PreviewShown:
    """A preview."""

    rows: list[PreviewRowShown] = strawberry.field(description="The rows.")
    errors: list[ProblemShown] = strawberry.field(description="What is wrong with the mapping; then there are no rows.")
