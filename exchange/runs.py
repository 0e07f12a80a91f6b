"""One import from beginning to end: looked at, gathered, written; gone on with where an earlier one was killed."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import orjson

from exchange.gathering import Progress, find_tables, gather
from exchange.mapping import Plan, check
from exchange.report import Rejected as RejectedRows
from exchange.report import Report
from exchange.staging import Staging
from exchange.tables import Table
from exchange.transforms import Mend
from exchange.writing import SIZE, Writer
from graph import imports
from graph.imports import Run
from graph.registry import Registry
from graph.session import Database
from models.actor import Actor
from models.errors import Problem, Rejected, XrmError
from models.ids import new_id

FOLDER = "imports"  # of the home


class ImportRunning(XrmError):
    """Another process is importing the same files with the same mapping."""

    code = "import_running"


async def import_files(
    database: Database,
    registry: Registry,
    actor: Actor,
    plan: Plan,
    path: Path,
    *,
    home: Path,
    clock: Callable[[], datetime],
    progress: Progress,
    dry_run: bool = False,
    size: int = SIZE,
) -> Report:
    """Bring the files into the graph and report; a second time changes nothing, a killed run is gone on with.

    A dry run changes nothing and reports the same. Rejected rows are kept in `home`. Raises Rejected, before anything is
    written, where the mapping does not fit the model or the files, or a file cannot be read.
    """
    model = await registry.refresh()
    tables = find_tables(plan, path)
    problems = check(plan, model, tables)
    if problems:
        raise Rejected(problems)
    mark = fingerprint(plan, tables)
    files = tuple(sorted({table.path.name for table in tables.values()}))
    wanted = Run(new_id(), plan.name, str(path), mark, "running", actor.id, clock(), files=files)
    run, resumed = await _run(database, actor, wanted, dry_run=dry_run)
    folder = folder_of(home, run.id)
    with alone(folder):
        staging = Staging(folder / "staging.sqlite", model)
        try:
            report = await _carried_out(
                Writer(
                    database,
                    registry,
                    actor,
                    staging,
                    run.id,
                    mark,
                    f"import {run.id}",
                    clock,
                    progress,
                    dry_run,
                    size,
                    plan.existing,
                ),
                plan,
                tables,
                folder,
                resumed=resumed,
            )
        finally:
            staging.close()
        if not dry_run:
            text = orjson.dumps(report.plain()).decode()
            done = replace(run, status="done", finished_at=clock(), report=text)
            await imports.save(database, actor, done, changed=report.changes, rejected=sum(report.rejected.values()))
        for leftover in folder.glob("staging.sqlite*"):
            leftover.unlink()
    if report.rejected_folder is None:
        shutil.rmtree(folder)
    return report


async def _carried_out(
    writer: Writer, plan: Plan, tables: Mapping[str, Table], folder: Path, *, resumed: bool
) -> Report:
    staging = writer.staging
    if staging.fact("rows") is None:
        rows, mended = gather(plan, tables, writer.registry.model, staging, writer.progress)
        staging.keep("mended", _mends(mended))
        staging.keep("rows", rows)
    if not writer.dry_run:
        writer.done = {batch.label: batch for batch in await imports.batches(writer.database, writer.actor, writer.run)}
    await writer.write()
    rejected = RejectedRows(folder / "rejected", plan, writer.registry.model)
    rejected.write(staging, tables)
    return Report(
        writer.run,
        plan.name,
        writer.dry_run,
        resumed,
        writer.records,
        writer.links,
        staging.fact("rows"),
        rejected.counts,
        tuple(staging.fact("mended")),
        str(rejected.folder) if rejected.counts else None,
    )


def fingerprint(plan: Plan, tables: Mapping[str, Table]) -> str:
    """What tells an import from others: the mapping as written, and the bytes of the files."""
    content = [plan.document.plain, [[name, table.digest] for name, table in sorted(tables.items())]]
    return hashlib.sha256(orjson.dumps(content, default=str)).hexdigest()


async def _run(database: Database, actor: Actor, wanted: Run, *, dry_run: bool) -> tuple[Run, bool]:
    """The unfinished run of the same files and mapping, or the one that is wanted; and whether it is the former."""
    if dry_run:
        return wanted, False
    for earlier in await imports.runs(database, actor):
        if (earlier.fingerprint, earlier.status, earlier.actor) == (wanted.fingerprint, "running", actor.id):
            return earlier, True
    await imports.save(database, actor, wanted)
    return wanted, False


def _mends(mended: Counter[Mend]) -> list[dict[str, str | int]]:
    return [
        {"source": mend.source, "field": mend.field, "given": mend.given, "became": mend.became, "rows": count}
        for mend, count in sorted(mended.items(), key=lambda pair: (pair[0].source, pair[0].field, pair[0].given))
    ]


def folder_of(home: Path, run: str) -> Path:
    """Where a run keeps its staging and its rejected rows."""
    return home / FOLDER / run


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """The folder of a run, held by this process alone; a dead process lets go of it by itself."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("w")
    except OSError as error:
        message = f"The folder {folder} cannot be used ({error.strerror}); check XRM_HOME and the free space."
        raise Rejected([Problem("unusable_folder", message)]) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ImportRunning(
                f"Another process works on the run {folder.name}. Wait for it, or stop it and start again: it goes on."
            ) from None
        yield
