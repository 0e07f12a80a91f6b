"""Whether a model is sound as a whole: ends that exist, names that do not meet, keys and orders that name fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from models import names
from models.definitions.clashes import clashes
from models.definitions.conditional import check_when
from models.definitions.fields import check_field
from models.definitions.profiles.checking import check_profiles
from models.display import check_template
from models.errors import Problem, told
from models.fields import KINDS, kind_of
from models.metamodel import EMPTY, End, EntityType, Field, Metamodel, RelationType, Side, sides_of


def check(model: Metamodel, *, since: Metamodel = EMPTY) -> list[Problem]:
    """Everything wrong with a model; [] when it may be used. Paths lead through names: `("types", "Company", …)`.

    What is the very same object in `since` counts as sound by itself and is only checked against its neighbours.
    """
    problems = [
        problem.under("types", name)
        for name, kind in model.types.items()
        if since.types.get(name) is not kind
        for problem in _type(kind)
    ]
    problems += [
        problem.under("relations", name)
        for name, relation in model.relations.items()
        if since.relations.get(name) is not relation
        for problem in _relation(relation)
    ]
    problems += [
        problem.under("relations", name)
        for name, relation in model.relations.items()
        for problem in _ends(relation, model)
    ]
    return problems or [*_sides(model), *clashes(model)] or list(check_profiles(model, since=since))


def _type(kind: EntityType) -> Iterator[Problem]:
    yield from (problem.under("name") for problem in names.check_type_name(kind.name))
    yield from (problem.under("plural") for problem in names.check_plural(kind.plural))
    if kind.one == kind.many:
        sentence = "The plural must differ from {type}; write {type}List, say."
        yield told("name_clash", sentence, ("plural",), case="plural", type=kind.name)
    yield from _fields(kind.fields, of_link=False)
    yield from _natural_keys(kind)
    for place, (name, _) in enumerate(kind.order):
        if name not in kind.fields:
            sentence = "The order names {name}, which is no field of {type}."
            path = ("order", place, "field")
            yield told("unknown_field", sentence, path, case="order", name=names.shown(name), type=kind.name)
        elif not kind_of(kind.fields[name]).sortable:
            sentence = "{name} cannot be sorted by: it is of kind {kind}."
            path = ("order", place, "field")
            yield told("not_sortable", sentence, path, name=name, kind=kind.fields[name].kind)
    if kind.display:
        yield from check_template(kind)


def _natural_keys(kind: EntityType) -> Iterator[Problem]:
    for place, key in enumerate(kind.natural_keys):
        for name in key:
            field = kind.fields.get(name)
            if field is None:
                sentence = "The natural key names {name}, which is no field of {type}."
                facts = {"name": names.shown(name), "type": kind.name}
                yield told("unknown_field", sentence, ("naturalKeys", place), case="key", **facts)
            elif kind_of(field).is_list or not kind_of(field).sortable:
                sentence = "{name} cannot be part of a key: it is of kind {kind}."
                yield told("bad_key", sentence, ("naturalKeys", place), name=name, kind=field.kind)


def _fields(fields: Mapping[str, Field], *, of_link: bool) -> Iterator[Problem]:
    columns: dict[str, str] = {}
    for name, field in fields.items():
        path = ("fields", name)
        if field.kind not in KINDS:
            sentence = "There is no kind {name}."
            yield told("unknown_kind", sentence, (*path, "kind"), name=names.shown(field.kind))
            continue
        for problem in (*names.check_field_name(name, of_link=of_link), *check_field(field, of_link=of_link)):
            yield problem.under(*path)
        for column in kind_of(field).columns(field):
            owner = columns.setdefault(column.key, name)
            if owner != name:
                sentence = "{name} would be stored as {key}, where {owner} is; give it another storedAs."
                yield told("stored_twice", sentence, (*path, "storedAs"), name=name, key=column.key, owner=owner)
    yield from check_when(fields, of_link=of_link)


def _relation(relation: RelationType) -> Iterator[Problem]:
    yield from (problem.under("name") for problem in names.check_relation_name(relation.name))
    yield from _fields(relation.fields, of_link=True)
    for which, end in (("source", relation.source), ("target", relation.target)):
        yield from (problem.under(which, "field") for problem in names.check_field_name(end.field))
        if end.most is not None and end.most < 1:
            yield told("bad_limit", "At most how many links: 1 or more, or no limit.", (which, "most"))
    source, target = relation.source, relation.target
    if relation.symmetric and (source.types, source.field, source.most, source.on_delete) != (
        target.types,
        target.field,
        target.most,
        target.on_delete,
    ):
        sentence = "{relation} is symmetric: both ends need the same types, field, limit and delete rule."
        yield told("not_symmetric", sentence, ("symmetric",), relation=relation.name)


def _ends(relation: RelationType, model: Metamodel) -> Iterator[Problem]:
    for which, end in (("source", relation.source), ("target", relation.target)):
        if not end.types:
            sentence = "{relation} has no type left at its {end}; drop it too, or give it others."
            yield told("no_types", sentence, (which, "types"), relation=relation.name, end=which)
        for place, name in enumerate(end.types):
            if name not in model.types:
                sentence = "There is no type {name} for {relation}; add it or take it out."
                facts = {"name": names.shown(name), "relation": relation.name}
                yield told("unknown_type", sentence, (which, "types", place), case="end", **facts)
        yield from _far_names(relation, end, model)


def _far_names(relation: RelationType, end: End, model: Metamodel) -> Iterator[Problem]:
    """A new record of one of several types is given under its type's name, beside the link's own fields."""
    for name in end.types if len(end.types) > 1 else ():
        if name in model.types and model.types[name].one in relation.fields:
            field = model.types[name].one
            sentence = "{field} names a record of type {type} in inputs; call the link's field otherwise."
            yield told("name_clash", sentence, ("fields", field, "name"), case="input", field=field, type=name)


def _sides(model: Metamodel) -> Iterator[Problem]:
    """What a relation is called on a type meets no field and no other relation of that type."""
    taken: dict[str, dict[str, str]] = {name: dict.fromkeys(kind.fields, "") for name, kind in model.types.items()}
    for relation in model.relations.values():
        for side in sides_of(relation):
            which = "source" if side.near is relation.source else "target"
            for name in side.near.types:
                owner = taken[name].setdefault(side.name, relation.name)
                if owner != relation.name or _both_ways(relation, name, which):
                    yield _side_taken(relation, side, name, owner).under("relations", relation.name, which, "field")


def _side_taken(relation: RelationType, side: Side, on: str, owner: str) -> Problem:
    """`owner` is the relation that has the name already; empty where it is a field."""
    if not owner:
        sentence = "{relation} is called {name} on {type}, as is the field of {type}; rename one of them."
        return told("name_clash", sentence, case="field", relation=relation.name, name=side.name, type=on)
    sentence = "{relation} is called {name} on {type}, as is the relation {other}; rename one of them."
    return told("name_clash", sentence, case="side", relation=relation.name, name=side.name, type=on, other=owner)


def _both_ways(relation: RelationType, name: str, which: str) -> bool:
    """Whether a type stands at both ends of a one-way relation under one name; said once, at the target."""
    return (
        which == "target"
        and not relation.symmetric
        and relation.source.field == relation.target.field
        and name in relation.source.types
    )
