"""The object types of changes, which the histories of records and links and the feed share."""

from __future__ import annotations

from datetime import datetime

import strawberry
from strawberry.scalars import JSON

from gql.fixed.pages import PageInfo


@strawberry.type(name="ChangeActor", description="Who made a change.")
class ChangeActorShown:
    """An actor of the past, as the API shows them."""

    id: strawberry.ID = strawberry.field(description="The account's id.")
    name: str = strawberry.field(description="The account's name; its id where the account is no more.")
    kind: str = strawberry.field(description='How they came in: "person", "token" or "system".')


@strawberry.type(name="ChangedField", description="What a field held before and after a change.")
class ChangedFieldShown:
    """A field's two values, as the API shows values of its kind."""

    field: str = strawberry.field(description="The field.")
    before: JSON | None = strawberry.field(description="What it held before; null where it was empty.")
    after: JSON | None = strawberry.field(description="What it holds from then on; null where it is empty.")


@strawberry.type(name="Change", description="One change of a record or of a link: who, when, why, before and after.")
class ChangeShown:
    """A change, as the API shows it."""

    id: strawberry.ID = strawberry.field(description="The change's id; undoChange takes it.")
    at: datetime = strawberry.field(description="When it was made.")
    operation: str = strawberry.field(
        description='What was done: "create", "update", "delete", "restore" or "erase" a record; '
        '"create", "update", "end", "unlink" or "restore" a link.'
    )
    actor: ChangeActorShown = strawberry.field(description="Who made it.")
    reason: str | None = strawberry.field(description="Why, where somebody said so.")
    origin: str = strawberry.field(description='Where it came from: "api", "import", "undo" …')
    change_set: strawberry.ID = strawberry.field(
        description="The change set that holds everything made at once with it."
    )
    type: str = strawberry.field(description="The record's type, or the link's relation.")
    record: strawberry.ID | None = strawberry.field(description="The record; null for a link.")
    link: strawberry.ID | None = strawberry.field(description="The link; null for a record.")
    source: strawberry.ID | None = strawberry.field(description="The record the link leads from.")
    target: strawberry.ID | None = strawberry.field(description="The record the link leads to.")
    fields: list[ChangedFieldShown] = strawberry.field(
        description="The fields that were given, taken or replaced; empty once the record has been erased."
    )


@strawberry.type(name="ChangeEdge", description="One row of a page.")
class ChangeEdge:
    """A change and its cursor."""

    cursor: str = strawberry.field(description="Where this row lies in the list.")
    node: ChangeShown = strawberry.field(description="The change.")


@strawberry.type(name="ChangeConnection", description="A page of changes.")
class ChangeConnection:
    """A page."""

    edges: list[ChangeEdge] = strawberry.field(description="The changes of this page, with their cursors.")
    nodes: list[ChangeShown] = strawberry.field(description="The changes of this page.")
    page_info: PageInfo = strawberry.field(description="Where this page lies in the list.")
