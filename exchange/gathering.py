"""From files to staging: finds the files of a mapping, sums what is to be summed, and reads every row once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from exchange import tables as files
from exchange.expressions import add
from exchange.mapping import Plan, Source
from exchange.rows import RowReader
from exchange.staging import Staging
from exchange.tables import Ragged, Table
from exchange.transforms import Mend, Place, Sum, Sums, Value
from models.errors import Problem, Rejected
from models.fields.kind import InvalidValue
from models.metamodel import Metamodel

EVERY = 2_000  # rows between two reports of progress
Progress = Callable[[str, float | None], None]


def find_tables(plan: Plan, path: Path) -> dict[str, Table]:
    """The table of each source, in a folder or as the one file given. Raises Rejected with all that is wrong."""
    found: dict[str, Table] = {}
    problems: list[Problem] = []
    for source in plan.sources:
        try:
            file = _file(plan, source, path)
            found[source.name] = files.look_at(file, encoding=source.encoding, delimiter=source.delimiter)
        except Rejected as rejected:
            problems += rejected.problems
    if problems:
        raise Rejected(problems)
    return found


def _file(plan: Plan, source: Source, path: Path) -> Path:
    if path.is_file() and len(plan.sources) == 1:
        return path
    candidates = [path / source.file, path / f"{source.file}.gz"]
    for candidate in candidates:
        if candidate.is_file() and candidate.resolve().is_relative_to(path.resolve()):
            return candidate
    place = ("sources", source.name, "file")
    message = f"There is no file {source.file} (nor {source.file}.gz) in {path}. Put it there, or take the source out."
    raise Rejected([plan.document.problem("missing_file", message, place)])


def gather(
    plan: Plan, tables: Mapping[str, Table], model: Metamodel, staging: Staging, progress: Progress
) -> tuple[dict[str, int], Counter[Mend]]:
    """Read every row into the staging; how many rows each source has, and what was mended."""
    mended: Counter[Mend] = Counter()
    rows: dict[str, int] = {}
    sums = sums_of(plan, tables)
    staging.begin()
    for number, source in enumerate(plan.sources):
        table = tables[source.name]
        place = Place(source.name, places_of(table), plan.nulls, mended, sums)
        reader = RowReader(source, model, place)
        count = 0
        for count, row in enumerate(table.rows(), 1):
            if isinstance(row, Ragged):
                staging.reject(source.name, row.line, row.reason)
                continue
            meaning = reader.read(row.cells)
            for problem in meaning.problems:
                staging.reject(source.name, row.line, problem)
            staging.add(meaning, source.name, row.line)
            if count % EVERY == 0:
                progress(f"Reading {table.path.name}: {count:,} rows", None)
        rows[source.name] = count
        progress("Reading", (number + 1) / len(plan.sources))
    staging.refuse_crowds()
    staging.commit()
    return rows, mended


def places_of(table: Table) -> dict[str, int]:
    """The position of each column by its name."""
    return {name: place for place, name in enumerate(table.columns)}


def sums_of(plan: Plan, tables: Mapping[str, Table]) -> Sums:
    """Every sum that the mapping asks for, by the key it is matched with: one number a key is held in memory.

    A row whose cells cannot be summed is rejected where it is read as a row of its own source; here it counts nothing.
    """
    found: dict[Sum, dict[str, Decimal]] = {value: {} for value in _values(plan) if isinstance(value, Sum)}
    for wanted, totals in found.items():
        table = tables[wanted.source]
        places = places_of(table)
        compute = wanted.expression.bind(places, plan.nulls)
        for row in table.rows():
            if isinstance(row, Ragged):
                continue
            try:
                value = compute(row.cells)
            except InvalidValue:
                continue
            if value is not None:
                key = row.cells[places[wanted.there]].strip()
                totals[key] = add(totals.get(key, Decimal(0)), value)
    return found


def _values(plan: Plan) -> Iterator[Value]:
    for source in plan.sources:
        for record in source.records:
            yield from record.fields.values()
        for link in source.links:
            yield from link.fields.values()
