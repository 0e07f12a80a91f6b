"""Plans of reading operations: which fields go into the one statement, which to the fixed half, and how the row is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from graphql import DocumentNode, FieldNode, FragmentDefinitionNode, OperationDefinitionNode

from cypher import request, weave
from cypher.compile.reads import Compiled, compile_read
from cypher.compile.scope import NOW
from gql.execute.assemble import Assemble, assembler
from gql.execute.entities import missing_told
from gql.execute.limits import Limits
from gql.plan.costs import Costs
from gql.plan.cursors import Cursors
from gql.plan.filters import NO_TERMS
from gql.plan.fixed import fixed_document
from gql.plan.operations import is_typed, read_roots
from gql.plan.segments import Terms
from gql.plan.selection import Fields, Selections
from gql.plan.slots import RequestTime, Slots
from models.actor import Actor
from models.metamodel import Metamodel


@dataclass(frozen=True, slots=True)
class TypedRead:
    """The statement of all typed root fields, how its parameters are filled and how its row becomes the answer."""

    compiled: Compiled
    slots: Slots
    costs: Costs
    assemble: Assemble
    _guarded: dict[Any, weave.Guarded] = field(default_factory=dict)

    def guarded(self, actor: Actor) -> weave.Guarded:
        """The statement with the actor's rights inside it."""
        rights = weave.rights(actor)
        known = self._guarded.get(rights)
        if known is None:
            known = self._guarded[rights] = weave.read(self.compiled.query, actor)
        return known

    def parameters(self, variables: Mapping[str, Any], now: datetime, time_zone: str = "UTC") -> dict[str, Any]:
        """The parameters of one request. Raises GraphQLError for values that cannot be used."""
        filled = self.slots.fill(variables, RequestTime(now, time_zone))
        if self.compiled.uses_now:
            filled[NOW] = now
        return filled


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """What a query asks for: response keys in order, the typed part and the fixed part."""

    order: tuple[str, ...]
    typed: TypedRead | None
    fixed: DocumentNode | None
    introspects: bool
    uses_saved: bool = False  # so that it holds for one person, and until something is saved
    fixed_fields: Mapping[str, FieldNode] = field(default_factory=dict)  # root fields of the fixed half by response key

    @property
    def mixed(self) -> bool:
        """Whether both halves answer."""
        return self.typed is not None and self.fixed is not None


@dataclass(frozen=True, slots=True)
class Reader:
    """Plans reads against a model for variables of one shape."""

    model: Metamodel
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, Any]
    cursors: Cursors
    limits: Limits
    terms: Terms = NO_TERMS

    def selections(self) -> Selections:
        """A reader of what is selected, for one statement."""
        return Selections(
            self.model, Slots(), self.fragments, self.variables, self.cursors, self.limits.max_page, self.terms
        )

    def typed(self, selections: Selections, roots: list[request.Root]) -> TypedRead:
        """The statement of root fields that were read with these selections."""
        compiled = compile_read(roots)
        assemble = missing_told(roots, assembler(compiled.shape, self.cursors))
        return TypedRead(compiled, selections.slots, selections.ledger.costs(), assemble)


def plan_read(reader: Reader, operation: OperationDefinitionNode) -> ReadPlan:
    """The plan of a query. Raises GraphQLError for arguments that cannot be used."""
    model, selections = reader.model, reader.selections()
    fields = selections.collect([operation.selection_set], frozenset({"Query"}))
    typed: Fields = {key: nodes for key, nodes in fields.items() if _from_records(model, nodes)}
    fixed = {key: nodes for key, nodes in fields.items() if key not in typed}
    reading = reader.typed(selections, read_roots(selections, typed)) if typed else None
    rest = fixed_document(operation, reader.fragments, fixed) if fixed else None
    introspects = any(nodes[0].name.value.startswith("__") for nodes in fixed.values())
    first = {key: nodes[0] for key, nodes in fixed.items()}
    return ReadPlan(tuple(fields), reading, rest, introspects, selections.filters.segments.used, first)


def _from_records(model: Metamodel, nodes: list[FieldNode]) -> bool:
    name = nodes[0].name.value
    return name == "__typename" or is_typed(model, name)
