"""Stored documents of reasons, paths and counterfactuals into answers, put into words in the language asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import orjson

from cypher.request import Part
from models.metamodel import EntityType
from models.reasons import sentence

Explain = Callable[[str | None, int, str], list[dict[str, Any]]]
_MISSING: Mapping[str, Any] = {"records": [], "relations": [], "facts": {}}


def explainer(kind: EntityType, what: str, parts: tuple[Part, ...]) -> Explain:
    """A function from a document of a record of a type, a number and a language to so many of its entries of a sort; [] where
    there is none.
    """

    def explain(document: str | None, most: int, language: str) -> list[dict[str, Any]]:
        if document is None:
            return []
        return [_answer(kind, each, parts, language) for each in orjson.loads(document).get(what, [])[:most]]

    return explain


def _answer(kind: EntityType, entry: Mapping[str, Any], parts: tuple[Part, ...], language: str) -> dict[str, Any]:
    return {part.key: _part(kind, entry, part, language) for part in parts}


def _part(kind: EntityType, entry: Mapping[str, Any], part: Part, language: str) -> Any:
    match part.what:
        case "typename":
            return part.type_name
        case "text":
            return sentence(entry["code"], entry.get("facts", {}), language, kind)
        case "records":
            return [_answer(kind, {"id": id}, part.inside, language) for id in entry.get("records", [])]
        case "record":
            id = entry.get("record")
            return None if id is None else _answer(kind, {"id": id}, part.inside, language)
    return entry.get(part.what, _MISSING.get(part.what))
