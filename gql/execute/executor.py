"""Runs operations: one statement for a whole query on the typed half, graphql-core for the fixed half, bytes for both."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from inspect import isawaitable
from typing import Any, cast

from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    GraphQLError,
    GraphQLObjectType,
    OperationDefinitionNode,
    OperationType,
    experimental_execute_incrementally,
    is_non_null_type,
)

from cypher import weave
from gql.editions import Edition, Editions
from gql.execute.answers import Answer, Data, Errors, answered, refusal
from gql.execute.deprecated import DeprecatedUses
from gql.execute.documents import Document, coerced, document
from gql.execute.errors import Refused, caught, refused, shown
from gql.execute.limits import Limits
from gql.execute.prices import priced
from gql.execute.profiles import admit_explaining, explained
from gql.execute.protocols import FixedResolver, MutationRunner, Operation
from gql.execute.rates import Exhausted
from gql.execute.reading import Reader, ReadPlan, TypedRead, plan_read
from gql.execute.rehearsal import Sample
from gql.execute.spending import Spending, Spent
from gql.plan.costs import Cause, Dearest
from gql.plan.cursors import Cursors
from gql.plan.fixed import fixed_document, merged
from gql.plan.given import shape
from gql.plan.segments import Terms
from gql.plan.selection import Selections
from gql.plan.slots import Slots
from graph.session import Database, Row
from models.actor import Actor
from models.counts import Known
from models.errors import NotSignedIn, TimedOut

__all__ = ["Answer", "Executor"]


@dataclass(frozen=True, slots=True)
class Request:
    """One operation of one actor on the edition it began with."""

    edition: Edition
    document: Document
    operation: OperationDefinitionNode
    text: str
    name: str | None
    given: Mapping[str, Any]
    variables: Mapping[str, Any]
    actor: Actor
    at: datetime
    explains: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """What one statement, and the fixed half beside it, answered; `rows` where records were read."""

    data: Data
    errors: Errors
    rows: int | None
    told: Mapping[str, Any]


class Executor:
    """Answers operations for one database."""

    def __init__(
        self,
        database: Database,
        editions: Editions,
        mutations: MutationRunner,
        cursors: Cursors,
        limits: Limits,
        resolve_fixed: FixedResolver,
        spending: Spending | None = None,
    ) -> None:
        self.database, self.editions, self.mutations = database, editions, mutations
        self.cursors, self.limits, self.resolve_fixed = cursors, limits, resolve_fixed
        self.spending = spending or Spending(limits)
        self._changing: set[asyncio.Task[Answer]] = set()
        self.deprecated = DeprecatedUses()

    async def execute(
        self,
        text: str,
        variables: Mapping[str, Any] | None,
        operation_name: str | None,
        actor: Actor,
        *,
        mutations_allowed: bool = True,
        explain: bool = False,
    ) -> Answer:
        """The answer to one operation; it never raises but for cancellation, which also ends the statement of a query.

        Where an administrator asks to have it explained, the answer brings its statement, plan and rows.
        """
        try:
            request = self.begin(text, variables or {}, operation_name, actor, explain=explain)
            if request.operation.operation is OperationType.QUERY:
                return await self._read(request)
            self._admit(request.operation, mutations_allowed=mutations_allowed)
            return await self._whole(self._change(request))
        except Exception as error:  # noqa: BLE001  # the outermost door: told as far as it may be told
            return self.failed(error, actor)

    def failed(self, error: Exception, actor: Actor) -> Answer:
        """The answer to an operation that this ended; what is our fault is logged whole, and shown by its id."""
        match error:
            case NotSignedIn():
                return replace(refusal([caught(error)]), signed_out=True)
            case Exhausted():
                return refusal([shown(one) for one in error.errors])
            case Refused():
                self.spending.note_refused(actor)
                return refusal([shown(one) for one in error.errors])
            case GraphQLError():
                self.spending.note_refused(actor)
                return refusal([shown(error)])
            case _:
                return answered(None, [caught(error)])

    def begin(
        self, text: str, given: Mapping[str, Any], name: str | None, actor: Actor, *, explain: bool = False
    ) -> Request:
        """The operation read and checked. Raises Refused, NotSignedIn and GraphQLError."""
        weave.rights(actor)
        edition = self.editions.current
        known = document(text, edition.schema, edition.plans, self.limits)
        operation = known.operation(name)
        variables = coerced(edition.schema, operation, given, self.limits)
        self.deprecated.note(edition, text, known, operation, given, actor)
        if explain:
            admit_explaining(actor, operation)
        return Request(edition, known, operation, text, name, given, variables, actor, datetime.now(UTC), explain)

    def _admit(self, operation: OperationDefinitionNode, *, mutations_allowed: bool) -> None:
        if operation.operation is OperationType.SUBSCRIPTION:
            raise refused(
                "subscription",
                "Subscriptions come over WebSocket (graphql-transport-ws), or as events: accept text/event-stream.",
            )
        if not mutations_allowed:
            raise refused("mutation_not_allowed", "Send mutations by POST; this way only reads.")

    # reading

    async def _read(self, request: Request) -> Answer:
        plan = self.plan(request)
        filled = self.filled(request, plan.typed)
        spent = self.admitted(request, plan, filled)
        part = await self.part(request, plan, filled)
        return answered(part.data, part.errors, {"cost": spent.shown(part.rows), **part.told})

    def admitted(self, request: Request, plan: ReadPlan, filled: Mapping[str, Any]) -> Spent:
        """What a query is charged. Raises Refused and Exhausted."""
        known, typed = self.spending.known, plan.typed
        parts = [self._priced(request, key, field, known) for key, field in plan.fixed_fields.items()]
        requested = sum(part.cost for part in parts) + (typed.costs.of(filled, known) if typed else 0)

        def dearest() -> Dearest:
            records = [typed.costs.dearest(filled, known)] if typed else []
            return max([*parts, *records], key=lambda part: part.cost)

        return self.spending.admit(request.actor, requested, dearest)

    def _priced(self, request: Request, key: str, field: FieldNode, known: Known) -> Dearest:
        """What a root field of the fixed half may cost."""
        return priced(request.edition, request.operation.operation, key, field, request.variables, known)

    async def part(
        self, request: Request, plan: ReadPlan, filled: dict[str, Any], timeout_s: float | None = None
    ) -> Part:
        """What a plan answers with these parameters. Raises what its statement raises."""
        data: Data = {}
        errors: Errors = []
        rows = [0]
        told: dict[str, Any] = {}
        if plan.typed is not None:
            row, told = await self._row(request, plan.typed, filled, timeout_s)
            data, errors = plan.typed.assemble(row, filled, rows)
        if plan.fixed is not None and data is not None:
            fixed, more = await self._fixed(request, plan.fixed, introspects=plan.introspects)
            errors += more
            data = None if fixed is None else {key: (fixed if key in fixed else data)[key] for key in plan.order}
        return Part(data, errors, None if plan.typed is None else rows[0], told)

    def plan(self, request: Request) -> ReadPlan:
        """The plan of a query, made where none is known for variables of their shape. Raises GraphQLError."""
        plans, terms = request.edition.plans.plans, self._terms(request.actor)
        key = self.plan_key(request)
        plan = plans.get(key)
        if plan is not None and plan.uses_saved:
            key = (*key, terms.saved.number, terms.person)
            plan = plans.get(key)
        if plan is None:
            plan = plan_read(self.reader(request), request.operation)
            sample, length = Sample(request.text, request.name, request.given, request.actor), len(request.text)
            plans.put(key, plan, length)
            request.edition.plans.samples.put(key, sample, length)
        return plan

    def plan_key(self, request: Request) -> tuple[Any, ...]:
        """What plans of an operation are looked up by, where they do not depend on what is saved."""
        return (request.text, request.name, tuple((each, shape(value)) for each, value in request.variables.items()))

    def reader(self, request: Request) -> Reader:
        """What makes plans for a request."""
        edition, terms = request.edition, self._terms(request.actor)
        return Reader(edition.model, request.document.fragments, request.variables, self.cursors, self.limits, terms)

    async def rehearse(self, sample: Sample) -> None:
        """Make the plan of a query, here and in the database, so that whoever asks it finds both; nothing is read.

        Raises what `execute` answers as errors where the query is none any more.
        """
        edition = self.editions.current
        known = document(sample.text, edition.schema, edition.plans, self.limits)
        operation = known.operation(sample.name)
        variables = coerced(edition.schema, operation, sample.given, self.limits)
        now = datetime.now(UTC)
        request = Request(
            edition, known, operation, sample.text, sample.name, sample.given, variables, sample.actor, now
        )
        typed = self.plan(request).typed
        if typed is not None:
            await self.database.rows(weave.planned(typed.guarded(sample.actor)), self.filled(request, typed))

    def _terms(self, actor: Actor) -> Terms:
        return Terms(
            self.editions.saved(), actor.id, self.limits.max_reach, self.editions.meaning, self.limits.max_skip
        )

    def filled(self, request: Request, plan: TypedRead | None, more: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The parameters of a statement at the moment of the request; `more` are variables that no text has.

        Raises GraphQLError for values that cannot be used.
        """
        if plan is None:
            return {}
        variables = request.variables if more is None else {**request.variables, **more}
        return plan.parameters(variables, request.at, request.actor.time_zone)

    async def _row(
        self, request: Request, plan: TypedRead, filled: dict[str, Any], timeout_s: float | None
    ) -> tuple[Row, dict[str, Any]]:
        """The one row of the statement and, where it is asked for, what there is to say of how it came about."""
        guarded, timeout_s = plan.guarded(request.actor), timeout_s or self.limits.timeout_s
        if not request.explains:
            return await self.database.read(guarded, filled, timeout_s=timeout_s), {}
        profiled = await self.database.profiled(weave.profiled(guarded), filled, timeout_s=timeout_s)
        return profiled.row, {"explain": explained(guarded, profiled)}

    # the fixed half

    async def _fixed(self, request: Request, part: DocumentNode, *, introspects: bool = False) -> tuple[Data, Errors]:
        schema, given = request.edition.schema, dict(request.given)
        context = self.resolve_fixed(request.actor, request.edition)
        try:
            if introspects:
                result = await asyncio.to_thread(_introspected, request.edition, part, given, context)
            else:
                # the plain `execute` takes no schema that knows @defer; what is executed here bears none
                begun = experimental_execute_incrementally(schema, part, context_value=context, variable_values=given)
                async with asyncio.timeout(self.limits.timeout_s):
                    result = await _awaited(begun)
        except TimeoutError as error:
            raise TimedOut(f"It took longer than {self.limits.timeout_s:g} s and was stopped. Ask for less.") from error
        return result.data, [shown(error, "failed") for error in result.errors or ()]

    # changing

    async def _whole(self, change: Coroutine[Any, Any, Answer]) -> Answer:
        """A change that was begun is carried out, whether its sender waits for the answer or not."""
        task = asyncio.create_task(change)
        self._changing.add(task)
        task.add_done_callback(self._changing.discard)
        return await asyncio.shield(task)

    async def _change(self, request: Request) -> Answer:
        selections = Selections(
            request.edition.model, Slots(), request.document.fragments, request.variables, self.cursors, 0
        )
        root = request.edition.schema.mutation_type
        assert root is not None
        asked = selections.collect([request.operation.selection_set], frozenset({root.name}))
        fields = {key: merged(nodes) for key, nodes in asked.items()}
        parts = [self._price(request, key, field) for key, field in fields.items()]
        requested = sum(part.cost for part in parts)
        spent = self.spending.admit(request.actor, requested, lambda: max(parts, key=lambda part: part.cost))
        data, errors = await self._change_all(request, root, fields)
        return answered(data, errors, {"cost": spent.shown(None)})

    def _price(self, request: Request, key: str, field: FieldNode) -> Dearest:
        name, edition = field.name.value, request.edition
        if name == "__typename" or name in edition.schema.fixed_mutations:
            return self._priced(request, key, field, self.spending.known)
        operation = Operation(request.document.fragments, request.variables)
        cost = self.mutations.cost(edition, field, operation, request.actor, self.spending.known)
        return Dearest(key, cost, (), Cause.WRITING)

    async def _change_all(
        self, request: Request, root: GraphQLObjectType, fields: Mapping[str, FieldNode]
    ) -> tuple[Data, Errors]:
        """Root fields one after the other, each whole before the next begins; a null that may not be ends them."""
        data: dict[str, Any] = {}
        errors: Errors = []
        for key, field in fields.items():
            name = field.name.value
            if name == "__typename":
                data[key] = root.name
            elif name in request.edition.schema.fixed_mutations:
                part = fixed_document(request.operation, request.document.fragments, {key: [field]})
                result, more = await self._fixed(request, part)
                errors += more
                if result is None:
                    return None, errors
                data |= result
            else:
                operation = Operation(request.document.fragments, request.variables)
                try:
                    payload = await self.mutations.run(request.edition, field, operation, request.actor)
                    data[key] = payload.data
                    errors += payload.errors
                except Exception as error:  # noqa: BLE001  # one field failed; those before it stand and must be told
                    errors.append(_of_field(error, key))
                    data[key] = None
                    if is_non_null_type(root.fields[name].type):
                        return None, errors
        return data, errors


def _of_field(error: Exception, key: str) -> dict[str, Any]:
    if isinstance(error, GraphQLError):
        return {**shown(error), "path": [key]}
    return caught(error, (key,))


def _introspected(edition: Edition, part: DocumentNode, given: dict[str, Any], context: object) -> ExecutionResult:
    edition.schema.make_all()
    result = experimental_execute_incrementally(edition.schema, part, context_value=context, variable_values=given)
    return cast("ExecutionResult", result)  # introspection waits for nothing


async def _awaited(result: Any) -> ExecutionResult:
    return cast("ExecutionResult", await result if isawaitable(result) else result)
