"""What is worked out once for a root field that writes and kept with its edition: its mutation and the plans of its payload."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute

from graphql import FieldNode, FragmentDefinitionNode, FragmentSpreadNode, Node, SelectionSetNode, VariableNode

from gql.editions import Edition
from gql.execute.plans import Bounded
from gql.execute.protocols import Operation
from gql.mutations.payloads import PayloadPlan, plan_payload
from gql.plan.cursors import Cursors
from gql.plan.filters import NO_TERMS
from gql.plan.given import shape
from gql.plan.segments import Terms
from gql.plan.selection import Selections
from gql.plan.slots import Slots
from gql.typed.verbs import Mutation, mutation_named

MOST_SHAPES = 64  # plans of one field, one for each shape of the variables in its payload


@dataclass(frozen=True, slots=True)
class PlannedField:
    """A root field of a document. Only the variables used in its payload shape its plans: those of the input do not."""

    node: FieldNode  # held, so that no other node can come to stand at its address
    mutation: Mutation
    variables: tuple[str, ...]
    plans: Bounded[PayloadPlan] = attribute(default_factory=lambda: Bounded(MOST_SHAPES))

    def plan(
        self, edition: Edition, operation: Operation, cursors: Cursors, most: int, terms: Terms = NO_TERMS
    ) -> PayloadPlan:
        """The plan of the payload. Raises GraphQLError for arguments that cannot be used."""
        given = operation.variables
        shapes = tuple((name, shape(given[name])) for name in self.variables if name in given)
        key = (shapes, terms.saved.number, terms.person if terms.saved.number else "")
        plan = self.plans.get(key)
        if plan is None:
            selections = Selections(edition.model, Slots(), operation.fragments, given, cursors, most, terms)
            plan = plan_payload(selections, self.mutation, self.node.selection_set, cursors)
            self.plans.put(key, plan, 0)
        return plan


def planned(edition: Edition, node: FieldNode, fragments: Mapping[str, FragmentDefinitionNode]) -> PlannedField:
    """What is known of a root field that writes, known from its first request on."""
    known = edition.plans.fields.get(id(node))
    if known is None:
        mutation = mutation_named(edition.model, node.name.value)
        assert mutation is not None, node.name.value
        known = PlannedField(node, mutation, _variables_of(node.selection_set, fragments))
        edition.plans.fields.put(id(node), known, 0)
    return known


def _variables_of(
    selected: SelectionSetNode | None, fragments: Mapping[str, FragmentDefinitionNode]
) -> tuple[str, ...]:
    """The variables in a selection and in the fragments it spreads, each once."""
    names: dict[str, None] = {}
    seen: set[str] = set()
    waiting: list[Node] = [] if selected is None else [selected]
    while waiting:
        node = waiting.pop()
        if isinstance(node, VariableNode):
            names[node.name.value] = None
        elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
            seen.add(node.name.value)
            waiting.append(fragments[node.name.value].selection_set)
        waiting.extend(_below(node))
    return tuple(names)


def _below(node: Node) -> Iterator[Node]:
    for name in node.keys:
        inner = getattr(node, name)
        if isinstance(inner, Node):
            yield inner
        elif isinstance(inner, (list, tuple)):
            yield from (each for each in inner if isinstance(each, Node))
