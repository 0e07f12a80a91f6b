"""Modules loaded while something else is waited for: Python's loading and Neo4j's start share a machine's cores."""

from __future__ import annotations

import importlib
import threading
from contextlib import suppress


def load(*modules: str) -> None:
    """Begin to load modules, in this order, in a thread of its own; whoever imports one meanwhile waits for it there."""
    threading.Thread(target=_load, args=(modules,), name="ahead", daemon=True).start()


def _load(modules: tuple[str, ...]) -> None:
    # what cannot be loaded is told where it is needed
    with suppress(Exception):
        for name in modules:
            importlib.import_module(name)
