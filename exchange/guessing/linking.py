"""Which columns hold keys of other records: the values say so, where they are those of another file, and the names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exchange.guessing.matching import SURE, ColumnGuess, each_once, samples_of
from exchange.guessing.values import fit
from exchange.guessing.words import is_id, likeness, meanings, names_of
from exchange.uploads.looking import FileFacts
from models.metamodel import End, Metamodel, RelationType

ALL_BUT = 0.9  # the share of values that have to be keys
SOME, CALLED = 0.4, 0.7  # the share that does where the column is called so, as a file may hold a part only


@dataclass(frozen=True, slots=True)
class Keys:
    """The records of a type that a file brings: the field that is their key, and its values."""

    type: str
    file: str
    field: str
    column: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class LinkGuess:
    """A column as one end of a link; the other end is the record of the row, or what another column names."""

    guess: ColumnGuess
    relation: str
    outward: bool  # from the row's record to what the column names
    keys: Keys


def links_of(facts: FileFacts, type: str, own_key: str, all_keys: Sequence[Keys], model: Metamodel) -> list[LinkGuess]:
    """The links that the rows of a file of records make, each column and each way once."""
    found = sorted(_candidates(facts, type, own_key, all_keys, model), key=lambda each: -each.guess.confidence)
    columns: set[str] = set()
    ways: set[tuple[str, bool]] = set()
    chosen = []
    for each in found:
        way = (each.relation, each.outward)
        if each.guess.column in columns or way in ways:
            continue
        columns.add(each.guess.column)
        ways.add(way)
        chosen.append(each)
    return chosen


def _candidates(
    facts: FileFacts, type: str, own_key: str, all_keys: Sequence[Keys], model: Metamodel
) -> Iterator[LinkGuess]:
    for relation in model.relations.values():
        for here, there, outward in (
            (relation.source, relation.target, True),
            (relation.target, relation.source, False),
        ):
            if type not in here.types or (relation.symmetric and not outward):
                continue
            for keys in all_keys:
                if keys.type in there.types:
                    yield from _by_column(facts, own_key, relation, here, outward, keys, model)


def _by_column(
    facts: FileFacts, own_key: str, relation: RelationType, here: End, outward: bool, keys: Keys, model: Metamodel
) -> Iterator[LinkGuess]:
    samples, kind = samples_of(facts), model.types[keys.type]
    names = (*names_of(here.field, here.labels), *names_of(relation.name, relation.labels))
    others = names_of(kind.name, kind.labels)
    for column in facts.columns:
        if column.name == own_key or not column.filled:
            continue
        named = likeness(column.name, names)
        pointed = max(likeness(column.name, others), 0.85 if _says_id_of(column.name, others) else 0.0)
        values = [text for each in samples[column.name] if (text := each.strip())]
        held = sum(text in keys.values for text in values) / len(values) if values else 0.0
        called = max(named, pointed) >= CALLED or column.name == keys.column
        if held >= (SOME if called else ALL_BUT) and (
            pointed or named or column.name == keys.column or facts.name != keys.file
        ):
            # one relation of several between the same types is told by its name
            sure = min(1.0, 0.6 + 0.25 * max(named, 0.9 if column.name == keys.column else 0.0, pointed) + 0.15 * named)
            yield LinkGuess(_guess(column.name, sure, "file", relation), relation.name, outward, keys)


def _says_id_of(column: str, names: Sequence[str]) -> bool:
    """Whether a column is called like the id of a type: "CustomerID"."""
    return is_id(column) and any(meanings(name) and meanings(name) <= meanings(column) for name in names)


def _guess(column: str, sure: float, why: str, relation: RelationType) -> ColumnGuess:
    return ColumnGuess(column, round(sure, 2), why, relation=relation.name)


@dataclass(frozen=True, slots=True)
class JoinGuess:
    """A file whose rows are links between the records of other files."""

    relation: str
    source: Keys
    source_column: str
    target: Keys
    target_column: str
    columns: tuple[ColumnGuess, ...]


def join_of(facts: FileFacts, all_keys: Sequence[Keys], model: Metamodel) -> JoinGuess | None:
    """The links that the rows of a file are, where two of its columns hold keys of other files and none its own."""
    pointing = [
        (column.name, keys)
        for column in facts.columns
        for keys in all_keys
        if keys.file != facts.name and _holds(facts, column.name, keys)
    ]
    pointed = {name for name, _ in pointing}
    if any(column.unique and column.name not in pointed for column in facts.columns):
        return None
    for relation in model.relations.values():
        for one, source in pointing:
            for other, target in pointing:
                if one != other and source.type in relation.source.types and target.type in relation.target.types:
                    return _joined(facts, relation, (one, source), (other, target))
    return None


def _holds(facts: FileFacts, column: str, keys: Keys) -> bool:
    values = [text for each in samples_of(facts)[column] if (text := each.strip())]
    return bool(values) and sum(text in keys.values for text in values) / len(values) >= ALL_BUT and (
        column == keys.column or is_id(column) or likeness(column, (keys.column, keys.type)) >= SURE
    )  # fmt: skip


def _joined(facts: FileFacts, relation: RelationType, source: tuple[str, Keys], target: tuple[str, Keys]) -> JoinGuess:
    samples, taken = samples_of(facts), {source[0], target[0]}
    pairs = []
    for column in facts.columns:
        for each in relation.fields.values() if column.name not in taken else ():
            named, fits = likeness(column.name, names_of(each.name, each.labels)), fit(each, samples[column.name])
            sure = named * (0.3 + 0.7 * fits.share)
            if sure >= SURE:
                pairs.append(ColumnGuess(column.name, round(sure, 2), "name", each.name, relation.name, fits.steps))
    ends = tuple(ColumnGuess(name, 0.95, "file", relation=relation.name) for name in (source[0], target[0]))
    return JoinGuess(relation.name, source[1], source[0], target[1], target[0], (*ends, *each_once(pairs)))


def by_key(keys: Keys, column: str) -> dict[str, Any]:
    """An end of a link as a mapping has it."""
    by: Mapping[str, str] = {keys.field: column}
    return {"type": keys.type, "by": dict(by)}
