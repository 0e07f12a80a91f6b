"""How much memory the private Neo4j may use, derived from the machine."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

MIB = 1 << 20
CGROUP_LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


@dataclass(frozen=True, slots=True)
class Memory:
    """The Java heap and Neo4j's page cache, in MiB."""

    heap_mib: int
    page_cache_mib: int


def derive(total_bytes: int) -> Memory:
    """An eighth of the machine for the heap (512 MiB to 4 GiB), as much for the page cache (256 MiB to 8 GiB)."""
    share = total_bytes // MIB // 8
    return Memory(heap_mib=max(512, min(share, 4096)), page_cache_mib=max(256, min(share, 8192)))


def total_bytes() -> int:
    """The memory this process may use: the machine's, or the container's limit if that is lower."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return min([machine, *(limit for path in CGROUP_LIMITS if (limit := _limit(path)))])


def _limit(path: Path) -> int:
    if not path.is_file():
        return 0
    text = path.read_text(encoding="ascii").strip()
    return int(text) if text.isdigit() else 0
