"""Ways between two records: shortest, strongest, cheapest, the k best of them; and who can introduce whom."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import pairwise
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from analytics.answering.answers import Asked, check, out_of_range, records_unknown, relations_unknown
from analytics.answering.scored import context
from analytics.answering.shown import Answer, spoken_of, told
from analytics.engines import paths as engine
from analytics.engines import strength
from analytics.engines.introductions import introduction
from analytics.engines.paths import By, Parameters
from analytics.graph import Graph
from analytics.scoring import Context
from analytics.snapshot import LinkArrays, Snapshot
from analytics.snapshot.choosing import Way
from analytics.snapshot.links import minute_of
from analytics.snapshot.merging import between
from analytics.view360.shown import ReasonShown
from models.errors import Problem
from models.metamodel import Metamodel
from models.profiles.paths import steps

MOST, MOST_HOPS = 50, 10
UNKNOWN = 0.1  # the strength of a link of whose relationship nothing is known
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


async def paths(
    asked: Asked,
    source: str,
    target: str,
    *,
    by: By,
    via: Sequence[str] | None,
    way: Way,
    first: int,
    hops: int | None,
    as_of: datetime | None,
    costs: Mapping[str, float] = _NONE,
    cards: bool = True,
) -> WaysFound:
    """The best ways from one record to another, with the `cards` of their records or without. Raises Rejected.

    Strongest: the greatest product of the strengths of relationships. Cheapest: the least sum of `costs`, by relation (1).
    """
    snapshot = await _ends(asked, source, target, first, hops, via, costs)
    graph = await asked.graph(snapshot, via, way, as_of=as_of, factors=costs if by == "cheapest" else None)
    if by == "strongest":
        known = await strengths(asked, snapshot)
        key = snapshot, None if via is None else tuple(sorted(via)), way, as_of
        structure = graph
        graph = await asked.made("strong", key, lambda: _weighed(structure, known))
    ends = snapshot.index(source), snapshot.index(target)
    parameters = Parameters(*ends, by, first, hops or 0)
    found = await asked.made("paths", (snapshot, graph, parameters), lambda: engine.run(graph, parameters), keep=False)
    names = tuple(snapshot.links) if via is None else tuple(dict.fromkeys(via))
    minute = minute_of(as_of or snapshot.taken_at)
    ways = tuple(_shown(snapshot, path, names, minute) for path in found.paths)
    shown = await asked.cards(snapshot, [id for each in ways for id in each.records] if cards else [])
    return WaysFound(snapshot, shown, ways, found.complete)


async def introductions(asked: Asked, source: str, target: str, *, first: int, hops: int) -> IntroductionsFound:
    """Who can introduce one record to another: the strongest ways over relationships of known strength. Raises Rejected."""
    snapshot = await _ends(asked, source, target, first, hops, None, _NONE)
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


async def _ends(
    asked: Asked,
    source: str,
    target: str,
    first: int,
    hops: int | None,
    via: Sequence[str] | None,
    costs: Mapping[str, float],
) -> Snapshot:
    snapshot = await asked.snapshot([source, target])
    problems = [*records_unknown(snapshot, [source], "from"), *records_unknown(snapshot, [target], "to")]
    problems += [*out_of_range("first", first, 1, MOST), *out_of_range("hops", hops, 1, MOST_HOPS)]
    problems += [*relations_unknown(snapshot, via, "via"), *relations_unknown(snapshot, list(costs), "costs")]
    problems += [
        Problem("out_of_range", f"The cost of {name[:60]} is {cost:g}; give a number of at least 0.", ("costs",))
        for name, cost in costs.items()
        if not 0 <= cost < float("inf")
    ]
    if source == target:
        problems.append(Problem("same_record", "A way leads from one record to another; these are the same.", ("to",)))
    check(problems)
    return snapshot


def _weighed(graph: Graph, known: Graph) -> Graph:
    """The links weighed by the strength of the relationship, the stronger way of both; little where nothing is known."""
    best = known.undirected("max")
    keys = best.sources.astype(np.int64) * max(graph.n, 1) + best.indices
    wanted = graph.sources.astype(np.int64) * max(graph.n, 1) + graph.indices
    weights = np.full(graph.m, UNKNOWN)
    if len(keys):
        place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        there = keys[place] == wanted
        weights[there] = np.maximum(_floats(best)[place[there]], UNKNOWN)
    return graph.changed(weights=weights)


def _floats(graph: Graph) -> NDArray[np.float64]:
    return np.ones(graph.m) if graph.weights is None else graph.weights.astype(np.float64)


def _shown(snapshot: Snapshot, path: engine.Path, names: Sequence[str], minute: int) -> WayFound:
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
