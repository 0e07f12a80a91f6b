"""First pictures and waits of the pages that people begin with, and a hub's page against a small record's."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from typing import Any

from bench.browser.world import World

LONGEST_MS = 60_000
COMPLETE = "() => document.querySelector('h1') && !document.querySelector('.bone')"
# the largest paint, and how long the longest of a reader's acts waited for the next one
OBSERVE = """window.__largest = 0; window.__waited = 0;
new PerformanceObserver((list) => { for (const each of list.getEntries()) window.__largest = each.startTime; })
  .observe({ type: 'largest-contentful-paint', buffered: true });
const wait = ({ duration }) => { window.__waited = Math.max(window.__waited, duration); };
new PerformanceObserver((list) => list.getEntries().forEach(wait))
  .observe({ type: 'event', durationThreshold: 16, buffered: true });"""
FIRST = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"


async def looked(
    page: Any, address: str, there_is: World, rounds: int, report: Callable[[str, float | None], None]
) -> list[tuple[str, str, str]]:
    """Milliseconds until the first and the largest picture, of the slowest answer to a key, and until a page is complete."""
    await page.add_init_script(OBSERVE)
    places = {"Home": "/", "a list": "/t/Person", "a 360° page": f"/r/{await _somebody(page, address)}"}
    rows = []
    for name, path in places.items():
        report(f"Opening {name}", None)
        seen = await _again(page, address + path, rounds)
        first, largest, complete = (statistics.median(each) for each in zip(*seen, strict=True))
        rows.append(
            (
                f"{name}: first, largest picture, complete",
                f"{first:.0f}, {largest:.0f}, {complete:.0f} ms",
                "largest 800 ms",
            )
        )
        rows.append((f"{name}: the longest wait for an answer to keys", f"{await _pressed(page):.0f} ms", "200 ms"))
    hubs = statistics.median([each[2] for each in await _again(page, f"{address}/r/{there_is.hub}", rounds)])
    smalls = statistics.median([each[2] for each in await _again(page, f"{address}/r/{there_is.small}", rounds)])
    rows.append(
        (
            "the 360° page of a hub with 50,000 links, and of a small record: complete",
            f"{hubs:.0f} and {smalls:.0f} ms, {hubs / smalls:.2f}×",
            "1×",
        )
    )
    return rows


async def _again(page: Any, address: str, rounds: int) -> list[tuple[float, float, float]]:
    """What was seen in each round but the first, which makes caches warm."""
    return [await _opened(page, address) for _ in range(rounds + 1)][1:]


async def _opened(page: Any, address: str) -> tuple[float, float, float]:
    await page.goto("about:blank")
    await page.goto(address, wait_until="commit")
    await page.wait_for_function(COMPLETE, timeout=LONGEST_MS, polling="raf")
    complete = await page.evaluate("() => performance.now()")
    await page.wait_for_timeout(500)
    return await page.evaluate(FIRST), await page.evaluate("() => window.__largest"), complete


async def _pressed(page: Any) -> float:
    await page.evaluate("() => { window.__waited = 0; }")
    for _ in range(12):
        await page.keyboard.press("Tab")
        await page.wait_for_timeout(80)
    await page.keyboard.press("ControlOrMeta+k")
    await page.wait_for_timeout(800)
    await page.keyboard.press("Escape")
    await page.wait_for_timeout(300)
    waited: float = await page.evaluate("() => window.__waited")
    return waited


async def _somebody(page: Any, address: str) -> str:
    asked = await page.request.post(
        f"{address}/graphql", data={"query": "{ companies(first: 1, orderBy: [{name: ASC}]) { nodes { id } } }"}
    )
    found: str = (await asked.json())["data"]["companies"]["nodes"][0]["id"]
    return found
