"""Plans of reading operations: which fields go into the one statement, which to the fixed half, and how the row is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import prod
from typing import Any

from graphql import DocumentNode, FieldNode, OperationDefinitionNode

from cypher import weave
from cypher.compile.reads import Compiled, compile_read
from cypher.compile.scope import NOW
from gql.execute.assemble import Assemble, assembler
from gql.execute.documents import Document
from gql.execute.errors import refused
from gql.execute.limits import Limits
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
    pages: tuple[tuple[str, ...], ...]
    assemble: Assemble
    _guarded: dict[Any, weave.Guarded] = field(default_factory=dict)

    def guarded(self, actor: Actor) -> weave.Guarded:
        """The statement with the actor's rights inside it."""
        rights = weave.rights(actor)
        known = self._guarded.get(rights)
        if known is None:
            known = self._guarded[rights] = weave.read(self.compiled.query, actor)
        return known

    def parameters(
        self, variables: Mapping[str, Any], now: datetime, most_rows: int, time_zone: str = "UTC"
    ) -> dict[str, Any]:
        """The parameters of one request. Raises GraphQLError for values that cannot be used and Refused for too many rows."""
        filled = self.slots.fill(variables, RequestTime(now, time_zone))
        for around in self.pages:
            if len(around) > 1 and (rows := prod(filled[slot] for slot in around)) > most_rows:
                raise refused(
                    "too_many_rows",
                    f"These nested pages could hold {rows:,} rows, at most {most_rows:,} may be asked for; "
                    "ask for smaller pages with first.",
                )
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

    @property
    def mixed(self) -> bool:
        """Whether both halves answer."""
        return self.typed is not None and self.fixed is not None


def plan_read(
    model: Metamodel,
    document: Document,
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any],
    cursors: Cursors,
    limits: Limits,
    terms: Terms = NO_TERMS,
) -> ReadPlan:
    """The plan of a query for variables of this shape. Raises GraphQLError for arguments that cannot be used."""
    slots = Slots()
    selections = Selections(model, slots, document.fragments, variables, cursors, limits.max_page, terms)
    fields = selections.collect([operation.selection_set], frozenset({"Query"}))
    typed: Fields = {key: nodes for key, nodes in fields.items() if _from_records(model, nodes)}
    fixed = {key: nodes for key, nodes in fields.items() if key not in typed}
    reading = None
    if typed:
        compiled = compile_read(read_roots(selections, typed))
        reading = TypedRead(compiled, slots, tuple(selections.pages), assembler(compiled.shape, cursors))
    rest = fixed_document(operation, document.fragments, fixed) if fixed else None
    introspects = any(nodes[0].name.value.startswith("__") for nodes in fixed.values())
    return ReadPlan(tuple(fields), reading, rest, introspects, selections.filters.segments.used)


def _from_records(model: Metamodel, nodes: list[FieldNode]) -> bool:
    name = nodes[0].name.value
    return name == "__typename" or is_typed(model, name)
