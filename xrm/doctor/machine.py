"""What the machine offers: folders, room on the disk, memory, the port."""

from __future__ import annotations

import http.client
import os
import shutil
from pathlib import Path

from graph.embedded import memory as machine
from xrm import database, ports
from xrm.doctor.finding import Finding, ill, well
from xrm.settings import Settings

GIB = 1 << 30
DISK_BYTES = GIB
SHARE = 0.8
ASK_S = 2.0


def home(settings: Settings) -> Finding:
    """Whether the data folder can be written to."""
    place = _existing(settings.home)
    if not place.is_dir():
        return ill("home", f"{place} is no folder.", "Choose another folder with XRM_HOME.")
    if not os.access(place, os.W_OK | os.X_OK):
        return ill("home", f"{place} cannot be written to.", "Give yourself the right to, or choose another XRM_HOME.")
    return well("home", str(settings.home) + ("" if settings.home.exists() else " (made at the first start)"))


def disk(settings: Settings) -> Finding:
    """Whether the disks of the data and of the downloads have room."""
    places = [_existing(settings.home), _existing(settings.cache)]
    free = [shutil.disk_usage(place).free for place in places]
    seen = f"{min(free) / GIB:.1f} GiB free"
    if min(free) >= DISK_BYTES:
        return well("disk", seen)
    place = places[free.index(min(free))]
    return ill("disk", f"{seen} at {place}.", "Make room for 1 GiB at least, or move XRM_HOME or XRM_CACHE.")


def memory(settings: Settings) -> Finding:
    """Whether the private Neo4j finds the memory that it is given."""
    if settings.neo4j_uri:
        return well("memory", "the Neo4j in NEO4J_URI looks after its own")
    given = database.memory(settings)
    total_mib = machine.total_bytes() // machine.MIB
    seen = f"{given.heap_mib} MiB heap and {given.page_cache_mib} MiB page cache for Neo4j, of {total_mib} MiB"
    if given.heap_mib + given.page_cache_mib <= total_mib * SHARE:
        return well("memory", seen)
    return ill("memory", f"{seen}.", "Lower XRM_NEO4J_HEAP_MB and XRM_NEO4J_PAGE_CACHE_MB, or use a larger machine.")


def port(settings: Settings) -> Finding:
    """Whether the server can listen where it should, or does so already."""
    place = f"{settings.host} port {settings.port}"
    try:
        ports.require_free(settings.host, settings.port)
    except ports.PortUnusable as error:
        if _is_ours(settings.host, settings.port):
            return well("port", f"XRM answers on {place}")
        return ill("port", error.message)
    return well("port", f"{place} is free")


def _is_ours(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=ASK_S)
    try:
        connection.request("GET", "/health/live")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _existing(path: Path) -> Path:
    """The path itself, or the nearest folder above that is there."""
    return next(place for place in (path.absolute(), *path.absolute().parents) if place.exists())
