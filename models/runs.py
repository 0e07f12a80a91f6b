"""Runs of analytics as data: what was asked for, how far it is, what it was made from, and when the next one is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from models.errors import Problem, Rejected
from models.scores import ENGINES

ALL_TYPES = ""  # of a run that scores the records of every type
LARGEST_SEED = 2**31 - 1
DIED, DIED_OFTEN, KILLED = "run_died", "run_died_often", "run_killed"  # reasons why runs failed without a word
_NOTHING: Mapping[str, Any] = MappingProxyType({})


class RunStatus(StrEnum):
    """How far a run is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def final(self) -> bool:
        """Whether nothing more will happen to the run."""
        return self in (RunStatus.DONE, RunStatus.FAILED, RunStatus.CANCELLED)


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What is asked for: an engine, the type whose records it scores, its parameters and its seed."""

    engine: str
    type: str = ALL_TYPES
    parameters: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    seed: int = 0

    @property
    def kind(self) -> str:
        """What runs one at a time: `churn:Company`."""
        return f"{self.engine}:{self.type}"


@dataclass(frozen=True, slots=True)
class Run:
    """One run. `number` counts the runs; `origin` holds what its scores were made from and with: the snapshot's sequence
    number and moment, the versions of model, XRM and libraries; `counts` and `timings_s` say what it came to; `error` says
    why it failed, and `reason` is the code of that, empty where it has none.
    """

    id: str
    number: int
    request: RunRequest
    status: RunStatus
    stage: str
    progress: float
    actor: str
    requested_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None
    origin: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    counts: Mapping[str, int] = field(default_factory=lambda: _NOTHING)
    timings_s: Mapping[str, float] = field(default_factory=lambda: _NOTHING)
    quality: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    error: str = ""
    reason: str = ""
    attempts: int = 0
    cancelling: bool = False


@dataclass(frozen=True, slots=True)
class Schedule:
    """When runs of a kind begin by themselves: after so many changes, after so many minutes, whichever comes first."""

    request: RunRequest
    after_changes: int | None = None
    after_minutes: int | None = None
    actor: str = ""
    last_at: datetime | None = None


def check_request(request: RunRequest, types: Mapping[str, Any]) -> None:
    """Raises Rejected with everything wrong with a request: its engine, its type, its seed."""
    problems = []
    if request.engine not in ENGINES:
        known = ", ".join(ENGINES)
        message = f"There is no engine {request.engine[:60]!r}; there are: {known}."
        problems.append(Problem("unknown_engine", message, ("engine",)))
    if request.type != ALL_TYPES and request.type not in types:
        message = f"There is no type {request.type[:60]!r}; name one of the model."
        problems.append(Problem("unknown_type", message, ("type",)))
    if not 0 <= request.seed <= LARGEST_SEED:
        problems.append(Problem("bad_seed", f"A seed is a whole number from 0 to {LARGEST_SEED:,}.", ("seed",)))
    if problems:
        raise Rejected(problems)


def check_schedule(after_changes: int | None, after_minutes: int | None) -> None:
    """Raises Rejected where a schedule would never begin a run, or all the time."""
    problems = [
        Problem("bad_schedule", f"{name} is a whole number from 1 on.", (name,))
        for name, value in (("afterChanges", after_changes), ("afterMinutes", after_minutes))
        if value is not None and value < 1
    ]
    if after_changes is None and after_minutes is None:
        problems.append(
            Problem("bad_schedule", "Say after how many changes or minutes a run begins.", ("afterMinutes",))
        )
    if problems:
        raise Rejected(problems)
