"""Which Neo4j the process works with: the one that NEO4J_URI names, or the private one, started or found running."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from graph import embedded
from graph.address import Address
from graph.embedded import memory as machine
from xrm.settings import Settings

Progress = Callable[[str, float | None], None]


@contextmanager
def opened(settings: Settings, progress: Progress) -> Iterator[Address]:
    """The address of a Neo4j that answers for as long as the block runs.

    A private Neo4j that another command runs on the same XRM_HOME is shared; one that is started here ends with the block.
    """
    if settings.neo4j_uri:
        yield named(settings)
        return
    with embedded.attach_or_start(
        settings.home,
        cache=settings.cache,
        progress=progress,
        memory=memory(settings),
        maven=settings.maven_repository,
    ) as server:
        yield server.address


@contextmanager
def owned(settings: Settings, progress: Progress) -> Iterator[Address]:
    """As `opened`, but the private Neo4j is started here, and started again should it die.

    Refused, with its pid, while another process runs one on the same XRM_HOME.
    """
    if settings.neo4j_uri:
        yield named(settings)
        return
    with (
        embedded.start(
            settings.home,
            cache=settings.cache,
            progress=progress,
            memory=memory(settings),
            maven=settings.maven_repository,
        ) as server,
        embedded.guarded(server),
    ):
        yield server.address


def named(settings: Settings) -> Address:
    """The Neo4j of the user's own."""
    return Address(settings.neo4j_uri, settings.neo4j_username, settings.neo4j_password, settings.neo4j_database)


def memory(settings: Settings) -> embedded.Memory:
    """What the private Neo4j may use: as set, else derived from the machine."""
    derived = machine.derive(machine.total_bytes())
    return embedded.Memory(
        settings.neo4j_heap_mb or derived.heap_mib, settings.neo4j_page_cache_mb or derived.page_cache_mib
    )
