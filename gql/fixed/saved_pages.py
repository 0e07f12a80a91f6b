"""Saved pages: dashboards, scenes and scenarios listed, read, kept at a version, deleted and brought back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated, cast

import orjson
import strawberry
from strawberry.scalars import JSON
from strawberry.types.nodes import SelectedField, Selection

from gql.fixed.context import FixedInfo
from gql.fixed.pages import check_first
from gql.fixed.planning import ProblemShown
from gql.fixed.refusing import tried
from graph import saved_pages as kept
from models.actor import Actor
from models.errors import Problem, Rejected
from models.saved_pages import LARGEST_BODY, PageDraft, PageKind, SavedPage

MOST_LISTED = 1_000
strawberry.enum(PageKind, name="SavedPageKind", description="Which sort of page was saved.")


@strawberry.type(name="SavedPage", description="What somebody made of a page of the web application, and kept.")
class SavedPageShown:
    """A saved page, as the API shows it."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    kind: PageKind = strawberry.field(description="Which sort of page it is.")
    name: str = strawberry.field(description="What it is called.")
    description: str = strawberry.field(description="What it is for, for people.")
    body: JSON = strawberry.field(
        description="What the page needs to show it again: an object whose form is the page's."
    )
    shared: bool = strawberry.field(description="Whether everyone may see it; else its owner alone.")
    owner: str = strawberry.field(description="The name of the person who saved it first.")
    mine: bool = strawberry.field(description="Whether the reader saved it first.")
    may_change: bool = strawberry.field(description="Whether the reader may change and delete it.")
    version: int = strawberry.field(description="How often it has been saved; a change names the one it began with.")
    created_at: datetime = strawberry.field(description="When it was saved first.")
    updated_at: datetime = strawberry.field(description="When it was saved last.")
    updated_by: str = strawberry.field(description="The name of the person who saved it last.")


@strawberry.input(name="SavePageInput", description="A page to be kept.")
class SavePageInput:
    """What is to be saved."""

    kind: PageKind = strawberry.field(description="Which sort of page it is; it stays that.")
    name: str = strawberry.field(description="What to call it.")
    body: JSON = strawberry.field(description=f"An object of JSON, at most {LARGEST_BODY:,} bytes.")
    id: strawberry.ID | None = strawberry.field(default=None, description="Of the page to put it in the place of.")
    version: int | None = strawberry.field(default=None, description="Of that page, as it was when the change began.")
    description: str = strawberry.field(default="", description="What it is for.")
    shared: bool = strawberry.field(default=False, description="Whether everyone may see it.")
    client_mutation_id: str | None = strawberry.field(default=None, description="Given back as it is.")


@strawberry.type(name="SavePagePayload", description="The page that was kept, or why it was not.")
class SavePagePayload:
    """What came of saving."""

    saved_page: SavedPageShown | None = strawberry.field(description="As it is kept; null when it was refused.")
    errors: list[ProblemShown] = strawberry.field(description="Everything wrong with it; nothing was kept then.")
    client_mutation_id: str | None = strawberry.field(description="As it was given.")


@strawberry.input(name="DeleteSavedPageInput", description="A saved page to be deleted.")
class DeleteSavedPageInput:
    """What is to be deleted."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    client_mutation_id: str | None = strawberry.field(default=None, description="Given back as it is.")


@strawberry.type(name="DeleteSavedPagePayload", description="The page that was deleted, or why it was not.")
class DeleteSavedPagePayload:
    """What came of deleting."""

    deleted_id: strawberry.ID | None = strawberry.field(description="Its id; null when it was refused.")
    errors: list[ProblemShown] = strawberry.field(description="Why it was refused; nothing was deleted then.")
    client_mutation_id: str | None = strawberry.field(description="As it was given.")


@strawberry.input(name="RestoreSavedPageInput", description="A deleted page to be brought back.")
class RestoreSavedPageInput:
    """What is to come back."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    client_mutation_id: str | None = strawberry.field(default=None, description="Given back as it is.")


