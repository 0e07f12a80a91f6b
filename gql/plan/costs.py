"""What an operation may cost: noted while it is read, priced by its page sizes and by how many records and links there are.

One row of an answer costs 1, and so do a hundred records or links that are looked at to find it. A list inside a list costs
its page for every row of the page around it. All of it is the most that it may come to, not what it will.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from typing import Any, NamedTuple

from cypher import request
from models.counts import Known
from models.fields.kind import Operator
from models.metamodel import EntityType, Side

LOOKED_AT = 100  # records or links that are looked at for the price of a row
SEARCHED = 100  # what a search costs beside the rows of its page
ID = "id"
Looks = Callable[[Known], float]


class Cause(StrEnum):
    """What makes something dear; the value is the cure."""

    ROWS = "ask for smaller pages with first, or for fewer lists inside each other"
    FILTER = "narrow it by a unique field, ask for fewer relations in where, or for fewer steps of reach"
    FIGURES = "narrow where, so that figures and groups are made of fewer records"
    SKIP = "pass over fewer rows with skip: begin behind a cursor that lies nearer, or count from the end"
    SEARCH = "ask for one search at a time"
    WRITING = "write fewer records and links at once, or read less of them back"
    DRAWING = "draw fewer records and links with maxRecords and maxLinks, begin at fewer ids, or name fewer relations"
    ENGINE = (
        "name fewer relations, ask for fewer rows with first and hops, or ask for one answer of an engine at a time"
    )
    VIEW = "ask for fewer events and links"
    WHOLE = "ask for it alone"


class Level(NamedTuple):
    """A page that something happens in; of a relation with an end that holds only so many, at `most` those."""

    slot: str
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """One thing that costs, in every row of the pages around it."""

    path: str
    cause: Cause
    around: tuple[Level, ...]
    looks: Looks | None = None  # None: the rows of the pages themselves


@dataclass(frozen=True, slots=True)
class Dearest:
    """The part of an operation that costs most."""

    path: str
    cost: int
    pages: tuple[int, ...]
    cause: Cause


class Costs:
    """Everything that an operation's plan is charged for.

    What stands under one response key is asked of records of different types: each record is of one, so the dearest counts.
    """

    def __init__(self, charges: Sequence[Charge]) -> None:
        apart: dict[tuple[str, Cause], list[Charge]] = {}
        for charge in charges:
            apart.setdefault((charge.path, charge.cause), []).append(charge)
        self._charges = tuple(tuple(each) for each in apart.values())
        self._known: Known | None = None
        self._looks: tuple[tuple[tuple[tuple[Level, ...], float], ...], ...] = ()

    def of(self, filled: Mapping[str, Any], known: Known) -> int:
        """The cost with these parameters."""
        return max(1, ceil(sum([max(each) for each in self._each(filled, known)])))

    def dearest(self, filled: Mapping[str, Any], known: Known) -> Dearest:
        """What makes it so."""
        cost, place, inner = max(
            (cost, -place, -inner)
            for place, each in enumerate(self._each(filled, known))
            for inner, cost in enumerate(each)
        )
        charge = self._charges[-place][-inner]
        pages = tuple(_times((level,), filled) for level in charge.around)
        return Dearest(charge.path, ceil(cost), pages, charge.cause)

    def _each(self, filled: Mapping[str, Any], known: Known) -> list[list[float]]:
        if known is not self._known:  # counts move on now and then, parameters with every request
            self._looks = tuple(
                tuple((one.around, 1 if one.looks is None else one.looks(known)) for one in each)
                for each in self._charges
            )
            self._known = known
        return [[_times(around, filled) * looks for around, looks in each] for each in self._looks]


def _times(around: tuple[Level, ...], filled: Mapping[str, Any]) -> int:
    """The rows of pages inside each other."""
    times = 1
    for slot, most in around:
        size = filled[slot]
        if type(size) is not int:
            size = len(size)
        times *= size if most is None or size < most else most
    return times


class Ledger:
    """Notes what is charged for while selections are read."""

    def __init__(self) -> None:
        self._charges: list[Charge] = []
        self._path: tuple[str, ...] = ()
        self._around: tuple[Level, ...] = ()

    def costs(self) -> Costs:
        """What was noted."""
        return Costs(self._charges)

    @contextmanager
    def at(self, name: str) -> Iterator[None]:
        """What is noted in the block is named by this response key."""
        path, self._path = self._path, (*self._path, name)
        yield
        self._path = path

    @contextmanager
    def page(self, slot: str, most: int | None = None) -> Iterator[None]:
        """A page of rows; what is read in the block is read in each of them."""
        around, self._around = self._around, (*self._around, Level(slot, most))
        self._note(Cause.ROWS, None)
        yield
        self._around = around

    def listed(
        self,
        types: Sequence[EntityType],
        side: Side | None,
        page: request.Page,
        parts: Sequence[request.ConnectionPart],
        *,
        looks_back: bool,
    ) -> None:
        """What a list looks at beside the rows it answers with: to filter and sort them, to count them, to make figures."""
        filtered = page.filter is not None and not (side is None and is_sought(page.filter))
        sorted_ = side is not None and bool(page.order)  # a type's own records come out of an index in their order
        looks = among(types, side, page.filter)
        if page.skip_slot:
            self._note(Cause.SKIP, lambda _: 1 / LOOKED_AT, Level(page.skip_slot))
        if filtered or sorted_ or looks_back:
            self._note(Cause.FILTER, looks)
        for part in parts:
            if part.what in ("aggregate", "grouped") or (part.what == "totalCount" and filtered):
                self._note(Cause.FIGURES, looks)

    def searched(self) -> None:
        """A search, whatever it finds."""
        self._note(Cause.SEARCH, lambda _: SEARCHED)

    def _note(self, cause: Cause, looks: Looks | None, *inner: Level) -> None:
        self._charges.append(Charge(".".join(self._path), cause, (*self._around, *inner), looks))


def among(types: Sequence[EntityType], side: Side | None, filter_: request.Filter | None) -> Looks:
    """The price of looking at all records of some types, or at all links of a record, and at what the filter asks of each."""
    names = tuple(kind.name for kind in types)

    def looks(known: Known) -> float:
        candidates = sum(map(known.records, names)) if side is None else degree(side, known)
        return candidates * (1 + asked_of_each(filter_, known)) / LOOKED_AT

    return looks


def is_sought(filter_: request.Filter) -> bool:
    """Whether a filter leads to its few records at once, by a field that is unique."""
    match filter_:
        case request.Compare(field, operator):
            return (field.unique or field.name == ID) and operator in (Operator.EQ, Operator.IN)
        case request.Every(parts):
            return any(map(is_sought, parts))
    return False


def degree(side: Side, known: Known) -> float:
    """How many links of a relation a record has on average, on this side of it."""
    ends = 2 if side.relation.symmetric else 1
    return ends * known.links(side.relation.name) / max(1, sum(map(known.records, side.near.types)))


def asked_of_each(filter_: request.Filter | None, known: Known) -> float:
    """How many more records and links a filter looks at for each record it judges."""
    match filter_:
        case request.Related(side, _, inner):
            return degree(side, known) * (1 + asked_of_each(inner, known))
        case request.RelatedCount(side, _, _, inner) if inner is not None:
            return degree(side, known) * (1 + asked_of_each(inner, known))
        case request.Reach():
            return _reached(filter_, known)
        case request.Every(parts) | request.Either(parts):
            return sum(asked_of_each(part, known) for part in parts)
        case request.Negated(part) | request.OnLink(part) | request.Is(_, part):
            return asked_of_each(part, known)
    return 0


def _reached(reach: request.Reach, known: Known) -> float:
    """The links that lie so many steps around a record on average; never more than there are."""
    there_are = sum(known.links(relation.name) for relation in reach.relations)
    steps = sum(2 * known.links(each.name) / max(1, known.all_records) for each in reach.relations)
    walked = sum(steps**number for number in range(1, reach.within + 1))
    return min(walked, there_are) * (1 + asked_of_each(reach.filter, known))
