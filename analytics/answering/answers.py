"""What one process needs to answer questions on the newest snapshot: the snapshot, events, results at hand, cards of records."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Hashable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from analytics.answering import cards
from analytics.answering.cards import Row
from analytics.answering.once import Again, Key, Once
from analytics.events import Events
from analytics.graph import Graph, Parallel
from analytics.snapshot import Freshness, Snapshot, Snapshots, TooLarge
from analytics.snapshot.choosing import Way
from analytics.view360.shown import CardShown
from cypher import weave
from graph import views
from graph.session import Database
from models.actor import Actor
from models.errors import Problem, Rejected, XrmError, told
from models.metamodel import Metamodel
from models.runs import LARGEST_SEED

T = TypeVar("T")
HELD = timedelta(hours=1)  # links begin and end with time, also when nothing is written
# what was made of a snapshot in more than so many seconds is answered from while it is made anew, for so long at most
DEAR_S, SERVED_ON = 1.0, timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Loading:
    """Where snapshots are kept (None: nowhere), how fresh they are, and what memory loading one may take (None: all)."""

    folder: Path | None = None
    freshness: Freshness = field(default_factory=Freshness)
    limit_bytes: int | None = None


class Answers:
    """The newest snapshot of a process and what was made of it, shared by all whose rights are equal.

    It also is the `Happenings` that a hub's money in the 360° view comes from.
    """

    def __init__(
        self,
        database: Database,
        model: Callable[[], Metamodel],
        loading: Loading | None = None,
    ) -> None:
        self.database, self.model = database, model
        self.once = Once()
        loading = loading or Loading()
        self._snapshots = Snapshots(
            database, model, folder=loading.folder, freshness=loading.freshness, limit_bytes=loading.limit_bytes
        )
        self._held: dict[Hashable, Snapshot] = {}
        self._renewals: dict[Hashable, asyncio.Task[None]] = {}
        self._background: set[asyncio.Task[object]] = set()

    def asked(self, model: Metamodel, actor: Actor) -> Asked:
        """Questions of an actor, who sees this model. Raises NotSignedIn for a stranger."""
        weave.rights(actor)
        return Asked(self, model, actor)

    async def snapshot(self, actor: Actor, *, up_to_now: bool = False) -> Snapshot:
        """The newest snapshot for an actor; loading it goes on when nobody waits any longer. Raises what `take` raises.

        The same one is given as long as nothing was written, so that what was made of it is of use again; and where that
        took long, also while it is being made of a newer one.
        """
        rights = weave.rights(actor)
        held = self._held.get(rights)
        if held is not None and not up_to_now and self._serves_on(held):
            if rights not in self._renewals:
                self._renewals[rights] = renewal = asyncio.create_task(self._renew(rights, held, actor))
                self._keep(renewal)
            return held
        turn = asyncio.create_task(self._snapshots.current(actor, up_to_now=up_to_now))
        self._keep(turn)
        newest, held = await asyncio.shield(turn), self._held.get(rights)
        if held is newest or (held is not None and _alike(held, newest)):
            return held
        return self._replace(rights, held, newest)

    def _serves_on(self, held: Snapshot) -> bool:
        age = datetime.now(UTC) - held.taken_at
        is_known = held.model_version == self.model().version and timedelta() <= age < SERVED_ON
        return is_known and self.once.took_s(held) > DEAR_S

    async def _renew(self, rights: Hashable, held: Snapshot, actor: Actor) -> None:
        """Have all that was made of a snapshot made of the newest one, then put that in its place."""
        try:
            newest = await self._snapshots.current(actor)
            if newest is held or _alike(held, newest) or newest.model_version != held.model_version:
                return
            with suppress(XrmError):  # what cannot be made again is told to who asks for it
                await self.once.repeat(held, newest)
            if self._held.get(rights) is held:
                self._replace(rights, held, newest)
        finally:
            del self._renewals[rights]

    def _replace(self, rights: Hashable, held: Snapshot | None, newest: Snapshot) -> Snapshot:
        if held is not None:
            self.once.forget(held)
        self._held[rights] = newest
        return newest

    async def of(self, type_name: str, actor: Actor) -> tuple[Snapshot, Events] | None:
        """A snapshot and the events of a type's records: those at hand at once, and newer ones for the next who asks.

        The first to ask waits for them. None where memory is too small for a snapshot.
        """
        held = self._held.get(weave.rights(actor))
        known: Events | None = None if held is None else self.once.at_hand("events", (held, type_name))
        if held is not None and known is not None:
            self._keep(asyncio.create_task(self._loaded(type_name, actor)))
            return held, known
        return await self._loaded(type_name, actor)

    async def _loaded(self, type_name: str, actor: Actor) -> tuple[Snapshot, Events] | None:
        try:
            snapshot = await self.snapshot(actor)
        except TooLarge:
            return None
        return snapshot, await self.asked(self.model(), actor).events(snapshot, type_name)

    def _keep(self, task: asyncio.Task[object]) -> None:
        """Hold a task until its end, and hear what became of it."""
        self._background.add(task)
        task.add_done_callback(self._heard)

    def _heard(self, task: asyncio.Task[object]) -> None:
        self._background.discard(task)
        if not task.cancelled():
            task.exception()

    async def close(self) -> None:
        """End what is under way."""
        self.once.close()
        for task in self._background:
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)


def _alike(held: Snapshot, newest: Snapshot) -> bool:
    same = (held.seq, held.mark, held.model_version) == (newest.seq, newest.mark, newest.model_version)
    return same and held.n == newest.n and held.m == newest.m and newest.taken_at - held.taken_at < HELD


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, and the model that they see."""

    answers: Answers
    model: Metamodel
    actor: Actor

    async def snapshot(self, ids: Iterable[str] = ()) -> Snapshot:
        """The newest snapshot; brought up to now where it does not have one of these records yet."""
        snapshot = await self.answers.snapshot(self.actor)
        wanted = list(ids)
        if wanted and (snapshot.indices(wanted) < 0).any():
            return await self.answers.snapshot(self.actor, up_to_now=True)
        return snapshot

    async def kept(self, kind: str, key: Key, work: Callable[[], Awaitable[T]], *, again: Again | None = None) -> T:
        """What `work` gives, done once; one piece of a kind at a time. The key begins with the snapshot it is made of.

        `again` makes the same of a later snapshot, before it takes this one's place.
        """
        return await self.answers.once.get(kind, key, work, again=again)

    async def made(
        self, kind: str, key: Key, work: Callable[[], T], *, keep: bool = True, again: Again | None = None
    ) -> T:
        """The same for work that computes: it is done in a thread. Answers about one record are not worth keeping."""
        return await self.answers.once.get(kind, key, lambda: asyncio.to_thread(work), keep=keep, again=again)

    async def graph(
        self,
        snapshot: Snapshot,
        relations: Sequence[str] | None,
        way: Way,
        *,
        as_of: datetime | None = None,
        types: Sequence[str] | None = None,
        factors: Mapping[str, float] | None = None,
        parallel: Parallel = "sum",
    ) -> Graph:
        """A graph of the snapshot, made once. Relations and types have been checked."""
        key = (
            snapshot,
            None if relations is None else tuple(sorted(relations)),
            way,
            as_of,
            None if types is None else tuple(sorted(types)),
            tuple(sorted((factors or {}).items())),
            parallel,
        )
        return await self.made(
            "graph",
            key,
            lambda: snapshot.graph(
                key[1], direction=way, as_of=as_of, types=key[4], factors=factors, parallel=parallel
            ),
            again=lambda later: self.graph(
                later, relations, way, as_of=as_of, types=types, factors=factors, parallel=parallel
            ),
        )

    async def events(self, snapshot: Snapshot, type_name: str) -> Events:
        """What happened to a type's records, loaded once for each snapshot."""
        from analytics.events_loading import events

        return await self.kept(
            "events",
            (snapshot, type_name),
            lambda: events(self.answers.database, self.model, self.actor, snapshot, type_name),
            again=lambda later: self.events(later, type_name),
        )

    async def cards(self, snapshot: Snapshot, ids: Iterable[str]) -> dict[str, CardShown]:
        """The cards of records, by id, in one statement; one that is gone since has its id for a title."""
        wanted = list(dict.fromkeys(ids))
        rows = await self._rows(wanted, cards.keys(self.model, snapshot, wanted))
        return cards.completed(snapshot, wanted, self.read(rows))

    async def titles(self, snapshot: Snapshot, ids: Iterable[str]) -> dict[str, CardShown]:
        """The cards of very many records, without values."""
        wanted = list(dict.fromkeys(ids))
        rows = await self._rows(wanted, cards.name_keys(self.model))
        return cards.completed(snapshot, wanted, cards.named(self.model, rows))

    async def _rows(self, ids: Sequence[str], keys: Sequence[str]) -> Sequence[Row]:
        return await views.part_rows(self.answers.database, self.actor, ids, keys) if ids else ()

    def read(self, rows: Iterable[Row]) -> dict[str, CardShown]:
        """Cards by id, from the labels and properties of records."""
        return cards.read(self.model, rows)


