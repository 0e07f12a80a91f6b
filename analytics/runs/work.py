"""A run under way: what it works with, how long its stages take, and what its request asks of its engine."""

from __future__ import annotations

import importlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analytics.examples import TooFewExamples
from analytics.scoring import Context, Progress, RunKind, Scores
from analytics.snapshot import Snapshot
from graph.registry import Registry
from graph.runs import Claim
from graph.session import Database
from models.errors import Problem, Rejected, XrmError
from models.metamodel import Metamodel
from models.profiles import profile_of
from models.runs import ALL_TYPES, RunRequest
from models.scores import ENGINES

EXPLAIN = "explain"  # the one parameter that is no engine's: how many records of a type get their reasons stored
EXPLAINED = 1_000


@dataclass
class Clock:
    """How long each stage took."""

    timings_s: dict[str, float] = field(default_factory=dict)
    _since: float = field(default_factory=time.monotonic)

    def lap(self, stage: str) -> None:
        now = time.monotonic()
        self.timings_s[stage] = round(self.timings_s.get(stage, 0.0) + now - self._since, 3)
        self._since = now


@dataclass(frozen=True, slots=True)
class Work:
    database: Database
    registry: Registry
    claim: Claim
    folder: Path | None
    progress: Progress
    clock: Clock
    limit_bytes: int | None = None


class Dropped(Exception):
    """Something that the run was made from was dropped from the model meanwhile."""


def dropped(before: Metamodel, now: Metamodel) -> bool:
    """Whether a type or a relation of one model is not in a later one any more."""
    return not (before.types.keys() <= now.types.keys() and before.relations.keys() <= now.relations.keys())


def kind_of(engine: str) -> RunKind:
    """The run kind of an engine; its libraries are imported now, and not before. Raises Rejected."""
    if engine not in ENGINES:
        raise Rejected([Problem("unknown_engine", f"There is no engine {engine[:60]!r}.", ("engine",))])
    kind: RunKind = importlib.import_module(f"analytics.kinds.{engine}").KIND
    return kind


def check_parameters(request: RunRequest) -> None:
    """Raises Rejected with everything that is wrong with the parameters of a run, as far as no graph is needed to tell."""
    if request.parameters:
        explained_most(request)
        kind_of(request.engine).read(engines_own(request))


def engines_own(request: RunRequest) -> dict[str, Any]:
    """The parameters that the engine takes."""
    return {name: value for name, value in request.parameters.items() if name != EXPLAIN}


def explained_most(request: RunRequest) -> int:
    """How many records of a type get their reasons stored. Raises Rejected."""
    most = request.parameters.get(EXPLAIN, EXPLAINED)
    if isinstance(most, bool) or not isinstance(most, int) or most < 0:
        message = f"{EXPLAIN} is how many records of a type get their reasons stored: a whole number from 0 on."
        raise Rejected([Problem("bad_parameter", message, ("parameters", EXPLAIN))])
    return most


def types_of(kind: RunKind, request: RunRequest, model: Metamodel, snapshot: Snapshot) -> Iterator[str]:
    """The types a run takes one after the other; "" is all at once."""
    if kind.of_all_types or request.type != ALL_TYPES:
        yield request.type
        return
    declared = [name for name in model.profiles if name in model.types]
    for name in declared or model.types:
        if name in snapshot.types and profile_of(model, name).signals:
            yield name


def computed(kind: RunKind, context: Context) -> list[Scores]:
    return list(kind.run(context))


def computed_or_refused(kind: RunKind, context: Context) -> tuple[list[Scores], XrmError | None]:
    """The scores, or why there is too little to go by."""
    try:
        return computed(kind, context), None
    except (Rejected, TooFewExamples) as error:
        return [], error
