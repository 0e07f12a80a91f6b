"""The driver is loaded without Apache Arrow, which whoever needs it can load all the same, and without tables of everything."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

PROGRAM = """
import sys
import graph.session
print("pyarrow" in sys.modules, "neo4j" in sys.modules)
import pyarrow
print(pyarrow.array([1]).to_pylist())
"""
# each entry of the driver's own tables beside the one that is made when it is asked for
SAME = """
import neo4j.time as time
import neo4j._codec.packstream.v1 as numbers
NAMES = ((time, "_DAYS_IN_MONTH"), (numbers, "PACKED_UINT_16"), (numbers, "UNPACKED_UINT_16"))
full = [getattr(module, name) for module, name in NAMES]
from graph.lean_driver import Table, _slim
_slim()
for (module, name), table in zip(NAMES, full):
    lean = getattr(module, name)
    assert isinstance(lean, Table) and not lean, name
    pairs = table.items() if isinstance(table, dict) else enumerate(table)
    for key, value in pairs:
        assert lean[key] == value, (name, key)
    print(len(table))
"""


def told(program: str) -> Any:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()


def test_the_driver_loads_no_arrow_and_nobody_else_is_kept_from_it() -> None:
    assert told(PROGRAM) == ["False", "True", "[1]"]


def test_tables_that_fill_themselves_hold_what_the_drivers_own_hold() -> None:
    assert told(SAME) == [str(12 * 9999), "65536", "65536"]
