"""The driver is loaded without Apache Arrow, which whoever needs it can load all the same."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
import graph.session
print("pyarrow" in sys.modules, "neo4j" in sys.modules)
import pyarrow
print(pyarrow.array([1]).to_pylist())
"""


def test_the_driver_loads_no_arrow_and_nobody_else_is_kept_from_it() -> None:
    told = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True).stdout

    assert told.split() == ["False", "True", "[1]"]
