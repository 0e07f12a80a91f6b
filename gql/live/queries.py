"""Queries kept up to date: which changes may change the answer, and the answer read anew by the query's own statement."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from cypher.compile.reads import compile_read
from cypher.compile.touched import touched
from gql.execute.answers import Answer, answered
from gql.execute.assemble import assembler
from gql.execute.limits import Limits
from gql.execute.reading import TypedRead
from gql.live.asked import Asked
from gql.plan.costs import Dearest
from gql.plan.cursors import Cursors
from gql.plan.operations import read_roots
from graph.feed import Change
from graph.session import Database
from models.actor import Actor
from models.counts import Known


@dataclass(frozen=True, slots=True)
class QueryPlan:
    """A query of the typed half under one model, as a subscription."""

    asked: Asked
    read: TypedRead
    names: frozenset[str] | None  # types and relations the answer is made from; None: any

    def concerned_by(self, changes: Sequence[Change]) -> bool:
        """Whether any of the changes may change the answer."""
        return self.names is None or any(change.type in self.names for change in changes)

    @property
    def by_the_clock(self) -> bool:
        """Whether the answer may become another by the passing of time alone."""
        return self.read.compiled.uses_now or self.read.slots.timed

    def cost(self, actor: Actor, known: Known) -> tuple[int, Callable[[], Dearest]]:
        """What each reading of it may cost, and a way to the dearest part."""
        filled, costs = self.read.parameters(self.asked.variables, datetime.now(UTC), actor.time_zone), self.read.costs
        return costs.of(filled, known), lambda: costs.dearest(filled, known)

    async def answer(self, database: Database, actor: Actor, limits: Limits) -> Answer:
        """The answer as the database holds it now. Raises Refused, GraphQLError, TimedOut and Unavailable."""
        parameters = self.read.parameters(self.asked.variables, datetime.now(UTC), actor.time_zone)
        row = await database.read(self.read.guarded(actor), parameters, timeout_s=limits.timeout_s)
        return answered(*self.read.assemble(row, parameters))


def plan_query(wanted: Asked, cursors: Cursors, limits: Limits) -> QueryPlan:
    """The plan of a query that is followed. Raises GraphQLError for arguments that cannot be used."""
    selections = wanted.selections(cursors, limits)
    compiled = compile_read(read_roots(selections, {wanted.key: wanted.nodes}))
    read = TypedRead(compiled, selections.slots, selections.ledger.costs(), assembler(compiled.shape, cursors))
    return QueryPlan(wanted, read, touched(compiled.query))
