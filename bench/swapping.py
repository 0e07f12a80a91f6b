"""`python -m bench swap`: a model of 1,000 types put in force while requests go on, and the memory of 200 types.

No database is asked. The delay is that of a task which wants to run every millisecond on the loop that would serve, against the
same task left alone; the memory is that of a process of its own which has loaded everything that `xrm serve` loads,
and that of the peer with the same types beside it.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

from bench.measure import table
from bench.queries.servers import memory_of_peer
from gql.editions import Editions
from gql.execute.documents import document
from gql.execute.limits import Limits
from gql.fixed.schema import fixed_schema
from models.definitions import patch_from_plain, patched
from models.metamodel import EMPTY, Metamodel
from xrm.server.process import GC_THRESHOLDS

TYPES, FIELDS, RELATIONS, SERVED = 1_000, 8, 4, 200
SCALARS = {
    "text": "String",
    "integer": "Int",
    "date": "Date",
    "decimal": "Float",
}  # kinds of fields, and the peer's for them
KINDS = tuple(SCALARS)
TICK_S = 0.001
ASKED = """{ t7s(first: 5, where: {f0: {startsWith: "a"}, r1: {some: {node: {f1: {gt: 3}}}}}, orderBy: [{f0: ASC}]) {
  totalCount nodes { id f0 r0(first: 2) { nodes { f2 r1 { totalCount } } } } } }"""


def measure(
    address: None,  # noqa: ARG001  # every member is called alike
    folder: Path,
    options: argparse.Namespace,
    report: Callable[[str, float | None], None],
) -> str:
    """Seconds, delays and megabytes, as a Markdown table."""
    report("Putting 1,000 types in force", None)
    swaps = [asyncio.run(_swapped(model_of(TYPES))) for _ in range(options.rounds)]
    report("The memory of a server", None)
    bare, served = _memory(0), _memory(SERVED)
    rows = [
        (f"{TYPES:,} types in force, s", f"{statistics.median(each[0] for each in swaps):.2f}"),
        ("longest delay meanwhile, ms", f"{statistics.median(each[1] for each in swaps):.1f}"),
        (
            "longest delay of the same loop left alone as long, ms",
            f"{statistics.median(each[2] for each in swaps):.1f}",
        ),
        (
            "the first query of the new schema read and checked, ms",
            f"{statistics.median(each[3] for each in swaps):.1f}",
        ),
        (f"memory with {SERVED} types, MiB", f"{served:.0f}"),
        ("of which without any", f"{bare:.0f}"),
        *((what, f"{each:.0f}, {each / served:.1f}×") for what, each in _peers(folder)),
    ]
    return table(("what", "measured"), rows)


def model_of(types: int) -> Metamodel:
    """A model of so many types, each with eight fields and four relations to others."""
    kinds = [
        {
            "name": f"T{each}",
            "plural": f"T{each}s",
            "fields": [{"name": f"f{place}", "kind": KINDS[place % len(KINDS)]} for place in range(FIELDS)],
        }
        for each in range(types)
    ]
    relations = [
        {
            "name": f"R{each}_{place}",
            "source": {"types": [f"T{each}"], "field": f"r{place}"},
            "target": {"types": [f"T{(each * 7 + place + 1) % types}"], "field": f"b{each}x{place}"},
        }
        for each in range(types)
        for place in range(RELATIONS)
    ]
    patch, problems = patch_from_plain({"types": kinds, "relations": relations})
    assert not problems, problems[:3]
    model, problems = patched(EMPTY, patch)
    assert not problems, problems[:3]
    return model


async def _swapped(model: Metamodel) -> tuple[float, float, float, float]:
    """Seconds of a swap, the longest delays with and without one, and milliseconds of a first query."""
    editions = Editions(fixed_schema(), EMPTY)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)  # as the server does
    began = time.perf_counter()
    delay = await _delayed(editions.publish(model))
    taken = time.perf_counter() - began
    alone = await _delayed(asyncio.sleep(taken))
    edition, began = editions.current, time.perf_counter()
    document(ASKED, edition.schema, edition.plans, Limits())
    return taken, delay, alone, 1000 * (time.perf_counter() - began)


async def _delayed(work: Coroutine[Any, Any, None]) -> float:
    """The longest that a task waited beyond its time while some work went on, in milliseconds."""
    task, longest = asyncio.create_task(work), 0.0
    while not task.done():
        began = time.perf_counter()
        await asyncio.sleep(TICK_S)
        longest = max(longest, time.perf_counter() - began - TICK_S)
    await task
    return 1000 * longest


def _peers(folder: Path) -> Iterator[tuple[str, float]]:
    """Mebibytes of the peer with the same types: without the fields that lead back, and with them, as ours are."""
    types = folder / "types.graphql"
    for what, back in (("the peer's with links in one direction", False), ("the peer's with links in both", True)):
        types.write_text(_sdl(model_of(SERVED), back=back), encoding="utf-8")
        yield f"{what}, MiB", memory_of_peer(types, folder)


def _sdl(model: Metamodel, *, back: bool) -> str:
    """A model as the peer takes it."""
    fields = {
        kind.name: [f"  {name}: {SCALARS[each.kind]}" for name, each in kind.fields.items()]
        for kind in model.types.values()
    }
    for relation in model.relations.values():
        (source,), (target,) = relation.source.types, relation.target.types
        link = '  {}: [{}!]! @relationship(type: "{}", direction: {})'
        fields[source].append(link.format(relation.source.field, target, relation.name, "OUT"))
        if back:
            fields[target].append(link.format(relation.target.field, source, relation.name, "IN"))
    return "\n".join("\n".join((f"type {name} @node {{", "  id: ID!", *each, "}")) for name, each in fields.items())


def _memory(types: int) -> float:
    """Mebibytes of a process that serves a model of so many types."""
    code = (
        "import sys, xrm.server.process; from bench.swapping import *; "
        f"held = Editions(fixed_schema(), model_of({types}) if {types} else EMPTY); "
        f"{types} and document(ASKED, held.current.schema, held.current.plans, Limits()); "
        "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmRSS')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return int(done.stdout.split()[-1]) / 1024
