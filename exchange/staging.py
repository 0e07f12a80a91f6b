"""What the files mean, gathered on disk before anything is written: each record and link once, with the rows it came from.

Every record is merged from all rows that name its key, so that a run says one thing about it; what contradicts an
earlier row is rejected here. That makes batches independent of each other, a dry run equal to the run, and a run
that was killed easy to go on with.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from exchange.packed import dumped, group_of, loaded, loaded_key, moment, packed, unpacked
from exchange.reasons import Reason, because
from exchange.rows import LinkDraft, Meaning, RecordDraft, Reference, Values
from models.fields.money import Money
from models.ids import new_id
from models.metamodel import Metamodel, RelationType, Validity

_TABLES = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS record (n INTEGER PRIMARY KEY, grp TEXT, key BLOB, id TEXT, vals BLOB, since BLOB,
  refused TEXT, UNIQUE (grp, key));
CREATE TABLE IF NOT EXISTS alias (shape TEXT, key BLOB, n INTEGER, PRIMARY KEY (shape, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS link (n INTEGER PRIMARY KEY, grp TEXT, source BLOB, target BLOB, same BLOB, id TEXT, vals BLOB,
  since BLOB, until BLOB, refused TEXT, UNIQUE (grp, source, target, same));
CREATE TABLE IF NOT EXISTS origin (link INTEGER, n INTEGER, source TEXT, line INTEGER);
CREATE INDEX IF NOT EXISTS origins ON origin (link, n);
CREATE TABLE IF NOT EXISTS reject (source TEXT, line INTEGER, field TEXT, code TEXT, reason TEXT,
  PRIMARY KEY (source, line, field, reason)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS told (reason TEXT PRIMARY KEY, facts BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value BLOB);
"""
_LINK = "n, id, source, target, same, vals, since, until"


@dataclass(frozen=True, slots=True)
class StagedRecord:
    """A record ready to be written, and its number here."""

    n: int
    id: str
    reference: Reference
    values: Values
    valid_from: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class StagedLink:
    """A link ready to be written, and its number here."""

    n: int
    id: str
    draft: LinkDraft


class Conflict(Exception):
    """A row that contradicts an earlier one."""

    def __init__(self, field: str, sentence: str, **facts: Any) -> None:
        self.reason = because(field, "contradicts", sentence, **facts)
        super().__init__(self.reason.message)


