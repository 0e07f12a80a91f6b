"""What engines have stored to say about a record, and the records they speak of."""

from __future__ import annotations

from cypher.ast import (
    Binary,
    Call,
    Collect,
    Expression,
    Item,
    Link,
    ListOf,
    Literal,
    Match,
    Node,
    Pattern,
    Prop,
    Query,
    Return,
    Unwind,
    Var,
    With,
)
from cypher.compile.view360.walks import HERE, record
from models.metamodel import Direction, Metamodel

MOST_MENTIONED = 100


def insights() -> Expression:
    """Rows [engine, run, document] of everything engines have to say about the record."""
    row = ListOf((Prop(Var("i"), "engine"), Prop(Var("i"), "run"), Prop(Var("i"), "document")))
    return Collect(Query((_of_record(), Return((Item(row, "row"),)))))


def mentioned() -> Expression:
    """The records that those documents speak of."""
    others = Unwind(Prop(Var("i"), "records"), "other")
    each = With((Item(Var("other"), "other"),), distinct=True, limit=Literal(MOST_MENTIONED))
    found = Match((Pattern((Node("m", ("Record",), (("id", Var("other")),)),)),))
    return Collect(Query((_of_record(), others, each, found, Return((Item(record("m"), "row"),)))))


def strongest(model: Metamodel, type_name: str) -> Expression:
    """Rows [relation, properties of the link, whether it leads away, labels, properties] of the strongest relationships."""
    relations = tuple(dict.fromkeys(side.relation.name for side in model.sides[type_name].values()))
    if not relations:
        return ListOf(())
    others = Unwind(Prop(Var("i"), "records"), "other")
    each = With((Item(Var(HERE), HERE), Item(Var("other"), "other")), distinct=True, limit=Literal(MOST_MENTIONED))
    found = Match((Pattern((Node("m", ("Record",), (("id", Var("other")),)),)),))
    links = Match((Pattern((Node("m"), Link("l", relations, Direction.BOTH), Node(HERE))),))
    away = Binary(Call("startNode", (Var("l"),)), "=", Var(HERE))
    row = ListOf((Call("type", (Var("l"),)), Call("properties", (Var("l"),)), away, record("m")))
    return Collect(Query((_of_record("strength"), others, each, found, links, Return((Item(row, "row"),)))))


def present_scores() -> Expression:
    """The properties of the record as it is now, where there is one: it has the scores of all moments since they were made."""
    found = Match((Pattern((Node("i", ("Record",), (("id", Prop(Var(HERE), "id")),)),)),))
    return Call("head", (Collect(Query((found, Return((Item(Call("properties", (Var("i"),)), "row"),))))),))


def _of_record(engine: str = "") -> Match:
    keys: tuple[tuple[str, Expression], ...] = (("record", Prop(Var(HERE), "id")),)
    if engine:
        keys += (("engine", Literal(engine)),)
    return Match((Pattern((Node("i", ("Insight",), keys),)),))
