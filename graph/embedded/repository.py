"""Where jars are fetched from: the caller's choice, else the mirror of the user's Maven settings, else Maven's own repository."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

from graph.embedded.errors import EmbeddedError

CENTRAL = "central"


def address(chosen: str = "", *, settings: Path | None = None) -> str:
    """The repository's address without a closing slash."""
    found = chosen or _mirror(settings or Path.home() / ".m2" / "settings.xml") or _maven_central()
    return found.rstrip("/")


def _maven_central() -> str:
    from jgo.constants import MAVEN_CENTRAL_URL

    return str(MAVEN_CENTRAL_URL)


def _mirror(settings: Path) -> str:
    """The first mirror that stands in for Maven's central repository, or nothing."""
    if not settings.is_file():
        return ""
    try:
        root = ET.parse(settings).getroot()  # noqa: S314 - the user's own file, read by Maven just so
    except ET.ParseError as error:
        raise EmbeddedError(
            f"The Maven settings {settings} are not valid XML ({error}). Mend or remove that file."
        ) from error
    for mirror in root.iterfind(".//{*}mirror"):
        if _stands_in_for_central(mirror.findtext("{*}mirrorOf") or ""):
            return (mirror.findtext("{*}url") or "").strip()
    return ""


def _stands_in_for_central(mirror_of: str) -> bool:
    """Whether a `mirrorOf` pattern of Maven's names the central repository."""
    patterns = {pattern.strip() for pattern in mirror_of.split(",")}
    if f"!{CENTRAL}" in patterns:
        return False
    return bool(patterns & {"*", CENTRAL, "external:*"})
