"""What root fields of the fixed half may cost: the rows they answer with, and what engines pass over in memory.

A row costs 1, and so do 100 records that are read from the database, as everywhere (`gql.plan.costs`), and 10,000 records and
links that an engine passes over in its snapshot: each of these takes about as long as a row. It is the most that a
question may come to, with nothing at hand of what others asked before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil
from types import MappingProxyType
from typing import Any, TypeAlias

from graphql import FieldNode, OperationType, get_argument_values
from graphql.execution.values import VariableValues

from gql.editions import Edition
from gql.plan.costs import LOOKED_AT, Cause, Dearest
from models.counts import Known
from models.metamodel import Metamodel

LEAST = 10  # what a root field costs, however little it reads
PASSED = 10_000  # records and links that an engine passes over in memory, for the price of a row
# how often engines pass over the records and links they are asked about, at most; their own bounds (`analytics.engines`)
DRAWN, MADE = 5, 15  # a drawing; a graph made of the snapshot's links, in both directions
RANKED, SOURCES, EXACT_UP_TO = 100, 256, 2_000  # rounds of PageRank; ways from so many records, or from all of so few
HOLES = 500_000_000  # steps that brokerage is measured in
GROUPED, WALKED, SPREAD, OFFERED, SCORED = 40, 20, 40, 50, 50
UNCAPPED = 10  # links of a way whose length is not capped, for the rows of its answer
MOST_WAYS = 200_000  # partial ways that a search makes
MOST_READ = 200_000  # links that are read for ways of the past
MOST_NEARBY = 50_000  # links of neighbours that likely links are found by
CARDS = 5  # records that a row of an answer speaks of, each in a card


@dataclass(frozen=True, slots=True)
class Question:
    """The arguments of a root field, the model, and how many records and links there are."""

    given: Mapping[str, Any]
    model: Metamodel
    known: Known

    def number(self, name: str) -> int:
        """An argument that is a number; 0 where it is left out or below."""
        return max(0, self.given.get(name) or 0)

    def links(self, argument: str = "relations") -> int:
        """The links of the relations that an argument names; of all, if none."""
        named = self.given.get(argument)
        names = self.model.relations if named is None else set(named)
        return sum(map(self.known.links, names))

    def graph(self, argument: str = "relations") -> int:
        """All records and the links of the relations named."""
        return self.known.all_records + self.links(argument)

    def events(self) -> float:
        """The price of reading what happened: any record may be an event."""
        return self.known.all_records / LOOKED_AT


Price: TypeAlias = Callable[[Question], float]


def _rows(asked: Question) -> float:
    return asked.number("first")


def _cards(asked: Question) -> float:
    return asked.number("first") * CARDS


def _subgraph(asked: Question) -> float:
    """The records and links that may be drawn, and the links of these records; without any to begin with, all there are."""
    ids, links = set(asked.given.get("ids") or ()), asked.links()
    records = asked.number("maxRecords")
    if not ids:
        passed: float = asked.known.all_records + links
    else:
        records = max(len(ids), records) if asked.number("hops") else len(ids)
        passed = min(links, records * 2 * links / max(1, asked.known.all_records))
    return records + asked.number("maxLinks") + DRAWN * passed / PASSED


def _influence(asked: Question) -> float:
    measure = asked.given["measure"].value
    return _cards(asked) + _ranking(asked, ways=measure in _OF_WAYS, holes=measure == "brokerage")


_OF_WAYS = frozenset({"betweenness", "closeness", "harmonic"})


def _ranking(asked: Question, *, ways: bool, holes: bool) -> float:
    records, size = asked.known.all_records, asked.graph()
    sources = 0 if not ways else records if records <= EXACT_UP_TO else SOURCES
    between = min(HOLES, (2 * asked.links()) ** 2) if holes else 0
    return ((MADE + RANKED + sources) * size + between) / PASSED


def _communities(asked: Question) -> float:
    """Strongest and bridging members of each, and the bridges between them."""
    rows = asked.number("first") * (2 * asked.number("members") + 2)
    return rows + (MADE + GROUPED) * asked.graph() / PASSED


def _segments(asked: Question) -> float:
    return asked.events() + GROUPED * asked.known.all_records / PASSED


def _ways(asked: Question, argument: str) -> float:
    hops = asked.number("hops")
    walked = (MADE + (hops or WALKED)) * asked.graph(argument) / PASSED
    return asked.number("first") * (1 + (hops or UNCAPPED)) + walked + min(MOST_WAYS, asked.links(argument)) / PASSED


def _paths(asked: Question) -> float:
    """Ways of the past are read from the database, each link from both of its ends, up to a bound."""
    strengths = asked.events() if asked.given["measure"].value == "strongest" else 0
    is_past = asked.given.get("asOf") is not None or asked.given.get("knownAt") is not None
    read = min(MOST_READ, 2 * asked.links("via")) / LOOKED_AT if is_past else 0
    return strengths + read + _ways(asked, "via")


def _introductions(asked: Question) -> float:
    return asked.events() + _ways(asked, "via")


def _likely_links(asked: Question) -> float:
    """The record's own links, which may be all, and walks over a bounded number of its neighbours' ones."""
    links = asked.links()
    passed = DRAWN * links + (MADE + RANKED) * min(MOST_NEARBY, 2 * links)
    return _cards(asked) + passed / PASSED


def _risk_paths(asked: Question) -> float:
    return asked.events() + _ways(asked, "relations") + SPREAD * asked.graph() / PASSED


def _recommend(asked: Question) -> float:
    return _cards(asked) + (MADE + OFFERED) * asked.graph() / PASSED


def _what_if(asked: Question) -> float:
    """An engine twice, and how far records are from one another before and after."""
    wishes = asked.given["input"]
    if wishes["engine"] == "influence":
        once = _ranking(asked, ways=True, holes=True)
    else:
        once = asked.events() + SCORED * asked.graph() / PASSED
    spoken_of = sum(len(wishes.get(name) or ()) for name in _WISHES)
    return _cards(asked) + spoken_of + 2 * (once + (wishes["hops"] or 0) * asked.graph() / PASSED)


_WISHES = ("removeRecords", "addRecords", "removeLinks", "endLinks", "addLinks", "weights", "reachFrom")


def _compare_runs(asked: Question) -> float:
    """The kept scores of both, and those of the records that moved most."""
    return _cards(asked) + 2 * asked.known.all_records / PASSED


def _view360(asked: Question) -> float:
    """Events and links of the type with the most relations, and all its links on average, which its figures are made of."""
    model, known = asked.model, asked.known
    sections = max((len(sides) for sides in model.sides.values()), default=0)
    looked_at = 2 * asked.links() / max(1, known.all_records) / LOOKED_AT
    return 100 + asked.number("events") + asked.number("links") * sections + looked_at


def _flat(cost: int) -> Price:
    return lambda _: cost


# what is not here costs its rows
PRICES: Mapping[str, tuple[Price, Cause]] = MappingProxyType(
    {
        "view360": (_view360, Cause.VIEW),
        "subgraph": (_subgraph, Cause.DRAWING),
        "influence": (_influence, Cause.ENGINE),
        "communities": (_communities, Cause.ENGINE),
        "segments": (_segments, Cause.ENGINE),
        "paths": (_paths, Cause.ENGINE),
        "introductions": (_introductions, Cause.ENGINE),
        "likelyLinks": (_likely_links, Cause.ENGINE),
        "riskPaths": (_risk_paths, Cause.ENGINE),
        "recommend": (_recommend, Cause.ENGINE),
        "whatIf": (_what_if, Cause.ENGINE),
        "churn": (_cards, Cause.ROWS),
        "compareRuns": (_compare_runs, Cause.ROWS),
        "planModel": (_flat(1_000), Cause.WHOLE),
        "undoChange": (_flat(1_000), Cause.WHOLE),
        "undoActivity": (_flat(10_000), Cause.WHOLE),
        "__schema": (_flat(100), Cause.WHOLE),
        "_service": (_flat(100), Cause.WHOLE),
    }
)
_OTHERS: tuple[Price, Cause] = (_rows, Cause.ROWS)


def priced(
    edition: Edition, kind: OperationType, key: str, node: FieldNode, variables: Mapping[str, Any], known: Known
) -> Dearest:
    """What a root field of the fixed half may cost under its response key, with these variables."""
    schema, name = edition.schema, node.name.value
    root = schema.query_type if kind is OperationType.QUERY else schema.mutation_type
    field = root.fields.get(name) if root else None
    given = {} if field is None else get_argument_values(field, node, VariableValues({}, dict(variables)))
    price, cause = PRICES.get(name, _OTHERS)
    return Dearest(key, max(LEAST, ceil(price(Question(given, edition.model, known)))), (), cause)


def least(key: str) -> Dearest:
    """A root field that reads next to nothing: the beginning of a subscription."""
    return Dearest(key, LEAST, (), Cause.WHOLE)
