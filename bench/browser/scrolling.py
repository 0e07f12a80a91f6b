"""A list of a million records: how long a reader looks at places without rows, and how smoothly it moves."""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable
from typing import Any

from bench.browser.frames import frames

PLACES, WHEELS, LONGEST_MS = 12, 60, 60_000
BUDGET_MS = 200
# the time since which no row, or bones, have been in view, and the longest such time; looked at on every frame
WATCH = """() => { window.__blank = { since: null, longest: 0 };
  const look = (now) => {
    const grid = document.querySelector('.grid').getBoundingClientRect();
    const seen = [...document.querySelectorAll('.grid-row')].filter((each) => {
      const at = each.getBoundingClientRect(); return at.bottom > grid.top + 34 && at.top < grid.bottom; });
    const blank = seen.length === 0 || seen.some((each) => each.querySelector('.bone'));
    const kept = window.__blank;
    if (blank) { kept.since ??= now; kept.longest = Math.max(kept.longest, now - kept.since); }
    else kept.since = null;
    requestAnimationFrame(look); };
  requestAnimationFrame(look); }"""
LONGEST = "() => { const { longest } = window.__blank; window.__blank.longest = 0; return longest; }"
FILLED = "() => window.__blank.since === null && document.querySelectorAll('.grid-row').length > 5"
PULL = """(share) => { const grid = document.querySelector('.grid');
  grid.scrollTop = share * (grid.scrollHeight - grid.clientHeight); }"""
LAST = "() => Math.max(...[...document.querySelectorAll('.grid-row')].map((each) => Number(each.getAttribute('aria-rowindex'))))"


async def looked(
    page: Any, address: str, records: int, rounds: int, report: Callable[[str, float | None], None]
) -> list[tuple[str, str, str]]:
    """The longest times without rows by wheel, by the bar soon after the list is opened and later, and at the end."""
    await page.goto(f"{address}/t/Subscriber")
    await page.locator(".grid-row a").first.wait_for(timeout=LONGEST_MS)
    await page.evaluate(WATCH)
    soon = [await _pulled(page, share) for share in (0.5, 0.75, 0.25)]
    await page.wait_for_timeout(8_000)  # cursors in the middle are fetched meanwhile
    chance = random.Random(7)
    pulled = [await _pulled(page, chance.random()) for _ in range(PLACES * rounds)]
    to_end = await _pulled(page, 1)
    last = await page.evaluate(LAST)
    if last != records + 1:
        raise RuntimeError(f"The list ends with row {last:,} of {records + 1:,}.")
    report("Scrolling by wheel", None)
    await _pulled(page, 0.3)
    rate, worst = await frames(page, lambda: _wheeled(page))
    wheeled = await page.evaluate(LONGEST)
    name = f"{records:,} records"
    pulls = f"{statistics.median(pulled):.0f} ms, at most {max(pulled):.0f} ms of {len(pulled)}"
    return [
        (
            f"{name}: without rows after a pull of the bar to the middle, the list just opened",
            _ms(max(soon)),
            _ms(BUDGET_MS),
        ),
        (f"{name}: after pulls to places by chance", pulls, _ms(BUDGET_MS)),
        (f"{name}: at the end", _ms(to_end), _ms(BUDGET_MS)),
        (f"{name}: by wheel", _ms(wheeled), _ms(BUDGET_MS)),
        (f"{name}: frames while the wheel turns", f"{rate:.0f} a second, the longest {worst:.0f} ms", "50 a second"),
    ]


async def _pulled(page: Any, share: float) -> float:
    await page.evaluate(LONGEST)
    await page.evaluate(PULL, share)
    await page.wait_for_timeout(100)
    await page.wait_for_function(FILLED, timeout=LONGEST_MS)
    longest: float = await page.evaluate(LONGEST)
    return longest


async def _wheeled(page: Any) -> None:
    await page.mouse.move(700, 500)
    for _ in range(WHEELS):
        await page.mouse.wheel(0, 240)
        await page.wait_for_timeout(50)


def _ms(value: float) -> str:
    return f"{value:.0f} ms"
