"""How often a page is drawn while something is done in it."""

from __future__ import annotations

import statistics
from collections.abc import Awaitable, Callable
from itertools import pairwise
from typing import Any

BEGIN = """() => { const at = window.__frames = []; window.__counts = true;
  const tick = (now) => { at.push(now); if (window.__counts) requestAnimationFrame(tick); };
  requestAnimationFrame(tick); }"""
END = "() => { window.__counts = false; return window.__frames; }"


async def frames(page: Any, act: Callable[[], Awaitable[None]]) -> tuple[float, float]:
    """Frames a second while something is done, and the longest of them in milliseconds."""
    await page.evaluate(BEGIN)
    await act()
    gaps = [after - before for before, after in pairwise(await page.evaluate(END))]
    return (1000 / statistics.mean(gaps), max(gaps)) if gaps else (0.0, 0.0)
