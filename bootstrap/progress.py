"""What the set-up is doing, on standard error: one living line on a terminal, else a line now and then."""

from __future__ import annotations

import sys
import time
from typing import TextIO

PLAIN_EVERY_S = 10.0


class Progress:
    """Tells one step at a time; `end` leaves a clean line behind."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._living = self._stream.isatty()
        self._step = ""
        self._told_at = 0.0
        self._began = time.monotonic()

    def tell(self, step: str, detail: str = "") -> None:
        """Say what is being done; a plain log hears of the same step every ten seconds only."""
        now = time.monotonic()
        text = f"{step} {detail}".strip()
        if self._living:
            self._stream.write(f"\r\x1b[2K{text[:100]} ({now - self._began:.0f} s)")
        elif step != self._step or now - self._told_at >= PLAIN_EVERY_S:
            self._told_at = now
            self._stream.write(text + "\n")
        self._step = step
        self._stream.flush()

    def end(self) -> None:
        """Take the living line away."""
        if self._living and self._step:
            self._stream.write("\r\x1b[2K")
            self._stream.flush()
        self._step = ""
