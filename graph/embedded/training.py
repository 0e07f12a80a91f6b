"""A Neo4j that is started to be watched: `python -m graph.embedded.training SEEN JARS`.

It opens an empty database of its own as every start of XRM opens one, and Java writes down in the file SEEN what it
loaded, linked and ran most. See `class_archive.py`.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import jpype

from graph import people
from graph.address import Address
from graph.embedded.class_archive import TRAINING
from graph.embedded.configuration import LOOPBACK
from graph.embedded.database import EmbeddedDatabase
from graph.embedded.home import Home
from graph.embedded.memory import Memory
from graph.registry import Registry
from graph.session import Database

SMALL = Memory(512, 64)


def main(seen: Path, jars: Path) -> None:
    """Start, open twice as a first and a later start do, and stop; Java writes when it exits."""
    with TemporaryDirectory(prefix=TRAINING, dir=seen.parent) as folder:
        home = Home(Path(folder))
        home.create()
        database = EmbeddedDatabase(home, jars, SMALL, ["-XX:AOTMode=record", f"-XX:AOTConfiguration={seen}"])
        database.set_password(home.password())
        address = Address(f"bolt://{LOOPBACK}:{database.port}", "neo4j", home.password())
        for _ in range(2):
            asyncio.run(_open(address))
        database.shutdown()
    jpype.JClass("java.lang.System").exit(0)


async def _open(address: Address) -> None:
    database = await Database.connect(address)
    try:
        await Registry.open(database)
        await people.find_user(database, "nobody")
    finally:
        await database.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
