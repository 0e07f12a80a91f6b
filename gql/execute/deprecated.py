"""What operations use of that which is deprecated, counted by schema coordinate, so that an owner knows when it may go."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    EnumValueNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLSchema,
    ObjectFieldNode,
    OperationDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    type_from_ast,
    visit,
)

from gql.editions import Edition
from gql.execute.documents import Document
from models.actor import Actor

log = logging.getLogger(__name__)
MOST_TOLD = 10_000


class DeprecatedUses:
    """The uses of one process: how many operations used each coordinate, such as `Company.fax`."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._told: set[tuple[str, str]] = set()

    def note(
        self,
        edition: Edition,
        text: str,
        known: Document,
        operation: OperationDefinitionNode,
        given: Mapping[str, Any],
        actor: Actor,
    ) -> None:
        """Count an operation that is about to run, and log who uses what, each once. Free where nothing is deprecated."""
        if not edition.model.deprecates:
            return
        key = (text, operation.name.value if operation.name else None)
        used = edition.plans.deprecated.get(key)
        if used is None:
            used = frozenset(_selected(operation, known.fragments, edition.schema))
            edition.plans.deprecated.put(key, used, len(text))
        for coordinate in used.union(_given(operation, given, edition.schema)):
            self.counts[coordinate] += 1
            if (actor.id, coordinate) not in self._told and len(self._told) < MOST_TOLD:
                self._told.add((actor.id, coordinate))
                log.info("%s uses %s, which is deprecated", actor.name, coordinate)


def _selected(
    operation: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode], schema: GraphQLSchema
) -> Iterator[str]:
    """What a text names: fields, entries of inputs and values of enums that are deprecated."""
    waiting: list[OperationDefinitionNode | FragmentDefinitionNode] = [operation]
    seen: set[str] = set()
    while waiting:
        types = TypeInfo(schema)
        uses = _Uses(types)
        visit(waiting.pop(), TypeInfoVisitor(types, uses))
        yield from uses.found
        waiting += [fragments[name] for name in uses.spreads if name not in seen]
        seen |= uses.spreads


class _Uses(Visitor):
    def __init__(self, types: TypeInfo) -> None:
        super().__init__()
        self._types, self.found, self.spreads = types, set[str](), set[str]()

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        """Note a field that is selected."""
        field, parent = self._types.get_field_def(), self._types.get_parent_type()
        if field is not None and parent is not None and field.deprecation_reason:
            self.found.add(f"{parent.name}.{node.name.value}")

    def enter_object_field(self, node: ObjectFieldNode, *_: Any) -> None:
        """Note an entry that is given."""
        self.found.update(_entry(get_named_type(self._types.get_parent_input_type()), node.name.value))

    def enter_enum_value(self, node: EnumValueNode, *_: Any) -> None:
        """Note a value that is given."""
        self.found.update(_value(get_named_type(self._types.get_input_type()), node.value))

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: Any) -> None:
        """Note a fragment to look into."""
        self.spreads.add(node.name.value)


def _given(operation: OperationDefinitionNode, given: Mapping[str, Any], schema: GraphQLSchema) -> Iterator[str]:
    """What the values of variables name."""
    for definition in operation.variable_definitions or ():
        name = definition.variable.name.value
        if name in given:
            yield from _inside(get_named_type(type_from_ast(schema, definition.type)), given[name])


def _inside(kind: Any, value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _inside(kind, each)
    elif isinstance(kind, GraphQLInputObjectType) and isinstance(value, Mapping):
        for name, each in value.items():
            yield from _entry(kind, name)
            if name in kind.fields:
                yield from _inside(get_named_type(kind.fields[name].type), each)
    elif isinstance(value, str):
        yield from _value(kind, value)


def _entry(kind: Any, name: str) -> Iterator[str]:
    entry = kind.fields.get(name) if isinstance(kind, GraphQLInputObjectType) else None
    if entry is not None and entry.deprecation_reason:
        yield f"{kind.name}.{name}"


def _value(kind: Any, name: str) -> Iterator[str]:
    value = kind.values.get(name) if isinstance(kind, GraphQLEnumType) else None
    if value is not None and value.deprecation_reason:
        yield f"{kind.name}.{name}"
