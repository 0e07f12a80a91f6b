"""What was changed of accounts, tokens and sessions: a list for administrators."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

import strawberry

from gql.fixed.context import FixedInfo
from gql.fixed.pages import PageInfo, check_first, id_behind, page_info
from gql.fixed.refusing import administrators_only
from graph import account_changes as kept
from models.accounts import AccountChange, AccountChangeKind, Value

FORBIDDEN = "Only administrators see what was changed of accounts; ask one of them."
MOST_LISTED = 200

strawberry.enum(AccountChangeKind, name="AccountChangeKind", description="What was done to an account.")


@strawberry.type(description="A value that a change of an account changed.")
class AccountValue:
    """A value before and after."""

    name: str = strawberry.field(
        description="Which: administrator, disabled, operation, minute, person, token, expiresAt, session."
    )
    before: str | None = strawberry.field(description="What it was; null where there was none.")
    after: str | None = strawberry.field(description="What it is; null where there is none.")


@strawberry.type(name="AccountChange", description="A change of an account, its tokens or its sessions.")
class AccountChangeShown:
    """A change, as the API shows it."""

    id: strawberry.ID = strawberry.field(description="The change's id, which is its cursor too.")
    at: datetime = strawberry.field(description="When.")
    kind: AccountChangeKind = strawberry.field(description="What was done.")
    account: strawberry.ID = strawberry.field(description="The id of the account.")
    name: str = strawberry.field(description="The name of the account.")
    by: strawberry.ID = strawberry.field(description='The id of who did it; "system" on the server\'s command line.')
    by_name: str = strawberry.field(description="The name of who did it.")
    values: list[AccountValue] = strawberry.field(description="What it changed; empty for a password.")


@strawberry.type(description="One row of a page.")
class AccountChangeEdge:
    """A change in its place."""

    cursor: str = strawberry.field(description="Where this row lies in the list.")
    node: AccountChangeShown = strawberry.field(description="The change.")


@strawberry.type(description="A page of changes of accounts, the newest first.")
class AccountChangeConnection:
    """A page of changes."""

    edges: list[AccountChangeEdge] = strawberry.field(description="The rows of this page, with their cursors.")
    nodes: list[AccountChangeShown] = strawberry.field(description="The changes of this page.")
    page_info: PageInfo = strawberry.field(description="Where this page lies in the list.")


async def account_changes(
    info: FixedInfo,
    first: Annotated[int, strawberry.argument(description=f"How many, at most {MOST_LISTED}.")] = 50,
    after: Annotated[str | None, strawberry.argument(description="Begin behind this cursor.")] = None,
    account: Annotated[
        strawberry.ID | None, strawberry.argument(description="Only of this account, by its id.")
    ] = None,
) -> AccountChangeConnection:
    """What was changed of accounts, the newest first."""
    context = info.context
    administrators_only(context, FORBIDDEN)
    check_first(first, MOST_LISTED)
    found = await kept.account_changes(context.database, first=first + 1, before=id_behind(after), account=account)
    shown = [_shown(each) for each in found[:first]]
    place = page_info([str(each.id) for each in shown], more=len(found) > first, paged=after is not None)
    edges = [AccountChangeEdge(cursor=str(each.id), node=each) for each in shown]
    return AccountChangeConnection(edges=edges, nodes=shown, page_info=place)


def _shown(change: AccountChange) -> AccountChangeShown:
    names = dict.fromkeys([*change.before, *change.after])
    return AccountChangeShown(
        id=strawberry.ID(change.id),
        at=change.at,
        kind=change.kind,
        account=strawberry.ID(change.account),
        name=change.name,
        by=strawberry.ID(change.by),
        by_name=change.by_name,
        values=[
            AccountValue(name=name, before=_said(change.before, name), after=_said(change.after, name))
            for name in names
        ],
    )


def _said(values: Mapping[str, Value], name: str) -> str | None:
    value = values.get(name)
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)
