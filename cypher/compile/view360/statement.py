"""One row for a whole view: the record, its links, a hub's events, what lies further away, insights and changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from cypher.ast import Expression, HasLabel, Item, ListOf, Match, Node, Param, Pattern, Query, Return, Var, With
from cypher.clock import Clock
from cypher.compile.scope import NOW, Scope
from cypher.compile.view360 import documents, happenings, past_hubs, sections
from cypher.compile.view360.walks import HERE, Finder, degree, from_index, record
from models.metamodel import Metamodel, Side
from models.profiles import Happening, Profile, Signal, Unfinished

CLOCK = "clock"  # parameter of views of the past: a reading of both clocks
Way = tuple[tuple[str, ...], str]  # a path of relation fields, and the type at its end


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a view is made of: `later` pages of the time line begin behind a cut; `past` looks at the moment of a clock.

    Of a record with few links all are walked, in one sub-query. `hub` finds what is shown of one with very many, relation
    by relation and from indexes; its statement takes Neo4j longer to plan.
    """

    later: bool = False
    past: bool = False
    hub: bool = False


@dataclass(frozen=True, slots=True)
class SideRows:
    """Where a side's links stand in the row: how many there are, None where all of them are to be counted; some of a hub's."""

    side: Side
    count: int | None
    walked: int | None


@dataclass(frozen=True, slots=True)
class CompiledView:
    """A statement with one row of one list, and where everything stands in it. `values` are parameters that never change."""

    query: Query
    values: Mapping[str, Any]
    record: int
    sides: Mapping[str, SideRows]
    links: int | None  # of a record that is no hub: all of them
    happened: Mapping[Happening, int]  # of hubs
    waiting: Mapping[Unfinished, int]  # of hubs
    beyond: Mapping[Way, int]
    strongest: int | None  # of a hub
    insights: int
    mentioned: int
    changes: int
    scores: int | None  # in the past: the properties of the record as it is now, which has the scores


def compile_view(model: Metamodel, profile: Profile, wanted: Wanted) -> CompiledView:
    """The statement for records of the profile's type; parameters are those named in `happenings` and `sections`."""
    return _View(model, profile, wanted).compiled()


