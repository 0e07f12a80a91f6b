"""`python -m bench [MEMBER …] [--rounds N] [--scale X] [--only Q1,Q2]`: run benchmarks, each beside its peer, and print tables.

Without NEO4J_URI a private Neo4j is started on a folder of its own, thrown away at the end (`--keep FOLDER` keeps it).
"""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import replace
from pathlib import Path

from graph.address import Address
from xrm import database, settings
from xrm.cli import console

# each module has `measure(address, folder, options, report) -> str`, a Markdown table
MEMBERS = {
    "queries": "bench.queries.run",
    "imports": "bench.imports",
    "sequencing": "bench.sequencing",
    "versions": "bench.versions",
    "view360": "bench.view360",
    "figures": "bench.figures",
    "snb": "bench.snb.run",
    "swap": "bench.swapping",
    "growth": "bench.growing",
    "looking_back": "bench.looking_back",
    "search": "bench.search",
    "analytics_loader": "bench.analytics_loader",
    "algorithms": "bench.algorithms",
    "gds": "bench.gds.run",
    "scale": "bench.scale",
    "scale_load": "bench.scaled.loading",
    "following": "bench.following",
    "browser": "bench.browser.run",
}
WITHOUT_DATABASE = {"algorithms", "gds", "scale", "swap"}  # no database of ours is started for them


def main() -> int:
    """Run the members named, or all of them."""
    options = _options()
    with ExitStack() as stack:
        home = Path(options.keep or stack.enter_context(tempfile.TemporaryDirectory(prefix="xrm-bench-")))
        home.mkdir(parents=True, exist_ok=True)
        report = stack.enter_context(console.progress())
        for name in options.members or MEMBERS:
            member = importlib.import_module(MEMBERS[name])
            folder = home / name
            folder.mkdir(exist_ok=True)
            with _database(name, folder, report) as address:
                sys.stdout.write(f"\n## {name}\n\n{member.measure(address, folder, options, report)}\n")
                sys.stdout.flush()
    return 0


def _database(
    name: str, folder: Path, report: Callable[[str, float | None], None]
) -> AbstractContextManager[Address | None]:
    if name in WITHOUT_DATABASE:
        return nullcontext()
    return database.owned(replace(settings.load(), home=folder / "neo4j"), report)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Benchmarks, each beside its peer, as ratios.")
    parser.add_argument("members", nargs="*", help=f"{', '.join(MEMBERS)}; all when left out")
    parser.add_argument("--rounds", type=int, default=6, help="rounds of each contestant (6)")
    parser.add_argument("--scale", type=float, default=1.0, help="size of the graph against the full 670,000 (1.0)")
    parser.add_argument(
        "--only",
        default="",
        help="operations of the queries, engines of scale or functions of algorithms, such as Q1,Q5",
    )
    parser.add_argument(
        "--apart",
        action="store_true",
        help="of the queries: the servers alone on the first core, the database and the client on the others",
    )
    parser.add_argument("--keep", default="", help="a folder that keeps the database for the next run")
    options = parser.parse_args()
    unknown = [name for name in options.members if name not in MEMBERS]
    if unknown:
        parser.error(f"there is no member {unknown[0]!r}; choose from {', '.join(MEMBERS)}")
    return options


if __name__ == "__main__":
    sys.exit(main())
