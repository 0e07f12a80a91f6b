"""The answer to an operation, as bytes, with what a transport needs to know about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson

Data = dict[str, Any] | None
Errors = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Answer:
    """The JSON of {data, errors}; `refused` and `signed_out` say that nothing was executed, and why."""

    body: bytes
    has_data: bool = True
    errors: int = 0
    refused: bool = False  # the operation is wrong, or asks for too much
    signed_out: bool = False  # nobody is signed in
    cursor: str = ""  # of a change that is told: where a subscription goes on from


def answered(
    data: Data, errors: Errors, extensions: dict[str, Any] | None = None, announced: dict[str, Any] | None = None
) -> Answer:
    """What was executed, data first; data is None when a null rose to the top. `announced` is what comes after it."""
    whole: dict[str, Any] = {"data": data, "errors": errors} if errors else {"data": data}
    if announced:
        whole |= announced
    if extensions:
        whole["extensions"] = extensions
    body = orjson.dumps(whole, option=orjson.OPT_UTC_Z)  # the fixed half answers with datetimes as they are
    return Answer(body, data is not None, len(errors))


def refusal(errors: Errors) -> Answer:
    """What was not executed at all has no data, not even null."""
    return Answer(orjson.dumps({"errors": errors}), has_data=False, errors=len(errors), refused=True)
