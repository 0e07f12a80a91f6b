"""The versions the model has had, for those who look back."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import strawberry

from gql.fixed.context import FixedInfo
from gql.fixed.planning import BreakShown, ChangeShown, shown_break, shown_change
from graph import model_versions as stored
from models.errors import Problem, Rejected

MOST = 100


@strawberry.type(name="ModelVersion", description="A version of the model: who made it, why, and what it changed.")
class ModelVersionShown:
    """A version, as the API shows it."""

    version: int = strawberry.field(description="Its number.")
    at: datetime = strawberry.field(description="When it was published.")
    by: str = strawberry.field(description="Who made it.")
    reason: str = strawberry.field(description="Why, as they said; empty when they said nothing.")
    summary: list[str] = strawberry.field(description="What changed, for people; the first hundred changes.")
    changes: list[ChangeShown] = strawberry.field(
        description="The same with their facts; empty for versions that were published before these were kept."
    )
    api_breaks: list[BreakShown] = strawberry.field(
        description="What it broke for clients of this API, records first; at most 1,000 are kept."
    )


async def model_versions(
    info: FixedInfo,
    first: Annotated[int, strawberry.argument(description="How many, at most 100.")] = 20,
    before: Annotated[int | None, strawberry.argument(description="Only versions below this one.")] = None,
) -> list[ModelVersionShown]:
    """The newest versions, the newest first."""
    if not 0 <= first <= MOST:
        raise Rejected([Problem("bad_page", f"Ask for 0 to {MOST} versions at once, not {first}.", ("first",))])
    context = info.context
    found = await stored.published(context.database, context.actor, most=first, before=before)
    return [
        ModelVersionShown(
            version=one.version,
            at=one.at,
            by=one.by,
            reason=one.reason,
            summary=list(one.summary),
            changes=[shown_change(each) for each in one.changes],
            api_breaks=[shown_break(each) for each in one.breaks],
        )
        for one in found
    ]
