"""Scores of a run as bytes, so that any two runs can be compared later, and back."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from analytics.scoring import EPOCH, Scores, plain_column
from models.scores import SCORES

CHUNK = 50_000
ID_BYTES = 16
SCORES_PART, REASONS_PART = "scores", "reasons"
_NONE = -(2**62)  # in a column of whole numbers: no score


@dataclass(frozen=True, slots=True)
class Packed:
    """The scores of one type, unpacked: ids as bytes, sorted, and a column for each score; None or NaN is no score."""

    type: str
    ids: NDArray[np.uint8]
    columns: Mapping[str, NDArray[Any]]


def parts(
    scores: Scores, ids: NDArray[np.uint8], engine: str, *, chunk: int = CHUNK
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The parts of one type's scores by name; `ids` are those of `scores.numbers`."""
    kinds = {each.name: each.kind for each in SCORES[engine]}
    for place, first in enumerate(range(0, len(ids), chunk)):
        rows = slice(first, first + chunk)
        facts: dict[str, Any] = {"type": scores.type, "ids": ids[rows].tobytes(), "names": list(scores.columns)}
        for name, column in scores.columns.items():
            facts |= _packed(name, column[rows], kinds[name])
        yield f"{SCORES_PART}-{scores.type}-{place:06}", facts


def _packed(name: str, column: NDArray[Any], kind: str) -> dict[str, Any]:
    values = plain_column(column, kind)
    if kind == "number":
        numbers = np.array([np.nan if value is None else value for value in values], "<f8")
        return {f"{name}.number": numbers.tobytes()}
    if kind == "text":
        words = sorted({value for value in values if value is not None})
        place = {word: number for number, word in enumerate(words)} | {None: -1}
        return {f"{name}.text": np.array([place[value] for value in values], "<i4").tobytes(), f"{name}.words": words}
    whole = [_NONE if value is None else _whole(value) for value in values]
    return {f"{name}.{kind}": np.array(whole, "<i8").tobytes()}


def _whole(value: Any) -> int:
    return (value - EPOCH).days if isinstance(value, date) else int(value)


def unpacked(stored: Sequence[Mapping[str, Any]]) -> dict[str, Packed]:
    """The scores of a run by type, from all its parts."""
    by_type: dict[str, list[Packed]] = {}
    for facts in stored:
        ids = np.frombuffer(facts["ids"], np.uint8).reshape(-1, ID_BYTES)
        columns = {name: _column(facts, name) for name in facts["names"]}
        by_type.setdefault(facts["type"], []).append(Packed(facts["type"], ids, columns))
    return {name: _joined(chunks) for name, chunks in by_type.items()}


def _column(facts: Mapping[str, Any], name: str) -> NDArray[Any]:
    if f"{name}.number" in facts:
        return np.frombuffer(facts[f"{name}.number"], "<f8")
    if f"{name}.text" in facts:
        words = np.array([*facts[f"{name}.words"], None], object)
        found: NDArray[Any] = words[np.frombuffer(facts[f"{name}.text"], "<i4")]
        return found
    kind = next(kind for kind in ("integer", "boolean", "date") if f"{name}.{kind}" in facts)
    whole = np.frombuffer(facts[f"{name}.{kind}"], "<i8")
    return np.where(whole == _NONE, np.nan, whole.astype(np.float64))


def _joined(chunks: Sequence[Packed]) -> Packed:
    ids = np.concatenate([each.ids for each in chunks])
    order = np.argsort(keys(ids), kind="stable")
    columns = {name: np.concatenate([each.columns[name] for each in chunks])[order] for name in chunks[0].columns}
    return Packed(chunks[0].type, ids[order], columns)


def keys(ids: NDArray[np.uint8]) -> NDArray[Any]:
    """Ids as values that sort and compare."""
    return np.ascontiguousarray(ids).view(f"S{ID_BYTES}").ravel() if len(ids) else np.empty(0, f"S{ID_BYTES}")


def packed_documents(documents: Mapping[str, str]) -> dict[str, Any]:
    """The explanations of some records as one part."""
    return {"ids": list(documents), "documents": zlib.compress(orjson.dumps(list(documents.values())), 6)}


def unpacked_documents(stored: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """The explanations of a run by record."""
    found: dict[str, dict[str, Any]] = {}
    for facts in stored:
        texts = orjson.loads(zlib.decompress(facts["documents"]))
        found |= {id: orjson.loads(text) for id, text in zip(facts["ids"], texts, strict=True)}
    return found
