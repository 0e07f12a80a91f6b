"""Runs operations that answer in parts: what is not deferred first, then each deferred part as its statement answers.

The parts are told as graphql-js 17 tells them (incremental delivery v0.2): `pending` announces, `incremental` brings,
`completed` ends. Whoever leaves off reading ends the statements that are still under way.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from graphql import OperationType

from gql.execute.answers import Answer, answered
from gql.execute.errors import caught
from gql.execute.executor import Executor, Part, Request
from gql.execute.parts import IDS, LaterPlan, PartPlan, plan_parts
from gql.execute.spending import Spent
from gql.execute.spots import Found, Share, Spot, Told, placed, places, shares, unmarked
from gql.plan.deferring import Splitting
from models.actor import Actor
from models.errors import TimedOut

AT_ONCE = 4  # statements of one operation


@dataclass(frozen=True, slots=True)
class Message:
    """What follows a first part, as JSON, and whether nothing follows it."""

    body: bytes
    last: bool


@dataclass(frozen=True, slots=True)
class InParts:
    """An answer, and the messages that come after it; `more` is None where it is the whole."""

    first: Answer
    more: AsyncGenerator[Message, None] | None = None


class Deferring:
    """The executor for clients that take answers in parts."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    async def execute(
        self, text: str, variables: Mapping[str, Any] | None, operation_name: str | None, actor: Actor
    ) -> InParts | None:
        """The answer to a query in parts; None for an operation that defers nothing, which is to be answered whole."""
        try:
            request = self._executor.begin(text, variables or {}, operation_name, actor)
            if request.document.in_parts is None or request.operation.operation is not OperationType.QUERY:
                return None
            plan = self._plan(request)
            return await Delivery(self._executor, request).begin(plan) if plan.later else None
        except Exception as error:  # noqa: BLE001  # the outermost door: told as far as it may be told
            return InParts(self._executor.failed(error, actor))

    def _plan(self, request: Request) -> PartPlan:
        plans, executor = request.edition.plans.parts, self._executor
        key = (*executor.plan_key(request), request.actor.id, executor.editions.saved().number)
        plan = plans.get(key)
        if plan is None:
            written = request.document.in_parts
            assert written is not None
            operation = written.operation(request.name)
            splitting = Splitting(request.edition.schema, request.edition.model, written.fragments, request.variables)
            plan = plan_parts(executor.reader(request), operation, splitting.split(operation))
            plans.put(key, plan, len(request.text))
        return plan


class Delivery:
    """One operation on its way: what is to be read for it yet, and how that was announced."""

    def __init__(self, executor: Executor, request: Request) -> None:
        self._executor, self._request = executor, request
        self._numbers, self._rows = count(), 0
        self._gate = asyncio.Semaphore(AT_ONCE)
        self._ends = asyncio.get_running_loop().time() + executor.limits.timeout_s
        self._next: list[tuple[LaterPlan, list[Spot]]] = []

    async def begin(self, plan: PartPlan) -> InParts:
        """The first part; the price is that of the whole operation, and is paid before anything is read."""
        executor, request = self._executor, self._request
        whole = executor.plan(request)
        spent = executor.admitted(request, whole, executor.filled(request, whole.typed))
        part = await executor.part(request, plan.read, executor.filled(request, plan.read.typed))
        told = Told()
        self._go_on([Found(part.data, [()])], plan.later, told)
        self._rows += part.rows or 0
        extensions = {"cost": spent.shown(self._rows)}
        if not told.pending:
            return InParts(answered(part.data, part.errors, extensions))
        announced = {"pending": told.pending, "hasNext": True}
        return InParts(answered(part.data, part.errors, extensions, announced), self._rest(spent))

    async def _rest(self, spent: Spent) -> AsyncGenerator[Message, None]:
        """The messages that follow, each with what has come by then."""
        under_way: list[asyncio.Task[Told]] = []
        try:
            while under_way or self._next:
                under_way += [asyncio.create_task(self._later(plan, spots)) for plan, spots in self._next]
                self._next = []
                done, _ = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
                told = Told.all(each.result() for each in under_way if each in done)
                under_way = [each for each in under_way if each not in done]
                last = not under_way and not self._next
                extensions = {"cost": spent.shown(self._rows)} if last else None
                yield Message(told.body(has_next=not last, extensions=extensions), last)
        finally:
            for each in under_way:
                each.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)

    async def _later(self, plan: LaterPlan, spots: Sequence[Spot]) -> Told:
        """What there is to tell of a deferred part, whether it could be read or not."""
        told = Told()
        async with self._gate:
            try:
                part = await self._read(plan, spots)
            except Exception as error:  # noqa: BLE001  # this part failed; what was told stands, and so may the others
                fault = caught(error)
                for spot in spots:
                    told.fail(spot, [{**fault, "path": spot.path}])
                return told
        self._rows += part.rows or 0
        answered_for = [*shares(plan.place, spots, part.data, part.errors)]
        found = [Found(each.value, [spot.base for spot in each.spots]) for each in answered_for]
        self._go_on(found, plan.part.later, told)
        for share in answered_for:
            _tell(told, share)
        return told

    async def _read(self, plan: LaterPlan, spots: Sequence[Spot]) -> Part:
        executor, request, read = self._executor, self._request, plan.part.read
        left_s = self._ends - asyncio.get_running_loop().time()
        if left_s <= 0:
            raise TimedOut(f"It took longer than {executor.limits.timeout_s:g} s and was stopped. Ask for less.")
        ids = {IDS: [*dict.fromkeys(spot.record for spot in spots)]}
        return await executor.part(request, read, executor.filled(request, read.typed, ids), left_s)

    def _go_on(self, found: Sequence[Found], later: Sequence[LaterPlan], told: Told) -> None:
        """Announce what is deferred in objects that were answered, and have it read."""
        for plan in later:
            spots = [
                Spot(
                    tuple(str(next(self._numbers)) for _ in plan.place.labels),
                    (*base, *path),
                    plan.place.inside,
                    record,
                )
                for value, bases in found
                for path, record in places(value, plan.place)
                for base in bases
            ]
            for spot in spots:
                told.announce(spot, plan.place.labels)
            if spots:
                self._next.append((plan, spots))
        for value, _ in found:
            unmarked(value, later)


def _tell(told: Told, share: Share) -> None:
    for spot in share.spots:
        errors = placed(share.errors, spot.base)
        if share.value is not None:
            told.bring(spot, share.value[spot.inside] if spot.inside else share.value, errors)
        else:
            told.fail(spot, errors or [_gone(spot)])


def _gone(spot: Spot) -> dict[str, Any]:
    return {
        "message": "This record was deleted while the answer was under way; ask again.",
        "path": spot.path,
        "extensions": {"code": "not_found"},
    }
