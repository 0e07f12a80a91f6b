"""From uploads, jobs, runs and guesses to what the API shows of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import strawberry
import yaml

from exchange.guessing import Guessed, SourceGuess
from exchange.guessing.new_types import new_type
from exchange.jobs import Job, JobKind, Jobs
from exchange.previewing import PreviewRow
from exchange.problems import ProblemKind, RowProblem
from exchange.runs import folder_of
from exchange.uploads import Desk, FileFacts, Upload
from exchange.uploads.desk import FOLDER
from gql.fixed.importing.types import (
    ColumnGuessShown,
    ColumnShown,
    CountsShown,
    FileShown,
    GuessShown,
    ImportShown,
    JobShown,
    PreviewLinkShown,
    PreviewRecordShown,
    PreviewRowShown,
    PreviewValueShown,
    ProblemKindShown,
    ReportShown,
    RowProblemShown,
    SourceCountsShown,
    SourceGuessShown,
    UploadShown,
)
from gql.fixed.labels import plain
from gql.fixed.planning import ProblemShown, shown_problems
from graph.imports import Run
from models.errors import Problem

REJECTED = "/imports/rejected"
LONGEST_CELL = 200


def shown_upload(upload: Upload, job: JobShown | None, run: ImportShown | None) -> UploadShown:
    """An upload for the API."""
    mapping = upload.mapping
    return UploadShown(
        id=strawberry.ID(upload.id),
        created_at=upload.created_at,
        files=[shown_file(each) for each in upload.files],
        mapping=None if mapping is None else plain(mapping),
        text=None if mapping is None else yaml_of(mapping),
        job=job,
        run=run,
    )


def yaml_of(mapping: Mapping[str, Any]) -> str:
    """A mapping as the file that `xrm import` takes."""
    return yaml.safe_dump(dict(mapping), allow_unicode=True, sort_keys=False, width=120)


def shown_file(facts: FileFacts) -> FileShown:
    """A file for the API."""
    columns = [
        ColumnShown(name=each.name, filled=each.filled, unique=each.unique, samples=list(each.samples))
        for each in facts.columns
    ]
    return FileShown(
        name=facts.name,
        size=facts.size,
        encoding=facts.encoding,
        delimiter=facts.delimiter,
        rows=facts.rows,
        ragged=facts.ragged,
        columns=columns,
        sample=[list(row) for row in facts.sample],
    )


def shown_job(jobs: Jobs, job: Job | None) -> JobShown | None:
    """A job for the API."""
    if job is None:
        return None
    undone = job.kind is JobKind.UNDO
    return JobShown(
        id=strawberry.ID(job.id),
        kind=job.kind,
        status=job.status,
        stage=job.stage,
        progress=job.progress,
        cancelling=job.status.open and jobs.cancelling(job.id),
        asked_at=job.asked_at,
        ended_at=job.ended_at,
        run=strawberry.ID(job.run) if job.run else None,
        report=shown_report(jobs.home, job.run, job.report) if job.report and not undone else None,
        errors=without_places(
            Desk(jobs.home, 0),
            (Problem(each["code"], each["message"], details=each.get("details", {})) for each in job.problems),
        ),
    )


def shown_run(jobs: Jobs, run: Run, names: Mapping[str, str], upload: Upload | None) -> ImportShown:
    """A run for the API."""
    report = orjson.loads(run.report) if run.report else None
    return ImportShown(
        id=strawberry.ID(run.id),
        mapping=run.mapping,
        files=[each.name for each in upload.files] if upload else _files(jobs.home, run),
        status=run.status,
        actor=run.actor,
        actor_name=names.get(run.actor),
        started_at=run.started_at,
        finished_at=run.finished_at,
        report=shown_report(jobs.home, run.id, report) if report else None,
        upload=strawberry.ID(upload.id) if upload else None,
        job=shown_job(jobs, jobs.find(run.id)),
    )


def _files(home: Path, run: Run) -> list[str]:
    """The names of what was imported; of runs of before they were kept, what the command line was given."""
    return list(run.files) or ([] if of_upload(home, run) else [Path(run.path).name])


def of_upload(home: Path, run: Run) -> str:
    """The id of the upload that a run is of; empty where it is of none."""
    path = Path(run.path)
    return path.parent.name if path.parent.parent == home / FOLDER else ""


def shown_report(home: Path, run: str, report: Mapping[str, Any]) -> ReportShown:
    """A report for the API."""
    kept = folder_of(home, run) / "rejected"
    return ReportShown(
        records=[_counts(name, each) for name, each in report["records"].items()],
        links=[_counts(name, each) for name, each in report["links"].items()],
        sources=[
            SourceCountsShown(
                source=name,
                rows=rows,
                rejected=report["rejected"].get(name, 0),
                download=f"{REJECTED}/{run}/{name}.csv" if (kept / f"{name}.csv").is_file() else None,
            )
            for name, rows in report["rows"].items()
        ],
        mended=plain(report["mended"]),
    )


def _counts(name: str, counts: Mapping[str, int]) -> CountsShown:
    return CountsShown(name=name, **counts)


def shown_guess(found: Guessed, upload: Upload) -> GuessShown:
    """All guesses for the API."""
    return GuessShown(mapping=plain(found.mapping), sources=[shown_source(each, upload) for each in found.sources])


def shown_source(found: SourceGuess, upload: Upload) -> SourceGuessShown:
    """The guesses about a file for the API."""
    columns = [
        ColumnGuessShown(
            column=each.column,
            field=each.field or None,
            relation=each.relation or None,
            confidence=each.confidence,
            why=each.why,
        )
        for each in found.columns
    ]
    return SourceGuessShown(
        name=found.name,
        file=found.file,
        type=found.type or None,
        columns=columns,
        source=None if found.source is None else plain(found.source),
        new_type=plain(new_type(upload.file(found.file))),
    )


def shown_problem(problem: RowProblem) -> RowProblemShown:
    """A problem of a row for the API."""
    return RowProblemShown(
        number=problem.n,
        source=problem.source,
        line=problem.line,
        field=problem.field,
        columns=list(problem.columns),
        value=problem.value,
        code=problem.code,
        message=problem.message,
        details=plain(problem.facts) if problem.facts else None,
    )


def shown_kind(kind: ProblemKind) -> ProblemKindShown:
    """A sort of problems for the API."""
    return ProblemKindShown(
        source=kind.source,
        field=kind.field,
        columns=list(kind.columns),
        code=kind.code,
        count=kind.count,
        example=kind.example,
    )


def shown_row(row: PreviewRow) -> PreviewRowShown:
    """A row of a preview for the API."""
    records = [
        PreviewRecordShown(
            type=each.type,
            key=list(each.key),
            exists=each.exists,
            values=[PreviewValueShown(field=name, text=text) for name, text in each.values.items()],
        )
        for each in row.records
    ]
    return PreviewRowShown(
        line=row.line,
        cells=[cell[:LONGEST_CELL] for cell in row.cells],
        records=records,
        links=[PreviewLinkShown(relation=each.relation, source=each.source, target=each.target) for each in row.links],
        problems=[shown_problem(each) for each in row.problems],
    )


def without_places(desk: Desk, problems: Iterable[Problem]) -> list[ProblemShown]:
    """Problems for the API, which tells nobody where on its machine files lie."""
    return shown_problems(replace(each, message=desk.without_places(each.message)) for each in problems)
