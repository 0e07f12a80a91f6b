"""Law: every answer as of a moment, as known at another, is what a plain copy kept of that moment says."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import neo4j
import networkx as nx
import orjson
import pytest
from random_lives import DOCUMENT, FIELDS, Life

from analytics.answering import Answers
from analytics.answering.ways import WaysAsked, paths
from analytics.snapshot.choosing import Way
from gql.editions import Editions
from gql.execute.executor import Executor
from gql.execute.limits import Limits
from gql.mutations import Mutations
from gql.plan.cursors import Cursors
from graph.address import Address
from graph.registry import Registry
from graph.session import Database
from models.actor import SYSTEM
from models.definitions import patch_from_plain

pytestmark = pytest.mark.anyio
FORGET = "MATCH (n) WHERE n:Record OR n:Deleted OR n:RecordVersion OR n:LinkVersion DETACH DELETE n"
LIVES, STEPS, READINGS = 1, 20, 8
WAYS = 4  # pairs of records, for each reading
SOAK_LIVES, SOAK_STEPS, SOAK_READINGS = 40, 60, 60

LISTS = """query ($asOf: DateTime, $knownAt: DateTime) { firms(asOf: $asOf, knownAt: $knownAt) {
  totalCount
  nodes {
    id size weight
    makes { totalCount edges { link { id size weight } node { id size weight } } }
    serves { edges { link { id size weight } node { id ... on Part { size } ... on Firm { size } } } }
  }
} }"""
FIGURES = """query ($asOf: DateTime, $knownAt: DateTime) { firms(asOf: $asOf, knownAt: $knownAt) {
  aggregate { count size { sum } makes { count link { weight { sum } } } }
} }"""
FILTERED = """query ($asOf: DateTime, $knownAt: DateTime) {
  made: parts(asOf: $asOf, knownAt: $knownAt, where: {makers: {some: {node: {size: {gte: 2}}}}}) { nodes { id } }
  idle: parts(asOf: $asOf, knownAt: $knownAt, where: {served: {count: {eq: 0}}}) { totalCount }
}"""
PAGE = """query ($asOf: DateTime, $knownAt: DateTime, $after: String) {
  firms(asOf: $asOf, knownAt: $knownAt, orderBy: [{size: DESC}], first: 2, after: $after) {
    nodes { id }
    pageInfo { endCursor hasNextPage }
  }
}"""
ONE = """query ($asOf: DateTime, $knownAt: DateTime, $id: ID!) {
  record(id: $id, asOf: $asOf, knownAt: $knownAt) { id __typename }
  now: firms { nodes { id serves(asOf: $asOf, knownAt: $knownAt) { totalCount } } }
}"""


@dataclass
class World:
    """An executor over an emptied database with the model of random lives."""

    executor: Executor
    registry: Registry
    driver: neo4j.Driver
    answers: Answers

    async def ask(self, text: str, variables: dict[str, Any]) -> dict[str, Any]:
        body = orjson.loads((await self.executor.execute(text, variables, None, SYSTEM)).body)
        assert "errors" not in body, body["errors"]
        data: dict[str, Any] = body["data"]
        return data

    async def lengths(self, source: str, target: str, wanted: WaysAsked) -> list[int]:
        """How many links the ways have."""
        found = await paths(self.answers.asked(self.registry.model, SYSTEM), source, target, wanted)
        return [len(each.steps) for each in found.ways]

    async def cost(self, source: str, target: str, wanted: WaysAsked) -> float | None:
        """What the best way costs; None where there is none."""
        found = await paths(self.answers.asked(self.registry.model, SYSTEM), source, target, wanted)
        return found.ways[0].cost if found.ways else None

    async def apply(self, document: dict[str, Any]) -> None:
        patch, problems = patch_from_plain(document)
        assert problems == []
        await self.registry.apply(SYSTEM, patch)


@pytest.fixture
async def world(clean_neo4j: Address, neo4j_driver: neo4j.Driver) -> AsyncIterator[World]:
    database = await Database.connect(clean_neo4j)
    registry = await Registry.open(database)
    editions = Editions(None, registry.model)
    registry.listen(editions.publish)
    cursors, limits = Cursors(b"secret"), Limits(timeout_s=300)
    mutations = Mutations(database, editions, cursors, limits, registry.refresh)
    executor = Executor(database, editions, mutations, cursors, limits, lambda actor, edition: None)
    answers = Answers(database, lambda: registry.model)
    yield World(executor, registry, neo4j_driver, answers)
    await answers.close()
    await database.close()


async def test_every_answer_as_of_a_moment_is_what_a_copy_kept_of_it_says(world: World, soak: bool) -> None:
    lives, steps, readings = (SOAK_LIVES, SOAK_STEPS, SOAK_READINGS) if soak else (LIVES, STEPS, READINGS)
    await world.apply(DOCUMENT)
    for seed in range(lives):
        life = Life(world.ask, random.Random(seed))
        await life.go(steps)
        await _a_field_comes_and_goes(world, life)
        await life.go(steps // 3)

        await _compare(world, life, random.Random(seed), readings)
        world.driver.execute_query(FORGET)


async def _a_field_comes_and_goes(world: World, life: Life) -> None:
    """The model changes: a field is dropped with its values, and comes again with none."""
    await life.one(lambda: world.apply({"types": [], "drop": {"fields": ["Firm.weight", "Part.weight"]}}))
    life.lose("weight")
    again = [{"extends": name, "fields": [FIELDS[1]]} for name in ("Firm", "Part")]
    await life.one(lambda: world.apply({"types": again}))


async def _compare(world: World, life: Life, chance: random.Random, readings: int) -> None:
    for _ in range(readings):
        true, known = (chance.choice([None, *life.moments]) for _ in range(2))
        seen = _Copy(life, life.kept.seen(true or known or datetime.now(UTC), known or datetime.now(UTC)))
        id = chance.choice(sorted(life.types))
        clocks = {"asOf": true and true.isoformat(), "knownAt": known and known.isoformat()}
        lists, figures = await world.ask(LISTS, clocks), await world.ask(FIGURES, clocks)
        filtered, one = await world.ask(FILTERED, clocks), await world.ask(ONE, {**clocks, "id": id})

        assert lists["firms"] == seen.firms(), clocks
        assert figures["firms"]["aggregate"] == seen.figures(), clocks
        assert await _paged(world, clocks) == seen.firms_by_size(), clocks
        assert _ids(filtered["made"]["nodes"]) == seen.made_by_big_firms(), clocks
        assert filtered["idle"]["totalCount"] == seen.idle(), clocks
        assert one["record"] == ({"id": id, "__typename": life.types[id]} if id in seen.shown else None), clocks
        served = {each["id"]: each["serves"]["totalCount"] for each in one["now"]["nodes"]}
        assert served == seen.served_by(life.live), clocks
        for _ in range(WAYS if true or known else 0):
            await _compare_ways(world, seen, chance, true, known)


async def _compare_ways(
    world: World, seen: _Copy, chance: random.Random, true: datetime | None, known: datetime | None
) -> None:
    """The one nearest way, and all ways of three links at most, between two records that were linked, or any that ever were."""
    way: Way = chance.choice(["out", "in", "both", "both"])
    costs = {"MADE_BY": chance.choice([1.0, 2.0, 7.0])}
    graph = seen.graph(way, costs)
    linked = sorted(id for id in graph if graph.degree(id))
    source, target = chance.sample(linked if len(linked) > 1 and chance.random() < 0.8 else sorted(seen.life.types), 2)
    there = source in graph and target in graph
    nearest = WaysAsked("shortest", way=way, as_of=true, known_at=known)
    many = WaysAsked("shortest", way=way, first=50, hops=3, as_of=true, known_at=known)

    one = [nx.shortest_path_length(graph, source, target)] if there and nx.has_path(graph, source, target) else []
    every = sorted(len(each) - 1 for each in nx.all_simple_paths(graph, source, target, 3)) if there else []

    cheapest = WaysAsked("cheapest", way=way, as_of=true, known_at=known, costs=costs)
    least = nx.shortest_path_length(graph, source, target, weight="cost") if one else None

    assert await world.cost(source, target, cheapest) == least, (way, true, known)
    assert await world.lengths(source, target, nearest) == one, (way, true, known)
    assert await world.lengths(source, target, many) == every[:50], (way, true, known)


async def _paged(world: World, clocks: dict[str, Any]) -> list[str]:
    """All firms, page after page."""
    found, after = list[str](), None
    while True:
        page = (await world.ask(PAGE, {**clocks, "after": after}))["firms"]
        found, after = found + _ids(page["nodes"]), page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return found


def _ids(nodes: Iterable[dict[str, Any]]) -> list[str]:
    return [each["id"] for each in nodes]


class _Copy:
    """What was true and known, as the question asks for it; ids are in the order in which things were made."""

    def __init__(self, life: Life, shown: dict[str, Any]) -> None:
        self.life, self.shown = life, shown

    def of_type(self, name: str) -> list[str]:
        return sorted(id for id in self.shown if self.life.types.get(id) == name)

    def links(self, relation: str, *, source: str = "", target: str = "") -> list[str]:
        here = ((id, each) for id, each in self.shown.items() if isinstance(each, tuple))
        fits = ((id, each) for id, each in here if each[0] == relation and each[1].startswith(source))
        return sorted(id for id, each in fits if each[2].startswith(target))

    def graph(self, way: Way, costs: dict[str, float]) -> nx.DiGraph:
        """Who is linked with whom, as it is walked; of parallel links the cheapest."""
        graph = nx.DiGraph()
        graph.add_nodes_from(id for id in self.shown if id in self.life.types)
        for relation, source, target, _ in (each for each in self.shown.values() if isinstance(each, tuple)):
            cost = costs.get(relation, 1.0)
            walked = {"out": [(source, target)], "in": [(target, source)]}.get(
                way, [(source, target), (target, source)]
            )
            for ends in walked:
                graph.add_edge(*ends, cost=min(cost, graph.get_edge_data(*ends, {"cost": cost})["cost"]))
        return graph

    def firms(self) -> dict[str, Any]:
        firms = self.of_type("Firm")
        return {"totalCount": len(firms), "nodes": [self._firm(id) for id in firms]}

    def figures(self) -> dict[str, Any]:
        firms = self.of_type("Firm")
        made = [link for firm in firms for link in self.links("MADE_BY", target=firm)]
        sizes = [self.shown[id].get("size") or 0 for id in firms]
        weights = [self.shown[id][3].get("weight") or 0 for id in made]
        of_links = {"count": len(made), "link": {"weight": {"sum": sum(weights)}}}
        return {"count": len(firms), "size": {"sum": sum(sizes)}, "makes": of_links}

    def _firm(self, id: str) -> dict[str, Any]:
        made, served = self.links("MADE_BY", target=id), self.links("SERVED_BY", target=id)
        makes = [{"link": self._values(link), "node": self._values(self.shown[link][1])} for link in made]
        serves = [{"link": self._values(link), "node": self._sized(self.shown[link][1])} for link in served]
        return {**self._values(id), "makes": {"totalCount": len(makes), "edges": makes}, "serves": {"edges": serves}}

    def _values(self, id: str) -> dict[str, Any]:
        values = self.shown[id][3] if isinstance(self.shown[id], tuple) else self.shown[id]
        return {"id": id, "size": values.get("size"), "weight": values.get("weight")}

    def _sized(self, id: str) -> dict[str, Any]:
        return {"id": id, "size": self.shown[id].get("size")}

    def firms_by_size(self) -> list[str]:
        def key(id: str) -> tuple[bool, int]:
            size = self.shown[id].get("size")
            return size is None, -(size or 0)

        falling = sorted(self.of_type("Firm"), reverse=True)  # as sizes do
        return sorted(falling, key=key)

    def made_by_big_firms(self) -> list[str]:
        big = {id for id in self.of_type("Firm") if (self.shown[id].get("size") or 0) >= 2}
        return [
            id
            for id in self.of_type("Part")
            if {self.shown[each][2] for each in self.links("MADE_BY", source=id)} & big
        ]

    def idle(self) -> int:
        return sum(not self.links("SERVED_BY", source=id) for id in self.of_type("Part"))

    def served_by(self, live: set[str]) -> dict[str, int]:
        firms = [id for id in sorted(live) if self.life.types[id] == "Firm"]
        return {id: len(self.links("SERVED_BY", target=id)) for id in firms}
