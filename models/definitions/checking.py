"""Whether a model is sound as a whole: ends that exist, names that do not meet, keys and orders that name fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from models import names
from models.definitions.clashes import clashes
from models.definitions.fields import check_field
from models.definitions.profiles.checking import check_profiles
from models.display import check_template
from models.errors import Problem
from models.fields import KINDS, kind_of
from models.metamodel import EMPTY, End, EntityType, Field, Metamodel, RelationType, sides_of


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
        yield Problem(
            "name_clash", f"The plural must differ from {kind.name}; write {kind.name}List, say.", ("plural",)
        )
    yield from _fields(kind.fields, of_link=False)
    yield from _natural_keys(kind)
    for place, (name, _) in enumerate(kind.order):
        if name not in kind.fields:
            yield Problem(
                "unknown_field",
                f"The order names {names.shown(name)}, which is no field of {kind.name}.",
                ("order", place, "field"),
            )
        elif not kind_of(kind.fields[name]).sortable:
            message = f"{name} cannot be sorted by: it is of kind {kind.fields[name].kind}."
            yield Problem("not_sortable", message, ("order", place, "field"))
    if kind.display:
        yield from check_template(kind)


def _natural_keys(kind: EntityType) -> Iterator[Problem]:
    for place, key in enumerate(kind.natural_keys):
        for name in key:
            field = kind.fields.get(name)
            if field is None:
                message = f"The natural key names {names.shown(name)}, which is no field of {kind.name}."
                yield Problem("unknown_field", message, ("naturalKeys", place))
            elif kind_of(field).is_list or not kind_of(field).sortable:
                message = f"{name} cannot be part of a key: it is of kind {field.kind}."
                yield Problem("bad_key", message, ("naturalKeys", place))


def _fields(fields: Mapping[str, Field], *, of_link: bool) -> Iterator[Problem]:
    columns: dict[str, str] = {}
    for name, field in fields.items():
        path = ("fields", name)
        if field.kind not in KINDS:
            yield Problem("unknown_kind", f"There is no kind {names.shown(field.kind)}.", (*path, "kind"))
            continue
        for problem in (*names.check_field_name(name, of_link=of_link), *check_field(field, of_link=of_link)):
            yield problem.under(*path)
        for column in kind_of(field).columns(field):
            owner = columns.setdefault(column.key, name)
            if owner != name:
                message = f"{name} would be stored as {column.key}, where {owner} is; give it another storedAs."
                yield Problem("stored_twice", message, (*path, "storedAs"))


def _relation(relation: RelationType) -> Iterator[Problem]:
    yield from (problem.under("name") for problem in names.check_relation_name(relation.name))
    yield from _fields(relation.fields, of_link=True)
    for which, end in (("source", relation.source), ("target", relation.target)):
        yield from (problem.under(which, "field") for problem in names.check_field_name(end.field))
        if end.most is not None and end.most < 1:
            yield Problem("bad_limit", "At most how many links: 1 or more, or no limit.", (which, "most"))
    source, target = relation.source, relation.target
    if relation.symmetric and (source.types, source.field, source.most, source.on_delete) != (
        target.types,
        target.field,
        target.most,
        target.on_delete,
    ):
        message = f"{relation.name} is symmetric: both ends need the same types, field, limit and delete rule."
        yield Problem("not_symmetric", message, ("symmetric",))


def _ends(relation: RelationType, model: Metamodel) -> Iterator[Problem]:
    for which, end in (("source", relation.source), ("target", relation.target)):
        if not end.types:
            message = f"{relation.name} has no type left at its {which}; drop it too, or give it others."
            yield Problem("no_types", message, (which, "types"))
        for place, name in enumerate(end.types):
            if name not in model.types:
                message = f"There is no type {names.shown(name)} for {relation.name}; add it or take it out."
                yield Problem("unknown_type", message, (which, "types", place))
        yield from _far_names(relation, end, model)


def _far_names(relation: RelationType, end: End, model: Metamodel) -> Iterator[Problem]:
    """A new record of one of several types is given under its type's name, beside the link's own fields."""
    for name in end.types if len(end.types) > 1 else ():
        if name in model.types and model.types[name].one in relation.fields:
            field = model.types[name].one
            message = f"{field} names a record of type {name} in inputs; call the link's field otherwise."
            yield Problem("name_clash", message, ("fields", field, "name"))


def _sides(model: Metamodel) -> Iterator[Problem]:
    """What a relation is called on a type meets no field and no other relation of that type."""
    taken: dict[str, dict[str, str]] = {
        name: dict.fromkeys(kind.fields, f"the field of {name}") for name, kind in model.types.items()
    }
    for relation in model.relations.values():
        for side in sides_of(relation):
            which = "source" if side.near is relation.source else "target"
            for name in side.near.types:
                owner = taken[name].setdefault(side.name, f"the relation {relation.name}")
                if owner != f"the relation {relation.name}" or _both_ways(relation, name, which):
                    message = f"{relation.name} is called {side.name} on {name}, as is {owner}; rename one of them."
                    yield Problem("name_clash", message, ("relations", relation.name, which, "field"))


def _both_ways(relation: RelationType, name: str, which: str) -> bool:
    """Whether a type stands at both ends of a one-way relation under one name; said once, at the target."""
    return (
        which == "target"
        and not relation.symmetric
        and relation.source.field == relation.target.field
        and name in relation.source.types
    )