class _View:
    def __init__(self, model: Metamodel, profile: Profile, wanted: Wanted) -> None:
        self.model, self.profile, self.wanted = model, profile, wanted
        self.scope = Scope()
        self.clock = Clock(CLOCK) if wanted.past else None
        self.past_hub = wanted.past and wanted.hub
        self.columns: list[Expression] = []
        self.walked: dict[str, Expression] = {}  # rows of a hub's sides by variable
        self.values: dict[str, Any] = {}

    def compiled(self) -> CompiledView:
        with self.scope.at(self.clock):
            for name in (HERE, "l", "m"):
                self.scope.named(name)
            return self._compiled()

    def _compiled(self) -> CompiledView:
        sides, view = self.model.sides[self.profile.type], self.profile.view
        at_hand = self._place(record(HERE))
        counted = sides if self.wanted.hub or not self.wanted.past else ()
        degrees = {field: f"k{place}" for place, field in enumerate(counted)}
        rows = {field: self._side(side, degrees.get(field)) for field, side in sides.items()}
        links = None if self.wanted.hub else self._all_links(tuple(degrees.values()))
        led: list[Signal | Happening | Unfinished] = [*self.profile.signals, *view.timeline, *view.unfinished]
        ways = [(each.path, each.type) for each in led]
        beyond = {way: self._beyond(way) for way in dict.fromkeys(ways) if len(way[0]) > 1}
        happened, waiting, strongest = self._of_hub(degrees) if self.wanted.hub else ({}, {}, None)
        insights, mentioned = self._place(documents.insights()), self._place(documents.mentioned())
        until = Param(NOW) if self.clock is None else self.clock.least
        changes = self._place(happenings.changes(until, later=self.wanted.later))
        scores = self._place(documents.present_scores()) if self.wanted.past else None
        query = self._query({name: self._count(sides[field]) for field, name in degrees.items()})
        return CompiledView(
            query, self.values, at_hand, rows, links, happened, waiting, beyond, strongest, insights, mentioned, changes,
            scores,
        )  # fmt: skip

    def _query(self, degrees: Mapping[str, Expression]) -> Query:
        id = (("id", Param("id")),)
        found = Match(
            (Pattern((Node(HERE, ("Record",), id, record=(self.profile.type,)),)),),
            HasLabel(Var(HERE), self.profile.type),
        )
        counts = tuple(Item(count, name) for name, count in degrees.items())
        row = Return((Item(ListOf(tuple(self.columns)), "view"),))
        if not self.past_hub:
            return self.scope.looked_back(Query((found, *self._stages(counts), row)))
        kept = tuple(Item(Var(name), name) for name in (HERE, past_hubs.WALKED))
        walked = past_hubs.walked(self.scope, self._relations())
        return self.scope.looked_back(Query((found, walked, With((*kept, *counts)), row)))

    def _stages(self, counts: tuple[Item, ...]) -> tuple[With, ...]:
        """What is bound before the row is made: the counts, then a hub's rows, which within a slice would escape PROFILE."""
        here = Item(Var(HERE), HERE)
        counted = With((here, *counts))
        if not self.walked:
            return (counted,)
        rows = (Item(each, name) for name, each in self.walked.items())
        return counted, With((here, *(Item(Var(each.name), each.name) for each in counts), *rows))

    def _place(self, column: Expression) -> int:
        self.columns.append(column)
        return len(self.columns) - 1

    def _count(self, side: Side) -> Expression:
        return past_hubs.count(side) if self.past_hub else degree(self.scope, side)

    def _side(self, side: Side, degree_name: str | None) -> SideRows:
        return SideRows(
            side,
            None if degree_name is None else self._place(Var(degree_name)),
            self._place(self._some_links(side, str(degree_name))) if self.wanted.hub else None,
        )

    def _some_links(self, side: Side, degree_name: str) -> Expression:
        if self.past_hub:
            return past_hubs.links(self.scope, side, sections.MOST_SHOWN)
        name = f"w{len(self.walked)}"
        self.walked[name] = sections.walked(self.scope, side)
        return sections.sent(Var(name), degree_name)

    def _all_links(self, degrees: Sequence[str]) -> int:
        relations = self._relations()
        if not relations:
            return self._place(ListOf(()))
        return self._place(sections.all_links(self.scope, relations, degrees))

    def _relations(self) -> tuple[str, ...]:
        sides = self.model.sides[self.profile.type].values()
        return tuple(dict.fromkeys(side.relation.name for side in sides))

    def _of_hub(self, degrees: Mapping[str, str]) -> tuple[dict[Happening, int], dict[Unfinished, int], int]:
        view = self.profile.view
        happened = {each: self._happened(each, degrees) for each in view.timeline if len(each.path) == 1}
        waiting = {each: self._waiting(each, degrees) for each in view.unfinished if len(each.path) == 1}
        return happened, waiting, self._place(documents.strongest(self.model, self.profile.type))

    def _beyond(self, way: Way) -> int:
        path, far_type = way
        return self._place(happenings.beyond(self.scope, self.model, self.profile.type, path, far_type))

    def _happened(self, each: Happening, degrees: Mapping[str, str]) -> int:
        found, later = self._finder(each.path[0], degrees), self.wanted.later
        return self._place(happenings.happened(self.scope, self.model, self.profile.type, each, found, later=later))

    def _waiting(self, each: Unfinished, degrees: Mapping[str, str]) -> int:
        slot = f"v{len(self.values)}"
        self.values[slot] = list(each.values)
        found = self._finder(each.path[0], degrees)
        return self._place(happenings.waiting(self.scope, self.model, self.profile.type, each, found, slot))

    def _finder(self, field: str, degrees: Mapping[str, str]) -> Finder:
        if self.past_hub:
            return partial(past_hubs.from_walked, self.model.sides[self.profile.type][field])
        return partial(from_index, degrees[field])
