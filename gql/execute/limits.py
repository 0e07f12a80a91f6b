"""How much one operation may ask for, counted before anything is done with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
)

from gql.execute.errors import refused


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one operation; fragments count wherever they are used."""

    max_characters: int = 100_000
    max_tokens: int = 10_000
    max_depth: int = 20
    max_fields: int = 2_000
    max_all_fields: int = 10_000  # of all operations of a document
    max_alike: int = 10_000  # pairs of fields under one response key, which validation compares
    max_aliases: int = 100
    max_directives: int = 50
    max_input_depth: int = 32
    max_page: int = 5_000
    max_cost: int = 500_000  # of one operation, see gql.plan.costs
    max_reach: int = 5  # links that reach may walk
    max_skip: int = 1_000_000  # rows that a page may pass over
    timeout_s: float = 30.0


@dataclass(frozen=True, slots=True)
class Size:
    """What a selection amounts to with its fragments put in."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0
    inputs: int = 0  # the depth of the deepest argument

    def beside(self, other: Size) -> Size:
        """Both selections in one."""
        return Size(
            max(self.depth, other.depth),
            self.fields + other.fields,
            self.aliases + other.aliases,
            self.directives + other.directives,
            max(self.inputs, other.inputs),
        )


class Measure:
    """Sizes of a document's operations; each fragment is measured once, however often it is used."""

    def __init__(self, document: DocumentNode, limits: Limits) -> None:
        self.limits = limits
        self.fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
        self._known: dict[str, Size] = {}
        self._open: list[str] = []

    def check(self, operations: Sequence[OperationDefinitionNode]) -> None:
        """Raises Refused when an operation goes beyond a limit or its fragments lead back to themselves."""
        limits = self.limits
        fields = sum(self._check(operation) for operation in operations)
        if fields > limits.max_all_fields:
            raise refused(
                "too_complex",
                f"These operations have {fields} fields, at most {limits.max_all_fields} may stand in one document.",
            )
        alike = sum(self._alike([operation.selection_set]) for operation in operations)
        if alike > limits.max_alike:
            raise refused(
                "too_complex", "The same fields are asked for again and again in one place; ask once for each."
            )

    @property
    def unused(self) -> bool:
        """Whether there are fragments that no operation uses, which were not measured."""
        return len(self._known) < len(self.fragments)

    def _check(self, operation: OperationDefinitionNode) -> int:
        size, limits = self._set(operation.selection_set, 0), self.limits
        for what, found, most in (
            ("levels of fields", size.depth, limits.max_depth),
            ("fields", size.fields, limits.max_fields),
            ("aliases", size.aliases, limits.max_aliases),
            ("directives", size.directives + len(operation.directives or ()), limits.max_directives),
            ("levels inside an argument", size.inputs, limits.max_input_depth),
        ):
            if found > most:
                raise refused("too_complex", f"This operation has {found} {what}, at most {most} may be asked for.")
        return size.fields

    def _alike(self, sets: Iterable[SelectionSetNode]) -> int:
        """The pairs of fields under one response key, here and below."""
        found: dict[str, list[FieldNode]] = {}
        spread: set[str] = set()
        for selections in sets:
            self._gather(selections, found, spread)
        pairs = sum(len(nodes) * (len(nodes) - 1) // 2 for nodes in found.values())
        below = ([node.selection_set for node in nodes if node.selection_set] for nodes in found.values())
        return pairs + sum(self._alike(inner) for inner in below if inner)

    def _gather(self, selections: SelectionSetNode, found: dict[str, list[FieldNode]], spread: set[str]) -> None:
        for selection in selections.selections:
            if isinstance(selection, FieldNode):
                key = selection.alias or selection.name
                found.setdefault(key.value, []).append(selection)
            elif isinstance(selection, InlineFragmentNode):
                self._gather(selection.selection_set, found, spread)
            elif isinstance(selection, FragmentSpreadNode):
                name = selection.name.value
                if name not in spread and name in self.fragments:
                    spread.add(name)
                    self._gather(self.fragments[name].selection_set, found, spread)

    def _set(self, selections: SelectionSetNode | None, depth: int) -> Size:
        size = Size()
        for selection in selections.selections if selections else ():
            size = size.beside(self._one(selection, depth))
        return size

    def _one(self, selection: SelectionNode, depth: int) -> Size:
        if depth > 2 * self.limits.max_depth:
            raise refused("too_complex", f"Selections may be at most {self.limits.max_depth} levels deep.")
        marked = len(selection.directives or ())
        if isinstance(selection, FieldNode):
            inner = self._set(selection.selection_set, depth + 1)
            inputs = max((input_depth(each.value) for each in selection.arguments or ()), default=0)
            own = Size(1 + inner.depth, 1, int(selection.alias is not None), marked, inputs)
            return Size(own.depth, *_sums(own, inner), max(inputs, inner.inputs))
        if isinstance(selection, FragmentSpreadNode):
            return self._fragment(selection.name.value, depth).beside(Size(directives=marked))
        return self._set(selection.selection_set, depth + 1).beside(Size(directives=marked))  # type: ignore[attr-defined]  # inline fragments alone are left

    def _fragment(self, name: str, depth: int) -> Size:
        if name in self._open:
            raise refused("fragment_cycle", f"The fragment {name!r} leads back to itself; take one spread out.")
        if name not in self._known and name in self.fragments:
            self._open.append(name)
            self._known[name] = self._set(self.fragments[name].selection_set, depth + 1)
            self._open.pop()
        return self._known.get(name, Size())


def _sums(one: Size, other: Size) -> tuple[int, int, int]:
    return one.fields + other.fields, one.aliases + other.aliases, one.directives + other.directives


def input_depth(value: ValueNode | Any) -> int:
    """How deep lists and objects are nested in an argument, or in a variable's value."""
    deepest, waiting = 0, [(value, 1)]
    while waiting:
        found, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting.extend((inner, depth + 1) for inner in _inside(found))
    return deepest


def _inside(value: Any) -> Iterator[Any]:
    if isinstance(value, ListValueNode):
        yield from value.values
    elif isinstance(value, ObjectValueNode):
        yield from (field.value for field in value.fields)
    elif isinstance(value, Mapping):
        yield from value.values()
    elif isinstance(value, list):
        yield from value


def check_variables(variables: Mapping[str, Any], limits: Limits) -> None:
    """Raises Refused when values are nested beyond the limit."""
    if input_depth(variables) > limits.max_input_depth + 1:
        raise refused("too_complex", f"Variables may be nested at most {limits.max_input_depth} levels deep.")
