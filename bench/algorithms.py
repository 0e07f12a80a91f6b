"""Graph algorithms at 100,000 nodes and a million links: networkx itself, networkx on our arrays, and the bare engine.

CPU seconds of this process, every contestant in every round. "as a dictionary" is the engine with its answer by label, which is
what a call through networkx has to give: beside it stands what the way through networkx costs. `--only` names functions.
"""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np

from analytics.backend import BACKEND
from analytics.backend.components import core_numbers
from analytics.backend.reach import betweenness, drawn
from analytics.engines import communities, influence, paths
from analytics.graph import Graph
from analytics.kernels import components, ranking
from analytics.kernels.nearest import nearest
from bench.measure import in_turn, table
from graph.address import Address

NODES, LINKS = 100_000, 1_000_000
SEED, SOURCES, QUESTIONS = 7, 32, 50
CORNERS = 0.57, 0.76, 0.95  # R-MAT .57/.19/.19/.05, added up


@dataclass(frozen=True)
class Member:
    """One function three ways: as networkx is called, as the backend answers, as the engine computes."""

    name: str
    call: Callable[[Any], Any]
    keyed: Callable[[Graph], Any]
    bare: Callable[[Graph], Any]


def measure(
    address: Address | None,  # noqa: ARG001  # every member is called alike
    folder: Path,  # noqa: ARG001  # as every member
    options: argparse.Namespace,
    report: Callable[[str, float | None], None],
) -> str:
    """CPU seconds and ratios of each function, then milliseconds of what has no match in networkx, as Markdown tables."""
    nodes = max(int(NODES * options.scale), 100)
    graph = rmat(nodes, max(int(LINKS * options.scale), 500))
    rows = _beside_networkx(graph, options, report)
    columns = (
        "CPU s",
        "networkx",
        "networkx on arrays",
        "as a dictionary",
        "bare",
        "networkx / ours",
        "call / dictionary",
    )
    heading = f"{graph.n} nodes, {graph.number_of_edges()} links"
    told = f"{heading}\n\n{table(columns, rows)}"
    if options.only:
        return told
    return f"{told}\n\n{table(('CPU ms', 'median', 'middle half'), _alone(graph, options.rounds))}"


def _beside_networkx(
    graph: Graph, options: argparse.Namespace, report: Callable[[str, float | None], None]
) -> list[tuple[str, ...]]:
    theirs = nx.DiGraph(graph.to_networkx())
    gc.collect()
    gc.freeze()  # else whoever makes the most objects pays, now and then, for looking through networkx's millions
    rows = []
    for number, member in enumerate(members(graph)):
        if options.only and member.name not in options.only:
            continue
        report(member.name, number / 8)
        rows.append(_row(member, graph, theirs, options.rounds if options.only else min(options.rounds, 3)))
    gc.unfreeze()
    return rows


