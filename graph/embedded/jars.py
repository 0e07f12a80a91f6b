"""Which jars make up the private Neo4j: the committed lock, as data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

NEO4J_VERSION = "2026.09.0"
LOCK = Path(__file__).with_name(f"neo4j-{NEO4J_VERSION}.lock")


@dataclass(frozen=True, slots=True)
class Jar:
    """One jar by its Maven coordinates, with the size and SHA-256 it must have."""

    group: str
    artifact: str
    version: str
    classifier: str
    size_bytes: int
    sha256: str

    @property
    def name(self) -> str:
        """The file's name, unique within the lock: artifacts of one name may come from two groups."""
        return f"{self.group}--{self.file_name}"

    @property
    def file_name(self) -> str:
        """The file's name in a Maven repository."""
        tail = f"-{self.classifier}" if self.classifier else ""
        return f"{self.artifact}-{self.version}{tail}.jar"

    @property
    def path(self) -> str:
        """The file's place in a Maven repository, without the repository's address."""
        return f"{self.group.replace('.', '/')}/{self.artifact}/{self.version}/{self.file_name}"


def read_lock(lock: Path = LOCK) -> tuple[Jar, ...]:
    """Every jar of the lock, in its order."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    return tuple(_jar(line) for line in lines if line and not line.startswith("#"))


def _jar(line: str) -> Jar:
    coordinates, size_bytes, sha256 = line.split()
    group, artifact, version, *classifier = coordinates.split(":")
    return Jar(group, artifact, version, classifier[0] if classifier else "", int(size_bytes), sha256)
