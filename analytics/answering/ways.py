"""Ways between two records: shortest, strongest, cheapest, the k best of them; and who can introduce whom."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import pairwise
from types import MappingProxyType

import numpy as np

from analytics.answering import past
from analytics.answering.answers import Asked, check, out_of_range, records_unknown, relations_unknown
from analytics.answering.scored import context
from analytics.answering.shown import Answer, spoken_of, told
from analytics.answering.weighing import weighed
from analytics.engines import paths as engine
from analytics.engines import strength
from analytics.engines.introductions import introduction
from analytics.engines.paths import By, Parameters
from analytics.graph import Graph, Parallel
from analytics.scoring import Context
from analytics.snapshot import LinkArrays, Snapshot
from analytics.snapshot.choosing import Way
from analytics.snapshot.links import minute_of
from analytics.snapshot.merging import between
from analytics.view360.shown import ReasonShown
from cypher.clock import reading
from graph.views import type_ever_of
from models.errors import Problem
from models.metamodel import Metamodel
from models.profiles.paths import steps

MOST, MOST_HOPS = 50, 10
_NONE: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Step:
    """A link of a way: the records it joins, in the order they are walked, by which relations, and its weight."""

    source: str
    target: str
    relations: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class WayFound:
    """A way: its steps, what it costs (links, sum of weights, or −log of the product), and the product of its weights.

    `weakest` is the place of the link of least strength or greatest cost; None where all count alike.
    """

    records: tuple[str, ...]
    steps: tuple[Step, ...]
    cost: float
    strength: float
    weakest: int | None


@dataclass(frozen=True, slots=True, eq=False)
class WaysFound(Answer):
    """Ways, best first; `complete` False: the search was bounded, ways left out may be better."""

    ways: tuple[WayFound, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class IntroductionFound:
    """A way of acquaintances: who must be asked, who knows the target, and the weakest link."""

    records: tuple[str, ...]
    strengths: tuple[float, ...]
    strength: float
    ask: str | None
    introducer: str | None
    weakest: tuple[str, str]
    reasons: tuple[ReasonShown, ...]


@dataclass(frozen=True, slots=True, eq=False)
class IntroductionsFound(Answer):
    """Introductions, the strongest first."""

    introductions: tuple[IntroductionFound, ...]


@dataclass(frozen=True, slots=True)
class WaysAsked:
    """Which ways are asked for: the `first` best `by` a measure, by some relations (None: all), of so many `hops` at most.

    Strongest: the greatest product of the strengths of relationships as they are now. Cheapest: the least sum of `costs`, by
    relation (1), of records that several relations join by the cheapest. With `as_of` or `known_at` they lead over what was
    true then, as it was known then.
    """

    by: By
    via: Sequence[str] | None = None
    way: Way = "both"
    first: int = 1
    hops: int | None = None
    as_of: datetime | None = None
    known_at: datetime | None = None
    costs: Mapping[str, float] = field(default_factory=lambda: _NONE)

    @property
    def of_the_past(self) -> bool:
        """Whether they are asked for at any moment but now."""
        return self.as_of is not None or self.known_at is not None

    @property
    def reading(self) -> Mapping[str, datetime]:
        """The moment on both clocks."""
        return reading((self.as_of, self.known_at))

    def stretch(self, relations: Sequence[str]) -> float | None:
        """How many times as many links as the nearest way has may the best one have; None where nothing bounds it."""
        if self.first > 1 or self.by == "strongest":
            return None
        costs = [self.costs.get(name, 1.0) for name in relations] if self.by == "cheapest" else []
        return None if 0 in costs else max(costs, default=1.0) / min(costs, default=1.0)


async def paths(asked: Asked, source: str, target: str, wanted: WaysAsked, *, cards: bool = True) -> WaysFound:
    """The best ways from one record to another, with the `cards` of their records or without. Raises Rejected.

    None lead from or to a record that was not there at the moment that is asked for.
    """
    snapshot = await (_past if wanted.of_the_past else _present)(asked, source, target, wanted)
    if (snapshot.indices([source, target]) < 0).any():
        return WaysFound(snapshot, {}, (), complete=True)
    graph = await _graph(asked, snapshot, wanted)
    ends = snapshot.index(source), snapshot.index(target)
    parameters = Parameters(*ends, wanted.by, wanted.first, wanted.hops or 0)
    found = await asked.made("paths", (snapshot, graph, parameters), lambda: engine.run(graph, parameters), keep=False)
    names = tuple(snapshot.links) if wanted.via is None else tuple(dict.fromkeys(wanted.via))
    ways = tuple(_shown(snapshot, path, names) for path in found.paths)
    ids = [id for each in ways for id in each.records] if cards else []
    if wanted.of_the_past:
        return WaysFound(snapshot, await past.cards(asked, snapshot, ids, wanted.reading), ways, found.complete)
    return WaysFound(snapshot, await asked.cards(snapshot, ids), ways, found.complete)


async def _present(asked: Asked, source: str, target: str, wanted: WaysAsked) -> Snapshot:
    snapshot = await asked.snapshot([source, target])
    unknown = _ends_unknown(snapshot, source, target)
    check([*unknown, *_amiss(source, target, wanted.first, wanted.hops), *_relations_amiss(snapshot.links, wanted)])
    return snapshot


async def _past(asked: Asked, source: str, target: str, wanted: WaysAsked) -> Snapshot:
    relations = asked.model.relations
    check([*_amiss(source, target, wanted.first, wanted.hops), *_relations_amiss(relations, wanted)])
    names = tuple(relations if wanted.via is None else dict.fromkeys(wanted.via))
    walk = past.Walk(names, wanted.way, wanted.hops, wanted.stretch(names))
    snapshot = await past.between(asked, source, target, walk, wanted.reading)
    for id, path in ((source, "from"), (target, "to")):
        if snapshot.indices([id])[0] < 0 and await type_ever_of(asked.answers.database, asked.actor, id) is None:
            check(records_unknown(snapshot, [id], path))
    return snapshot


async def _graph(asked: Asked, snapshot: Snapshot, wanted: WaysAsked) -> Graph:
    """The links as the measure weighs them."""
    costs = wanted.costs if wanted.by == "cheapest" else None
    parallel: Parallel = "min" if wanted.by == "cheapest" else "sum"
    if wanted.of_the_past:  # asked for once: nothing of it is worth keeping
        made = partial(snapshot.graph, wanted.via, direction=wanted.way, factors=costs, parallel=parallel)
        graph = await asyncio.to_thread(made)
    else:
        graph = await asked.graph(snapshot, wanted.via, wanted.way, factors=costs, parallel=parallel)
    if wanted.by != "strongest":
        return graph
    if wanted.of_the_past:
        newest = await asked.snapshot()
        known = await strengths(asked, newest)
        return await asyncio.to_thread(weighed, graph, known, snapshot.numbers_in(newest))
    known = await strengths(asked, snapshot)
    key = snapshot, None if wanted.via is None else tuple(sorted(wanted.via)), wanted.way
    return await asked.made("strong", key, lambda: weighed(graph, known))


async def introductions(asked: Asked, source: str, target: str, *, first: int, hops: int) -> IntroductionsFound:
    """Who can introduce one record to another: the strongest ways over relationships of known strength. Raises Rejected."""
    snapshot = await asked.snapshot([source, target])
    check([*_ends_unknown(snapshot, source, target), *_amiss(source, target, first, hops)])
    ends = snapshot.index(source), snapshot.index(target)
    known = await strengths(asked, snapshot, without=offered(asked.model) - set(map(snapshot.type_of, ends)))
    found = await asked.made(
        "introductions", (snapshot, *ends, first, hops), lambda: introduction(known, *ends, first, hops), keep=False
    )
    made = tuple(
        IntroductionFound(
            tuple(map(snapshot.id, each.records)),
            each.strengths,
            each.strength,
            None if each.ask is None else snapshot.id(each.ask),
            None if each.introducer is None else snapshot.id(each.introducer),
            (snapshot.id(each.weakest[0]), snapshot.id(each.weakest[1])),
            told(snapshot, each.reasons()),
        )
        for each in found
    )
    ids = [id for each in made for id in (*each.records, *spoken_of(each.reasons))]
    return IntroductionsFound(snapshot, await asked.cards(snapshot, ids), made)


def offered(model: Metamodel) -> frozenset[str]:
    """The types of what others buy, as profiles say: nobody can be asked to be introduced by one of these."""
    declared = [profile for profile in model.profiles.values() if profile.offers is not None]
    return frozenset(
        far for each in declared if each.offers for far in steps(model, each.type, each.offers.path)[-1].far
    )


async def strengths(asked: Asked, snapshot: Snapshot, *, without: frozenset[str] = frozenset()) -> Graph:
    """How strong each relationship is that events tell of, both ways, between any two records but those of some types.

    Made once.
    """

    def computed(given: Context) -> Graph:
        from analytics.kinds.strength import pairs

        events = [each for name, each in given.all_events.items() if len(each) and name not in without]
        found = [pairs(each, events) for each in events]
        first, second = (np.concatenate([np.empty(0, np.int32), *(pair[side] for pair in found)]) for side in (0, 1))
        return strength.run(events, first, second, now=given.day).graph(snapshot.n, labels=snapshot.labels)

    async def made() -> Graph:
        return await asyncio.to_thread(computed, await context(asked, snapshot, "", all_events=True))

    again = partial(strengths, asked, without=without)
    return await asked.kept("strength", (snapshot, without), made, again=again)


def _ends_unknown(snapshot: Snapshot, source: str, target: str) -> list[Problem]:
    return [*records_unknown(snapshot, [source], "from"), *records_unknown(snapshot, [target], "to")]


def _amiss(source: str, target: str, first: int, hops: int | None) -> list[Problem]:
    problems = [*out_of_range("first", first, 1, MOST), *out_of_range("hops", hops, 1, MOST_HOPS)]
    if source == target:
        problems.append(Problem("same_record", "A way leads from one record to another; these are the same.", ("to",)))
    return problems


def _relations_amiss(known: Collection[str], wanted: WaysAsked) -> list[Problem]:
    problems = [*relations_unknown(known, wanted.via, "via"), *relations_unknown(known, list(wanted.costs), "costs")]
    return problems + [
        Problem("out_of_range", f"The cost of {name[:60]} is {cost:g}; give a number of at least 0.", ("costs",))
        for name, cost in wanted.costs.items()
        if not 0 <= cost < float("inf")
    ]


def _shown(snapshot: Snapshot, path: engine.Path, names: Sequence[str]) -> WayFound:
    minute = minute_of(snapshot.taken_at)
    steps = tuple(
        Step(snapshot.id(source), snapshot.id(target), _joining(snapshot, names, source, target, minute), weight)
        for (source, target), weight in zip(pairwise(path.nodes), path.weights, strict=True)
    )
    return WayFound(tuple(map(snapshot.id, path.nodes)), steps, path.cost, path.strength, path.weakest)


def _joining(snapshot: Snapshot, names: Sequence[str], a: int, b: int, minute: int) -> tuple[str, ...]:
    """The relations that join two records at a minute, whichever way they lead."""
    found = []
    for name in names:
        links = snapshot.links[name]
        if any(_true_at(links, between(links, *ends), minute) for ends in ((a, b), (b, a))):
            found.append(name)
    return tuple(found)


def _true_at(links: LinkArrays, span: slice, minute: int) -> bool:
    """Whether one of some links is true at a minute."""
    if links.valid_from is None or links.valid_to is None:
        return bool(span.stop > span.start)
    true = (links.valid_from[span] <= minute) & (minute < links.valid_to[span])
    return bool(true.any())
