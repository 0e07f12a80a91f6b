"""Stored documents of reasons, paths and counterfactuals into answers, put into words in the language asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import orjson

from cypher.request import Part
from cypher.shape import Explained
from models.reasons import sentence

Explain = Callable[[str | None, int, str], list[dict[str, Any]]]
_MISSING: Mapping[str, Any] = {"records": [], "relations": [], "facts": {}}


def explainer(wanted: Explained) -> Explain:
    """A function from a document of a record, a number and a language to so many of its entries of a sort; [] where there is
    none.
    """

    def explain(document: str | None, most: int, language: str) -> list[dict[str, Any]]:
        if document is None:
            return []
        entries = orjson.loads(document).get(wanted.what, [])[:most]
        return [_answer(wanted, each, wanted.parts, language) for each in entries]

    return explain


def _answer(of: Explained, entry: Mapping[str, Any], parts: tuple[Part, ...], language: str) -> dict[str, Any]:
    return {part.key: _part(of, entry, part, language) for part in parts}


def _part(of: Explained, entry: Mapping[str, Any], part: Part, language: str) -> Any:
    match part.what:
        case "typename":
            return part.type_name
        case "text":
            return sentence(entry["code"], entry.get("facts", {}), language, of.type, of.signals)
        case "records":
            return [_answer(of, {"id": id}, part.inside, language) for id in entry.get("records", [])]
        case "record":
            id = entry.get("record")
            return None if id is None else _answer(of, {"id": id}, part.inside, language)
    return entry.get(part.what, _MISSING.get(part.what))
