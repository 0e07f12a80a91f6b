"""The statement XRM makes of a query, sent straight through the driver: what no server on top of it can beat."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import neo4j

from gql.editions import Edition
from gql.execute.documents import coerced, document
from gql.execute.limits import Limits
from gql.execute.reading import Reader, TypedRead, plan_read
from gql.plan.cursors import Cursors
from models.actor import SYSTEM

Read = Callable[[Mapping[str, Any]], Any]


def reader(
    driver: neo4j.Driver, database: str, edition: Edition, text: str, sample: Mapping[str, Any], limits: Limits
) -> Read:
    """A function that reads one query's row for variables shaped like the sample, by the synchronous driver."""
    plan = _typed(edition, text, sample, limits)
    statement = plan.guarded(SYSTEM).text

    def read(variables: Mapping[str, Any]) -> Any:
        parameters = plan.parameters(variables, datetime.now(UTC))
        with driver.session(database=database, fetch_size=-1, default_access_mode="READ") as session:
            return session.run(statement, parameters).values()

    return read


def _typed(edition: Edition, text: str, sample: Mapping[str, Any], limits: Limits) -> TypedRead:
    known = document(text, edition.schema, edition.plans, limits)
    operation = known.operation(None)
    variables = coerced(edition.schema, operation, sample, limits)
    plan = plan_read(Reader(edition.model, known.fragments, variables, Cursors(b"bench"), limits), operation).typed
    assert plan is not None
    return plan
