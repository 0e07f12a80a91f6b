"""The refusal of every engine that learns: too little to learn from, said with both numbers."""

from __future__ import annotations

from models.errors import XrmError


class TooFewExamples(XrmError):
    """There is too little to learn from; `needed` and `found` say how much there must be and how much there is."""

    code = "too_few_examples"

    def __init__(self, what: str, *, needed: int, found: int, cure: str = "") -> None:
        self.what = what
        self.needed = needed
        self.found = found
        sentence = f"Too few {what}: {needed} are needed and there are {found}."
        super().__init__(f"{sentence} {cure}".rstrip())
