"""An operation with deferred fragments as several: what is answered at once, and what is read later, and where it belongs.

A fragment can be deferred where its fields can be read again by themselves: on the query, on a record, which is found again
by its id, and on a list of these. Anywhere else it stands with what is around it, which the directive leaves to the server.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from graphql import (
    DirectiveNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    NamedTypeNode,
    NameNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
    get_named_type,
    is_abstract_type,
)

from cypher.clock import AS_OF, KNOWN_AT
from gql.plan.fixed import merged, undeferred
from gql.plan.given import given, key_of
from gql.plan.operations import is_typed
from gql.plan.selection import is_wanted
from gql.plan.settling import Entry, Group, settled
from gql.typed.incremental import DEFER
from models.metamodel import Metamodel

Chain = tuple[str, ...]
Clock = Mapping[str, ValueNode]


@dataclass(frozen=True, slots=True)
class Split:
    """What is answered at once, its fragments put in, and what comes after it."""

    selections: SelectionSetNode
    later: tuple[Later, ...]


@dataclass(frozen=True, slots=True)
class Later:
    """Deferred fragments that stand in one place of a part and are read together.

    They are read of records of `types`, found in the part along the response keys of `path`: each record that the fragments
    are meant for has its id there under `mark`. Without a mark they are read of the query itself. `inside` is the response
    key of the list that they stand in, if they stand in one, and `clock` the moment that was asked for around them.
    """

    labels: tuple[str | None, ...]
    path: tuple[str, ...]
    mark: str
    types: tuple[str, ...]
    clock: Clock
    inside: str
    split: Split


@dataclass(frozen=True, slots=True)
class _Frame:
    """The record, or the query, that what is deferred inside it is read of; `marks` are the ids to be answered in it."""

    path: tuple[str, ...]
    types: tuple[str, ...] = ()
    clock: Clock = field(default_factory=dict)
    marks: list[tuple[str, Chain]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a selection stands in its part; `listed` is the list's field where it stands directly in one."""

    frame: _Frame
    path: tuple[str, ...]
    later: list[Later]
    clock: Clock
    listed: Entry | None = None
    whole: bool = False  # nothing inside may be deferred

    @property
    def may_defer(self) -> bool:
        """Whether what is asked here can be read by itself."""
        return not self.whole and (self.listed is not None or self.frame.path == self.path)


