"""The graph explorer with 300 and with 20,000 records: the first picture, and how smoothly it is moved."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from bench.browser.frames import frames
from bench.browser.pages import COMPLETE

LONGEST_MS, PULLS, TURNS, AGAIN = 60_000, 40, 20, 3
COUNTED = """() => /\\d/.test(document.querySelector('.graph-count')?.textContent ?? '')
  && document.querySelector('.graph-stage canvas')"""
# an address gone to inside the application, and the milliseconds until there is a drawing
INSIDE = f"""async (path) => {{ const begun = performance.now();
  history.pushState({{}}, '', path); dispatchEvent(new PopStateEvent('popstate', {{ state: {{}} }}));
  const there = {COUNTED};
  while (!there()) await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return performance.now() - begun; }}"""
HOME = "() => { history.pushState({}, '', '/'); dispatchEvent(new PopStateEvent('popstate', { state: {} })); }"
BUDGETS = {300: ("0.3 s", "30 a second"), 20_000: ("1.5 s", "10 a second")}


async def looked(page: Any, address: str, report: Callable[[str, float | None], None]) -> list[tuple[str, str, str]]:
    """Seconds until a drawing is there, from nothing and from Home, and frames a second while it is pulled and zoomed."""
    rows = []
    for records, (first, rate) in BUDGETS.items():
        report(f"Drawing {records:,} records", None)
        inside_s, again_s = await _inside(page, address, records)
        begun = time.perf_counter()
        await page.goto(f"{address}/explore?whole={records}")
        await page.wait_for_function(COUNTED, timeout=LONGEST_MS)
        drawn_s = time.perf_counter() - begun
        await page.wait_for_timeout(2_000)
        pulled, slowest = await frames(page, lambda: _pulled(page))
        turned, slower = await frames(page, lambda: _turned(page))
        name = f"the explorer with {records:,} records"
        rows.append((f"{name}: the first picture, program and answer included", f"{drawn_s:.1f} s", ""))
        rows.append((f"{name}: the first picture, gone to from Home", f"{inside_s:.2f} s", ""))
        rows.append((f"{name}: the same with its records at hand", f"{again_s:.2f} s", first))
        said = f"{pulled:.0f} and {turned:.0f} a second, the longest {max(slowest, slower):.0f} ms"
        rows.append((f"{name}: frames while it is pulled, and zoomed", said, rate))
    return rows


async def _inside(page: Any, address: str, records: int) -> tuple[float, float]:
    """Seconds from leaving Home to the drawing: of the first visit, and the median of later ones, its records at hand."""
    await page.goto(address)
    seen = []
    for _ in range(1 + AGAIN):
        await page.wait_for_function(COMPLETE, timeout=LONGEST_MS)
        await page.wait_for_timeout(2_000)
        seen.append(await page.evaluate(INSIDE, f"/explore?whole={records}") / 1_000)
        await page.evaluate(HOME)
    return seen[0], statistics.median(seen[1:])


async def _pulled(page: Any) -> None:
    await page.mouse.move(700, 450)
    await page.mouse.down()
    for step in range(PULLS):
        await page.mouse.move(700 + 6 * step, 450 + 3 * (step % 10))
        await page.wait_for_timeout(30)
    await page.mouse.up()


async def _turned(page: Any) -> None:
    for step in range(TURNS):
        await page.mouse.wheel(0, -120 if step % 2 else -60)
        await page.wait_for_timeout(60)
