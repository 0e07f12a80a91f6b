"""The model of an organisation as it stands: entity types, their fields, relation types; frozen and numbered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from models.profiles.profile import Profile

# language -> plural category of CLDR ("one", "few", "many", "other") -> text
Labels = Mapping[str, Mapping[str, str]]
NO_LABELS: Labels = MappingProxyType({})
NO_OPTIONS: Mapping[str, Any] = MappingProxyType({})
NO_PROFILES: Mapping[str, Profile] = MappingProxyType({})


class OnDelete(StrEnum):
    """What happens to a relation's links when the record at this end is deleted."""

    UNLINK = "unlink"
    REFUSE = "refuse"
    CASCADE = "cascade"


class Validity(StrEnum):
    """Whether links of a relation hold for a time, and whether the times of one pair may overlap."""

    NONE = "none"
    OVERLAPS = "overlaps"
    EXCLUSIVE = "exclusive"


class Direction(StrEnum):
    """How a relation is walked from a record: along its relationships, against them, or both."""

    OUT = "out"
    IN = "in"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class When:
    """Another field of the same type and the values of it with which a field is asked for; `required`: it must then have one."""

    field: str
    values: tuple[Any, ...]
    required: bool = False

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Whether values of a record, by the names of its fields, are such that the field is asked for."""
        return values.get(self.field) in self.values


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a type or of a relation; `options` are those of its kind, `key` is where it is stored.

    `when` says with which values of another field it is asked for at all. `deprecated`, here and below, says why clients
    should use it no longer, and what to use instead; empty while they may.
    """

    name: str
    kind: str
    labels: Labels = attribute(default_factory=lambda: NO_LABELS)
    help: Labels = attribute(default_factory=lambda: NO_LABELS)
    required: bool = False
    unique: bool = False
    default: Any = None
    read_only: bool = False
    searchable: bool = False
    personal: bool = False
    sensitive: bool = False
    options: Mapping[str, Any] = attribute(default_factory=lambda: NO_OPTIONS)
    stored_as: str = ""
    deprecated: str = ""
    when: When | None = None

    @property
    def key(self) -> str:
        """The property this field is stored under; a rename keeps it."""
        return self.stored_as or self.name


@dataclass(frozen=True, slots=True)
class EntityType:
    """One kind of record: `Company`, plural `Companies`, queried as `company` and `companies`."""

    name: str
    plural: str
    fields: Mapping[str, Field]
    labels: Labels = attribute(default_factory=lambda: NO_LABELS)
    description: Labels = attribute(default_factory=lambda: NO_LABELS)
    icon: str = ""
    color: str = ""
    display: str = ""
    natural_keys: tuple[tuple[str, ...], ...] = ()
    order: tuple[tuple[str, str], ...] = ()
    pack: str = ""
    deprecated: str = ""

    @property
    def one(self) -> str:
        """The GraphQL field that reads one record: `company`."""
        return self.name[0].lower() + self.name[1:]

    @property
    def many(self) -> str:
        """The GraphQL field that lists records: `companies`."""
        return self.plural[0].lower() + self.plural[1:]


@dataclass(frozen=True, slots=True)
class End:
    """One end of a relation: which types may stand there and what the relation is called when seen from them.

    `field` is the name of the relation on records of this end; `most` limits how many live links such a record may
    have; `on_delete` says what becomes of the links when the record at this end is deleted.
    """

    types: tuple[str, ...]
    field: str
    labels: Labels = attribute(default_factory=lambda: NO_LABELS)
    most: int | None = None
    on_delete: OnDelete = OnDelete.UNLINK
    deprecated: str = ""


@dataclass(frozen=True, slots=True)
class RelationType:
    """A kind of link, `WORKS_AT`, from records of `source` types to records of `target` types.

    A symmetric relation has the same types and the same field name at both ends and is read in both directions.
    `repeatable` lets two records be linked several times.
    """

    name: str
    source: End
    target: End
    fields: Mapping[str, Field] = attribute(default_factory=lambda: MappingProxyType({}))
    labels: Labels = attribute(default_factory=lambda: NO_LABELS)
    description: Labels = attribute(default_factory=lambda: NO_LABELS)
    symmetric: bool = False
    repeatable: bool = False
    validity: Validity = Validity.NONE
    pack: str = ""

    @property
    def pascal(self) -> str:
        """`WORKS_AT` as part of a GraphQL type name: `WorksAt`."""
        return "".join(part[:1] + part[1:].lower() for part in self.name.split("_"))

    @property
    def temporal(self) -> bool:
        """Whether its links carry `validFrom` and `validTo`."""
        return self.validity is not Validity.NONE


@dataclass(frozen=True, slots=True)
class Side:
    """A relation as seen from one of its ends: what a record type offers as a field."""

    relation: RelationType
    direction: Direction
    near: End
    far: End

    @property
    def name(self) -> str:
        """The field's name on the near record."""
        return self.near.field

    @property
    def deprecated(self) -> str:
        """Why it should be used no longer, seen from here; empty while it may."""
        return self.near.deprecated


@dataclass(frozen=True)
class Metamodel:
    """All types and relations at one version, and what analytics knows of them; immutable, compared by version."""

    version: int
    types: Mapping[str, EntityType]
    relations: Mapping[str, RelationType]
    profiles: Mapping[str, Profile] = attribute(default_factory=lambda: NO_PROFILES)

    @cached_property
    def sides(self) -> Mapping[str, Mapping[str, Side]]:
        """For each type name, its relations by field name."""
        found: dict[str, dict[str, Side]] = {name: {} for name in self.types}
        for relation in self.relations.values():
            for side in sides_of(relation):
                for type_name in side.near.types:
                    found[type_name][side.name] = side
        return MappingProxyType({name: MappingProxyType(sides) for name, sides in found.items()})

    @cached_property
    def by_root_field(self) -> Mapping[str, EntityType]:
        """Both `company` and `companies` to the type Company."""
        return MappingProxyType({name: kind for kind in self.types.values() for name in (kind.one, kind.many)})

    @cached_property
    def deprecates(self) -> bool:
        """Whether anything in it is deprecated."""
        owners: list[EntityType | RelationType] = [*self.types.values(), *self.relations.values()]
        ends = (end for relation in self.relations.values() for end in (relation.source, relation.target))
        return (
            any(kind.deprecated for kind in self.types.values())
            or any(end.deprecated for end in ends)
            or any(field.deprecated for owner in owners for field in owner.fields.values())
        )

    def __hash__(self) -> int:
        return hash(self.version)


def sides_of(relation: RelationType) -> Iterator[Side]:
    """The two ways to see a relation; a symmetric one has a single way, read in both directions."""
    if relation.symmetric:
        yield Side(relation, Direction.BOTH, relation.source, relation.target)
        return
    yield Side(relation, Direction.OUT, relation.source, relation.target)
    yield Side(relation, Direction.IN, relation.target, relation.source)


EMPTY = Metamodel(0, MappingProxyType({}), MappingProxyType({}))


def says_the_same(one: object, other: object) -> bool:
    """Whether two definitions are equal, their fields in the same order: maps are equal in any."""
    if one != other:
        return False
    if isinstance(one, EntityType | RelationType) and isinstance(other, EntityType | RelationType):
        return list(one.fields) == list(other.fields)
    return True
