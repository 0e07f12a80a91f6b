"""What the private Neo4j needs before its first start, fetched and made while something else is waited for.

`python -m xrm.preparing` is begun by the set-up beside the building of the web application: Neo4j's jars come into the
cache, and Java's archive of their classes, which makes later starts quick. It says nothing, and what it cannot do is told
by the start that needs it.
"""

from __future__ import annotations

import signal
from contextlib import suppress

from graph.embedded.class_archive import ClassArchive, end_with_parent, watched
from graph.embedded.configuration import jvm_options
from graph.embedded.download import ensure_jars
from models.errors import XrmError
from xrm import settings
from xrm.database import memory


def main() -> None:
    """Fetch and make what is missing."""
    end_with_parent(signal.SIGTERM)
    with suppress(XrmError, OSError):
        chosen = settings.load()
        if chosen.neo4j_uri:
            return
        jars = ensure_jars(chosen.cache, progress=lambda *_: None, maven=chosen.maven_repository)
        ClassArchive.of(jars).make(watched(jars), jvm_options(memory(chosen)), nice=0)


if __name__ == "__main__":
    main()
