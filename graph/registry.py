"""The model in force: one frozen copy in memory, moved on when it changes, by whomever; and the one way to change it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime

from neo4j.exceptions import ClientError, DatabaseError

from cypher import weave
from graph import model_cleanup, model_store, schema
from graph.model_cleanup import Step
from graph.model_plan import ModelPlan, make_plan
from graph.session import Database, Row, Transaction
from models.actor import SYSTEM, Actor
from models.api_breaks import FindBreaks
from models.definitions import ModelPatch
from models.errors import ModelChanged, Problem, Rejected, TimedOut, Unavailable
from models.ids import new_id
from models.metamodel import Metamodel
from models.nodes.model import ModelCleanup, ModelVersion

TRIES = 10
PUBLISH_S = 120.0
MOST_BREAKS = 1_000  # are kept with a version
MOST_CHANGES = 100  # are told of a version
INDEXES_AT_ONCE = 400  # more than these are built while the new model is already in use
Listener = Callable[[Metamodel], Awaitable[None]]


class Registry:
    """The present model of one database. A change is published whole or not at all; then the data follows."""

    def __init__(self, database: Database, model: Metamodel, find_breaks: FindBreaks | None = None) -> None:
        self._database = database
        self._find_breaks = find_breaks
        self._model = model
        self._listeners: list[Listener] = []
        self._changing = asyncio.Lock()
        self._moving = asyncio.Lock()
        self._indexing: asyncio.Task[None] | None = None

    @property
    def model(self) -> Metamodel:
        """The present model, as far as this process has heard."""
        return self._model

    @classmethod
    async def open(cls, database: Database, find_breaks: FindBreaks | None = None) -> Registry:
        """The registry of a database made ready: fixed constraints are there, what a dead process left is done.

        With `find_breaks`, plans and versions of the model tell what breaks for clients of the API.
        """
        # a Neo4j that has just started plans each first statement for long, and has more than one core for it
        _, model, left = await asyncio.gather(
            schema.install_fixed(database), model_store.load(database), model_cleanup.left(database)
        )
        registry = cls(database, model, find_breaks)
        if model.version:  # the first model to be published brings constraints and indexes with it
            await registry._settle(left)
        return registry

    def listen(self, listener: Listener) -> None:
        """Have a listener called with every later model, one after the other; it must not ask for a refresh itself."""
        self._listeners.append(listener)

    async def refresh(self) -> Metamodel:
        """The model in force; loaded only when its number has moved on."""
        async with self._moving:
            if await model_store.load_version(self._database) != self._model.version:
                await self._move_to(await model_store.load(self._database))
        return self._model

    async def watch(self, every_s: float = 0.5) -> None:
        """Refresh for ever; while the database cannot be reached the model stays as it is."""
        while True:
            with suppress(Unavailable, TimedOut):
                await self.refresh()
            await asyncio.sleep(every_s)

    async def indexed(self) -> None:
        """Wait for indexes that are still being built. Where that fails, the next change or start builds them."""
        if self._indexing is not None:
            await self._indexing

    async def plan(self, actor: Actor, patch: ModelPatch) -> ModelPlan:
        """What a patch would do to the present model and its data; changes nothing. Raises NotSignedIn."""
        weave.fixed("model_version", actor)
        return await make_plan(self._database, await self.refresh(), patch, self._find_breaks)

    async def apply(
        self, actor: Actor, patch: ModelPatch, *, expected_version: int | None = None, reason: str = ""
    ) -> ModelPlan:
        """Make a patch part of the model, and the data follow it; the plan that was carried out.

        Without `expected_version` it goes on top of whatever was published meanwhile. A patch that changes nothing
        leaves the model at its version. Raises Rejected with every problem, and ModelChanged.
        """
        weave.fixed("model_version", actor)
        async with self._changing:
            plan = await self._publish(actor, patch, expected_version, reason)
            if plan.changes:
                await self._settle(await model_cleanup.left(self._database))
        return plan

    async def _publish(self, actor: Actor, patch: ModelPatch, expected_version: int | None, reason: str) -> ModelPlan:
        for _ in range(TRIES):
            model = await self.refresh()
            if expected_version is not None and model.version != expected_version:
                raise ModelChanged(await self._what_changed(expected_version))
            plan = await make_plan(self._database, model, patch, self._find_breaks)
            if plan.problems:
                raise Rejected(plan.problems)
            if not plan.changes:
                return plan
            await self._make_unique(plan.after)
            if await self._save(plan, actor, reason):
                await self.refresh()
                return plan
            await self._settle(
                await model_cleanup.left(self._database)
            )  # somebody was faster, or died before the data had followed
        raise ModelChanged("The model is being changed by others all the time; try again in a minute.")

    async def _save(self, plan: ModelPlan, actor: Actor, reason: str) -> bool:
        """Whether the planned model is in force now; not when the model moved on, or the data has not caught up."""
        entry = _entry(plan, actor, reason)
        steps = model_cleanup.steps(plan.before, plan.after)
        cleanups = [_cleanup(step, place, plan.after.version) for place, step in enumerate(steps)]

        async def work(transaction: Transaction) -> bool:
            if await model_store.lock(transaction) != plan.before.version:
                return False
            if await transaction.run(weave.fixed("model_cleanups", SYSTEM), {}):
                return False
            await model_store.save(transaction, plan.before, plan.after)
            for step in steps:
                if step.statement.startswith("fill_"):
                    await model_cleanup.fill_at_once(transaction, plan.after, step, entry["id"], entry["at"])
            parameters = {"version": entry, "cleanups": cleanups}
            await transaction.run(weave.fixed("model_publish", SYSTEM, reads=False), parameters)
            return True

        return await self._database.write(work, timeout_s=PUBLISH_S)

    async def _settle(self, left: Sequence[Row]) -> None:
        """Bring data, constraints and indexes to the model in force."""
        model = await self.refresh()
        await model_cleanup.finish(self._database, model, left, now=datetime.now(UTC))
        missing = await schema.reconcile(self._database, model)
        if self._indexing is not None:
            self._indexing.cancel()
            self._indexing = None
        if 0 < missing <= INDEXES_AT_ONCE:
            await schema.build_indexes(self._database, model)
        elif missing:
            self._indexing = asyncio.create_task(schema.build_indexes(self._database, model))
            self._indexing.add_done_callback(_heard)

    async def _make_unique(self, model: Metamodel) -> None:
        try:
            await schema.install_constraints(self._database, model)
        except (ClientError, DatabaseError) as error:
            if await schema.reconcile(self._database, self._model):
                await schema.build_indexes(self._database, self._model)  # those that had made room
            message = (
                f"Records share values that shall be unique: {error.message}. Change or delete the duplicates first."
            )
            raise Rejected([Problem("data_in_the_way", message[:600])]) from error

    async def _move_to(self, model: Metamodel) -> None:
        self._model = model
        for listener in self._listeners:
            await listener(model)

    async def _what_changed(self, since: int) -> str:
        rows = await self._database.rows(weave.fixed("model_history", SYSTEM), {"after": since})
        told = [f"{name} made version {number}: {' '.join(summary[:3])}" for number, name, _, _, summary in rows[-3:]]
        return (
            f"The model is at version {self._model.version}, no longer at {since}. {' '.join(told)} "
            f"Look at the model as it is now and plan the change again."
        )[:1_000]


def _heard(indexing: asyncio.Task[None]) -> None:
    """Take note of a failure, so that it is no surprise to the event loop: whoever awaits `indexed` gets it."""
    if not indexing.cancelled():
        indexing.exception()


def _entry(plan: ModelPlan, actor: Actor, reason: str) -> dict[str, object]:
    properties = {
        "uid": new_id(),
        "version": plan.after.version,
        "at": datetime.now(UTC),
        "actor": actor.id,
        "actor_name": actor.name,
        "reason": reason[:2_000] or None,
        "summary": [planned.sentence for planned in plan.changes[:MOST_CHANGES]],
        "changes": [planned.plain() for planned in plan.changes[:MOST_CHANGES]] or None,
        "breaks": [asdict(each) for each in plan.breaks[:MOST_BREAKS]] or None,
        "document": model_store.changes_as_document(plan.before, plan.after),
    }
    return dict(ModelVersion.deflate(properties, skip_empty=True))


def _cleanup(step: Step, position: int, version: int) -> dict[str, object]:
    properties = {"uid": new_id(), "version": version, "position": position, "step": step.to_json()}
    return dict(ModelCleanup.deflate(properties, skip_empty=True))
