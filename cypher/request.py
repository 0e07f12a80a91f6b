"""What to read, as data: filters, orders, pages and selections over the model, free of any query language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from cypher.clock import Clock
from models.fields.kind import Aggregate, Operator
from models.metamodel import Direction, EntityType, Field, Metamodel, RelationType, Side

if TYPE_CHECKING:
    from cypher.groupings import Grouped


@dataclass(frozen=True, slots=True)
class Compare:
    """A field compared with the parameter `slot`."""

    field: Field
    operator: Operator
    slot: str


@dataclass(frozen=True, slots=True)
class Missing:
    """A field without a value (`missing`), or with one."""

    field: Field
    missing: bool


@dataclass(frozen=True, slots=True)
class CurrencyIs:
    """A money field in one of the currencies in the list parameter `slot`."""

    field: Field
    slot: str


@dataclass(frozen=True, slots=True)
class Distance:
    """How far a place lies from the point in the parameter `point`, compared with the metres in the parameter `slot`."""

    field: Field
    point: str
    operator: Operator
    slot: str


@dataclass(frozen=True, slots=True)
class InBox:
    """A place between the corners in two parameters; the box may lie across the 180th meridian."""

    field: Field
    south_west: str
    north_east: str


class Quantifier(StrEnum):
    """How many of a record's links a condition must hold for."""

    SOME = "some"
    EVERY = "every"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Related:
    """A condition on the links of a relation and the records at their far ends."""

    side: Side
    quantifier: Quantifier
    filter: Filter | None


@dataclass(frozen=True, slots=True)
class OnLink:
    """A condition on the link that leads to the record, inside a condition on the record."""

    part: Filter


@dataclass(frozen=True, slots=True)
class RelatedCount:
    """How many links of a relation meet a condition, compared with the parameter `slot`."""

    side: Side
    operator: Operator
    slot: str
    filter: Filter | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """A record that meets a condition and lies up to `within` links away along certain relations."""

    relations: tuple[RelationType, ...]
    direction: Direction
    within: int
    filter: Filter | None


@dataclass(frozen=True, slots=True)
class Is:
    """A record of a type that meets a condition."""

    type: EntityType
    part: Filter | None


@dataclass(frozen=True, slots=True)
class IsType:
    """A record of one of the types whose names are in the list parameter `slot`."""

    slot: str


@dataclass(frozen=True, slots=True)
class Every:
    """All of several conditions; none at all holds always."""

    parts: tuple[Filter, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Any of several conditions; none at all never holds."""

    parts: tuple[Filter, ...]


@dataclass(frozen=True, slots=True)
class Negated:
    """The opposite of a condition; what is unknown counts as not met."""

    part: Filter


Filter = (
    Compare
    | Missing
    | CurrencyIs
    | Distance
    | InBox
    | Related
    | OnLink
    | RelatedCount
    | Reach
    | Is
    | IsType
    | Every
    | Either
    | Negated
)


@dataclass(frozen=True, slots=True)
class OrderKey:
    """One sort key, of the record or of the link that leads to it; a place is sorted by its distance from the point in
    the parameter `from_slot`.
    """

    field: Field
    descending: bool = False
    of_link: bool = False
    from_slot: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a page begins: behind (or before) a row whose sort values are the parameters `slots`; None for a missing value.

    The slots in `endless` hold texts that no other text bounds from above (see `cypher.texts`).
    """

    slots: tuple[str | None, ...]
    tie_slot: str
    endless: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; `size_slot` holds the number of rows to fetch, `skip_slot` of those before it that are passed over.

    `backward` pages from the end.
    """

    filter: Filter | None
    order: tuple[OrderKey, ...]
    size_slot: str
    cut: Cut | None = None
    backward: bool = False
    peek: bool = False
    skip_slot: str = ""


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
