"""What the parent tells the process that is to be the private Neo4j."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

EXIT_LOCKED = 75


@dataclass(frozen=True, slots=True)
class Order:
    """What the parent asks for; it travels by the pipe, so that nothing of it shows in the list of processes."""

    home: str
    jars: str
    heap_mib: int
    page_cache_mib: int
    owner: int
    wait_s: float
    port: int = 0  # 0 lets the system choose a free one

    def to_line(self) -> bytes:
        """The order as one line."""
        return json.dumps(asdict(self)).encode() + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> Order:
        """The order that `to_line` wrote."""
        return cls(**json.loads(line))
