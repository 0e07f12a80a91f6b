"""The guesses about all files of an upload put together into one mapping."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exchange.guessing.linking import Keys, by_key, join_of, links_of
from exchange.guessing.matching import ColumnGuess, TypeGuess, as_type, best_type
from exchange.uploads.desk import Upload
from exchange.uploads.looking import FileFacts, keys_of
from exchange.uploads.names import stem_of
from models.metamodel import Metamodel

RECORD = "record"  # what a row's record is called in a guessed mapping
MOST_KEYS = 200_000


@dataclass(frozen=True, slots=True)
class SourceGuess:
    """What a file most likely is; `source` is its part of the mapping, None where nothing could be guessed.

    Its key is empty where no column tells the rows of a type that was asked for apart: then somebody has to choose one.
    """

    name: str
    file: str
    type: str
    columns: tuple[ColumnGuess, ...]
    source: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Guessed:
    """A mapping, and file by file how sure each part of it is."""

    sources: tuple[SourceGuess, ...]

    @property
    def mapping(self) -> dict[str, Any]:
        """The mapping; without any source where nothing could be guessed."""
        found = {each.name: dict(each.source) for each in self.sources if each.source is not None}
        return {"name": "upload", "nulls": _NULLS, "sources": found}


_NULLS = ["", "NULL", "null", "N/A", "n/a", "-"]


def guessed(upload: Upload, model: Metamodel, types: Mapping[str, str] | None = None) -> Guessed:
    """What all files of an upload most likely mean; `types` says it of some of them, by their names."""
    kinds, wanted = list(model.types.values()), types or {}
    fits = {
        facts.name: as_type(facts, model.types[wanted[facts.name]])
        if wanted.get(facts.name) in model.types
        else best_type(facts, kinds)
        for facts in upload.files
    }
    keys = list(_keys(upload, fits))
    names = _names(upload.files)
    return Guessed(
        tuple(
            _source(facts, names[facts.name], fits[facts.name], keys, model, joins=facts.name not in wanted)
            for facts in upload.files
        )
    )


def guessed_as(upload: Upload, model: Metamodel, file: str, type: str) -> SourceGuess:
    """One file read as records of a type. Raises NotFound for a file that is not there."""
    upload.file(file)
    found = guessed(upload, model, {file: type})
    return next(each for each in found.sources if each.file == file)


def _keys(upload: Upload, fits: Mapping[str, TypeGuess | None]) -> Iterator[Keys]:
    """Of each type the keys that the file brings which fits it best."""
    owners: dict[str, tuple[float, str]] = {}
    for file, found in fits.items():
        if found is not None and len(found.key) == 1:
            owners[found.type] = max(owners.get(found.type, (-1.0, "")), (found.score, file))
    for type_name, (_, file) in owners.items():
        found = fits[file]
        assert found is not None
        column = next((each.column for each in found.columns if each.field == found.key[0]), "")
        if column:
            values = keys_of(upload.table(file), [column], most=MOST_KEYS)
            yield Keys(type_name, file, found.key[0], column, frozenset(key for (key,) in values))


def _source(
    facts: FileFacts, name: str, found: TypeGuess | None, keys: Sequence[Keys], model: Metamodel, *, joins: bool
) -> SourceGuess:
    owner = found is not None and any(each.file == facts.name and each.type == found.type for each in keys)
    joined = join_of(facts, keys, model) if joins and not (owner and _tells_apart(facts, found)) else None
    if joined is not None:
        fields = {each.field: _value(each) for each in joined.columns if each.field}
        link: dict[str, Any] = {
            "relation": joined.relation,
            "from": by_key(joined.source, joined.source_column),
            "to": by_key(joined.target, joined.target_column),
            **({"fields": fields} if fields else {}),
        }
        return SourceGuess(name, facts.name, "", joined.columns, {"file": facts.name, "links": [link]})
    if found is None:
        return SourceGuess(name, facts.name, "", (), None)
    return _records(facts, name, found, keys, model)


def _records(facts: FileFacts, name: str, found: TypeGuess, keys: Sequence[Keys], model: Metamodel) -> SourceGuess:
    own = next((each.column for each in found.columns if found.key and each.field == found.key[0]), "")
    links = links_of(facts, found.type, own, keys, model)
    linked = {each.guess.column: each.guess for each in links}
    # a column that names another record is seldom a value too, unless it is surely one
    columns = [
        each for each in found.columns if each.column not in linked or each.field in found.key or each.confidence > 0.9
    ]
    fields = {each.field: _value(each) for each in columns}
    source: dict[str, Any] = {
        "file": facts.name,
        "records": {RECORD: {"type": found.type, "key": list(found.key), "fields": fields}},
    }
    if links:
        source["links"] = [
            {
                "relation": each.relation,
                "from": RECORD if each.outward else by_key(each.keys, each.guess.column),
                "to": by_key(each.keys, each.guess.column) if each.outward else RECORD,
            }
            for each in links
        ]
    return SourceGuess(name, facts.name, found.type, (*columns, *linked.values()), source if fields else None)


def _tells_apart(facts: FileFacts, found: TypeGuess | None) -> bool:
    """Whether the key of the file's own records is one: no two rows have the same."""
    own = {each.column for each in found.columns if each.field in found.key} if found else set()
    return any(column.unique for column in facts.columns if column.name in own)


def _value(guess: ColumnGuess) -> Any:
    if "join" in guess.steps:
        return dict(guess.steps)
    return {"column": guess.column, **guess.steps} if guess.steps else guess.column


def _names(files: Sequence[FileFacts]) -> dict[str, str]:
    """A name for each source, made from its file's."""
    found: dict[str, str] = {}
    for facts in files:
        name = re.sub(r"\W+", "_", stem_of(facts.name).lower()).strip("_") or "table"
        while name in found.values():
            name += "_"
        found[facts.name] = name
    return found
