"""Scores into the records they are of, and out of those that are scored no more."""

from __future__ import annotations

from collections.abc import Sequence

from cypher.ast import (
    Arithmetic,
    Binary,
    Call,
    Clause,
    Expression,
    HasLabel,
    Item,
    Literal,
    Match,
    Node,
    Not,
    Order,
    Param,
    Pattern,
    Prop,
    Query,
    Return,
    Set,
    Unwind,
    Var,
    With,
    every,
    some,
)
from cypher.ast.updates import Element
from models import scores

IDS, RUN, WORKER, NUMBER, MOMENT, BATCH = "ids", "run", "worker", "number", "at", "batch"
_N, _PLACE = Var("n"), Var("i")


def store(type_name: str, engine: str, names: Sequence[str]) -> Query:
    """Scores of the records whose ids are in a parameter, each in the parameter of its name; null takes one away.

    Nothing is written unless the run is still its worker's, and nothing over scores of a later run.
    """
    place = Call("range", (Literal(0), Arithmetic(Call("size", (Param(IDS),)), "-", Literal(1))))
    number = Prop(_N, scores.key(engine, scores.RUN))
    not_later = Binary(Call("coalesce", (number, Literal(0))), "<=", Param(NUMBER))
    record = Node("n", ("Record",), (("id", Element(Param(IDS), _PLACE)),), record=(type_name,))
    values: list[tuple[Expression, Expression]] = [
        (Prop(_N, scores.key(engine, name)), Element(Param(name), _PLACE)) for name in names
    ]
    stamps = [(number, Param(NUMBER)), (Prop(_N, scores.key(engine, scores.AT)), Param(MOMENT))]
    return Query(
        (
            _still_mine(),
            Unwind(place, "i"),
            Match((Pattern((record,)),), every((HasLabel(_N, type_name), not_later))),
            Set((*values, *stamps)),
            Return((Item(Call("count", (_N,)), "stored"),)),
        )
    )


def sweep(type_name: str, engine: str) -> Query:
    """The scores of earlier runs taken away, so many records at a time: they are scored no more."""
    number = Prop(_N, scores.key(engine, scores.RUN))
    found = Match((Pattern((Node("n", (type_name,), record=(type_name,)),)),), Binary(number, "<", Param(NUMBER)))
    nothing = tuple((Prop(_N, key), Literal(None)) for key in scores.keys(engine))
    return Query(
        (
            found,
            With((Item(_N, "n"),), limit=Param(BATCH)),
            Set(nothing),
            Return((Item(Call("count", (_N,)), "swept"),)),
        )
    )


def ranked(type_name: str, *, banded: bool, after: bool, left: bool | None = None) -> Query:
    """Records of a type by their stored risk of churn, the highest first, ties by id; of one band, behind one row.

    `left` chooses those that had left, or those that had not.
    """
    risk, id = Prop(_N, scores.key("churn", "risk")), Prop(_N, "id")
    behind = some((Binary(risk, "<", Param("risk")), Binary(id, ">", Param("id"))))
    gone = Prop(_N, scores.key("churn", "left"))
    conditions = (
        Binary(risk, "<=", Param("risk")) if after else Binary(risk, ">=", Literal(0)),
        behind if after else None,
        Binary(Prop(_N, scores.key("churn", "band")), "=", Param("band")) if banded else None,
        None if left is None else gone if left else Not(gone),
    )
    told = ("own", "received", "band", "trend", scores.RUN, scores.AT)
    items = [Item(id, "id"), Item(risk, "risk")]
    items += [Item(Prop(_N, scores.key("churn", name)), name) for name in told]
    return Query(
        (
            Match((Pattern((Node("n", (type_name,), record=(type_name,)),)),), every(conditions)),
            Return(tuple(items), order=(Order(risk, descending=True), Order(id)), limit=Param("size")),
        )
    )


def _still_mine() -> Clause:
    run = Node("r", ("AnalyticsRun",), (("id", Param(RUN)), ("worker", Param(WORKER)), ("status", Literal("running"))))
    return Match((Pattern((run,)),))