def rmat(nodes: int, links: int) -> Graph:
    """A directed R-MAT graph without loops and parallels, weights 0.1–1: the same for the same size."""
    generator = np.random.default_rng(SEED)
    found = np.empty(0, np.int64)
    while len(found) < links:
        ends = np.zeros((2, links), np.int64)
        for _ in range(int(np.ceil(np.log2(nodes)))):
            corner = np.searchsorted(CORNERS, generator.random(links))
            ends = 2 * ends + np.stack([corner // 2, corner % 2])
        kept = (ends < nodes).all(axis=0) & (ends[0] != ends[1])
        found = np.union1d(found, ends[0][kept] * nodes + ends[1][kept])
    chosen = generator.permutation(found)[:links]
    return Graph.from_links(nodes, chosen // nodes, chosen % nodes, generator.uniform(0.1, 1.0, links))


def members(graph: Graph) -> tuple[Member, ...]:
    """The functions with a bar."""
    start = int(np.argmax(np.diff(graph.indptr)))
    even = np.full(graph.n, 1.0 / graph.n)
    rows = graph.indptr, graph.indices
    weights = np.ones(1) if graph.weights is None else graph.weights
    reach = float(weights.min()), float(weights.max())
    return (
        Member(
            "PageRank (tol 1e-10)",
            lambda g: nx.pagerank(g, tol=1e-10),
            lambda g: BACKEND.pagerank(g, tol=1e-10),
            lambda g: ranking.pagerank(*rows, g.weights, 0.85, even, even, even, g.n * 1e-10, 100),
        ),
        Member(
            "weak components, counted",
            nx.number_weakly_connected_components,
            BACKEND.number_weakly_connected_components,
            lambda g: components.weak(*rows),
        ),
        Member(
            "weak components, as sets",
            lambda g: list(nx.weakly_connected_components(g)),
            lambda g: list(BACKEND.weakly_connected_components(g)),
            lambda g: components.weak(*rows),
        ),
        Member("core numbers", nx.core_number, BACKEND.core_number, core_numbers),
        Member(
            "Dijkstra one-to-all",
            lambda g: nx.single_source_dijkstra_path_length(g, start),
            lambda g: BACKEND.single_source_dijkstra_path_length(g, start),
            lambda _: nearest(*rows, weights, start, *reach),
        ),
        Member(
            f"betweenness, {SOURCES} sources",
            lambda g: nx.betweenness_centrality(g, k=SOURCES, seed=SEED),
            lambda g: BACKEND.betweenness_centrality(g, k=SOURCES, seed=SEED),
            lambda g: betweenness(g, drawn(g, SOURCES, SEED)),
        ),
    )


def _row(member: Member, graph: Graph, theirs: nx.DiGraph, rounds: int) -> tuple[str, ...]:
    found = in_turn(
        {
            "networkx": lambda _: _again_cpu_s(lambda: member.call(theirs)),
            "ours": lambda _: _again_cpu_s(lambda: member.call(graph)),
            "keyed": lambda _: _again_cpu_s(lambda: member.keyed(graph)),
            "bare": lambda _: _again_cpu_s(lambda: member.bare(graph)),
        },
        rounds=rounds,
    )
    median = {name: figures.median for name, figures in found.items()}
    seconds = (f"{median[name]:.4f}" for name in ("networkx", "ours", "keyed", "bare"))
    return (
        member.name,
        *seconds,
        f"{median['networkx'] / median['ours']:.0f}×",
        f"{median['ours'] / median['keyed']:.2f}",
    )


def _again_cpu_s(call: Callable[[], Any]) -> float:
    """Of the second of two calls, so that each contestant finds the processor's caches full of its own, not of another's."""
    call()
    return _cpu_s(call)


def _cpu_s(call: Callable[[], Any]) -> float:
    started = time.process_time()
    call()
    return time.process_time() - started


def _alone(graph: Graph, rounds: int) -> list[tuple[str, str, str]]:
    """Questions about one record, each about another one, and communities of all; compiled and sorted beforehand."""
    generator = np.random.default_rng(SEED)
    risk = np.where(generator.random(graph.n) < 0.01, generator.random(graph.n), 0.0)
    asked = generator.choice(np.flatnonzero(np.diff(graph.transposed.indptr)), QUESTIONS)
    hub = int(np.argmax(np.diff(graph.transposed.indptr)))
    ends = list(zip(asked.tolist(), np.roll(asked, 1).tolist(), strict=True))
    contestants: Mapping[str, Callable[[int], Any]] = {
        "risk paths into a record (5, 4 hops)": lambda i: paths.risk_paths(graph, int(asked[i % QUESTIONS]), risk, 0.9),
        "risk paths into the largest hub": lambda _: paths.risk_paths(graph, hub, risk, 0.9),
        "3 strongest paths between two (4 hops)": lambda i: paths.run(
            graph, paths.Parameters(*ends[i % QUESTIONS], k=3, hops=4)
        ),
        "Leiden, all records": lambda i: communities.run(graph, communities.Parameters(rounds=2), i),
        "influence, all records": lambda i: influence.run(graph, influence.Parameters(sources=SOURCES), i),
    }
    found = in_turn(
        {name: lambda i, ask=ask: _cpu_s(lambda: ask(i)) for name, ask in contestants.items()},  # type: ignore[misc]  # bound
        rounds=rounds,
    )
    return [
        (name, f"{1000 * figures.median:.1f}", f"{1000 * figures.low:.1f}–{1000 * figures.high:.1f}")
        for name, figures in found.items()
    ]
