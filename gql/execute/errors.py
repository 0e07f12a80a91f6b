"""Errors as the answer carries them: what a user can mend with a code, what is our fault masked with a correlation id."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from graphql import GraphQLError

from models.errors import Problem, Rejected, XrmError

log = logging.getLogger(__name__)
Path = Sequence[str | int]


class Refused(Exception):
    """An operation that is not begun: it cannot be parsed, is not valid, asks for too much, or its variables are wrong."""

    def __init__(self, errors: Iterable[GraphQLError]) -> None:
        self.errors = tuple(errors)
        super().__init__("; ".join(error.message for error in self.errors[:5]))


def refused(code: str, message: str) -> Refused:
    """A refusal with one sentence."""
    return Refused([GraphQLError(message, extensions={"code": code})])


def shown(error: GraphQLError, code: str = "invalid_operation") -> dict[str, Any]:
    """A GraphQL error as JSON; the code stands for errors that bring none."""
    cause = error.original_error
    if cause is not None and not isinstance(cause, GraphQLError):
        return caught(cause, error.path or ())
    entry: dict[str, Any] = {"message": error.message}
    if error.locations:
        entry["locations"] = [{"line": place.line, "column": place.column} for place in error.locations]
    if error.path is not None:
        entry["path"] = list(error.path)
    entry["extensions"] = {"code": code, **(error.extensions or {})}
    return entry


def _problem(problem: Problem) -> dict[str, Any]:
    told = {"code": problem.code, "message": problem.message, "path": list(problem.path)}
    return {**told, "details": dict(problem.details)} if problem.details else told


def caught(error: BaseException, path: Path = ()) -> dict[str, Any]:
    """Any other error as JSON. One of ours speaks for itself; anything else is logged whole and shown by its id alone."""
    if isinstance(error, XrmError):
        extensions: dict[str, Any] = {"code": error.code}
        if isinstance(error, Rejected):
            extensions["problems"] = [_problem(each) for each in error.problems]
        message = error.message
    else:
        number = uuid.uuid4().hex
        log.error("An operation failed; correlation id %s", number, exc_info=error)
        extensions = {"code": "internal", "correlationId": number}
        message = f"Something went wrong on our side; it is in the log under {number}."
    entry: dict[str, Any] = {"message": message}
    if path:
        entry["path"] = list(path)
    entry["extensions"] = extensions
    return entry


def missing(path: Path) -> dict[str, Any]:
    """The error of a required value that the database does not hold."""
    return {
        "message": "The database holds no value here, although one is required; an import or a script left it out.",
        "path": list(path),
        "extensions": {"code": "missing_value"},
    }
