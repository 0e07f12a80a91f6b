"""What can go wrong around the private Neo4j, each with its cause and its cure.

EmbeddedError
├── JarsUnreachable    a jar could not be fetched from the Maven repository
├── JarsDiffer         what was fetched is not what the lock names
├── DiskFull           the cache's disk has no room left for the jars
├── AlreadyOwned       another live process runs a Neo4j on the same home
└── StartFailed        Neo4j did not come up; its log says why
"""

from __future__ import annotations

from pathlib import Path

from models.errors import XrmError


class EmbeddedError(XrmError):
    """Something is wrong with the private Neo4j; nothing of it is left running."""

    code = "embedded_neo4j"


class JarsUnreachable(EmbeddedError):
    """The Maven repository did not answer; what was fetched so far is kept for the next try."""

    code = "jars_unreachable"

    def __init__(self, address: str, reason: str) -> None:
        self.address = address
        super().__init__(
            f"Neo4j's jars could not be downloaded ({address}: {reason}). Check the network connection and proxy, "
            "or name a mirror in XRM_MAVEN_REPOSITORY; the next start goes on from here."
        )


class JarsDiffer(EmbeddedError):
    """A jar came with another content than the lock names; it was thrown away."""

    code = "jars_differ"

    def __init__(self, name: str, address: str) -> None:
        self.name = name
        super().__init__(
            f"The file {name} from {address} is not the one this version was released with (its SHA-256 differs), "
            "so it was thrown away. Try again; if it stays so, use another repository (XRM_MAVEN_REPOSITORY)."
        )


class DiskFull(EmbeddedError):
    """The disk filled up; what was fetched so far is kept."""

    code = "disk_full"

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"The disk is full: Neo4j's jars need about 200 MB in {folder}. Make room there, or name a folder on "
            "another disk in XRM_CACHE; the next start goes on from here."
        )


class AlreadyOwned(EmbeddedError):
    """A live process owns the home; a home has one owner at a time."""

    code = "home_in_use"

    def __init__(self, home: Path, *, owner: int, pid: int) -> None:
        self.owner = owner
        self.pid = pid
        super().__init__(
            f"The folder {home} is in use by process {owner} (its Neo4j is process {pid}). "
            "Stop that process first, or choose another folder with XRM_HOME."
        )


class StartFailed(EmbeddedError):
    """Neo4j ended or hung before it could be reached."""

    code = "neo4j_start_failed"

    def __init__(self, reason: str, log: Path) -> None:
        self.reason = reason
        super().__init__(f"The private Neo4j did not start: {reason} Its log is {log}.")
