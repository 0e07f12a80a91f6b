"""Saved pages in the database: listed, read, kept at a version, deleted and brought back; one statement each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cypher import weave
from graph.session import Database, Row, Transaction
from models.actor import Actor
from models.errors import NotFound, Problem, Rejected
from models.ids import new_id
from models.saved_pages import PageDraft, PageKind, SavedPage, packed

MOST_OF_ONE = 500  # pages of one person
KEPT_DAYS = 30  # in which a deleted page can be brought back


async def listed(
    database: Database, actor: Actor, kind: PageKind | None, *, most: int, with_bodies: bool
) -> list[SavedPage]:
    """The pages an actor may see, by name; those of one kind, or all."""
    asked = {"person": actor.id, "kind": kind and kind.value, "most": most, "with_bodies": with_bodies}
    rows = await database.rows(weave.fixed("saved_pages", actor), asked)
    return [_page(facts) for (facts,) in rows]


async def read(database: Database, actor: Actor, id: str) -> SavedPage | None:
    """A page by its id; None where there is none that the actor may see."""
    row = await database.read(weave.fixed("saved_page", actor), {"person": actor.id, "id": id})
    return _page(row[0]) if row else None


async def create(database: Database, actor: Actor, draft: PageDraft, *, now: datetime) -> SavedPage:
    """Keep a page. Raises Rejected with every problem."""
    facts = {**_facts(actor, draft, now), "id": new_id(), "kind": draft.kind.value, "version": 1, "createdAt": now}
    facts |= {"owner": actor.id, "ownerName": actor.name}
    rows = await _written(database, actor, "saved_page_create", {"facts": facts, "most": MOST_OF_ONE})
    if not rows:
        told = f"You have {MOST_OF_ONE} saved pages already; delete some that you no longer need."
        raise Rejected([Problem("too_many", told, (), {"case": "own", "most": MOST_OF_ONE})])
    return _page(rows[0][0])


async def update(
    database: Database, actor: Actor, id: str, draft: PageDraft, *, version: int, now: datetime
) -> SavedPage:
    """Keep a page in the place of its version. Raises NotFound, and Rejected, also where somebody was faster."""
    parameters = {"facts": _facts(actor, draft, now), "kind": draft.kind.value, "id": id, "version": version}
    return await _changed(database, actor, "saved_page_update", parameters)


async def delete(database: Database, actor: Actor, id: str, *, now: datetime) -> SavedPage:
    """Take a page away, for `KEPT_DAYS` so that it can come back. Raises NotFound and Rejected."""
    return await _changed(database, actor, "saved_page_delete", {"id": id, "now": now, "days": KEPT_DAYS})


async def restore(database: Database, actor: Actor, id: str) -> SavedPage:
    """Bring a deleted page back as it was. Raises NotFound and Rejected."""
    return await _changed(database, actor, "saved_page_restore", {"id": id})


def may_change(actor: Actor, page: SavedPage) -> bool:
    """Whether an actor may change a page it sees: its own, and an administrator those that everyone may see."""
    return page.owner == actor.id or (page.shared and actor.administrator)


async def _changed(database: Database, actor: Actor, name: str, parameters: Mapping[str, Any]) -> SavedPage:
    """The page after a statement that answers with it, and with whether it was done to the version asked for."""
    who = {"person": actor.id, "administrator": actor.administrator}
    rows = await _written(database, actor, name, {**parameters, **who})
    if not rows:
        raise NotFound(
            f"There is no saved page {parameters['id'][:60]!r} that you may see; savedPages lists those there are."
        )
    ((facts, current),) = rows
    page = _page(facts)
    if not may_change(actor, page):
        told = f"Only {page.owner_name} and administrators may change this page; save one of your own."
        raise Rejected([Problem("forbidden", told)])
    if not current:
        raise Rejected([_conflict(page)])
    return page


async def _written(database: Database, actor: Actor, name: str, parameters: Mapping[str, Any]) -> list[Row]:
    async def work(transaction: Transaction) -> list[Row]:
        return await transaction.run(weave.fixed(name, actor, reads=False), parameters)

    return await database.write(work)


def _conflict(page: SavedPage) -> Problem:
    told = f"{page.updated_by} saved this page meanwhile, as version {page.version}. Read it again, or save yours as a new one."
    return Problem("version_conflict", told, ("version",), {"version": page.version, "by": page.updated_by})


def _facts(actor: Actor, draft: PageDraft, now: datetime) -> dict[str, Any]:
    body, problems = packed(draft)
    if problems:
        raise Rejected(problems)
    return {
        "name": draft.name,
        "description": draft.description,
        "shared": draft.shared,
        "body": body,
        "updatedAt": now,
        "updatedBy": actor.name,
    }


def _page(facts: Mapping[str, Any]) -> SavedPage:
    return SavedPage(
        id=facts["id"],
        kind=PageKind(facts["kind"]),
        name=facts["name"],
        description=facts["description"],
        body=facts["body"],
        shared=facts["shared"],
        owner=facts["owner"],
        owner_name=facts["ownerName"],
        version=facts["version"],
        created_at=facts["createdAt"].to_native(),
        updated_at=facts["updatedAt"].to_native(),
        updated_by=facts["updatedBy"],
    )
