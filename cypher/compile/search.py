"""A search as part of the one statement: the best records of the index, ranked and cut to the page, and how many there are."""

from __future__ import annotations

from functools import partial

from cypher import request
from cypher.ast import (
    And,
    Arithmetic,
    Binary,
    Call,
    CallSubquery,
    Case,
    Element,
    Expression,
    HasLabel,
    Item,
    ListOf,
    Literal,
    Or,
    Order,
    Param,
    Prop,
    Query,
    Return,
    Var,
    With,
)
from cypher.compile.connections import Columns
from cypher.compile.found import facets as facets_of
from cypher.compile.found import highlights_of, is_exact, stored_columns
from cypher.compile.hits import BEST, hits
from cypher.compile.properties import readable
from cypher.compile.scope import Scope
from cypher.shape import ConnectionShape, CursorOf, Each, Fixed, Info, Record, Shape, Total, Value
from models import scores, system
from models.metamodel import Metamodel
from models.search.stored import searched

COUNTED = 10_000  # so many are counted, at most
ORDER = "search"
_FINER = {"WORDS": 100, "MEANING": 10**6, "BOTH": 10**6}  # parts of a score that are told apart
_IMPORTANCE = scores.key("influence", "pageRank")


def order_of(mode: str) -> str:
    """The order of what a search finds: a cursor made under one is refused under another."""
    return ORDER if mode == "WORDS" else f"{ORDER} {mode}"


def search(scope: Scope, wanted: request.Search, name: str, place: int) -> tuple[Query, Shape]:
    """The query of a search, which returns the list of its columns, and the shape that reads them."""
    page = _Page(scope, wanted)
    further: list[Query] = []
    entries: list[tuple[str, Shape]] = []
    for part in wanted.parts:
        if part.what in ("totalCount", "totalCountIsExact"):
            further.append(_total(scope, wanted))
            exact = Value((len(further),), is_exact(COUNTED))
            entries.append((part.key, Total(len(further)) if part.what == "totalCount" else exact))
        elif part.what == "facets":
            further.append(_facets(scope, wanted))
            entries.append((part.key, Value((len(further),), facets_of(part.inner))))
        else:
            entries.append((part.key, page.entry(part)))
    columns = [f"d{at}" for at in range(len(further) + 1)]
    calls = [CallSubquery(_one_column(query, at)) for query, at in zip((page.query(), *further), columns, strict=True)]
    shape = ConnectionShape(place, tuple(entries), wanted.size_slot, backward=False, peek=True, has_rows=True)
    return Query((*calls, Return((Item(ListOf(tuple(map(Var, columns))), name),)))), shape


def _one_column(query: Query, name: str) -> Query:
    *clauses, last = query.clauses
    assert isinstance(last, Return)
    return Query((*clauses, Return((Item(last.items[0].value, name),))))


def _total(scope: Scope, wanted: request.Search) -> Query:
    clauses, node, _ = hits(scope, wanted, COUNTED)
    return Query((*clauses, Return((Item(Call("count", (Var(node),)), ""),))))


def _facets(scope: Scope, wanted: request.Search) -> Query:
    """[type, how many] of every type that was found, whatever the search is limited to; the most frequent first."""
    clauses, node, _ = hits(scope, wanted, COUNTED, of_types=False)
    own = Binary(
        Binary(Var("x"), "IN", Call("labels", (Var(node),))), "WHERE", Binary(Var("x"), "<>", Literal("Record"))
    )
    label = Item(Element(ListOf((own,)), 0), "label")
    counted = With((label, Item(Call("count", (Var(node),)), "many")))
    ordered = With(
        (Item(Var("label"), "label"), Item(Var("many"), "many")),
        order=(Order(Var("many"), descending=True), Order(Var("label"))),
    )
    pairs = Call("collect", (ListOf((Var("label"), Var("many"))),))
    return Query((*clauses, counted, ordered, Return((Item(pairs, ""),))))


