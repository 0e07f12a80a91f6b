"""A graph export from beginning to end: the snapshot, the titles and scores of its records, the files."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.exporting import Extract, Format, Written, write
from analytics.snapshot import Snapshot, take
from analytics.view360 import reading
from graph import exports
from graph.session import Database
from models import scores as stored
from models.actor import Actor
from models.errors import Problem, Rejected
from models.metamodel import EntityType, Metamodel

Report = Callable[[str, float | None], None]


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written where, and the moment of the graph that it is."""

    path: Path
    format: str
    written: Written
    scores: tuple[str, ...]
    snapshot_at: datetime
    seq: int

    def plain(self) -> dict[str, Any]:
        """The same for machines."""
        at = {"snapshotAt": self.snapshot_at.isoformat(), "seq": self.seq}
        return {"path": str(self.path), "format": self.format, **asdict(self.written), "scores": self.scores, **at}

    def text(self) -> str:
        """The same for people."""
        told = f"{self.written.nodes:,} records and {self.written.edges:,} links are in {self.path}"
        return f"{told}, as of {self.snapshot_at:%Y-%m-%d %H:%M} UTC."


async def export_graph(
    database: Database,
    model: Metamodel,
    actor: Actor,
    path: Path,
    format: Format,
    *,
    relations: Sequence[str] | None,
    types: Sequence[str] | None,
    scores: bool,
    folder: Path | None,
    progress: Report,
) -> Exported:
    """Write the records of some types (None: all) and their links of some relations (None: all), with titles, and scores.

    Raises Rejected for names that there are not, and what `take` raises.
    """
    _check(model, relations, types)
    snapshot = await take(database, model, actor, folder=folder, progress=progress)
    wanted = tuple(dict.fromkeys(types)) if types else snapshot.types
    titles, columns = await _of_records(database, model, actor, snapshot, wanted, scores, progress)
    numbers = None if not types else np.concatenate([_numbers(snapshot, name) for name in wanted])
    extract = Extract(snapshot, numbers, relations or None, columns, lambda part: [titles[i] for i in part.tolist()])
    progress("writing files", None)
    path.parent.mkdir(parents=True, exist_ok=True)
    written = await asyncio.to_thread(write, extract, format, path)
    return Exported(path, format, written, tuple(columns), snapshot.taken_at, snapshot.seq)


def _check(model: Metamodel, relations: Sequence[str] | None, types: Sequence[str] | None) -> None:
    known = (("relation", relations, model.relations), ("type", types, model.types))
    problems = [
        Problem(f"unknown_{what}", f"There is no {what} {name!r}; there are: {', '.join(there) or 'none'}.", (what,))
        for what, names, there in known
        for name in names or ()
        if name not in there
    ]
    if problems:
        raise Rejected(problems)


def _numbers(snapshot: Snapshot, type_name: str) -> NDArray[np.int32]:
    if type_name not in snapshot.types:  # no record yet
        return np.empty(0, np.int32)
    span = snapshot.range_of(type_name)
    return np.arange(span.start, span.stop, dtype=np.int32)


async def _of_records(
    database: Database,
    model: Metamodel,
    actor: Actor,
    snapshot: Snapshot,
    types: Sequence[str],
    scores: bool,
    progress: Report,
) -> tuple[list[str], dict[str, NDArray[Any]]]:
    """The title of every record, its id where it has none, and a column for each score that any of them has."""
    titles = [str(id) for id in snapshot.labels]
    gathered = _Scores(snapshot.n)
    for done, name in enumerate(types):
        progress("reading titles and scores", done / len(types))
        if name in model.types:
            async for number, properties in _records(database, actor, model.types[name], snapshot):
                titles[number] = reading.title(model.types[name], properties) or titles[number]
                if scores:
                    gathered.add(number, properties)
    return titles, gathered.columns()


async def _records(
    database: Database, actor: Actor, kind: EntityType, snapshot: Snapshot
) -> AsyncIterator[tuple[int, exports.Properties]]:
    async for properties in exports.records(database, actor, kind):
        number = int(snapshot.indices([properties["id"]])[0])
        if number >= 0:  # else it came after the snapshot
            yield number, properties


class _Scores:
    """Scores as they come, record by record."""

    def __init__(self, n: int) -> None:
        self._n = n
        self._kinds = {
            stored.key(engine, each.name): (f"{engine}_{each.name}", each.kind)
            for engine, definitions in stored.SCORES.items()
            for each in definitions
        }
        self._values: dict[str, NDArray[Any]] = {}

    def add(self, number: int, properties: Mapping[str, Any]) -> None:
        """The scores among a record's properties."""
        for key in self._kinds.keys() & properties.keys():
            kind, value = self._kinds[key][1], properties[key]
            if key not in self._values:
                none, held = (np.nan, np.float64) if kind == "number" else (None, object)
                self._values[key] = np.full(self._n, none, held)
            self._values[key][number] = value if isinstance(value, int | float) else str(value)

    def columns(self) -> dict[str, NDArray[Any]]:
        """A column for each score, in the order of engines."""
        return {name: self._values[key] for key, (name, _) in self._kinds.items() if key in self._values}
