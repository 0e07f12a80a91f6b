"""Names that the API makes from the model, and which two things would share one."""

from __future__ import annotations

from collections.abc import Iterator

from models.errors import Problem, told
from models.metamodel import EntityType, Metamodel, Side

_GROUPED = ("Grouped", "GroupedRow", "GroupedBy", "GroupedHaving", "GroupedOrder")
_OF_TYPES = (
    "", "Filter", "Order", "Connection", "Edge", "Aggregate", *_GROUPED, "DataInput", "ChangesInput", "UpsertInput", "KeyInput",
)  # fmt: skip
_ALONG = ("Filter", "Quantifiers", "Order", "Edge", "Connection", "Aggregate", *_GROUPED)
_OF_LINKS = (
    "", "Filter", "Order", "Aggregate", *_GROUPED[2:],
    "Input", "sInput", "ChangesInput", "CreateInput", "UpdateInput", "EnsureInput",
)  # fmt: skip
_VERBS_ONE = ("Create", "Update", "Delete", "Restore", "Erase")
_VERBS_MANY = ("Create", "Update", "Upsert", "Delete")
Path = tuple[str | int, ...]


def clashes(model: Metamodel) -> Iterator[Problem]:
    """Each name that two parts of the model would claim; said at the later of the two."""
    yield from _root_fields(model)
    yield from _relation_names(model)
    claimed: dict[str, tuple[str, Path]] = {}
    for name, owner, path in generated_names(model):
        first, _ = claimed.setdefault(name, (owner, path))
        if first != owner:
            sentence = "{owner} and {first} would both be called {name} in the API; rename one of them."
            yield told("name_clash", sentence, path, case="generated", owner=owner, first=first, name=name)


def generated_names(model: Metamodel) -> Iterator[tuple[str, str, Path]]:
    """Every name of a GraphQL type made from the model, what it is made from, and where that stands."""
    for kind in model.types.values():
        for name in _names_of_type(kind):
            yield name, f"the type {kind.name}", ("types", kind.name, "name")
    stems: dict[tuple[str, str], str] = {}
    for type_name, sides in model.sides.items():
        for side in sides.values():
            path: Path = ("relations", side.relation.name)
            along = type_name + _capital(side.name)
            for suffix in _ALONG:
                yield along + suffix, f"{type_name}.{side.name}", path
            _give_stem(stems, side, model)
    for (relation, side_name), stem in stems.items():
        for suffix in _OF_LINKS:
            yield stem + suffix, f"the links {relation}.{side_name}", ("relations", relation)


def _names_of_type(kind: EntityType) -> Iterator[str]:
    yield from (kind.name + suffix for suffix in _OF_TYPES)
    for verbs, stem in ((_VERBS_ONE, kind.name), (_VERBS_MANY, kind.plural)):
        for verb in verbs:
            yield f"{verb}{stem}Input"
            yield f"{verb}{stem}Payload"
    yield f"Update{kind.plural}EntryInput"


def _give_stem(stems: dict[tuple[str, str], str], side: Side, model: Metamodel) -> None:
    """The plain stem goes to the first relation with a field of that name, as in the API; later ones are prefixed."""
    key = (side.relation.name, side.name)
    if key in stems:
        return
    stem = f"{_capital(side.name)}Link"
    taken = stem in model.types or stem in stems.values()
    stems[key] = f"{side.relation.pascal}{stem}" if taken else stem


def _root_fields(model: Metamodel) -> Iterator[Problem]:
    claimed: dict[str, str] = {}
    for kind in model.types.values():
        for field, place in ((kind.one, "name"), (kind.many, "plural")):
            owner = claimed.setdefault(field.lower(), kind.name)
            if owner != kind.name:
                sentence = "{field} would stand for both {first} and {type}; change the name or the plural of one."
                facts = {"field": field, "first": owner, "type": kind.name}
                yield told("name_clash", sentence, ("types", kind.name, place), case="root", **facts)


def _relation_names(model: Metamodel) -> Iterator[Problem]:
    claimed: dict[str, str] = {}
    for relation in model.relations.values():
        owner = claimed.setdefault(relation.name.replace("_", ""), relation.name)
        if owner != relation.name:
            sentence = "{relation} reads like {first}; give one of them another name."
            path = ("relations", relation.name, "name")
            yield told("name_clash", sentence, path, case="relation", relation=relation.name, first=owner)


def _capital(name: str) -> str:
    return name[0].upper() + name[1:]
