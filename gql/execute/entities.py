"""The gaps among entities: what was asked for by a key and is not there is null in the answer, with an error that says why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cypher import request
from gql.execute.assemble import Answered, Assemble, Parameters
from gql.plan.entities import FAULT, TYPE


def missing_told(roots: Sequence[request.Root], assemble: Assemble) -> Assemble:
    """The same function where no entities are asked for, else one that tells of every gap as well."""
    asked = {root.key: root.slot for root in roots if isinstance(root, request.ReadEntities)}
    if not asked:
        return assemble

    def whole(row: Sequence[Any], parameters: Parameters, tally: list[int] | None = None) -> Answered:
        data, errors = assemble(row, parameters, tally)
        if data is None:
            return data, errors
        gaps = [
            _missing(given, (key, place))
            for key, slot in asked.items()
            for place, given in enumerate(parameters[slot])
            if data[key][place] is None and not _told(errors, [key, place])
        ]
        return data, [*errors, *gaps]

    return whole


def _told(errors: list[dict[str, Any]], path: list[str | int]) -> bool:
    return any(error.get("path", [])[:2] == path for error in errors)


def _missing(given: Mapping[str, Any], path: tuple[str, int]) -> dict[str, Any]:
    fault = given.get(FAULT)
    message = fault or f"There is no such {given[TYPE]}; it was deleted, or the key is another's."
    return {
        "message": message,
        "path": list(path),
        "extensions": {"code": "bad_representation" if fault else "not_found"},
    }
