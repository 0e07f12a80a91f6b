"""A private Neo4j as a child process: fetched, started, guarded and stopped by XRM itself."""

from __future__ import annotations

from graph.embedded.guard import guarded
from graph.embedded.jars import NEO4J_VERSION
from graph.embedded.memory import Memory
from graph.embedded.server import Server, attach, attach_or_start, start

__all__ = ["NEO4J_VERSION", "Memory", "Server", "attach", "attach_or_start", "guarded", "start"]
