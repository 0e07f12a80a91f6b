"""Persisted documents as pure data: GraphQL texts that are known by the digest of what they say."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

LONGEST = 100_000  # characters
MOST_AT_ONCE = 1_000
ALGORITHM = "sha256:"
_ID = re.compile(rf"{ALGORITHM}[0-9a-f]{{64}}\Z")


class Mode(StrEnum):
    """Which documents a server answers."""

    ANY = "any"  # whatever is asked
    AUTOMATIC = "automatic"  # the same; texts sent with their id are remembered for a while
    TRUSTED = "trusted"  # persisted documents, and nothing else


@dataclass(frozen=True, slots=True)
class PersistedDocument:
    """A document as it was persisted."""

    id: str
    name: str
    text: str
    at: datetime
    by: str


def id_of(text: str) -> str:
    """The id of a document: `sha256:` and the digest of its text, byte for byte."""
    return f"{ALGORITHM}{hashlib.sha256(text.encode()).hexdigest()}"


def is_id(text: str) -> bool:
    """Whether a text has the form of an id."""
    return _ID.match(text) is not None
