"""How the server does: versions, what waits, what lags, and the settings it runs with. For administrators."""

from __future__ import annotations

from datetime import datetime

import strawberry

from gql.fixed.context import FixedInfo
from gql.fixed.refusing import administrators_only
from graph.state import LastChange, state

FORBIDDEN = "Only administrators see how the server does and what it is set to; ask one of them."


@strawberry.type(
    name="ServerSetting", description="One setting of the server; set from outside, never through the API."
)
class SettingShown:
    """A setting, as the API shows it."""

    name: str = strawberry.field(description="The environment variable.")
    value: str = strawberry.field(description="What it is set to, secrets masked; empty while it is not set.")
    help: str = strawberry.field(description="What it is for.")


@strawberry.type(name="ServerLastChange", description="The newest change of any record.")
class LastChangeShown:
    """The newest change, as the API shows it."""

    at: datetime = strawberry.field(description="When it was made.")
    by: str = strawberry.field(description="Who made it.")
    seq: int | None = strawberry.field(description="Its number; null until it has been given one.")


@strawberry.type(description="How the server and its database do.")
class ServerState:
    """The state, as the API shows it."""

    version: str = strawberry.field(description="The version of XRM.")
    neo4j: str = strawberry.field(description="The version of Neo4j.")
    model_version: int = strawberry.field(description="The version of the model in force.")
    records: int = strawberry.field(description="How many records there are.")
    deleted: int = strawberry.field(description="How many records lie in the trash.")
    unnumbered: int = strawberry.field(
        description="How many changes wait for their number; more than a few is a backlog."
    )
    runs_queued: int = strawberry.field(description="How many runs of analytics wait for a worker.")
    runs_running: int = strawberry.field(description="How many runs of analytics are under way.")
    search_behind: list[str] = strawberry.field(
        description="Types that search still goes through after a change of the model."
    )
    last_change: LastChangeShown | None = strawberry.field(description="The newest change; null before the first.")
    settings: list[SettingShown] = strawberry.field(description="The settings, read-only.")


async def server_state(info: FixedInfo) -> ServerState:
    """The state now."""
    context = info.context
    administrators_only(context, FORBIDDEN)
    now = await state(context.database)
    return ServerState(
        version=context.about.version,
        neo4j=now.neo4j,
        model_version=context.registry.model.version,
        records=now.records,
        deleted=now.deleted,
        unnumbered=now.unnumbered,
        runs_queued=now.runs_queued,
        runs_running=now.runs_running,
        search_behind=list(now.search_behind),
        last_change=_last(now.last_change),
        settings=[SettingShown(name=name, value=value, help=says) for name, value, says in context.about.settings],
    )


def _last(last: LastChange | None) -> LastChangeShown | None:
    return None if last is None else LastChangeShown(at=last.at, by=last.by, seq=last.seq)
