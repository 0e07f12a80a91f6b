"""Where a Neo4j answers and who may ask it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Address:
    """One database of one Neo4j; the password never shows in a log or a traceback."""

    uri: str
    username: str
    password: str = field(repr=False)
    database: str = "neo4j"
