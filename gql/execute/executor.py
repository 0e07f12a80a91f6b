"""Runs operations: one statement for a whole query on the typed half, graphql-core for the fixed half, bytes for both."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from inspect import isawaitable
from typing import Any, cast

from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    execute,
    execute_sync,
    is_non_null_type,
)

from cypher import weave
from gql.editions import Edition, Editions
from gql.execute.answers import Answer, Data, Errors, answered, refusal
from gql.execute.deprecated import DeprecatedUses
from gql.execute.documents import Document, coerced, document
from gql.execute.errors import Refused, caught, refused, shown
from gql.execute.limits import Limits
from gql.execute.protocols import FixedResolver, MutationRunner, Operation
from gql.execute.reading import ReadPlan, TypedRead, plan_read
from gql.execute.rehearsal import Sample
from gql.plan.cursors import Cursors
from gql.plan.fixed import fixed_document, merged
from gql.plan.given import shape
from gql.plan.segments import Terms
from gql.plan.selection import Selections
from gql.plan.slots import Slots
from graph.session import Database
from models.actor import Actor
from models.errors import NotSignedIn, TimedOut, XrmError

__all__ = ["Answer", "Executor"]


@dataclass(frozen=True, slots=True)
class _Request:
    """One operation of one actor on the edition it began with."""

    edition: Edition
    document: Document
    operation: OperationDefinitionNode
    given: Mapping[str, Any]
    variables: Mapping[str, Any]
    actor: Actor


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
    ) -> None:
        self.database, self.editions, self.mutations = database, editions, mutations
        self.cursors, self.limits, self.resolve_fixed = cursors, limits, resolve_fixed
        self.deprecated = DeprecatedUses()

    async def execute(
        self,
        text: str,
        variables: Mapping[str, Any] | None,
        operation_name: str | None,
        actor: Actor,
        *,
        mutations_allowed: bool = True,
    ) -> Answer:
        """The answer to one operation; it never raises but for cancellation, which also ends the statement it waits for."""
        try:
            weave.rights(actor)
            request = self._begin(text, variables or {}, operation_name, actor)
            if request.operation.operation is OperationType.QUERY:
                return await self._read(request, text, operation_name)
            self._admit(request.operation, mutations_allowed=mutations_allowed)
            return answered(*await self._change(request))
        except NotSignedIn as error:
            return replace(refusal([caught(error)]), signed_out=True)
        except Refused as error:
            return refusal([shown(one) for one in error.errors])
        except GraphQLError as error:
            return refusal([shown(error)])
        except XrmError as error:
            return answered(None, [caught(error)])
        except Exception as error:  # noqa: BLE001  # the outermost door: logged whole, shown by its id
            return answered(None, [caught(error)])

    def _begin(self, text: str, given: Mapping[str, Any], name: str | None, actor: Actor) -> _Request:
        edition = self.editions.current
        known = document(text, edition.schema, edition.plans, self.limits)
        operation = known.operation(name)
        variables = coerced(edition.schema, operation, given, self.limits)
        self.deprecated.note(edition, text, known, operation, given, actor)
        return _Request(edition, known, operation, given, variables, actor)

    def _admit(self, operation: OperationDefinitionNode, *, mutations_allowed: bool) -> None:
        if operation.operation is OperationType.SUBSCRIPTION:
            raise refused(
                "subscription",
                "Subscriptions come over WebSocket (graphql-transport-ws), or as events: accept text/event-stream.",
            )
        if not mutations_allowed:
            raise refused("mutation_not_allowed", "Send mutations by POST; this way only reads.")

    # reading

    async def _read(self, request: _Request, text: str, name: str | None) -> Answer:
        plan = self._plan(request, text, name)
        data: Data = {}
        errors: Errors = []
        if plan.typed is not None:
            data, errors = await self._typed(request, plan.typed)
        if plan.fixed is not None and data is not None:
            fixed, more = await self._fixed(request, plan.fixed, introspects=plan.introspects)
            errors += more
            data = None if fixed is None else {key: (fixed if key in fixed else data)[key] for key in plan.order}
        return answered(data, errors)

    def _plan(self, request: _Request, text: str, name: str | None) -> ReadPlan:
        plans, terms = request.edition.plans.plans, self._terms(request.actor)
        key: tuple[Any, ...] = (text, name, tuple((each, shape(value)) for each, value in request.variables.items()))
        plan = plans.get(key)
        if plan is not None and plan.uses_saved:
            key = (*key, terms.saved.number, terms.person)
            plan = plans.get(key)
        if plan is None:
            edition, variables = request.edition, request.variables
            plan = plan_read(
                edition.model, request.document, request.operation, variables, self.cursors, self.limits, terms
            )
            plans.put(key, plan, len(text))
            edition.plans.samples.put(key, Sample(text, name, request.given, request.actor), len(text))
        return plan

    async def rehearse(self, sample: Sample) -> None:
        """Make the plan of a query, here and in the database, so that whoever asks it finds both; nothing is read.

        Raises what `execute` answers as errors where the query is none any more.
        """
        edition = self.editions.current
        known = document(sample.text, edition.schema, edition.plans, self.limits)
        operation = known.operation(sample.name)
        variables = coerced(edition.schema, operation, sample.given, self.limits)
        request = _Request(edition, known, operation, sample.given, variables, sample.actor)
        typed = self._plan(request, sample.text, sample.name).typed
        if typed is not None:
            filled = typed.parameters(request.variables, datetime.now(UTC), self.limits.max_rows)
            await self.database.rows(weave.planned(typed.guarded(sample.actor)), filled)

    def _terms(self, actor: Actor) -> Terms:
        return Terms(self.editions.saved(), actor.id, self.limits.max_reach)

    async def _typed(self, request: _Request, plan: TypedRead) -> tuple[Data, Errors]:
        parameters = plan.parameters(
            request.variables, datetime.now(UTC), self.limits.max_rows, request.actor.time_zone
        )
        guarded = plan.guarded(request.actor)
        row = await self.database.read(guarded, parameters, timeout_s=self.limits.timeout_s)
        return plan.assemble(row, parameters)

    # the fixed half

    async def _fixed(self, request: _Request, part: DocumentNode, *, introspects: bool = False) -> tuple[Data, Errors]:
        schema, given = request.edition.schema, dict(request.given)
        context = self.resolve_fixed(request.actor, request.edition)
        try:
            if introspects:
                result = await asyncio.to_thread(_introspected, request.edition, part, given, context)
            else:
                begun = execute(schema, part, context_value=context, variable_values=given)
                async with asyncio.timeout(self.limits.timeout_s):
                    result = await _awaited(begun)
        except TimeoutError as error:
            raise TimedOut(f"It took longer than {self.limits.timeout_s:g} s and was stopped. Ask for less.") from error
        return result.data, [shown(error, "failed") for error in result.errors or ()]

    # changing

    async def _change(self, request: _Request) -> tuple[Data, Errors]:
        """Root fields one after the other, each whole before the next begins; a null that may not be ends them."""
        selections = Selections(
            request.edition.model, Slots(), request.document.fragments, request.variables, self.cursors, 0
        )
        data: dict[str, Any] = {}
        errors: Errors = []
        root = request.edition.schema.mutation_type
        assert root is not None
        for key, nodes in selections.collect([request.operation.selection_set], frozenset({root.name})).items():
            name = nodes[0].name.value
            if name == "__typename":
                data[key] = root.name
            elif name in request.edition.schema.fixed_mutations:
                part = fixed_document(request.operation, request.document.fragments, {key: nodes})
                result, more = await self._fixed(request, part)
                errors += more
                if result is None:
                    return None, errors
                data |= result
            else:
                operation = Operation(request.document.fragments, request.variables)
                try:
                    payload = await self.mutations.run(request.edition, merged(nodes), operation, request.actor)
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
    return execute_sync(edition.schema, part, context_value=context, variable_values=given)


async def _awaited(result: Any) -> ExecutionResult:
    return cast("ExecutionResult", await result if isawaitable(result) else result)
