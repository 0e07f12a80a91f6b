"""Changes of accounts, each written down in the transaction that makes it, and read again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cypher import weave
from graph.session import Database, Row, Transaction
from models.accounts import AccountChange, AccountChangeKind, Value
from models.actor import SYSTEM, Actor
from models.ids import new_id

_LAST = "g"  # behind every id: they are written with hexadecimal digits


async def carried_out(
    database: Database, statement: str, parameters: Mapping[str, Any], kind: AccountChangeKind, by: Actor
) -> list[Row]:
    """The rows of a statement that changes an account, and of each that changed something a trace.

    Such a statement answers with the account's id and name, what was before and what is after. Where `before` is null
    there is nothing to compare, and the change is always kept.
    """
    changing = weave.fixed(statement, SYSTEM, reads=False)
    telling = weave.fixed("account_change_tell", SYSTEM, reads=False)

    async def work(transaction: Transaction) -> list[Row]:
        rows = await transaction.run(changing, parameters)
        who = {"kind": kind.value, "by": by.id, "byName": by.name}
        changes = [
            {
                "id": new_id(),
                "account": account,
                "name": name,
                **who,
                **_named("before", before or {}),
                **_named("after", after),
            }
            for account, name, before, after, *_ in rows
            if before != after
        ]
        if changes:
            await transaction.run(telling, {"changes": changes})
        return rows

    return await database.write(work)


async def account_changes(
    database: Database, *, first: int, before: str | None = None, account: str | None = None
) -> list[AccountChange]:
    """Changes of accounts, or of one by its id, the newest first; those before the one with an id."""
    parameters = {"first": first, "before": before or _LAST, "account": account}
    rows = await database.rows(weave.fixed("account_changes", SYSTEM), parameters)
    return [_change(facts) for (facts,) in rows]


def _named(side: str, values: Mapping[str, Value | None]) -> dict[str, Value]:
    return {f"{side}.{name}": value for name, value in values.items() if value is not None}


def _values(facts: Mapping[str, Any], side: str) -> dict[str, Value]:
    return {key.removeprefix(side): value for key, value in facts.items() if key.startswith(side)}


def _change(facts: Mapping[str, Any]) -> AccountChange:
    return AccountChange(
        id=facts["id"],
        at=facts["at"].to_native(),
        kind=AccountChangeKind(facts["kind"]),
        account=facts["account"],
        name=facts["name"],
        by=facts["by"],
        by_name=facts["byName"],
        before=_values(facts, "before."),
        after=_values(facts, "after."),
    )
