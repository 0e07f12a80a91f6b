"""Runs the mutations of the typed half: each one is one unit of work, all of it or nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FieldsOnCorrectTypeRule,
    GraphQLError,
    KnownArgumentNamesRule,
    OperationDefinitionNode,
    OperationType,
    ScalarLeafsRule,
    SelectionSetNode,
    ValuesOfCorrectTypeRule,
    validate,
)
from graphql.execution.values import VariableValues, get_argument_values

from gql.editions import Edition, Editions
from gql.execute.limits import Limits
from gql.execute.protocols import Operation, Payload
from gql.execute.spending import WRITTEN
from gql.mutations.asking import Asked, asked, fingerprint, located
from gql.mutations.measuring import written_by
from gql.mutations.payloads import IDS, PayloadPlan, Told
from gql.mutations.planning import planned
from gql.plan.cursors import Cursors
from gql.plan.segments import Terms
from gql.typed.verbs import Mutation
from graph.session import Database
from graph.unit import Outcome, ReadBack, write
from models.actor import Actor
from models.counts import Known
from models.errors import ModelChanged, Rejected

TRIES = 3
FEW = 100  # records read at once, without the way to another thread
_STILL_VALID = (FieldsOnCorrectTypeRule, KnownArgumentNamesRule, ScalarLeafsRule, ValuesOfCorrectTypeRule)


class Mutations:
    """Runs root fields that write, on one database. `refresh` brings the editions up to the model's present version."""

    def __init__(
        self,
        database: Database,
        editions: Editions,
        cursors: Cursors,
        limits: Limits,
        refresh: Callable[[], Awaitable[object]],
    ) -> None:
        self.database, self.editions, self.cursors = database, editions, cursors
        self.limits, self._refresh = limits, refresh

    async def run(self, edition: Edition, field: FieldNode, operation: Operation, actor: Actor) -> Payload:
        """The payload of a root field. What the user can mend is in the payload's errors, and then nothing was changed.

        When the model moves on meanwhile, everything is planned again on the new one. Raises GraphQLError where the
        field no longer fits it, ModelChanged when it keeps moving, TimedOut and Unavailable.
        """
        for tries_left in reversed(range(TRIES)):
            try:
                return await self._run(edition, field, operation, actor)
            except ModelChanged:
                if not tries_left:
                    raise
                await self._refresh()
                edition = self.editions.current
                _check_again(edition, field, operation)
        raise AssertionError("the last try returns or raises")

    def cost(self, edition: Edition, field: FieldNode, operation: Operation, actor: Actor, known: Known) -> int:
        """What the field may cost: what it writes, and what it reads back of it."""
        records, written = written_by(field, operation.variables)
        cost = WRITTEN * written
        with suppress(GraphQLError):  # what cannot be planned is told when its turn comes
            one = planned(edition, field, operation.fragments)
            plan = one.plan(edition, operation, self.cursors, self.limits.max_page, self._terms(actor))
            if plan.read is not None:
                filled = plan.read.parameters(operation.variables, datetime.now(UTC), actor.time_zone)
                cost += plan.read.costs.of(filled | {IDS: range(records)}, known)
        return cost

    def _terms(self, actor: Actor) -> Terms:
        return Terms(self.editions.saved(), actor.id, self.limits.max_reach, most_skipped=self.limits.max_skip)

    async def _run(self, edition: Edition, field: FieldNode, operation: Operation, actor: Actor) -> Payload:
        known = planned(edition, field, operation.fragments)
        mutation, given = known.mutation, _input(edition, field, operation)
        plan = known.plan(edition, operation, self.cursors, self.limits.max_page, self._terms(actor))
        now = datetime.now(UTC)
        parameters = plan.read.parameters(operation.variables, now, actor.time_zone) if plan.read else {}
        wanted = await _asked(mutation, given, edition, actor, now)
        client_id = given.get("clientMutationId")
        if wanted.problems:
            return Payload(plan.payload(Told(client_id, wanted.problems)))
        if not wanted.commands:
            return Payload(plan.payload(Told(client_id, records=plan.nothing)))
        work = _Work(self.database, edition, actor, mutation, given, wanted, now, self.limits.timeout_s)
        try:
            outcome = await work.do(plan, parameters)
        except Rejected as error:
            return Payload(plan.payload(Told(client_id, [located(problem) for problem in error.problems])))
        return _done(plan, parameters, outcome, wanted, client_id, field)


