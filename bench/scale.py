"""A million records with ten million links, as arrays: every engine once, in a process of its own, its memory against a bound.

No database: the arrays are made from a seed, written once, and mapped by each process. CPU seconds and the peak of the process
(its libraries, compiling and mapped arrays included) are read by the process itself, so that neighbours on the machine do not
count. `--only influence,strength` runs some of them.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from bench.measure import table
from bench.scaled.engines import ENGINES
from bench.scaled.world import LINKS, RECORDS, make
from graph.address import Address

LIMIT_GIB = 6.0


def measure(
    address: Address | None,  # noqa: ARG001  # every member is called alike
    folder: Path,
    options: argparse.Namespace,
    report: Callable[[str, float | None], None],
) -> str:
    """CPU seconds and peak of every engine, as a Markdown table."""
    world = folder / f"world-{options.scale}"
    if not (world / "made").exists():
        report("Making the arrays", None)
        make(world, max(int(RECORDS * options.scale), 1_000), max(int(LINKS * options.scale), 10_000))
    chosen = [name for name in options.only.split(",") if name] or list(ENGINES)
    rows = []
    for place, name in enumerate(chosen):
        report(name, place / len(chosen))
        rows.append(_row(name, world))
        sys.stderr.write(f"{rows[-1]}\n")
    heading = (world / "made").read_text()
    return f"{heading}\n\n{table(('engine', 'CPU s', 'peak GiB', f'under {LIMIT_GIB:.0f} GiB', 'what came out'), rows)}"


def _row(name: str, world: Path) -> tuple[str, ...]:
    command = [sys.executable, "-m", "bench.scaled", name, str(world)]
    ended = subprocess.run(command, capture_output=True, text=True)
    if ended.returncode:
        last = (ended.stderr.strip().splitlines() or ["nothing said"])[-1]
        return name, "–", "–", "failed", f"exit {ended.returncode}: {last[:120]}"
    told = json.loads(ended.stdout.splitlines()[-1])
    held = told["peak"] / (1 << 30)
    return name, f"{told['cpu_s']:.1f}", f"{held:.2f}", "yes" if held < LIMIT_GIB else "NO", told["found"]