def check(problems: Sequence[Problem]) -> None:
    """Raises Rejected with all problems, if there are any."""
    if problems:
        raise Rejected(problems)


def relations_unknown(known: Collection[str], names: Sequence[str] | None, path: str = "relations") -> list[Problem]:
    """A problem for each relation that is not among those known."""
    return _unknown("relation", names, known, path)


def types_unknown(snapshot: Snapshot, names: Sequence[str] | None, path: str = "types") -> list[Problem]:
    """A problem for each type that there is not."""
    return _unknown("type", names, snapshot.types, path)


def records_unknown(snapshot: Snapshot, ids: Sequence[str], path: str) -> list[Problem]:
    """A problem for each record that there is not."""
    return [
        told("not_found", "There is no record {id}; it may have been deleted.", (path,), case="record", id=id[:60])
        for id, number in zip(ids, snapshot.indices(ids).tolist(), strict=True)
        if number < 0
    ]


def _unknown(what: str, names: Sequence[str] | None, known: Iterable[str], path: str) -> list[Problem]:
    from difflib import get_close_matches

    there = list(known)
    found = []
    for name in names or ():
        if name not in there:
            near = get_close_matches(name, there, 1)
            cure = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(there[:50]) or 'none'}."
            found.append(Problem(f"unknown_{what}", f"There is no {what} {name[:60]!r}; {cure}", (path,)))
    return found


def bad_seed(seed: int) -> list[Problem]:
    """A problem where a seed is none that a run may have either."""
    return out_of_range("seed", seed, 0, LARGEST_SEED)


def out_of_range(name: str, given: int | None, least: int, most: int) -> list[Problem]:
    """A problem where a number is out of its bounds."""
    if given is None or least <= given <= most:
        return []
    sentence = "{name} is {given}; ask for {least} to {most}."
    return [told("out_of_range", sentence, (name,), case="between", name=name, given=given, least=least, most=most)]