class _Page:
    """The records of a page in their order: by score, then by importance, then the latest change first."""

    def __init__(self, scope: Scope, wanted: request.Search) -> None:
        self.wanted = wanted
        self.columns = Columns(scope)
        self.hits, self.node, self._score = hits(scope, wanted, BEST)
        self.rank = scope.fresh("r")
        self._finer = _FINER[wanted.mode]
        self.keys = (
            Var(self.rank),
            Call("coalesce", (Prop(Var(self.node), _IMPORTANCE), Literal(0))),
            Prop(Var(self.node), system.UPDATED_AT.key),
            Prop(Var(self.node), system.ID.key),
        )

    def entry(self, part: request.FoundPart) -> Shape:
        """One of edges, nodes and pageInfo."""
        match part.what:
            case "edges":
                return Each(Record(tuple((inner.key, self._edge(inner)) for inner in part.inner)))
            case "nodes":
                assert part.node is not None
                return Each(self.columns.node(self.node, part.node, force_kinds=True))
            case "pageInfo":
                cursor, paged = self._cursor(), bool(self.wanted.behind)
                return Record(
                    tuple(
                        (each.key, Fixed("PageInfo") if each.what == "typename" else Info(each.what, cursor, paged))
                        for each in part.inner
                    )
                )
        return Fixed(part.type_name)

    def _edge(self, part: request.FoundPart) -> Shape:
        match part.what:
            case "cursor":
                return self._cursor()
            case "score":
                return Value((self.columns.place(Var(self.rank)),), partial(_score, self._finer))
            case "node":
                assert part.node is not None
                return self.columns.node(self.node, part.node, force_kinds=True)
            case "highlights":
                model = self.wanted.model
                text, held = self.columns.place(Param(self.wanted.text_slot)), self.columns.place(self._held(model))
                return Value((text, held), highlights_of(model, part.inner))
        return Fixed(part.type_name)

    def _cursor(self) -> CursorOf:
        rank, importance, changed, id = self.keys
        readable_keys = (rank, importance, Call("toString", (changed,)))
        return CursorOf(
            tuple(map(self.columns.place, readable_keys)), self.columns.place(id), order_of(self.wanted.mode)
        )

    def _held(self, model: Metamodel) -> Expression:
        """[type, its searched values], as they are stored."""
        whens = [
            (HasLabel(Var(self.node), name), ListOf((Literal(name), ListOf(tuple(self._values(name, model))))))
            for name, of in searched(model).items()
            if of.fields
        ]
        return Case(tuple(whens)) if whens else Literal(None)

    def _values(self, name: str, model: Metamodel) -> list[Expression]:
        return [readable(self.node, column) for column in stored_columns(model, name)]

    def query(self) -> Query:
        """The rows, one more than the page shows."""
        score = Call("toInteger", (Call("round", (Arithmetic(Var(self._score), "*", Literal(self._finer)),)),))
        ranked = With((Item(Var(self.node), self.node), Item(score, self.rank)))
        where = _behind(self.keys, self.wanted.behind) if self.wanted.behind else None
        passed = With((Item(Var(self.node), self.node), Item(Var(self.rank), self.rank)), where=where)
        order = tuple(Order(key, descending=key is not self.keys[-1]) for key in self.keys)
        cut = With(passed.items, order=order, limit=Param(self.wanted.size_slot))
        rows = Call("collect", (ListOf(self.columns.expressions),))
        return Query((*self.hits, ranked, *((passed,) if where else ()), cut, Return((Item(rows, ""),))))


def _behind(keys: tuple[Expression, ...], slots: tuple[str, ...]) -> Expression:
    """Whether a row comes after the one whose keys the slots hold: all keys but the last go down."""
    *outer, last = zip(keys, slots, strict=True)
    condition: Expression = Binary(last[0], ">", Param(last[1]))
    for key, slot in reversed(outer):
        same = And((Binary(key, "=", Param(slot)), condition))
        condition = Or((Binary(key, "<", Param(slot)), same))
    return condition


def _score(finer: int, rank: int) -> float:
    return rank / finer
