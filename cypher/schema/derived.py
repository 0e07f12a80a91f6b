"""The constraints and indexes that a model asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cypher.schema.commands import INSIGHT, Index, of_links, of_places, of_records, of_scores, unique
from models import scores, system
from models.fields import kind_of
from models.fields.kind import Storage
from models.metamodel import EntityType, Field, Metamodel, RelationType

ORDERING = (system.ID, system.CREATED_AT, system.UPDATED_AT)


def derived(model: Metamodel) -> Mapping[str, Index]:
    """Index by name: uniqueness of unique fields and natural keys, range indexes on the id, which is the order of
    creation, on the moments a record was made and changed, and on every field that sorts and is worth one; one in the order of
    a type's list; point indexes on places; for each relation the ids of its links, and their ends in time where they have one.
    """
    found = [index for kind in model.types.values() for index in _of_type(kind)]
    found += [index for relation in model.relations.values() for index in _of_relation(relation)]
    return {index.name: index for index in found}


def listed_by(kind: EntityType) -> Field | None:
    """The field by whose values, and then by id, an index holds the records of a type: what their list is ordered by."""
    if len(kind.order) != 1:
        return None
    field = {**system.OF_RECORDS, **kind.fields}[kind.order[0][0]]
    return field if field is not system.ID and _ranged(field) else None


def of_insights(type_name: str, engine: str) -> Mapping[str, Index]:
    """Index by name: those on the main scores of an engine for the records of a type."""
    found = [of_scores(type_name, key) for key in scores.indexed(engine)]
    return {index.name: index for index in found}


def scored_type(name: str) -> str:
    """The type whose scores an index is on; empty for any other index."""
    prefix, _, rest = name.partition(".")
    return rest.partition(".")[0] if prefix == INSIGHT else ""


def barrier(label: str, *, of_relation: bool) -> Index:
    """An index that is made only to be dropped: making it waits for every writer that holds the label."""
    return of_links(label, "barrier") if of_relation else of_records(label, ("barrier",))


def _of_type(kind: EntityType) -> Iterator[Index]:
    covered: set[str] = set()
    for keys in _distinct_keys(kind):
        if len(keys) == 1:  # one of several properties is not sought for the first of them alone
            covered.add(keys[0])
        yield unique(kind.name, keys)
    for field in (*ORDERING, *kind.fields.values()):
        column = kind_of(field).columns(field)[0]
        key = column.key
        if column.storage is Storage.POINT:
            yield of_places(kind.name, key)
        if key not in covered and _ranged(field):
            yield of_records(kind.name, (key,))
    if (first := listed_by(kind)) is not None:
        yield of_records(kind.name, (kind_of(first).columns(first)[0].key, system.ID.key))


def _ranged(field: Field) -> bool:
    return kind_of(field).sortable and kind_of(field).indexed


def _distinct_keys(kind: EntityType) -> Iterator[tuple[str, ...]]:
    """The properties that tell records apart, those of one field first: they also serve as its range index."""
    single = [(field,) for field in kind.fields.values() if field.unique]
    keys = [tuple(kind.fields[name] for name in key) for key in kind.natural_keys]
    for fields in sorted({*map(_names, single), *map(_names, keys)}, key=lambda names: (len(names), names)):
        yield tuple(column for name in fields for column in _columns(kind.fields[name]))


def _names(fields: tuple[Field, ...]) -> tuple[str, ...]:
    return tuple(field.name for field in fields)


def _columns(field: Field) -> tuple[str, ...]:
    return tuple(column.key for column in kind_of(field).columns(field))


def _of_relation(relation: RelationType) -> Iterator[Index]:
    yield of_links(relation.name, "id")
    if relation.temporal:
        yield of_links(relation.name, "validTo")
