"""Since when, and until when, given values have been so: moments that are over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from models.commands import Path
from models.drafts.values import Refuse
from models.errors import Problem, filled, told
from models.fields.date_time import moment
from models.fields.kind import InvalidValue

VALID_FROM, VALID_TO = "validFrom", "validTo"
_WORDS = {VALID_FROM: "The begin", VALID_TO: "The end"}


def read_period(
    given: Mapping[str, Any], path: Path, *, now: datetime, refuse: Refuse
) -> tuple[datetime | None, datetime | None]:
    """The moments given; what is no moment, lies in the future or does not come in its order is refused."""
    since, until = (read_moment(given, name, path, refuse) for name in (VALID_FROM, VALID_TO))
    for name, at in ((VALID_FROM, since), (VALID_TO, until)):
        if at is not None and at > now:
            sentence = "{bound} says since or until when it has been so: a moment that is over."
            message = filled(sentence, {"bound": _WORDS[name]})
            refuse(Problem("bad_times", message, (*path, name), {"case": "future", "name": name}))
    if until is not None and since is None:
        sentence = "An end needs a begin: say since when the values were so."
        refuse(told("required", sentence, (*path, VALID_FROM), case="since"))
    if since is not None and until is not None and since >= until:
        refuse(out_of_order(path))
    return since, until


def out_of_order(path: Path) -> Problem:
    """The problem of a time that ends before it begins."""
    return told("bad_times", "The end must lie after the begin.", (*path, VALID_TO), case="order")


def read_moment(given: Mapping[str, Any], name: str, path: Path, refuse: Refuse) -> datetime | None:
    """The moment under a name; None where there is none, and where it is refused."""
    if given.get(name) is None:
        return None
    try:
        return moment(given[name])
    except InvalidValue as error:
        refuse(Problem(error.code, f"{_WORDS.get(name, name)}: {error.message}", (*path, name), error.facts))
        return None
