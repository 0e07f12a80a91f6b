"""Where a page lies in its list, for the lists of the fixed half; the typed half's type of that name stands for it."""

from __future__ import annotations

import strawberry


@strawberry.type(description="Where a page lies in its list.")
class PageInfo:
    """As of every list."""

    has_next_page: bool = strawberry.field(description="Whether rows follow.")
    has_previous_page: bool = strawberry.field(description="Whether rows come before.")
    start_cursor: str | None = strawberry.field(description="The cursor of the first row; null on an empty page.")
    end_cursor: str | None = strawberry.field(description="The cursor of the last row; null on an empty page.")
