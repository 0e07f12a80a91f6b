"""The configuration of the private Neo4j, as far as it goes by the machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.embedded import Memory, configuration
from graph.embedded.home import Home


@pytest.mark.parametrize(("heap_mib", "plans"), [(512, 256), (768, 256), (1_536, 512), (4_096, 1_000)])
def test_a_small_heap_keeps_fewer_plans(tmp_path: Path, heap_mib: int, plans: int) -> None:
    text = configuration.text(Home(tmp_path), Memory(heap_mib, 256))

    assert f"server.memory.query_cache.per_db_cache_num_entries={plans}\n" in text
