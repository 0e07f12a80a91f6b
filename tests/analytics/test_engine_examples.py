"""Every engine tells its formula, source, cost and a worked example; the examples run as they stand."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import analytics.engines
import analytics.kernels

MODULES = sorted(
    module.name
    for package in (analytics.engines, analytics.kernels)
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_run(name: str) -> None:
    outcome = doctest.testmod(importlib.import_module(name))

    assert outcome.failed == 0


PROMISES = (
    *(f"{name}.run" for name in ("communities", "influence", "likeness", "missing_links", "paths", "preferences")),
    *(f"{name}.run" for name in ("lifetime", "purchase", "recency", "recommend", "rotation", "segments", "strength")),
    *(f"churn.{name}" for name in ("backtest.run", "exposure.run", "learned.learn", "score.run", "silence.run")),
    *("bg_bb.BgBb", "bg_nbd.BgNbd", "gamma_gamma.GammaGamma"),
    *("introductions.introduction", "paths.risk_paths", "survival.kaplan_meier", "survival.run"),
)


@pytest.mark.parametrize("promise", PROMISES)
def test_an_engine_tells_what_it_computes_whence_it_comes_what_it_costs_and_an_example(promise: str) -> None:
    module, name = promise.rsplit(".", 1)
    told = getattr(importlib.import_module(f"analytics.engines.{module}"), name).__doc__

    assert [word for word in ("Formula", "Source", "Cost", ">>> ") if word not in told] == []
