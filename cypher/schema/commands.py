"""The text of the commands that make and drop an index or a constraint; every name in it passes `quote`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from cypher.names import quote

LONGEST_NAME = 110
INSIGHT = "insight"
MEANING = "meaning"
PREFIXES = ("unique.", "range.", "point.", "link.", f"{INSIGHT}.")


@dataclass(frozen=True, slots=True)
class Index:
    """An index, or a uniqueness constraint with the index it owns, by a name that says all about it.

    A constraint is not made beside an index of the same properties, which has to go before it: `replaces`.
    """

    name: str
    create: str
    drop: str
    constraint: bool = False
    replaces: str = ""


def unique(label: str, keys: Sequence[str]) -> Index:
    """No two nodes of a label share the values of these properties; nodes that lack one of them do not count."""
    name = named("unique", label, *keys)
    required = ", ".join(f"n.{quote(key)}" for key in keys)
    create = f"CREATE CONSTRAINT {quote(name)} IF NOT EXISTS FOR (n:{quote(label)}) REQUIRE ({required}) IS UNIQUE"
    return Index(name, create, dropped(name), constraint=True, replaces=named("range", label, *keys))


def of_records(label: str, keys: Sequence[str]) -> Index:
    """A range index on nodes."""
    name = named("range", label, *keys)
    on = ", ".join(f"n.{quote(key)}" for key in keys)
    create = f"CREATE INDEX {quote(name)} IF NOT EXISTS FOR (n:{quote(label)}) ON ({on})"
    return Index(name, create, dropped(name))


def of_places(label: str, key: str) -> Index:
    """An index that finds the nodes whose place lies near a point or in a box."""
    name = named("point", label, key)
    create = f"CREATE POINT INDEX {quote(name)} IF NOT EXISTS FOR (n:{quote(label)}) ON (n.{quote(key)})"
    return Index(name, create, dropped(name))


def of_meanings(key: str, size: int) -> Index:
    """The index that finds the records whose vectors, of so many numbers, lie nearest to one."""
    options = f"{{indexConfig: {{`vector.dimensions`: {size:d}, `vector.similarity_function`: 'cosine'}}}}"
    create = f"CREATE VECTOR INDEX {MEANING} IF NOT EXISTS FOR (n:Record) ON (n.{quote(key)}) OPTIONS {options}"
    return Index(MEANING, create, dropped(MEANING))


def of_scores(label: str, key: str) -> Index:
    """A range index on a score of the records of a type."""
    name = named(INSIGHT, label, key)
    create = f"CREATE INDEX {quote(name)} IF NOT EXISTS FOR (n:{quote(label)}) ON (n.{quote(key)})"
    return Index(name, create, dropped(name))


def of_links(relation: str, key: str) -> Index:
    """A range index on relationships."""
    name = named("link", relation, key)
    create = f"CREATE INDEX {quote(name)} IF NOT EXISTS FOR ()-[r:{quote(relation)}]-() ON (r.{quote(key)})"
    return Index(name, create, dropped(name))


def dropped(name: str) -> str:
    """The command that drops an index or constraint of ours by its name."""
    return f"DROP {'CONSTRAINT' if name.startswith('unique.') else 'INDEX'} {quote(name)} IF EXISTS"


def named(*parts: str) -> str:
    """`range.Company.name`; the tail of a longer one becomes a digest."""
    name = ".".join(parts)
    if len(name) <= LONGEST_NAME:
        return name
    return f"{name[: LONGEST_NAME - 18]}.h{sha256(name.encode()).hexdigest()[:16]}"
