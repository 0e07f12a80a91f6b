"""The names of files that others send: nothing of a path, nothing that a shell or a page could take for something else."""

from __future__ import annotations

import re
import unicodedata

from exchange.tables import SUFFIXES
from models.errors import Problem, Rejected

LONGEST = 120
_OTHER = re.compile(r"[^\w .()\-]+")
_DOTS = re.compile(r"\.{2,}")
_BOOKS = (".xlsx", ".xls", ".ods", ".numbers")


def safe_name(given: str) -> str:
    """The name a file is kept under. Raises Rejected where it is not called like a table."""
    name = unicodedata.normalize("NFC", given).replace("\\", "/").rsplit("/", 1)[-1]
    name = _DOTS.sub(".", _OTHER.sub("_", name)).strip(" .")
    stem, suffix = _parts(name)
    if not suffix:
        raise Rejected([Problem("no_table", _told(name), (name[:LONGEST],))])
    return stem[: LONGEST - len(suffix)].strip(" .") + suffix if stem.strip("_ ") else f"table{suffix}"


def stem_of(name: str) -> str:
    """The name without its ending."""
    return _parts(name)[0]


def _parts(name: str) -> tuple[str, str]:
    suffix = next((each for each in sorted(SUFFIXES, key=len, reverse=True) if name.lower().endswith(each)), "")
    return name[: len(name) - len(suffix)], suffix.lower()


def _told(name: str) -> str:
    known = ", ".join(SUFFIXES)
    if name.lower().endswith(_BOOKS):
        return f"{name} is a workbook. Save each of its sheets as CSV (UTF-8) and send those."
    return f"{name or 'The file'} is not called like a table; a table ends in one of {known}."
