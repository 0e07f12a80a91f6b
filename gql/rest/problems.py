"""What went wrong, as problem documents (RFC 9457) with the codes, sentences and paths of the GraphQL API."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import orjson

from models.errors import Problem

MEDIA_TYPE = "application/problem+json"
Headers = Sequence[tuple[str, str]]
Told = Callable[[Mapping[str, Any]], Mapping[str, Any]]
_VARIABLE = re.compile(r"Variable '\$(\w+)' has invalid value(?: at ([^:\s]+))?: (.*)", re.DOTALL)
_STEP = re.compile(r"\.(\w+)|\[(\d+)\]")
_WHERE = "whereText: "  # what GraphQL calls `where`

# a code that is not named here is a request that cannot be used, or a body that cannot
STATUS: Mapping[str, int] = {
    "not_signed_in": 401,
    "forbidden": 403,
    "document_not_trusted": 403,
    "foreign_origin": 403,
    "not_found": 404,
    "duplicate": 409,
    "duplicate_link": 409,
    "model_changed": 409,
    "not_unique": 409,
    "overlapping_link": 409,
    "too_many_links": 409,
    "version_conflict": 412,
    "rate_limited": 429,
    "internal": 500,
    "missing_value": 500,
    "outcome_unknown": 503,
    "unavailable": 503,
    "timed_out": 504,
}
BAD_REQUEST, UNUSABLE = 400, 422
NOT_HERE = frozenset({"not_found", "bad_id"})  # which may be said of the address, or of something in the body
_WEIGHT = (500, 503, 504, 401, 403, 404, 412, 429)  # one of these speaks for all; others do where all say the same


class Refusal(Exception):
    """A request that is answered with a problem."""

    def __init__(self, status: int, errors: Sequence[Mapping[str, Any]], *headers: tuple[str, str]) -> None:
        super().__init__("; ".join(str(error["message"]) for error in errors[:5]))
        self.status, self.errors, self.headers = status, errors, headers

    def body(self) -> bytes:
        """The problem document: the first error speaks for the whole, all of them follow."""
        first = self.errors[0]
        document = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": first["message"],
            "code": first["code"],
            "errors": list(self.errors),
        }
        return orjson.dumps(document)


def refusal(status: int, code: str, message: str, *headers: tuple[str, str], path: Sequence[str | int] = ()) -> Refusal:
    """A refusal with one error."""
    return Refusal(status, [{"code": code, "message": message, "path": list(path)}], *headers)


def bad_parameters(problems: Iterable[Problem]) -> Refusal:
    """400: everything that is wrong with the address, at once; paths begin with the parameter's name."""
    return Refusal(
        BAD_REQUEST, [{"code": one.code, "message": one.message, "path": list(one.path)} for one in problems]
    )


def of_operation(errors: Sequence[Mapping[str, Any]], told: Told = dict) -> Refusal:
    """What the errors of an operation mean over REST; `told` gives each the path that the request has for it."""
    told_all = [dict(told(_told(error))) for error in errors]
    status = _together([STATUS.get(error["code"], BAD_REQUEST) for error in told_all], BAD_REQUEST)
    return Refusal(status, told_all, *([("retry-after", "1")] if status == STATUS["unavailable"] else []))


def of_payload(errors: Sequence[Mapping[str, Any]], missing: Sequence[Sequence[str | int]], told: Told) -> Refusal:
    """What the errors of a mutation mean over REST; `missing` are the paths that stand for the address itself."""
    here = [list(path) for path in missing]
    statuses = [
        (404 if error["path"] in here else UNUSABLE)
        if error["code"] in NOT_HERE
        else STATUS.get(error["code"], UNUSABLE)
        for error in errors
    ]
    return Refusal(_together(statuses, UNUSABLE), [_without_nulls(told(error)) for error in errors])


def _together(found: Sequence[int], otherwise: int) -> int:
    """The status for all errors together."""
    return next((status for status in _WEIGHT if status in found), found[0] if len(set(found)) == 1 else otherwise)


def _told(error: Mapping[str, Any]) -> dict[str, Any]:
    extensions = dict(error.get("extensions") or {})
    code, message = extensions.pop("code", "invalid_operation"), str(error["message"])
    path: list[str | int] = list(error.get("path", ()))
    if message.startswith(_WHERE):
        path, message = ["where"], f"where: {message.removeprefix(_WHERE)}"
    elif (found := _VARIABLE.fullmatch(message)) is not None:
        name, steps, message = found.groups()
        path = [] if name == "input" else [name]
        path += [int(place) if place else step for step, place in _STEP.findall(steps or "")]
    told = {"code": code, "message": message, "path": path}
    return {**told, **({"details": extensions} if extensions else {})}


def _without_nulls(error: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in error.items() if value is not None}
