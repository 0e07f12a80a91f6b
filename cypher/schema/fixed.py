"""The constraints and indexes that every database has, one command a file, numbered in the order they came."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_NUMBERED = re.compile(r"\d{4}_[a-z_]+\.cypher\Z")


@cache
def fixed() -> tuple[str, ...]:
    """The commands, in order; each may run again without effect."""
    folder = files("cypher.schema")
    names = sorted(entry.name for entry in folder.iterdir() if _NUMBERED.match(entry.name))
    return tuple(folder.joinpath(name).read_text(encoding="utf-8").strip() for name in names)
