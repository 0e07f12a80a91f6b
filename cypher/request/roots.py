"""Where an operation begins: lists, records by ids or keys, and searches."""

from __future__ import annotations

from dataclasses import dataclass

from cypher.clock import Clock
from cypher.request.selections import ByType, Connection, Constant
from models.metamodel import EntityType, Metamodel


@dataclass(frozen=True, slots=True)
class ReadList:
    """A root field that lists a type."""

    key: str
    connection: Connection


@dataclass(frozen=True, slots=True)
class ReadRecords:
    """A root field that reads records by the ids in the parameter `slot`: one record (`many` False) or a list."""

    key: str
    types: tuple[EntityType, ...]  # () means any type
    slot: str
    node: ByType
    many: bool = False
    clock: Clock | None = None


@dataclass(frozen=True, slots=True)
class EntityKey:
    """A key that records of a type may be known by: its stored properties, each with the entry of the row that holds it."""

    type: EntityType
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReadEntities:
    """A root field that reads records by the rows in the parameter `slot`: each has a `type`, and an `id` or a key's values."""

    key: str
    slot: str
    keys: tuple[EntityKey, ...]
    node: ByType


@dataclass(frozen=True, slots=True)
class FoundPart:
    """One response key of what a search found, or inside it: a match, a highlight, a range of it, a facet.

    `inner` are the parts of what is an object; `node` is what is asked of a record.
    """

    key: str
    what: str
    inner: tuple[FoundPart, ...] = ()
    node: ByType | None = None
    type_name: str = ""


@dataclass(frozen=True, slots=True)
class Search:
    """A root field that searches: the index's query is in `query_slot`, what limits it to types in `types_slot`.

    What was asked for is in `text_slot`, to highlight by; `behind` are the slots of the row that the page begins behind.
    Where `mode` goes by meaning too, `vectors_slot` holds the vector of the text, or none, and `names_slot`, where it is
    there, the types.
    """

    key: str
    query_slot: str
    types_slot: str
    text_slot: str
    size_slot: str
    behind: tuple[str, ...]
    parts: tuple[FoundPart, ...]
    model: Metamodel
    mode: str = "WORDS"
    vectors_slot: str = ""
    names_slot: str = ""


Root = ReadList | ReadRecords | ReadEntities | Search | Constant