class Splitting:
    """Splits the operations of one document, for variables of one shape."""

    def __init__(
        self,
        schema: GraphQLSchema,
        model: Metamodel,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: Mapping[str, Any],
    ) -> None:
        self._schema, self._model = schema, model
        self._fragments, self._variables = fragments, variables
        self._numbers = count()

    def split(self, operation: OperationDefinitionNode) -> Split:
        """The parts of a query; without `later` nothing of it can be deferred."""
        root = self._schema.query_type
        assert root is not None
        later: list[Later] = []
        nodes = self._object([operation.selection_set], root, _Place(_Frame(()), (), later, {}))
        return Split(SelectionSetNode(selections=nodes), tuple(later))

    # objects

    def _object(
        self, sets: Iterable[SelectionSetNode | None], of: GraphQLNamedType, place: _Place
    ) -> tuple[SelectionNode, ...]:
        """What is answered at once of an object; what is not is noted."""
        entries: list[Entry] = []
        groups: list[Group] = []
        for each in sets:
            if each is not None:
                walk = _Walk(entries, groups if place.may_defer else None)
                self._gather(each.selections, of, (), None, walk)
        entries = settled(entries, in_list=place.listed is not None)
        nodes = self._fields([each for each in entries if each.group is None], of, place)
        for group in groups:
            if group.parent is None:
                self._defer(group, groups, entries, of, place)
        return nodes

    def _gather(
        self,
        selections: Iterable[SelectionNode],
        of: GraphQLNamedType,
        chain: Chain,
        group: Group | None,
        walk: _Walk,
        names: frozenset[str] | None = None,
    ) -> None:
        """The fields asked for, each with the type conditions and the deferred fragment around it."""
        names = self._possible(of) if names is None else names
        for selection in selections:
            if not is_wanted(selection, self._variables):
                continue
            if isinstance(selection, FieldNode):
                walk.entries.append(Entry(selection, chain, group))
                continue
            fragment = self._fragments[selection.name.value] if isinstance(selection, FragmentSpreadNode) else selection
            assert isinstance(fragment, (FragmentDefinitionNode, InlineFragmentNode))
            inner, inner_of, inner_chain = names, of, chain
            condition = fragment.type_condition.name.value if fragment.type_condition else of.name
            if condition != of.name:
                inner = names & self._possible(self._schema.type_map[condition])
                if is_abstract_type(of):
                    inner_of, inner_chain = self._schema.type_map[condition], (*chain, condition)
            if inner:
                below = self._group(selection, inner_chain, group, walk)
                self._gather(fragment.selection_set.selections, inner_of, inner_chain, below, walk, inner)

    def _group(self, selection: SelectionNode, chain: Chain, around: Group | None, walk: _Walk) -> Group | None:
        """The deferred fragment that a fragment's fields belong to."""
        if walk.groups is None:
            return around
        for directive in selection.directives or ():
            if directive.name.value == DEFER.name and self._argument(directive, "if", default=True):
                made = Group(around, chain, [self._argument(directive, "label")])
                walk.groups.append(made)
                return made
        return around

    def _argument(self, directive: DirectiveNode, name: str, *, default: Any = None) -> Any:
        for argument in directive.arguments or ():
            if argument.name.value == name:
                value = given(argument.value, self._variables)
                return default if value is None else value.value
        return default

    # what comes later

    def _defer(
        self, group: Group, groups: Sequence[Group], entries: Sequence[Entry], of: GraphQLNamedType, place: _Place
    ) -> None:
        """Note a deferred fragment, and those inside it; one whose fields are answered elsewhere is none."""
        inner = [each for each in groups if each.parent is group]
        own = [each for each in entries if each.group is group]
        if not own:
            for each in inner:
                self._defer(each, groups, entries, of, place)
            return
        listed, around = place.listed, place.frame
        chain = group.chain if listed is None else listed.chain
        frame = _Frame((), self._narrowed(around.types, chain), around.clock)
        path = () if listed is None else (key_of(listed.node),)
        later: list[Later] = []
        inside = replace(place, frame=frame, path=path, later=later)
        nodes = self._fields(own, of, inside)
        for each in inner:
            self._defer(each, groups, entries, of, inside)
        if listed is not None:
            nodes = (_within(listed.chain, _field(listed.node, nodes)),)
        split = Split(SelectionSetNode(selections=(*nodes, *_marks(frame))), tuple(later))
        mark = self._mark(around, chain)
        place.later.append(
            Later(tuple(group.labels), around.path, mark, frame.types, around.clock, path[0] if path else "", split)
        )

    def _mark(self, frame: _Frame, chain: Chain) -> str:
        """A response key that no text can have, for the id of a record."""
        if not frame.types:
            return ""
        mark = f" {next(self._numbers)}"
        frame.marks.append((mark, chain))
        return mark

    # fields

    def _fields(self, entries: Sequence[Entry], of: GraphQLNamedType, place: _Place) -> tuple[SelectionNode, ...]:
        by_key: dict[str, dict[Chain, list[FieldNode]]] = {}
        for each in entries:
            by_key.setdefault(each.key, {}).setdefault(each.chain, []).append(each.node)
        return tuple(
            _within(chain, self._one(nodes, self._narrowest(of, chain), chain, place, whole=self._meet(of, alike)))
            for alike in by_key.values()
            for chain, nodes in alike.items()
        )

    def _one(
        self, nodes: list[FieldNode], of: GraphQLNamedType, chain: Chain, place: _Place, *, whole: bool
    ) -> FieldNode:
        """One field, with the selections of all that ask for it."""
        node = merged(nodes)
        if node.selection_set is None:
            return _field(node, None)
        name = node.name.value
        if of is self._schema.query_type and not is_typed(self._model, name):
            return undeferred(node)
        fields: Mapping[str, GraphQLField] = of.fields  # type: ignore[attr-defined]  # what has fields is no union
        inner = get_named_type(fields[name].type)
        path, clock = (*place.path, key_of(node)), self._clock(place.clock, node)
        records = tuple(sorted(self._possible(inner) & self._model.types.keys()))
        frame = _Frame(path, records, clock) if records else place.frame
        listed = Entry(node, chain, None) if self._lists(of, name) else None
        at = _Place(frame, path, place.later, clock, listed, place.whole or whole)
        selections = self._object([each.selection_set for each in nodes], inner, at)
        return _field(node, (*selections, *_marks(frame)) if records else selections)

    def _clock(self, around: Clock, node: FieldNode) -> Clock:
        own = {
            each.name.value: each.value
            for each in node.arguments or ()
            if each.name.value in (AS_OF, KNOWN_AT) and given(each.value, self._variables) is not None
        }
        return {**around, **own} if own else around

    def _lists(self, of: GraphQLNamedType, name: str) -> bool:
        """Whether a field of a record, or of the query, is a list of records with its figures."""
        if of is self._schema.query_type:
            kind = self._model.by_root_field.get(name)
            return kind is not None and name == kind.many
        return name in self._model.sides.get(of.name, {})

    # types

    def _possible(self, of: GraphQLNamedType) -> frozenset[str]:
        if is_abstract_type(of):
            return frozenset(each.name for each in self._schema.get_possible_types(of))
        return frozenset((of.name,))

    def _narrowed(self, types: tuple[str, ...], chain: Chain) -> tuple[str, ...]:
        possible = [self._possible(self._schema.type_map[each]) for each in chain]
        return tuple(each for each in types if all(each in some for some in possible))

    def _narrowest(self, of: GraphQLNamedType, chain: Chain) -> GraphQLNamedType:
        return self._schema.type_map[chain[-1]] if chain else of

    def _meet(self, of: GraphQLNamedType, alike: Mapping[Chain, Any]) -> bool:
        """Whether one object may be asked for a field under several conditions, which are then not taken apart."""
        if len(alike) == 1:
            return False
        types = [name for chain in alike for name in self._narrowed(tuple(self._possible(of)), chain)]
        return len(types) > len(set(types))


@dataclass(frozen=True, slots=True)
class _Walk:
    """What is met on the way through the selections of an object; no groups where nothing can be deferred."""

    entries: list[Entry]
    groups: list[Group] | None


def _field(node: FieldNode, selections: tuple[SelectionNode, ...] | None) -> FieldNode:
    """The same field with other selections; its conditions are settled."""
    inner = None if selections is None else SelectionSetNode(selections=selections)
    return FieldNode(alias=node.alias, name=node.name, arguments=node.arguments, directives=(), selection_set=inner)


def _within(chain: Chain, node: FieldNode) -> SelectionNode:
    """A field inside fragments with these type conditions."""
    wrapped: SelectionNode = node
    for name in reversed(chain):
        wrapped = InlineFragmentNode(
            type_condition=NamedTypeNode(name=NameNode(value=name)),
            directives=(),
            selection_set=SelectionSetNode(selections=(wrapped,)),
        )
    return wrapped


def _marks(frame: _Frame) -> Iterator[SelectionNode]:
    for mark, chain in frame.marks:
        node = FieldNode(
            alias=NameNode(value=mark), name=NameNode(value="id"), arguments=(), directives=(), selection_set=None
        )
        yield _within(chain, node)
