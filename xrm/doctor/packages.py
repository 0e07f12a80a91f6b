"""What is installed: Python, our own rooms, the packages they need."""

from __future__ import annotations

import platform
import re
import sys
from importlib.metadata import PackageNotFoundError, requires, version

from xrm import rooms as house
from xrm.doctor.finding import Finding, ill, well
from xrm.settings import Settings

PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;]+)$")


def python(_: Settings) -> Finding:
    """Which Python runs."""
    return well("python", f"{platform.python_version()} in {sys.prefix}")


def rooms(_: Settings) -> Finding:
    """Whether every room is ours and no namesake's."""
    strangers = house.strangers()
    if not strangers:
        return well("rooms", f"all {len(house.ROOMS)} belong to this installation")
    seen = "; ".join(f"{room} is taken by {owner}" for room, owner in strangers.items())
    return ill("rooms", f"{seen}.", "Run XRM in an environment of its own: remove .venv and run make demo.")


def dependencies(_: Settings) -> Finding:
    """Whether every package has the version that XRM was released with."""
    pins = [pin for text in requires(house.DISTRIBUTION) or () if (pin := PIN.match(text))]
    wrong = [seen for pin in pins if (seen := _difference(pin["name"], pin["version"]))]
    if wrong:
        return ill("packages", "; ".join(wrong) + ".", "Remove .venv and run make demo.")
    return well("packages", f"all {len(pins)} are of the released versions")


def _difference(name: str, wanted: str) -> str:
    try:
        present = version(name)
    except PackageNotFoundError:
        return f"{name} is missing"
    return "" if present == wanted else f"{name} is {present}, not {wanted}"
