"""In which order, and which page of them."""

from __future__ import annotations

from dataclasses import dataclass

from cypher.request.filters import Filter
from models.metamodel import Field


@dataclass(frozen=True, slots=True)
class OrderKey:
    """One sort key, of the record or of the link that leads to it; a place is sorted by its distance from the point in
    the parameter `from_slot`.
    """

    field: Field
    descending: bool = False
    of_link: bool = False
    from_slot: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a page begins: behind (or before) a row whose sort values are the parameters `slots`; None for a missing value.

    The slots in `endless` hold texts that no other text bounds from above (see `cypher.texts`).
    """

    slots: tuple[str | None, ...]
    tie_slot: str
    endless: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; `size_slot` holds the number of rows to fetch, `skip_slot` of those before it that are passed over.

    `backward` pages from the end.
    """

    filter: Filter | None
    order: tuple[OrderKey, ...]
    size_slot: str
    cut: Cut | None = None
    backward: bool = False
    peek: bool = False
    skip_slot: str = ""
