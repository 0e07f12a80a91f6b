"""The names of files that others send: nothing of a path, nothing that a shell or a page could take for something else."""

from __future__ import annotations

import re
import unicodedata

from exchange.tables import SUFFIXES
from models.errors import Problem, Rejected, told

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
        raise Rejected([_no_table(name)])
    return stem[: LONGEST - len(suffix)].strip(" .") + suffix if stem.strip("_ ") else f"table{suffix}"


def stem_of(name: str) -> str:
    """The name without its ending."""
    return _parts(name)[0]


def _parts(name: str) -> tuple[str, str]:
    suffix = next((each for each in sorted(SUFFIXES, key=len, reverse=True) if name.lower().endswith(each)), "")
    return name[: len(name) - len(suffix)], suffix.lower()


def _no_table(name: str) -> Problem:
    path = (name[:LONGEST],)
    if name.lower().endswith(_BOOKS):
        sentence = "{name} is a workbook. Save each of its sheets as CSV (UTF-8) and send those."
        return told("no_table", sentence, path, case="workbook", name=name)
    sentence = "{name} is not called like a table; a table ends in one of {known}."
    return told("no_table", sentence, path, name=name or "The file", known=", ".join(SUFFIXES))
