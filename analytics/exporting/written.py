"""What an export wrote, and what it could not write as it was."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Written:
    """Counts of an export.

    `empty` values were not known (NaN, None) and left out; from `cleaned` texts characters were removed that XML cannot
    hold; `marked` texts have an apostrophe in front, lest a spreadsheet takes them for formulas.
    """

    nodes: int = 0
    edges: int = 0
    empty: int = 0
    cleaned: int = 0
    marked: int = 0

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader of the files should know, as sentences; nothing when all was written as it is."""
        said = []
        if self.empty:
            said.append(f"{self.empty} scores are not known and were left out.")
        if self.cleaned:
            said.append(f"{self.cleaned} texts have control characters, which XML cannot hold; they were removed.")
        if self.marked:
            said.append(f"{self.marked} texts look like formulas and have an apostrophe in front.")
        return tuple(said)