class Staging:
    """The gathered meaning of a run, in one file."""

    def __init__(self, path: Path, model: Metamodel) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript(_TABLES)
        self._model = model

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def begin(self) -> None:
        """Open a transaction; what is gathered until `commit` is kept as a whole."""
        self._db.execute("BEGIN")

    def commit(self) -> None:
        """Keep what has been gathered."""
        self._db.execute("COMMIT")

    def fact(self, name: str) -> Any:
        """A fact kept with the run, or None."""
        found = self._db.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        return None if found is None else orjson.loads(found[0])

    def keep(self, name: str, value: Any) -> None:
        """Keep a fact."""
        self._db.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (name, orjson.dumps(value)))

    def add(self, meaning: Meaning, source: str, line: int) -> None:
        """Gather what a row means; a row that contradicts an earlier one is rejected instead."""
        self._db.execute("SAVEPOINT row")
        try:
            for record in meaning.records:
                self._came_from(0, self._record(record), source, line)
            for link in meaning.links:
                self._came_from(1, self._link(link), source, line)
        except Conflict as conflict:
            self._db.execute("ROLLBACK TO row")
            self.reject(source, line, conflict.reason)
        self._db.execute("RELEASE row")

    def reject(self, source: str, line: int, reason: Reason) -> None:
        """Note that a row, or a part of it, does not go in."""
        values = (source, line, reason.field, reason.code, reason.message)
        self._db.execute("INSERT OR IGNORE INTO reject VALUES (?, ?, ?, ?, ?)", values)
        self._tell(reason)

    def _tell(self, reason: Reason) -> None:
        """Keep the facts of a sentence, once for all rows that it is said of."""
        if reason.facts:
            facts = orjson.dumps(dict(reason.facts), default=str)
            self._db.execute("INSERT OR IGNORE INTO told VALUES (?, ?)", (reason.message, facts))

    def refuse(self, n: int, reason: Reason, *, link: bool) -> None:
        """Take a record or a link out of the run and note it at its rows."""
        table = "link" if link else "record"
        self._db.execute(f"UPDATE {table} SET refused = ? WHERE n = ?", (str(reason), n))  # noqa: S608 - one of two names
        self._db.execute(
            "INSERT OR IGNORE INTO reject SELECT source, line, ?, ?, ? FROM origin WHERE link = ? AND n = ?",
            (reason.field, reason.code, reason.message, int(link), n),
        )
        self._tell(reason)

    def refuse_crowds(self) -> None:
        """Take out the links that would give a record more of them than it may have: the first ones stay."""
        for relation in self._model.relations.values():
            if relation.temporal:
                continue
            for end, most in (("source", relation.source.most), ("target", relation.target.most)):
                if most is not None:
                    self._refuse_crowd(relation, end, most)

    def _refuse_crowd(self, relation: RelationType, end: str, most: int) -> None:
        ranked = f"SELECT n, row_number() OVER (PARTITION BY {end} ORDER BY n) AS place FROM link WHERE grp = ?"  # noqa: S608 - one of two names
        beyond = self._db.execute(f"SELECT n FROM ({ranked}) WHERE place > ?", (relation.name, most)).fetchall()  # noqa: S608 - names of ours, no values
        for (n,) in beyond:
            sentence = "An earlier row fills this end, which holds at most {most}."
            self.refuse(n, because(relation.name, "too_many_links", sentence, case="row", most=most), link=True)

    def record_groups(self) -> list[str]:
        """The groups of records, in the order of their first rows."""
        return [name for (name,) in self._db.execute("SELECT grp FROM record GROUP BY grp ORDER BY min(n)")]

    def link_groups(self) -> list[str]:
        """The relations, in the order of their first rows."""
        return [name for (name,) in self._db.execute("SELECT grp FROM link GROUP BY grp ORDER BY min(n)")]

    def count(self, group: str, *, links: bool, refused: bool = False) -> int:
        """How many records or links a group has, or how many of them have been taken out."""
        table = "link" if links else "record"
        state = " AND refused IS NOT NULL" if refused else ""
        (count,) = self._db.execute(f"SELECT count(*) FROM {table} WHERE grp = ?{state}", (group,)).fetchone()  # noqa: S608 - names of ours, no values
        return int(count)

    def records(self, group: str, offset: int, size: int) -> list[StagedRecord]:
        """A batch of records, those taken out left out; `offset` and `size` count them all."""
        rows = self._db.execute(
            "SELECT n, id, key, vals, since, refused FROM record WHERE grp = ? ORDER BY n LIMIT ? OFFSET ?",
            (group, size, offset),
        )
        type_name, *by = group.split(" ")
        return [
            StagedRecord(n, id, Reference(type_name, tuple(by), loaded_key(key)), loaded(values), moment(since))
            for n, id, key, values, since, refused in rows
            if refused is None
        ]

    def links(self, group: str, offset: int, size: int) -> list[StagedLink]:
        """A batch of links, those taken out left out; those of one limited end stand side by side."""
        rows = self._db.execute(
            f"SELECT {_LINK}, refused FROM link WHERE grp = ? ORDER BY {self._order(group)} LIMIT ? OFFSET ?",  # noqa: S608 - words of ours, no values
            (group, size, offset),
        )
        return [_staged_link(group, *row) for *row, refused in rows if refused is None]

    def links_before(self, group: str, offset: int, size: int) -> list[StagedLink]:
        """The links of earlier batches that count when those of this one are judged: they share a limited end or a pair."""
        shared = _shared(self._model.relations[group])
        if not shared or not offset:
            return []
        rows = self._db.execute(
            "WITH placed AS ("  # noqa: S608 - words of ours, no values
            f" SELECT *, row_number() OVER (ORDER BY {self._order(group)}) AS place FROM link WHERE grp = ?),"
            " here AS (SELECT source, target FROM placed WHERE place > ? AND place <= ?)"
            f" SELECT {_LINK} FROM placed WHERE refused IS NULL AND place <= ? AND ({' OR '.join(shared)}) ORDER BY place",
            (group, offset, offset + size, offset),
        )
        return [_staged_link(group, *row) for row in rows]

    def _order(self, group: str) -> str:
        relation = self._model.relations[group]
        limited = "source" if relation.source.most is not None else "target" if relation.target.most is not None else ""
        return f"{limited}, n" if limited else "n"

    def staged(self, reference: Reference) -> StagedRecord | None:
        """The record of this run that a key names, unless it was taken out."""
        shape, key = group_of(reference), dumped(list(reference.key))
        row = self._db.execute(
            "SELECT n, id, grp, record.key, vals, since FROM record JOIN alias USING (n)"
            " WHERE alias.shape = ? AND alias.key = ? AND refused IS NULL",
            (shape, key),
        ).fetchone()
        if row is None:
            return None
        n, id, group, own, values, since = row
        type_name, *by = group.split(" ")
        reference = Reference(type_name, tuple(by), loaded_key(own))
        return StagedRecord(n, id, reference, loaded(values), moment(since))

    def rejects(self) -> Iterator[tuple[str, int, Reason]]:
        """Why rows are rejected, in the order of the files: source, line, one reason."""
        found = self._db.execute(
            "SELECT source, line, field, code, reason, facts FROM reject LEFT JOIN told USING (reason)"
            " ORDER BY source, line, field, reason"
        )
        for source, line, field, code, message, facts in found:
            yield source, line, Reason(field, code, message, orjson.loads(facts) if facts else {})

    def _record(self, draft: RecordDraft) -> int:
        group, key = group_of(draft.reference), dumped(list(draft.reference.key))
        found = self._db.execute("SELECT n, vals, since FROM record WHERE grp = ? AND key = ?", (group, key)).fetchone()
        if found is None:
            n = self._db.execute(
                "INSERT INTO record (grp, key, id, vals, since) VALUES (?, ?, ?, ?, ?)",
                (group, key, new_id(), dumped(draft.values), dumped(draft.valid_from)),
            ).lastrowid
            assert n is not None
            self._alias(draft, n, draft.values)
            return n
        n, values, since = found
        known, first = loaded(values), _first(moment(since), draft.valid_from)
        merged = _merged(known, draft.values, f"{draft.reference.type} {_shown(draft.reference.key)}")
        if merged != known or first != moment(since):
            self._db.execute("UPDATE record SET vals = ?, since = ? WHERE n = ?", (dumped(merged), dumped(first), n))
            self._alias(draft, n, merged)
        return int(n)

    def _alias(self, draft: RecordDraft, n: int, values: Values) -> None:
        """Remember the record under each of its natural keys; two records of a run may not share one."""
        kind = self._model.types[draft.reference.type]
        keys = {*kind.natural_keys, *((name,) for name, each in kind.fields.items() if each.unique), draft.reference.by}
        for by in sorted(keys):
            key = tuple(values.get(name) for name in by)
            if None in key:
                continue
            shape = group_of(Reference(kind.name, by, key))
            self._db.execute("INSERT OR IGNORE INTO alias VALUES (?, ?, ?)", (shape, dumped(list(key)), n))
            (owner,) = self._db.execute(
                "SELECT n FROM alias WHERE shape = ? AND key = ?", (shape, dumped(list(key)))
            ).fetchone()
            if owner != n:
                sentence = "{key} belongs to another {type} of an earlier row."
                raise Conflict(", ".join(by), sentence, case="key", key=_shown(key), type=kind.name)

    def _link(self, draft: LinkDraft) -> int:
        source, target = packed(draft.source), packed(draft.target)
        if self._model.relations[draft.relation].symmetric and target < source:
            source, target = target, source
        same = dumped({name: draft.values.get(name) for name in draft.by})
        found = self._db.execute(
            "SELECT n, vals, since, until FROM link WHERE grp = ? AND source = ? AND target = ? AND same = ?",
            (draft.relation, source, target, same),
        ).fetchone()
        since, until = dumped(draft.valid_from), dumped(draft.valid_to)
        if found is None:
            n = self._db.execute(
                "INSERT INTO link (grp, source, target, same, id, vals, since, until) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (draft.relation, source, target, same, new_id(), dumped(draft.values), since, until),
            ).lastrowid
            assert n is not None
            return n
        name = f"{draft.relation} from {_shown(draft.source.key)} to {_shown(draft.target.key)}"
        merged = _merged(loaded(found[1]), draft.values, name)
        if (found[2], found[3]) != (since, until):
            raise Conflict(name, "An earlier row gives this link another time.", case="time")
        self._db.execute("UPDATE link SET vals = ? WHERE n = ?", (dumped(merged), found[0]))
        return int(found[0])

    def _came_from(self, link: int, n: int, source: str, line: int) -> None:
        self._db.execute("INSERT INTO origin VALUES (?, ?, ?, ?)", (link, n, source, line))


