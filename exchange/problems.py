"""The problems of a run, one for each thing wrong with a row: kept beside its rejected rows, counted and read by pages."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from exchange.mapping import ByKey, LinkRule, Source
from exchange.reasons import Reason
from exchange.transforms import Value
from models.drafts.values import of_field
from models.labels import heading
from models.metamodel import NO_LABELS, Metamodel

FILE = "problems.sqlite"
LONGEST_VALUE = 500  # characters of a cell that are kept for showing
_TABLE = """
CREATE TABLE problem (n INTEGER PRIMARY KEY, source TEXT, line INTEGER, field TEXT, columns TEXT, value TEXT, code TEXT,
  message TEXT, facts BLOB);
CREATE INDEX kinds ON problem (source, field, code);
"""
_SHOWN = "n, source, line, field, columns, value, code, message, facts"
_WITHOUT_FACTS = _SHOWN.replace("facts", "NULL")  # in files that were written before there were any
_WANTED = "(?1 IS NULL OR source = ?1) AND (?2 IS NULL OR field = ?2) AND (?3 IS NULL OR code = ?3)"
_BETWEEN = "\x1f"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing wrong with a row: in which columns, what stands there, and why that does not do; facts fill the message."""

    n: int
    source: str
    line: int
    field: str
    columns: tuple[str, ...]
    value: str
    code: str
    message: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """How many problems of one sort a run has, and the first of them as an example."""

    source: str
    field: str
    columns: tuple[str, ...]
    code: str
    count: int
    example: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which problems: of a source, a field and a code, where they are given."""

    source: str | None = None
    field: str | None = None
    code: str | None = None


def keep(folder: Path, problems: Iterable[RowProblem]) -> None:
    """Write problems beside a run's rejected rows, in the place of those that were there."""
    (folder / FILE).unlink(missing_ok=True)
    rows = (
        (
            *(each.source, each.line, each.field, _BETWEEN.join(each.columns), each.value, each.code, each.message),
            orjson.dumps(dict(each.facts), default=str),
        )
        for each in problems
    )
    with closing(sqlite3.connect(folder / FILE)) as db, db:
        db.executescript(_TABLE)
        db.executemany(
            "INSERT INTO problem (source, line, field, columns, value, code, message, facts)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )


def page(folder: Path, wanted: Wanted, *, first: int, after: int = 0) -> list[RowProblem]:
    """The problems behind number `after`, in the order of the files; [] where a run has none."""
    with _opened(folder) as db:
        shown = _SHOWN if db and _has_facts(db) else _WITHOUT_FACTS
        asked = f"SELECT {shown} FROM problem WHERE {_WANTED} AND n > ?4 ORDER BY n LIMIT ?5"  # noqa: S608 - words of ours, no values
        rows = db.execute(asked, (wanted.source, wanted.field, wanted.code, after, first)) if db else ()
        return [
            RowProblem(
                n, source, line, field, _split(columns), value, code, message, orjson.loads(facts) if facts else {}
            )
            for n, source, line, field, columns, value, code, message, facts in rows
        ]


def count(folder: Path, wanted: Wanted) -> int:
    """How many there are."""
    asked = f"SELECT count(*) FROM problem WHERE {_WANTED}"  # noqa: S608 - words of ours, no values
    with _opened(folder) as db:
        return int(db.execute(asked, (wanted.source, wanted.field, wanted.code)).fetchone()[0]) if db else 0


def kinds(folder: Path) -> list[ProblemKind]:
    """The sorts of problems a run has, the most frequent first."""
    asked = (
        "SELECT source, field, columns, code, count(*) AS number, message FROM problem"
        " GROUP BY source, field, code ORDER BY number DESC, min(n)"
    )
    with _opened(folder) as db:
        rows = db.execute(asked) if db else ()
        return [ProblemKind(source, field, _split(columns), *rest) for source, field, columns, *rest in rows]


@contextmanager
def _opened(folder: Path) -> Iterator[sqlite3.Connection | None]:
    path = folder / FILE
    if not path.is_file():
        yield None
        return
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
        yield db


def _has_facts(db: sqlite3.Connection) -> bool:
    return any(name == "facts" for _, name, *_ in db.execute("PRAGMA table_info(problem)"))


def _split(columns: str) -> tuple[str, ...]:
    return tuple(columns.split(_BETWEEN)) if columns else ()


def columns_by_field(source: Source) -> Mapping[str, tuple[str, ...]]:
    """From what reasons call a place to the columns it is made of."""
    found: dict[str, tuple[str, ...]] = {}
    for rule in source.records:
        for name, value in {**rule.fields, **_since(rule.valid_from or source.valid_from)}.items():
            found.setdefault(name, value.columns)
    for link in source.links:
        bounds = {
            **_since(link.valid_from or source.valid_from),
            **({"validTo": link.valid_to} if link.valid_to else {}),
        }
        found |= {f"{link.relation}.{name}": value.columns for name, value in bounds.items()}
        found |= {f"{link.relation}.{name}": value.columns for name, value in link.fields.items()}
        found[link.relation] = _columns_of_ends(link)
        for end in (link.source, link.target):
            if isinstance(end, ByKey):
                found |= {f"{end.type}.{name}": value.columns for name, value in end.by.items()}
    return found


def subjects(source: Source) -> Mapping[str, Mapping[str, Any]]:
    """From what reasons call a place to the field, or the relation, of the model that it is about, as details have it."""
    found: dict[str, Mapping[str, Any]] = {}
    for rule in source.records:
        for name in rule.fields:
            found.setdefault(name, of_field(rule.type, name))
    for link in source.links:
        found |= {f"{link.relation}.{name}": of_field(link.relation, name) for name in link.fields}
        found[link.relation] = {"ofRelation": link.relation}
        for end in (link.source, link.target):
            if isinstance(end, ByKey):
                found |= {f"{end.type}.{name}": of_field(end.type, name) for name in end.by}
    return found


def headed(reason: Reason, subject: Mapping[str, Any], model: Metamodel) -> str:
    """A reason as one text that begins with the place as people read it."""
    return f"{_called(reason.field, subject, model)}: {reason.message}" if reason.field else reason.message


def _called(place: str, subject: Mapping[str, Any], model: Metamodel) -> str:
    if "ofRelation" in subject:
        relation = model.relations[subject["ofRelation"]]
        return heading(relation.name, relation.labels)
    if "ofField" in subject:
        owner, name = subject["ofField"]["owner"], subject["ofField"]["field"]
        fields = model.types[owner].fields if owner in model.types else model.relations[owner].fields
        return heading(name, fields[name].labels)
    name = place.rpartition(".")[2]
    return heading(name, NO_LABELS) if name.isidentifier() else place


def shown(cells: Sequence[str], places: Mapping[str, int], columns: Sequence[str]) -> str:
    """What stands in these columns of a row, cut where it is long."""
    texts = [cells[places[name]] for name in columns if places.get(name, len(cells)) < len(cells)]
    return " · ".join(texts)[:LONGEST_VALUE]


def _since(value: Value | None) -> Mapping[str, Value]:
    return {"validFrom": value} if value is not None else {}


def _columns_of_ends(link: LinkRule) -> tuple[str, ...]:
    """The columns by which a link finds the records that are not of its own row."""
    ends = [end for end in (link.source, link.target) if isinstance(end, ByKey)]
    return tuple(dict.fromkeys(name for end in ends for value in end.by.values() for name in value.columns))