@dataclass(frozen=True, slots=True)
class _Work:
    """One unit of work, ready to be done."""

    database: Database
    edition: Edition
    actor: Actor
    mutation: Mutation
    given: dict[str, Any]
    wanted: Asked
    now: datetime
    timeout_s: float

    async def do(self, plan: PayloadPlan, parameters: dict[str, Any]) -> Outcome:
        """Everything written and, where the payload asks for it, read back."""
        key = self.given.get("idempotencyKey")
        return await write(
            self.database,
            self.edition.model,
            self.actor,
            self.wanted.commands,
            now=self.now,
            reason=self.given.get("reason") or "",
            idempotency_key=key,
            fingerprint="" if key is None else fingerprint(self.mutation, self.given),
            answer=() if self.mutation.answers_ids else self.wanted.ids,
            read_back=None if plan.read is None else ReadBack(plan.read.compiled, parameters, IDS),
            timeout_s=self.timeout_s,
        )


async def _asked(mutation: Mutation, given: dict[str, Any], edition: Edition, actor: Actor, now: datetime) -> Asked:
    rows = given.get("data", given.get("ids", ())) if mutation.many else ()
    if len(rows) < FEW:
        return asked(mutation, given, edition.model, actor, now)
    # thousands of records take a while; others need not wait for them
    return await asyncio.to_thread(asked, mutation, given, edition.model, actor, now)


def _input(edition: Edition, field: FieldNode, operation: Operation) -> dict[str, Any]:
    """The input by the types of the schema: the same whether it came as literals, as variables or as both."""
    root = edition.schema.mutation_type
    assert root is not None
    variables = VariableValues({}, dict(operation.variables))
    given: dict[str, Any] = get_argument_values(root.fields[field.name.value], field, variables)["input"]
    return given


def _done(
    plan: PayloadPlan,
    parameters: dict[str, Any],
    outcome: Outcome,
    wanted: Asked,
    client_id: str | None,
    field: FieldNode,
) -> Payload:
    records: dict[str, Any] = {}
    errors: list[dict[str, Any]] = []
    if plan.read is not None and outcome.row is not None:
        data, errors = plan.read.assemble(outcome.row, parameters)
        # a list of records holds no gaps: one that cannot be answered takes the list with it
        records = {k: None if isinstance(v, list) and None in v else v for k, v in (data or {}).items()}
    change_set = outcome.change_set if outcome.changed else None
    told = Told(client_id, (), change_set, outcome.counts, wanted.ids, records)
    key = field.alias.value if field.alias else field.name.value
    return Payload(plan.payload(told), [{**error, "path": [key, *error.get("path", ())]} for error in errors])


def _check_again(edition: Edition, field: FieldNode, operation: Operation) -> None:
    """Whether a field that was valid under an older model still is. Raises GraphQLError when it is not."""
    part = OperationDefinitionNode(
        operation=OperationType.MUTATION,
        variable_definitions=(),
        directives=(),
        selection_set=SelectionSetNode(selections=(field,)),
    )
    document = DocumentNode(definitions=(part, *operation.fragments.values()))
    errors = validate(edition.schema, document, _STILL_VALID, max_errors=1)
    if errors:
        message = f"The model changed meanwhile, and this no longer fits it: {errors[0].message}"
        raise GraphQLError(message, extensions={"code": "model_changed"})