def _staged_link(group: str, n: int, id: str, source: bytes, target: bytes, same: bytes, *rest: bytes) -> StagedLink:
    by = tuple(loaded(same))
    return StagedLink(n, id, LinkDraft(group, unpacked(source), unpacked(target), by, *_rest(*rest)))


def _shared(relation: RelationType) -> list[str]:
    """What makes links count for those of the batch `here`; nothing where a limit of one keeps links apart anyway."""
    ends = {"source": relation.source.most, "target": relation.target.most}
    limited = [end for end, most in ends.items() if most is not None and (most > 1 or relation.temporal)]
    shared = [f"{end} IN (SELECT {end} FROM here)" for end in limited]  # noqa: S608 - one of two names
    if limited and relation.symmetric:
        either = "(SELECT source FROM here UNION SELECT target FROM here)"
        shared = [f"source IN {either}", f"target IN {either}"]
    if relation.validity is Validity.EXCLUSIVE:
        shared.append("(source, target) IN (SELECT source, target FROM here)")
    return shared


def _merged(known: Values, more: Values, name: str) -> Values:
    """Both together. Raises Conflict where they contradict each other."""
    merged = dict(known)
    for field, value in more.items():
        if value is None:
            merged.setdefault(field, None)
        elif merged.get(field) is None:
            merged[field] = value
        elif merged[field] != value:
            sentence = "An earlier row gives {name} the value {first}, not {second}."
            raise Conflict(field, sentence, name=name, first=_text(merged[field]), second=_text(value))
    return merged


def _first(one: dt.datetime | None, other: dt.datetime | None) -> dt.datetime | None:
    """A record that several rows name has been there since the first of them."""
    return min((at for at in (one, other) if at is not None), default=None)


def _rest(values: bytes, since: bytes, until: bytes) -> tuple[Values, dt.datetime | None, dt.datetime | None]:
    return loaded(values), moment(since), moment(until)


def _shown(key: Sequence[Any]) -> str:
    return ", ".join(map(_text, key))


def _text(value: Any) -> str:
    return f"{value.amount} {value.currency}" if isinstance(value, Money) else repr(str(value))
