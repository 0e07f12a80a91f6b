"""The driver without what it would hold in memory and never use.

Apache Arrow, a second of every start and forty megabytes, to be ready for its tables: none is ever sent to Neo4j, and what
writes such tables loads it when it does. And thirty megabytes of tables of its own, of every month in ten thousand years and
every number of two bytes: an entry is made when it is first asked for.
"""

from __future__ import annotations

import importlib
import struct
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any


class Table(dict[Any, Any]):
    """A table whose entries are made when they are first asked for."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: Any) -> Any:
        self[key] = made = self._make(key)
        return made


def load() -> None:
    """Import the driver, unless somebody has already; nothing else notices."""
    if "neo4j" in sys.modules or "pyarrow" in sys.modules:
        return
    sys.modules["pyarrow"] = None  # type: ignore[assignment]  # Python's own way to say: there is none
    try:
        importlib.import_module("neo4j")
    finally:
        del sys.modules["pyarrow"]
    _slim()


def _slim() -> None:
    """Put tables that fill themselves in the place of full ones; a release of the driver that has others keeps them."""
    time, numbers = (importlib.import_module(name) for name in ("neo4j.time", "neo4j._codec.packstream.v1"))
    days = getattr(time, "_days_in_month", None)
    if days is not None:
        _replace(time, "_DAYS_IN_MONTH", Table(lambda month: days(*month)))
    _replace(numbers, "PACKED_UINT_16", Table(struct.Struct(">H").pack))
    _replace(numbers, "UNPACKED_UINT_16", Table(lambda packed: struct.unpack(">H", packed)[0]))


def _replace(module: ModuleType, name: str, table: Table) -> None:
    if isinstance(getattr(module, name, None), dict | list):
        setattr(module, name, table)
