"""What the database does for an operation's statement."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import neo4j
from small_worlds import MODEL

from gql.editions import Editions
from gql.execute.documents import coerced, document
from gql.execute.limits import Limits
from gql.execute.reading import Reader, plan_read
from gql.plan.cursors import Cursors
from models.metamodel import Metamodel

CURSORS = Cursors(b"test")


class Profile:
    """The operators of a statement that ran, and how often they touched the store."""

    def __init__(self, root: dict[str, Any]) -> None:
        self.operators: list[str] = []
        self.hits = 0
        self._walk(root)

    def _walk(self, part: dict[str, Any]) -> None:
        self.operators.append(part["operatorType"].partition("@")[0])
        self.hits += part["dbHits"]
        for child in part.get("children", ()):
            self._walk(child)


def profiled(
    driver: neo4j.Driver, text: str, variables: dict[str, Any] | None = None, model: Metamodel = MODEL
) -> Profile:
    """The profile of an operation's statement."""
    edition, limits = Editions(None, model).current, Limits()
    known = document(text, edition.schema, edition.plans, limits)
    operation = known.operation(None)
    values = coerced(edition.schema, operation, variables, limits)
    plan = plan_read(Reader(model, known.fragments, values, CURSORS, limits), operation)
    assert plan.typed is not None
    parameters = plan.typed.parameters(values, datetime.now(UTC))
    with driver.session() as session:
        summary = session.run(f"PROFILE {plan.typed.compiled.query}", parameters).consume()
    assert summary.profile is not None
    return Profile(summary.profile)
