"""Every engine once, as a product calls it: with its own parameters, on all of the arrays; each tells what came out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from analytics import what_if
from analytics.engines import (
    communities,
    influence,
    introductions,
    lifetime,
    likeness,
    missing_links,
    paths,
    preferences,
    purchase,
    recency,
    recommend,
    rotation,
    segments,
    strength,
    survival,
)
from analytics.engines.churn import backtest, counterfactual, exposure, score
from analytics.engines.churn.own import scorer
from bench.scaled.world import NOW, SEED, World

Engine = Callable[[World], str]


def _influence(world: World) -> str:
    found = influence.run(world.graph, None, SEED)
    return f"{found.sampling.sources} sources, {found.rounds} rounds"


def _communities(world: World) -> str:
    found = communities.run(world.graph, None, SEED)
    return f"modularity {found.modularity:.3f}, {len(found.sizes):,} communities"


def _paths(world: World) -> str:
    hub = world.hub()
    ends = np.random.default_rng(SEED).choice(np.flatnonzero(np.diff(world.graph.indptr)), 5)
    ways = [
        paths.run(world.graph, paths.Parameters(int(start), hub, by=by, k=3, hops=4)).paths
        for start in ends
        for by in ("shortest", "strongest", "cheapest")
    ]
    return f"{sum(map(len, ways))} ways of 15 questions"


def _introductions(world: World) -> str:
    known = np.diff(world.graph.indptr)
    known[world.hub()] = 0
    return f"{len(introductions.introduction(world.graph, int(np.argmax(known)), world.hub()))} ways"


def _risk_paths(world: World) -> str:
    return f"{len(paths.risk_paths(world.graph, world.hub(), world.own_risk(), 0.9).paths)} paths into the largest hub"


def _exposure(world: World) -> str:
    return f"{exposure.run(world.graph, world.own_risk()).rounds} rounds"


def _churn(world: World) -> str:
    found = score.run(world.events, world.subjects, now=NOW, seed=SEED, spread=world.graph.among(world.subjects))
    told = counterfactual.if_answers(found, 0)
    return f"mean risk {found.risk.mean():.3f}; an answer moves {len(told.others)} others"


def _learned(world: World) -> str:
    found = score.run(world.events, world.subjects, now=NOW, seed=SEED, leavers=world.leavers)
    return f"mean risk {found.risk.mean():.3f}"


def _backtest(world: World) -> str:
    found = backtest.run(world.events, world.subjects, scorer(), now=NOW, leavers=world.leavers)
    return f"{len(found.moments)} moments"


def _likeness(world: World) -> str:
    return f"{len(likeness.run(world.graph, sources=[world.hub()], features=world.features).nodes)} like the hub"


def _missing_links(world: World) -> str:
    return f"{len(missing_links.run(world.graph, source=world.hub()).nodes)} for the hub"


def _preferences(world: World) -> str:
    return f"{len(preferences.run(world.taken, subject=0).groups)} of one subject"


def _recommend(world: World) -> str:
    found = recommend.run(world.taken, seed=SEED)
    return f"{int(found.starts[-1]):,} offers"


def _segments(world: World) -> str:
    return f"{len(segments.run(world.features, seed=SEED).segments)} segments"


def _strength(world: World) -> str:
    links = world.graph.among(world.subjects)
    found = strength.run(world.events, links.sources, links.indices, now=NOW)
    return f"{len(found.strength):,} relationships"


def _survival(world: World) -> str:
    return f"median {survival.run(world.events, now=NOW).median_days:.0f} days"


def _rotation(world: World) -> str:
    return f"{len(rotation.run(world.events, now=NOW).subjects):,} subjects"


def _recency(world: World) -> str:
    return f"{len(recency.run(world.purchases, now=NOW).subjects):,} subjects"


def _purchase(world: World) -> str:
    return f"{len(purchase.run(world.purchases, now=NOW).subjects):,} subjects"


def _chances(world: World) -> str:
    asked = purchase.Parameters(model="bg_bb", period="month")
    return f"{len(purchase.run(world.purchases, asked, now=NOW).subjects):,} subjects"


def _lifetime(world: World) -> str:
    return f"{len(lifetime.run(world.purchases, now=NOW).subjects):,} subjects"


def _departure(world: World) -> str:
    snapshot = world.snapshot
    gone = snapshot.id(world.hub())
    found = what_if.departure(snapshot, [gone], sides=[(["Account"], ["Person"])], sources=[snapshot.id(0)])
    return f"{found.after.n:,} records left"


ENGINES: Mapping[str, Engine] = {
    "influence": _influence,
    "communities": _communities,
    "paths": _paths,
    "introductions": _introductions,
    "risk paths": _risk_paths,
    "exposure": _exposure,
    "churn from silence": _churn,
    "churn learned": _learned,
    "back-test": _backtest,
    "likeness": _likeness,
    "missing links": _missing_links,
    "preferences": _preferences,
    "recommend": _recommend,
    "segments": _segments,
    "strength": _strength,
    "survival": _survival,
    "rotation": _rotation,
    "recency": _recency,
    "purchase (BG/NBD)": _purchase,
    "purchase (BG/BB)": _chances,
    "lifetime": _lifetime,
    "what if a hub leaves": _departure,
}
