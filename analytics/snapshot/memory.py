"""How much memory a snapshot needs and how much there is: refused beforehand rather than killed on the way."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from analytics.snapshot.planning import Plan
from graph.snapshots import Counts
from models.errors import XrmError

MIB = 1 << 20
AT_HAND = 64 * MIB  # for what is on its way from the database
MEMINFO = Path("/proc/meminfo")
CGROUPS = (
    (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory.current")),
    (Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"), Path("/sys/fs/cgroup/memory/memory.usage_in_bytes")),
)


class TooLarge(XrmError):
    """The snapshot would not fit into memory; nothing was loaded. `needed` and `available` are bytes."""

    code = "too_large"

    def __init__(self, message: str, *, needed: int, available: int) -> None:
        super().__init__(message)
        self.needed = needed
        self.available = available


def needed_bytes(counts: Counts, plans: Iterable[Plan]) -> int:
    """What loading takes at its height: the arrays, the largest relation once more, and the table of node ids."""
    records = sum(counts.records.values())
    sizes = [_of_relation(counts, plan) for plan in plans]
    return 24 * records + 4 * counts.nodes + sum(sizes) + max(sizes, default=0) // 4 + AT_HAND


def check(needed: int, limit_bytes: int | None) -> None:
    """Raises TooLarge when that is more than is allowed or there is."""
    free = available_bytes()
    if limit_bytes is not None and needed > limit_bytes:
        cure = f"Raise the limit to at least {_mib(needed)} (XRM_SNAPSHOT_MB; `limit_bytes` in Python)"
        raise _too_large(needed, limit_bytes, "allowed", cure)
    if free is not None and needed > free:
        raise _too_large(needed, free, "free", "Free memory, or go on with more of it")


def _too_large(needed: int, room: int, how: str, cure: str) -> TooLarge:
    message = (
        f"The snapshot needs {_mib(needed)} of memory and {_mib(room)} {'is' if room == MIB else 'are'} {how}; nothing was "
        f"loaded. {cure}; in Python a snapshot of fewer relations can be taken."
    )
    return TooLarge(message, needed=needed, available=room)


def _mib(size: int) -> str:
    return f"{size / MIB:,.0f} MiB"


def available_bytes() -> int | None:
    """The memory that this process could still have, by the machine and by the container; None where nobody knows."""
    found = [_of_machine(), *(_of_group(limit, used) for limit, used in CGROUPS)]
    return min((size for size in found if size is not None), default=None)


def _of_relation(counts: Counts, plan: Plan) -> int:
    each = 4 + (4 if plan.weight else 0) + (8 if plan.relation.temporal else 0)
    rows = sum(counts.records.get(name, 0) for name in plan.relation.source.types)
    return counts.links.get(plan.name, 0) * each + 8 * rows


def _of_machine() -> int | None:
    if not MEMINFO.is_file():
        return None
    for line in MEMINFO.read_text(encoding="ascii").splitlines():
        name, _, value = line.partition(":")
        if name == "MemAvailable":
            return int(value.split()[0]) << 10
    return None


def _of_group(limit: Path, used: Path) -> int | None:
    if not (limit.is_file() and used.is_file()):
        return None
    most, now = (path.read_text(encoding="ascii").strip() for path in (limit, used))
    return max(0, int(most) - int(now)) if most.isdigit() and now.isdigit() else None
