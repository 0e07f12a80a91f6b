"""What is to be done with uploads and runs apart from answering requests: one file each in the home, which says how far it is.

Whoever serves asks; whoever works in the background on the same home carries it out, and goes on after a kill.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import orjson

from models.actor import Actor, ActorKind
from models.errors import NotFound, Rejected, told
from models.ids import new_id

FOLDER = Path("imports") / "jobs"  # of the home
_ID = re.compile(r"[0-9a-f-]{36}\Z")


class JobKind(StrEnum):
    """What is to be done."""

    TRY = "try"
    RUN = "run"
    UNDO = "undo"


class JobStatus(StrEnum):
    """How far it is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def open(self) -> bool:
        """Whether there is still something to do."""
        return self in (JobStatus.WAITING, JobStatus.RUNNING)


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do for an upload (try, run) or a run (undo); `id` is the upload's or the run's."""

    id: str
    kind: JobKind
    actor: str
    actor_name: str
    asked_at: datetime
    status: JobStatus = JobStatus.WAITING
    stage: str = ""
    progress: float = 0.0
    run: str = ""
    report: Mapping[str, Any] | None = None
    problems: tuple[Mapping[str, Any], ...] = ()
    ended_at: datetime | None = None

    @property
    def by(self) -> Actor:
        """For whom it is done. Administrators alone can ask."""
        return Actor(self.actor, self.actor_name, ActorKind.PERSON, administrator=True)


@dataclass(frozen=True, slots=True)
class Jobs:
    """The jobs of a home, the latest of each upload and run."""

    home: Path

    def ask(self, id: str, kind: JobKind, actor: Actor, *, now: datetime) -> Job:
        """A new job. Raises Rejected while another one of the same upload or run is open."""
        present = self.find(id)
        if present is not None and present.status.open:
            sentence = "It is being worked on; wait until that has ended, or cancel it."
            raise Rejected([told("under_way", sentence, ("id",))])
        self._flag(id).unlink(missing_ok=True)
        job = Job(id, kind, actor.id, actor.name, now)
        self.save(job)
        return job

    def find(self, id: str) -> Job | None:
        """The latest job of an upload or a run; None where there was none."""
        path = self._path(id)
        try:
            plain = orjson.loads(path.read_bytes())
        except FileNotFoundError:
            return None
        return Job(
            **plain
            | {
                "kind": JobKind(plain["kind"]),
                "status": JobStatus(plain["status"]),
                "asked_at": datetime.fromisoformat(plain["asked_at"]),
                "ended_at": datetime.fromisoformat(plain["ended_at"]) if plain["ended_at"] else None,
                "problems": tuple(plain["problems"]),
            }
        )

    def open(self) -> list[Job]:
        """What is to be done, the longest asked for first."""
        names = [path.stem for path in (self.home / FOLDER).glob("*.json") if not path.name.startswith(".")]
        found = [job for name in names if (job := self.find(name)) is not None and job.status.open]
        return sorted(found, key=lambda job: job.asked_at)

    def save(self, job: Job) -> None:
        """Keep a job as it is now."""
        path = self._path(job.id)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{new_id()}.part")
        part.write_bytes(orjson.dumps(asdict(job)))
        part.replace(path)

    def forget_try(self, id: str) -> None:
        """Forget what came of a try: the files or the mapping are others now."""
        job = self.find(id)
        if job is not None and job.kind is JobKind.TRY and not job.status.open:
            self._path(id).unlink(missing_ok=True)

    def cancel(self, id: str, *, now: datetime) -> Job:
        """Cancel a job: at once where nobody works at it, else its worker is told. Raises NotFound."""
        job = self.find(id)
        if job is None:
            raise NotFound(f"Nothing is being done for {id[:60]!r}.")
        if job.status is JobStatus.WAITING:
            job = replace(job, status=JobStatus.CANCELLED, ended_at=now)
            self.save(job)
        elif job.status is JobStatus.RUNNING:
            self._flag(id).touch()
        return job

    def cancelling(self, id: str) -> bool:
        """Whether somebody has asked to end it."""
        return self._flag(id).exists()

    def lock(self, id: str) -> Path:
        """The file that whoever works at a job holds."""
        return self._path(id).with_suffix(".lock")

    def _flag(self, id: str) -> Path:
        return self._path(id).with_suffix(".cancel")

    def _path(self, id: str) -> Path:
        if not _ID.match(id):
            raise NotFound(f"{id[:60]!r} is no id of an upload or a run.")
        return self.home / FOLDER / f"{id}.json"
