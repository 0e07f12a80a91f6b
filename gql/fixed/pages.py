"""Pages of the fixed half's lists: how large they may be, where they begin, and where they lie.

The typed half's type of the name `PageInfo` stands for the one here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import strawberry

from models.errors import Problem, Rejected
from models.ids import is_id

_DIGITS = 18  # of a number that Neo4j can hold
FOREIGN_CURSOR = Problem("bad_cursor", "This cursor was not made for this list; begin again without it.", ("after",))


@strawberry.type(description="Where a page lies in its list.")
class PageInfo:
    """As of every list."""

    has_next_page: bool = strawberry.field(description="Whether rows follow.")
    has_previous_page: bool = strawberry.field(description="Whether rows come before.")
    start_cursor: str | None = strawberry.field(description="The cursor of the first row; null on an empty page.")
    end_cursor: str | None = strawberry.field(description="The cursor of the last row; null on an empty page.")


def page_info(cursors: Sequence[str], *, more: bool, paged: bool, end: str | None = None) -> PageInfo:
    """Where a page lies: its rows' cursors, whether rows follow, whether it was begun behind a cursor.

    `end` is where to go on, where that is not the last row.
    """
    # the typed half's PageInfo answers, and reads its values by their names in the API
    place = {
        "hasNextPage": more,
        "hasPreviousPage": paged,
        "startCursor": cursors[0] if cursors else None,
        "endCursor": end or (cursors[-1] if cursors else None),
    }
    return cast("PageInfo", place)


def check_first(first: int, most: int) -> None:
    """Raises Rejected for a page that is too large."""
    if not 0 <= first <= most:
        raise Rejected([Problem("page_too_large", f"Ask for 0 to {most:,} at once.", ("first",))])


def id_behind(after: str | None) -> str | None:
    """The id that a page begins behind, of a list whose cursors are ids. Raises Rejected."""
    if after is not None and not is_id(after):
        raise Rejected([FOREIGN_CURSOR])
    return after


def number_behind(after: str | None) -> int | None:
    """The number that a page begins behind, of a list whose cursors are numbers. Raises Rejected."""
    if after is None:
        return None
    if not (after.isascii() and after.isdigit() and len(after) <= _DIGITS):
        raise Rejected([FOREIGN_CURSOR])
    return int(after)