@strawberry.type(name="RestoreSavedPagePayload", description="The page that came back, or why it did not.")
class RestoreSavedPagePayload:
    """What came of bringing it back."""

    saved_page: SavedPageShown | None = strawberry.field(description="As it was deleted; null when it was refused.")
    errors: list[ProblemShown] = strawberry.field(description="Why it was refused; it stays deleted then.")
    client_mutation_id: str | None = strawberry.field(description="As it was given.")


async def saved_pages(
    info: FixedInfo,
    kind: Annotated[PageKind | None, strawberry.argument(description="Only those of this sort.")] = None,
    first: Annotated[int, strawberry.argument(description="How many, at most 1,000.")] = 200,
) -> list[SavedPageShown]:
    """Those the reader may see, by name; their bodies are read only where they are asked for."""
    check_first(first, MOST_LISTED)
    actor = info.context.actor
    with_bodies = any(_names_body(field.selections) for field in info.selected_fields)
    found = await kept.listed(info.context.database, actor, kind, most=first, with_bodies=with_bodies)
    return [_shown(actor, page) for page in found]


async def saved_page(
    info: FixedInfo, id: Annotated[strawberry.ID, strawberry.argument(description="The saved page.")]
) -> SavedPageShown | None:
    """One by its id."""
    page = await kept.read(info.context.database, info.context.actor, str(id))
    return _shown(info.context.actor, page) if page else None


async def save_page(
    info: FixedInfo,
    input: Annotated[SavePageInput, strawberry.argument(description="What is to be kept.")],  # noqa: A002 - the argument's name in the API
) -> SavePagePayload:
    """Keep a page; everything wrong with it is in the errors."""
    page, errors = await tried(_saved(info, input))
    shown = _shown(info.context.actor, page) if page else None
    return SavePagePayload(saved_page=shown, errors=errors, client_mutation_id=input.client_mutation_id)


async def delete_saved_page(
    info: FixedInfo,
    input: Annotated[DeleteSavedPageInput, strawberry.argument(description="What is to be deleted.")],  # noqa: A002 - the argument's name in the API
) -> DeleteSavedPagePayload:
    """Delete a page; it can be brought back for a while."""
    context = info.context
    work = kept.delete(context.database, context.actor, str(input.id), now=datetime.now(UTC))
    page, errors = await tried(work)
    gone = strawberry.ID(page.id) if page else None
    return DeleteSavedPagePayload(deleted_id=gone, errors=errors, client_mutation_id=input.client_mutation_id)


async def restore_saved_page(
    info: FixedInfo,
    input: Annotated[RestoreSavedPageInput, strawberry.argument(description="What is to come back.")],  # noqa: A002 - the argument's name in the API
) -> RestoreSavedPagePayload:
    """Bring back a deleted page."""
    context = info.context
    page, errors = await tried(kept.restore(context.database, context.actor, str(input.id)))
    shown = _shown(context.actor, page) if page else None
    return RestoreSavedPagePayload(saved_page=shown, errors=errors, client_mutation_id=input.client_mutation_id)


async def _saved(info: FixedInfo, given: SavePageInput) -> SavedPage:
    context, now = info.context, datetime.now(UTC)
    draft = PageDraft(given.kind, given.name, given.description, cast("dict[str, object]", given.body), given.shared)
    if given.id is None:
        return await kept.create(context.database, context.actor, draft, now=now)
    if given.version is None:
        told = "Give the version that you changed, so that nobody's work is lost."
        raise Rejected([Problem("missing", told, ("version",))])
    return await kept.update(context.database, context.actor, str(given.id), draft, version=given.version, now=now)


def _names_body(selections: Iterable[Selection]) -> bool:
    """Whether bodies are asked for, here or in a fragment."""
    return any(
        each.name == "body" if isinstance(each, SelectedField) else _names_body(each.selections) for each in selections
    )


def _shown(actor: Actor, page: SavedPage) -> SavedPageShown:
    return SavedPageShown(
        id=strawberry.ID(page.id),
        kind=page.kind,
        name=page.name,
        description=page.description,
        body=orjson.loads(page.body) if page.body else {},
        shared=page.shared,
        owner=page.owner_name,
        mine=page.owner == actor.id,
        may_change=kept.may_change(actor, page),
        version=page.version,
        created_at=page.created_at,
        updated_at=page.updated_at,
        updated_by=page.updated_by,
    )
