"""The Neo4j: its jars, whether it answers, which version it is."""

from __future__ import annotations

import anyio

from cypher import weave
from graph import embedded
from graph.address import Address
from graph.embedded.download import missing_jars
from graph.embedded.errors import EmbeddedError
from graph.session import Database
from models.actor import SYSTEM
from models.errors import TimedOut, Unavailable
from xrm import database
from xrm.doctor.finding import Finding, ill, well
from xrm.settings import Settings

ANSWER_S = 5.0


def jars(settings: Settings) -> Finding:
    """Whether the private Neo4j's jars are in the cache, each as released."""
    if settings.neo4j_uri:
        return well("jars", "not needed, as NEO4J_URI is set")
    missing = missing_jars(settings.cache)
    if missing:
        return well("jars", f"{missing} are still to be downloaded; the next start does it")
    return well("jars", f"Neo4j {embedded.NEO4J_VERSION} in {settings.cache}")


def answer(settings: Settings) -> Finding:
    """Whether the Neo4j that XRM works with answers, and is of the version that XRM is tested with."""
    try:
        address = _address(settings)
        if address is None:
            return well("neo4j", "the private one does not run; it starts with the server")
        version, edition = anyio.run(_ask, address)
    except (EmbeddedError, Unavailable, TimedOut) as error:
        return ill("neo4j", error.message)
    seen = f"{version} {edition} at {address.uri}"
    if version.split(".")[0] < embedded.NEO4J_VERSION.split(".")[0]:
        return ill("neo4j", f"{seen} is older than XRM needs.", f"Use Neo4j {embedded.NEO4J_VERSION} or newer.")
    return well("neo4j", seen)


def _address(settings: Settings) -> Address | None:
    if settings.neo4j_uri:
        return database.named(settings)
    running = embedded.attach(settings.home)
    return None if running is None else running.address


async def _ask(address: Address) -> tuple[str, str]:
    connected = await Database.connect(address)
    try:
        version, edition = await connected.read(weave.fixed("neo4j_version", SYSTEM), {}, timeout_s=ANSWER_S)
    finally:
        await connected.close()
    return version, edition
