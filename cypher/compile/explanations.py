"""Why a record has its scores: the document that the run which made them stored beside it."""

from __future__ import annotations

from cypher.ast import Binary, Call, Collect, Expression, Item, Literal, Match, Node, Pattern, Prop, Query, Return, Var
from models import scores, system

LABEL = "Insight"


def document_of(var: str, engine: str) -> Expression:
    """The document of an engine for the record bound to `var`, or null where there is none of the run its scores are from."""
    insight = f"{var}i"  # the same for every type of record, so that they are read alike
    keys = (("record", Prop(Var(var), system.ID.key)), ("engine", Literal(engine)))
    same_run = Binary(Prop(Var(insight), "run"), "=", Prop(Var(var), scores.key(engine, scores.RUN)))
    found = Match((Pattern((Node(insight, (LABEL,), keys),)),), same_run)
    return Call("head", (Collect(Query((found, Return((Item(Prop(Var(insight), "document")),))))),))
