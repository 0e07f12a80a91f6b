"""What a search finds before it is ranked: by words, by meaning, or by both; each record with its score."""

from __future__ import annotations

from cypher import lucene, request
from cypher.ast import (
    Arithmetic,
    Binary,
    Call,
    CallSubquery,
    Clause,
    Expression,
    Item,
    Literal,
    Match,
    Node,
    Order,
    Param,
    Pattern,
    Prop,
    Query,
    Return,
    Union,
    Unwind,
    Var,
    With,
)
from cypher.ast.indexes import FullText, Nearest
from cypher.ast.updates import Element as At
from cypher.compile.scope import Scope
from cypher.schema import MEANING
from models import system

BEST = 200  # so many of the best are ranked and paged through: their keys are read, which costs more than finding them
NEAREST = 1_000  # so many of the nearest are looked at where only some types are wanted
EARLY = 60  # places by which being found first counts less, where two ways of searching are fused (Cormack et al. 2009)


def hits(
    scope: Scope, wanted: request.Search, most: int, *, of_types: bool = True
) -> tuple[tuple[Clause, ...], str, str]:
    """The best records, and the variables of record and score. Every match carries the rights.

    Without `of_types` they are of any type, whatever the search is limited to.
    """
    node, score = scope.fresh("n"), scope.fresh("s")
    match wanted.mode:
        case "WORDS":
            return _by_words(wanted, most, node, score, of_types=of_types), node, score
        case "MEANING":
            return _by_meaning(scope, wanted, node, score, of_types=of_types), node, score
    ways = (
        _by_words(wanted, BEST, node, score, of_types=of_types),
        _by_meaning(scope, wanted, node, score, of_types=of_types),
    )
    fused = CallSubquery(Union(tuple(_placed(scope, clauses, node, score) for clauses in ways)))
    return (fused, With((Item(Var(node), node), Item(Call("sum", (Var(score),)), score)))), node, score


def _by_words(wanted: request.Search, most: int, node: str, score: str, *, of_types: bool) -> tuple[Clause, ...]:
    query: Expression = Param(wanted.query_slot)
    if of_types:
        query = Arithmetic(query, "+", Param(wanted.types_slot))
    return FullText(lucene.INDEX, query, Literal(most), node, score), _readable(node)


def _by_meaning(scope: Scope, wanted: request.Search, node: str, score: str, *, of_types: bool) -> tuple[Clause, ...]:
    """Nothing for a text of which the model knows no word: then there is no vector."""
    vector, limited = scope.fresh("v"), of_types and bool(wanted.names_slot)
    nearest = Nearest(MEANING, Var(vector), Literal(NEAREST if limited else BEST), node, score)
    found = (Unwind(Param(wanted.vectors_slot), vector), nearest)
    if not limited:
        return (*found, _readable(node))
    label = Binary(Binary(Var("x"), "IN", Call("labels", (Var(node),))), "WHERE", _is_named(wanted))
    kept = (Item(Var(node), node), Item(Var(score), score))
    best = With(kept, order=(Order(Var(score), descending=True),), limit=Literal(BEST))
    return (*found, Match(_readable(node).patterns, Call("any", (label,))), best)


def _is_named(wanted: request.Search) -> Expression:
    return Binary(Var("x"), "IN", Param(wanted.names_slot))


def _readable(node: str) -> Match:
    return Match((Pattern((Node(node, ("Record",)),)),))


def _placed(scope: Scope, clauses: tuple[Clause, ...], node: str, score: str) -> Query:
    """Each record with 1 / (60 + its place), the best in the first."""
    ranked, place = scope.fresh("w"), scope.fresh("w")
    order = (Order(Var(score), descending=True), Order(Prop(Var(node), system.ID.key)))
    in_order = With((Item(Var(node), node),), order=order)
    gathered = With((Item(Call("collect", (Var(node),)), ranked),))
    last = Arithmetic(Call("size", (Var(ranked),)), "-", Literal(1))
    each = Unwind(Call("range", (Literal(0), last)), place)
    fused = Arithmetic(Call("toFloat", (Literal(1),)), "/", Arithmetic(Var(place), "+", Literal(EARLY + 1)))
    returned = Return((Item(At(Var(ranked), Var(place)), node), Item(fused, score)))
    return Query((*clauses, in_order, gathered, each, returned))
