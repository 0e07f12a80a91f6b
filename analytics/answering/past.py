"""The part of a past graph that ways between two records may lead through, read layer by layer from both ends."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import floor
from types import MappingProxyType

from analytics.answering.answers import Asked, check
from analytics.answering.cards import completed
from analytics.snapshot import Snapshot
from analytics.snapshot.choosing import Way
from analytics.view360.shown import CardShown
from graph.snapshots import Reader
from graph.surroundings import Surroundings, Walked
from models.errors import Problem
from models.metamodel import Metamodel

MOST_LINKS = 200_000  # read for one question
_BACK: Mapping[Way, Way] = MappingProxyType({"out": "in", "in": "out", "both": "both"})


@dataclass(frozen=True, slots=True)
class Walk:
    """Which ways are looked for: by these relations, in this direction, of so many links at most (None: of any number).

    `stretch`: how many times as many links as the nearest way has may the best one have; None: nobody knows.
    """

    relations: tuple[str, ...]
    way: Way
    hops: int | None
    stretch: float | None


async def between(asked: Asked, source: str, target: str, walk: Walk, reading: Mapping[str, datetime]) -> Snapshot:
    """A snapshot of what was seen at a reading of both clocks, with every record and link that such ways may lead over.

    One statement for each layer. Ends that were not seen then are not in it. Raises Rejected where too much lies between.
    """
    around = _surroundings(asked, reading, walk.relations)
    seen = await around.seen([source, target])
    symmetric = frozenset(name for name in walk.relations if asked.model.relations[name].symmetric)
    growing = _Growing(walk, dict(seen), symmetric)
    if len(seen) == len({source, target}):
        await growing.grow(around, source, target)
    state = await Reader(asked.answers.database, asked.actor).state()
    return growing.snapshot(asked.model, state.seq)


async def cards(
    asked: Asked, snapshot: Snapshot, ids: Iterable[str], reading: Mapping[str, datetime]
) -> dict[str, CardShown]:
    """The cards of records as they were at a reading, by id, in one statement."""
    wanted = list(dict.fromkeys(ids))
    rows = await _surroundings(asked, reading).states(wanted) if wanted else ()
    return completed(snapshot, wanted, asked.read(rows))


def _surroundings(asked: Asked, reading: Mapping[str, datetime], relations: tuple[str, ...] = ()) -> Surroundings:
    return Surroundings(asked.answers.database, asked.actor, asked.model, relations, reading)


@dataclass
class _Side:
    """How far it has been walked from one end, and which way."""

    way: Way
    reached: set[str]
    frontier: list[str]
    depth: int = 0

    def step(self, links: Iterable[Walked], symmetric: Container[str]) -> None:
        """One layer further by links that touch the frontier."""
        ends = {link.far for link in links if self._leads(link, symmetric)}
        self.frontier = sorted(ends - self.reached)
        self.reached |= ends
        self.depth += 1

    def _leads(self, link: Walked, symmetric: Container[str]) -> bool:
        return self.way == "both" or link.relation in symmetric or link.away == (self.way == "out")


@dataclass
class _Growing:
    """What has been read so far: types of records by id, and the links that touch each record that was asked about."""

    walk: Walk
    types: dict[str, str]
    symmetric: frozenset[str]
    touching: dict[str, list[Walked]] = field(default_factory=dict)
    nearest: int | None = None  # the links of the nearest way, once both sides have met

    async def grow(self, around: Surroundings, source: str, target: str) -> None:
        """Read until nothing that is looked for can lie outside."""
        sides = (
            _Side(self.walk.way, {source}, [source]),
            _Side(_BACK[self.walk.way], {target}, [target]),
        )
        while all(side.frontier for side in sides) and not self._is_enough(*sides):
            side = min(sides, key=lambda each: len(each.frontier))
            await self._read(around, [id for id in side.frontier if id not in self.touching])
            side.step((link for id in side.frontier for link in self.touching[id]), self.symmetric)

    def _is_enough(self, one: _Side, other: _Side) -> bool:
        depth = one.depth + other.depth
        if self.walk.hops is not None and depth >= self.walk.hops:
            return True
        if self.nearest is None and not one.reached.isdisjoint(other.reached):
            self.nearest = depth
        if self.nearest is None or self.walk.stretch is None:
            return False
        return depth >= floor(self.nearest * self.walk.stretch)

    async def _read(self, around: Surroundings, ids: list[str]) -> None:
        self.touching.update((id, []) for id in ids)
        for link in await around.layer(ids) if ids else ():
            self.touching[link.near].append(link)
            self.types[link.far] = link.far_type
        if sum(map(len, self.touching.values())) > MOST_LINKS:
            message = (
                f"More than {MOST_LINKS:,} links of then lie around them; give fewer hops, or fewer relations in via."
            )
            check([Problem("too_much_around", message, ("hops",))])

    def snapshot(self, model: Metamodel, seq: int) -> Snapshot:
        """All of it; what was read is true at one moment, so no link has a time."""
        ids: dict[str, list[str]] = {name: [] for name in model.types}
        for id, type_ in self.types.items():
            ids[type_].append(id)
        links: dict[str, list[tuple[str, str]]] = {name: [] for name in self.walk.relations}
        for link in self._once():
            links[link.relation].append((link.near, link.far) if link.away else (link.far, link.near))
        now, version = datetime.now(UTC), model.version
        return Snapshot.of(ids, links, symmetric=self.symmetric, seq=seq, taken_at=now, model_version=version)

    def _once(self) -> Iterator[Walked]:
        """Every link once: one between two records that were asked about was read from both."""
        for links in self.touching.values():
            yield from (link for link in links if link.away or link.far not in self.touching)
