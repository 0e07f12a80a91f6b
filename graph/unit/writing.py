"""One unit of work: written in one transaction, judged before it is committed, tried again when others were faster."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from time import monotonic

from cypher import weave
from graph.changes import ChangeSet
from graph.session import TIMEOUT_S, Contested, Database, OutcomeUnknown, Transaction
from graph.unit.diagnosis import diagnosed
from graph.unit.links import directed
from graph.unit.outcome import Outcome, ReadBack
from graph.unit.past_links import Corrected, correct_past_links
from graph.unit.removal import remove
from graph.unit.replay import committed, replayed, settled
from graph.unit.resolving import needs_steps, resolved
from graph.unit.work import Unmet, Work, check_version, work_of
from models.actor import Actor
from models.commands import Command, EndLink, Unlink, UpdateLink
from models.errors import Rejected, TimedOut, Unavailable
from models.ids import new_id
from models.metamodel import Metamodel

PAUSE_S = 0.01
LONGEST_PAUSE_S = 0.5


async def write(
    database: Database,
    model: Metamodel,
    actor: Actor,
    commands: Sequence[Command],
    *,
    now: datetime,
    reason: str = "",
    origin: str = "api",
    idempotency_key: str | None = None,
    fingerprint: str = "",
    answer: Sequence[str] = (),
    read_back: ReadBack | None = None,
    timeout_s: float = TIMEOUT_S,
    dry_run: bool = False,
) -> Outcome:
    """Do all commands in one transaction, or none of them.

    `answer` names records, by the ids in the commands, whose ids and read-back are wanted. With an idempotency key, a
    second call of the same actor gives the first one's outcome. `dry_run` does everything and takes it back.
    Work that others get in the way of is tried again for `timeout_s`. Raises Rejected with every problem there is,
    ModelChanged, TimedOut and Unavailable; then nothing has changed. OutcomeUnknown is raised where the connection
    broke during the commit and the database could not be asked since.
    """
    changes = ChangeSet(new_id(), now, actor, reason, origin, model.version, idempotency_key, fingerprint)
    unit = _Unit(database, model, changes, directed(model, commands), tuple(answer), read_back, timeout_s, dry_run)
    until = monotonic() + timeout_s
    for pause_s in _pauses():
        try:
            return await unit.attempt()
        except (Contested, Unmet):
            outcome = await unit.explained()
        except OutcomeUnknown as lost:
            outcome = await unit.settled(lost)
        if outcome is not None:
            return outcome
        if monotonic() > until:
            break
        await asyncio.sleep(pause_s)
    raise Unavailable("Others keep changing the same records; nothing of this change was made. Try again.")


def _pauses() -> Iterator[float]:
    """Longer and longer, and at random, so that those who met once do not meet again."""
    longest_s = PAUSE_S
    while True:
        yield longest_s * random.random()  # noqa: S311  # spreads writers, guards nothing
        longest_s = min(2 * longest_s, LONGEST_PAUSE_S)


class _TakenBack(Exception):
    """A dry run is done; it carries its outcome out of the transaction, which is rolled back."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome


class _Unit:
    """What was asked, and the work it came to in the latest try."""

    def __init__(
        self,
        database: Database,
        model: Metamodel,
        changes: ChangeSet,
        commands: tuple[Command, ...],
        answer: tuple[str, ...],
        read_back: ReadBack | None,
        timeout_s: float,
        dry_run: bool,
    ) -> None:
        self.database, self.model, self.changes = database, model, changes
        self.commands, self.answer, self.read_back = commands, answer, read_back
        self.timeout_s, self.dry_run = timeout_s, dry_run
        self.work: Work | None = None
        self.looks_back = False  # whether links that are not in the graph are sought among those that are over
        self.lost: tuple[str, ...] | None = None  # what a try was to answer with whose commit may still come to light

    async def attempt(self) -> Outcome:
        """One try, whole. Raises Unmet or Contested when something stands in its way."""
        try:
            if self.dry_run or self.looks_back or self.changes.key is not None or needs_steps(self.commands):
                return await self.database.write(self._in_steps, timeout_s=self.timeout_s)
            return await self._at_once()
        except _TakenBack as done:
            return done.outcome

    async def _at_once(self) -> Outcome:
        """The whole unit as one statement that judges itself: begun, run and committed in one round trip."""
        work = self.work = self.work or work_of(self.model, self.changes, self.commands, self.answer)
        if work.problems:
            raise Unmet
        statement, parameters = work.statement(self.read_back, halts=True), work.parameters(self.read_back)
        return work.judge(await self.database.write_one(statement, parameters, timeout_s=self.timeout_s))

    async def _in_steps(self, transaction: Transaction) -> Outcome:
        """What must first look at the data, or take several statements to be done; then the rest as one statement."""
        if self.changes.key is not None:
            outcome = await replayed(transaction, self.changes, self.read_back)
            if outcome is not None:
                return outcome
        work = self.work = await self._planned(transaction)
        if work.problems:
            raise Unmet
        (row,) = await transaction.run(work.statement(self.read_back), work.parameters(self.read_back))
        outcome = work.judge(row)
        if self.dry_run:
            raise _TakenBack(outcome)
        return outcome

    async def _planned(self, transaction: Transaction) -> Work:
        """The work that the commands come to as the data lies now; what is to leave or come back has done so."""
        found = await resolved(transaction, self.model, self.changes, self.commands)
        past = Corrected(found.commands)
        if self.looks_back:
            past = await correct_past_links(transaction, self.model, self.changes, found.commands)
            self.looks_back = past.found
        removed = await remove(transaction, self.model, self.changes, past.commands)
        counts = removed.counts + past.counts + Counter(unchanged=found.unchanged)
        answer = tuple(found.ids.get(id, id) for id in self.answer)
        problems = (*found.problems, *past.problems, *removed.problems)
        return work_of(self.model, self.changes, removed.commands, answer, counts, problems, past.revived)

    async def explained(self) -> Outcome | None:
        """Why a try failed: Rejected with all problems, the outcome of an equal request that was faster, or None: try again."""
        try:
            return await self.database.write(self._explained, timeout_s=self.timeout_s)
        except Contested:
            return None

    async def _explained(self, transaction: Transaction) -> Outcome | None:
        """The same in a transaction that plans anew, for others may have changed what the try was planned on."""
        if self.changes.key is not None:
            outcome = await replayed(transaction, self.changes, self.read_back)
            if outcome is not None:
                return outcome
        if self.lost is not None:
            outcome = await committed(transaction, self.changes, self.lost, self.read_back)
            if outcome is not None:
                return outcome
        ((version,),) = await transaction.run(weave.fixed("model_version", self.changes.actor), {})
        check_version(self.model, version)
        self.looks_back = any(isinstance(each, UpdateLink | EndLink | Unlink) for each in self.commands)
        problems = await diagnosed(transaction, await self._planned(transaction))
        if problems:
            raise Rejected(problems)
        raise Contested("Nothing stands in the way any more.")

    async def settled(self, lost: OutcomeUnknown) -> Outcome | None:
        """What became of a lost commit: its outcome, or None: try again. Raises OutcomeUnknown when it cannot be found out."""
        self.lost = self.work.answer if self.work else self.answer
        try:
            return await settled(self.database, self.changes, self.lost, self.read_back, self.timeout_s)
        except (Unavailable, TimedOut) as error:
            raise lost from error
