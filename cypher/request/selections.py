"""What of each record and of each list of them: values, links, reasons, changes, figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cypher.clock import Clock
from cypher.request.pages import Page
from models.fields.kind import Aggregate
from models.metamodel import EntityType, Field, Side
from models.profiles import Signal

if TYPE_CHECKING:
    from cypher.request.groupings import Grouped


@dataclass(frozen=True, slots=True)
class Leaf:
    """A field's value under a response key; `inside` names what is asked of a value that is an object (money, a place).

    Of a place `distance0` is how far it lies from the point in the first of `from_slots`, and so on.
    """

    key: str
    field: Field
    inside: tuple[tuple[str, str], ...] | None = None
    from_slots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Constant:
    """A value known beforehand, such as a type's name."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class DisplayName:
    """The record's name for people, from its type's template."""

    key: str
    type: EntityType


@dataclass(frozen=True, slots=True)
class Sub:
    """A relation's connection under a response key."""

    key: str
    side: Side
    connection: Connection


@dataclass(frozen=True, slots=True)
class Group:
    """An object of its own under a response key, from the same record: its insights, or those of one engine."""

    key: str
    items: Selection


@dataclass(frozen=True, slots=True)
class Part:
    """One response key inside a reason or a path; `inside` names what is asked of a value that is an object."""

    key: str
    what: str
    inside: tuple[Part, ...] = ()
    type_name: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """What an engine says of the scores of a record of `type`: at most as many entries as the parameter `most_slot` says, in
    the language of the parameter `language_slot`.
    """

    key: str
    type: EntityType
    engine: str
    what: str  # "reasons", "paths" or "counterfactuals"
    most_slot: str
    language_slot: str
    parts: tuple[Part, ...]
    signals: tuple[Signal, ...]  # of the type's profile, which reasons call by their labels


@dataclass(frozen=True, slots=True)
class History:
    """A page of the changes of a record or a link, the newest first: `size_slot` holds one more than are shown.

    `cut_slots` hold the moment and the id of the change that the page begins behind; `keys_slot` the properties of
    change rows one of which a change must have.
    """

    key: str
    of_link: bool
    fields: Mapping[str, Field]
    size_slot: str
    cut_slots: tuple[str, str] | None
    keys_slot: str | None
    parts: tuple[Part, ...]


Item = Leaf | Constant | DisplayName | Sub | Group | Explained | History
Selection = tuple[Item, ...]
ByType = Mapping[str, Selection]  # what to select of a record, by the type it turns out to be


@dataclass(frozen=True, slots=True)
class EdgePart:
    """One response key of an edge: its cursor, node, link or type name."""

    key: str
    what: str
    node: ByType | None = None
    link: Selection | None = None
    type_name: str = ""


@dataclass(frozen=True, slots=True)
class InfoPart:
    """One response key of pageInfo."""

    key: str
    what: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure over a field (of the record, or of the link)."""

    key: str
    what: Aggregate
    inside: tuple[tuple[str, str], ...] | None = None
    slot: str = ""  # of a percentile: the parameter that holds its share, in millionths


@dataclass(frozen=True, slots=True)
class AggregatePart:
    """One response key of an aggregate: the count, figures over a field, over the link, through a relation, or a group of
    such parts.
    """

    key: str
    what: str  # "count", "field", "link", "relation", "group", "typename"
    field: Field | None = None
    figures: tuple[Figure | Constant, ...] = ()
    of_link: bool = False
    side: Side | None = None
    parts: tuple[AggregatePart, ...] = ()
    type_name: str = ""


@dataclass(frozen=True, slots=True)
class ConnectionPart:
    """One response key of a connection."""

    key: str
    what: str  # "edges", "nodes", "pageInfo", "totalCount", "aggregate", "grouped", "typename"
    edge: tuple[EdgePart, ...] = ()
    node: ByType | None = None
    info: tuple[InfoPart, ...] = ()
    aggregate: tuple[AggregatePart, ...] = ()
    grouped: Grouped | None = None
    type_name: str = ""


@dataclass(frozen=True, slots=True)
class Connection:
    """A list of records: which page of it, and which of its parts are asked for; at the present or at a clock's moment."""

    types: tuple[EntityType, ...]
    page: Page
    parts: tuple[ConnectionPart, ...]
    interface: bool = False
    clock: Clock | None = None
