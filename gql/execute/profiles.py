"""How the database came to an answer, for administrators: the statement, its plan, the rows it expected and had."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import OperationDefinitionNode, OperationType

from cypher.weave import Guarded
from gql.execute.errors import refused
from graph.session import Profiled
from models.actor import Actor


def admit_explaining(actor: Actor, operation: OperationDefinitionNode) -> None:
    """Raises Refused for whoever may not see plans, and for what is not only read."""
    if not actor.administrator:
        raise refused("explain_not_allowed", "Only administrators may have operations explained; ask without explain.")
    if operation.operation is not OperationType.QUERY:
        raise refused(
            "explain_reads_only", "Only queries are explained; what is changed would have to be changed for it."
        )


def explained(guarded: Guarded, profiled: Profiled) -> dict[str, Any]:
    """The extension of the answer. Parameters are not told: they hold what people typed."""
    root = _operator(profiled.plan) if profiled.plan else None
    return {"cypher": guarded.text, "databaseHits": _hits(root) if root else 0, "plan": root}


def _operator(part: Mapping[str, Any]) -> dict[str, Any]:
    arguments = part.get("args", {})
    return {
        "operator": part["operatorType"].partition("@")[0],
        "details": arguments.get("Details", ""),
        "estimatedRows": arguments.get("EstimatedRows", 0.0),
        "rows": part.get("rows", 0),
        "databaseHits": part.get("dbHits", 0),
        "children": [_operator(child) for child in part.get("children", ())],
    }


def _hits(part: Mapping[str, Any]) -> int:
    hits: int = part["databaseHits"] + sum(map(_hits, part["children"]))
    return hits
