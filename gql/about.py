"""What the API can tell of the server it runs in; the shell knows it and hands it over."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class About:
    """The version, and the settings as name, value with secrets masked, and what each is for."""

    version: str = ""
    settings: tuple[tuple[str, str, str], ...] = ()


UNKNOWN = About()
