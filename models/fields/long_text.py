"""Long text of several lines: notes, descriptions."""

from __future__ import annotations

from models.fields.kind import COUNTED
from models.fields.text import Text


class LongText(Text):
    """Text of any number of lines, up to `maxLength` (100,000) characters; neither sorted nor indexed."""

    name = "longText"
    aggregates = COUNTED
    options = frozenset({"maxLength"})
    sortable = False
    indexed = False
    longest = 100_000
    multiline = True
