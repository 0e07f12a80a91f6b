"""Saved pages: what somebody made of a page of the web application, kept as JSON that only the page understands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import orjson

from models.errors import Problem
from models.fields.kind import InvalidValue
from models.fields.text import clean

LONGEST_NAME = 100
LONGEST_DESCRIPTION = 2_000
LARGEST_BODY = 2_000_000  # bytes of JSON; the picture of some 20,000 records with their places


class PageKind(StrEnum):
    """Which sort of page it was saved from."""

    DASHBOARD = "dashboard"
    SCENE = "scene"
    SCENARIO = "scenario"


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page as it is kept, at a version: it is owned by somebody, for themselves or for everyone."""

    id: str
    kind: PageKind
    name: str
    description: str
    body: str | None  # JSON; None where it was not asked for
    shared: bool
    owner: str
    owner_name: str
    version: int
    created_at: datetime
    updated_at: datetime
    updated_by: str


@dataclass(frozen=True, slots=True)
class PageDraft:
    """What is to be kept of a page."""

    kind: PageKind
    name: str
    description: str
    body: Mapping[str, Any]
    shared: bool


def packed(draft: PageDraft) -> tuple[str, list[Problem]]:
    """The body of a draft as JSON, and everything wrong with the draft; [] when it can be kept."""
    problems, body = [*_of_texts(draft)], orjson.dumps(draft.body)
    if not isinstance(draft.body, dict):
        problems.append(Problem("bad_body", "Give an object of JSON: {…}.", ("body",)))
    elif len(body) > LARGEST_BODY:
        told = f"The page comes to {len(body):,} bytes, at most {LARGEST_BODY:,} are kept; save less of it."
        problems.append(Problem("too_large", told, ("body",)))
    return body.decode(), problems


def _of_texts(draft: PageDraft) -> Iterator[Problem]:
    try:
        if clean(draft.name, longest=LONGEST_NAME) != draft.name:
            yield Problem("bad_name", "Take the blanks around the name out.", ("name",))
    except InvalidValue as error:
        yield Problem(error.code, f"The name: {error.message}", ("name",), error.facts)
    if len(draft.description) > LONGEST_DESCRIPTION:
        told = f"At most {LONGEST_DESCRIPTION:,} characters; this has {len(draft.description):,}."
        yield Problem("too_long", told, ("description",))
