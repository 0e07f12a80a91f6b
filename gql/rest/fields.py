"""What a reader asks of each record: `fields=name,employees.name,employees.link.role` as parts of an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast
from urllib.parse import quote

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
)

from gql.rest.addresses import PREFIX
from gql.rest.parts import LINK, Leaf, Linked, Part, Path, Whole
from gql.rest.problems import bad_parameters
from gql.schema import RuntimeSchema
from gql.typed.naming import along
from models.errors import Problem
from models.metamodel import NO_LABELS, EntityType, Labels, Metamodel, Side

TYPE = "type"
_APART = frozenset({"insights", "history"})  # answered when asked for by name, or by GraphQL alone
Tree = dict[str, "Tree"]
Composite = GraphQLObjectType | GraphQLInterfaceType


class Fields:
    """The parts that can be asked for in one schema. What does not exist is told when `check` is called, all at once."""

    def __init__(self, model: Metamodel, schema: RuntimeSchema) -> None:
        self.model, self.schema = model, schema
        self._problems: list[Problem] = []

    def of_records(self, kind: EntityType, names: Sequence[str]) -> tuple[Part, ...]:
        """The parts of records of a type. Raises Refusal for names that there are not."""
        parts = self._record(kind, tree(names), ())
        self._check()
        return parts

    def of_links(self, kind: EntityType, side: Side, names: Sequence[str]) -> Linked:
        """The rows of a relation. Raises Refusal for names that there are not."""
        linked = self._linked(kind, side, tree(names), ())
        self._check()
        return linked

    def _check(self) -> None:
        if self._problems:
            raise bad_parameters(self._problems)

    def _record(self, kind: EntityType | None, wanted: Tree, at: Path) -> tuple[Part, ...]:
        """The parts of a record; of one that may be of several types where there is no `kind`."""
        of = self._composite("Record" if kind is None else kind.name)
        sides: Mapping[str, Side] = {} if kind is None else self.model.sides[kind.name]
        parts: list[Part] = []
        for name, inner in (wanted or self._own(of, sides, type=kind is None)).items():
            if kind is not None and name in sides:
                parts.append(self._linked(kind, sides[name], inner, (*at, name)))
            elif kind is None and name == TYPE and not inner:
                parts.append(Leaf(TYPE, asked=f"{TYPE}: __typename"))
            else:
                labels = kind.fields[name].labels if kind is not None and name in kind.fields else NO_LABELS
                parts += self._value(of, name, inner, labels, (*at, name))
        return tuple(parts)

    def _linked(self, kind: EntityType, side: Side, wanted: Tree, at: Path) -> Linked:
        far = self.model.types[side.far.types[0]] if len(side.far.types) == 1 else None
        link = self._composite(f"{along(kind, side)}Edge").fields[LINK]
        of_link = cast("Composite", get_named_type(link.type))
        asked = wanted.get(LINK, None if wanted else {})
        record = self._record(far, {k: v for k, v in wanted.items() if k != LINK}, at) if set(wanted) != {LINK} else ()
        parts = () if asked is None else self._link(side, of_link, asked, (*at, LINK))
        fields = f"&fields={quote(','.join(paths(wanted)))}" if wanted else ""
        address = "" if far is None else f"{PREFIX}/{far.many}"
        return Linked(side.name, record, parts, address, fields, side.near.labels)

    def _link(self, side: Side, of: Composite, wanted: Tree, at: Path) -> tuple[Part, ...]:
        parts: list[Part] = []
        for name, inner in (wanted or self._own(of, {})).items():
            field = side.relation.fields.get(name)
            parts += self._value(of, name, inner, field.labels if field else NO_LABELS, (*at, name))
        return tuple(parts)

    def _value(self, of: Composite, name: str, wanted: Tree, labels: Labels, at: Path) -> Iterable[Part]:
        """The part for a field that leads to no records; nothing, and a problem, for one that there is not."""
        field = of.fields.get(name)
        found = None if field is None or name == "history" or needs_arguments(field) else get_named_type(field.type)
        if found is not None and is_leaf_type(found) and not wanted:
            return (Leaf(name, labels),)
        if isinstance(found, GraphQLObjectType):
            inner = wanted or self._own(found, {})
            parts = [
                part
                for each, below in inner.items()
                for part in self._value(found, each, below, NO_LABELS, (*at, each))
            ]
            return (Whole(name, parts, labels),) if parts else self._unknown(found, (*at, "…"))
        return self._unknown(of, at)

    def _unknown(self, of: Composite, at: Path) -> tuple[Part, ...]:
        there = ", ".join(name for name in of.fields if name != "history")
        self._problems.append(
            Problem("unknown_field", f"No field {'.'.join(at)[:200]}; {of.name} has: {there}.", ("fields",))
        )
        return ()

    def _own(self, of: Composite, sides: Mapping[str, Side], *, type: bool = False) -> Tree:
        """What a record holds itself: everything but its relations."""
        named: Tree = {TYPE: {}} if type else {}
        for name, field in of.fields.items():
            if name not in sides and name not in _APART and not needs_arguments(field) and _is_plain(field):
                named[name] = {}
        return named

    def _composite(self, name: str) -> Composite:
        return cast("Composite", self.schema.type_map[name])


def tree(names: Sequence[str]) -> Tree:
    """Dotted names as a tree; a name that others lie under stands for these."""
    root: Tree = {}
    for name in names:
        inner = root
        for step in name.split("."):
            inner = inner.setdefault(step, {})
    return root


def paths(wanted: Tree) -> Iterable[str]:
    """The dotted names of a tree."""
    for name, inner in wanted.items():
        yield from (f"{name}.{below}" for below in paths(inner)) if inner else (name,)


def needs_arguments(field: GraphQLField) -> bool:
    """Whether a field cannot be asked for by its name alone."""
    return any(isinstance(each.type, GraphQLNonNull) for each in field.args.values())


def _is_plain(field: GraphQLField) -> bool:
    found = get_named_type(field.type)
    return is_leaf_type(found) or (
        isinstance(found, GraphQLObjectType)
        and all(is_leaf_type(get_named_type(each.type)) for each in found.fields.values())
    )
