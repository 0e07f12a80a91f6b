"""Which browser on which system it is, as far as the header `User-Agent` tells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_LOOKED_AT = 1_000  # characters of the header
# browsers bear the marks of others too: those whose own mark nobody else bears come first
_NAMES = (
    ("Edge", ("Edg/", "EdgA/", "EdgiOS/")),
    ("Opera", ("OPR/", "OPT/")),
    ("Yandex Browser", ("YaBrowser/",)),
    ("Samsung Internet", ("SamsungBrowser/",)),
    ("Vivaldi", ("Vivaldi/",)),
    ("Firefox", ("Firefox/", "FxiOS/")),
    ("Chrome", ("Chrome/", "HeadlessChrome/", "CriOS/")),
    ("Safari", ("Safari/",)),
)
_SYSTEMS = (
    ("Android", ("Android",)),
    ("iOS", ("iPhone", "iPad", "iPod")),
    ("Windows", ("Windows NT",)),
    ("macOS", ("Macintosh",)),
    ("ChromeOS", ("CrOS",)),
    ("Linux", ("Linux", "X11")),
)


@dataclass(frozen=True, slots=True)
class Browser:
    """Its name and that of its system; each empty where the header does not tell."""

    name: str = ""
    system: str = ""


UNKNOWN = Browser()


def browser_of(agent: str) -> Browser:
    """The browser that calls itself so. A tablet that passes for a computer, and a relative of Chrome, cannot be told apart."""
    looked_at = agent[:LONGEST_LOOKED_AT]
    return Browser(_first(_NAMES, looked_at), _first(_SYSTEMS, looked_at))


def _first(known: Iterable[tuple[str, tuple[str, ...]]], agent: str) -> str:
    return next((name for name, marks in known if any(mark in agent for mark in marks)), "")
