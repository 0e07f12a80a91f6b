"""The driver without Apache Arrow, which it would load at every start, a second and forty megabytes, to be ready for its tables.

None is ever sent to Neo4j. What writes such tables loads Arrow when it does.
"""

from __future__ import annotations

import importlib
import sys


def load() -> None:
    """Import the driver, unless somebody has already; nothing else notices."""
    if "neo4j" in sys.modules or "pyarrow" in sys.modules:
        return
    sys.modules["pyarrow"] = None  # type: ignore[assignment]  # Python's own way to say: there is none
    try:
        importlib.import_module("neo4j")
    finally:
        del sys.modules["pyarrow"]
