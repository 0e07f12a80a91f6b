"""Who a token or a session lets in; remembered for a moment, so that a busy client costs no look-up per request."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import replace
from datetime import UTC, datetime

from cypher import weave
from graph.session import Database, Row
from models import people
from models.actor import SYSTEM, Actor, ActorKind
from models.allowances import Allowance, Bearer
from models.people import Admitted

KEEP_S = 1.0
MOST = 10_000


class Admission:
    """Answers for one process; a withdrawn token or a disabled user is out at most `KEEP_S` later."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: OrderedDict[str, tuple[float, Admitted]] = OrderedDict()

    async def by_token(self, token: str) -> Admitted | None:
        """Whom a bearer token lets in; None for a token that is unknown, expired, or of a disabled user."""
        if not people.is_token(token):
            return None
        return await self._admitted("admitted_by_token", people.digest(token), ActorKind.TOKEN)

    async def by_session(self, session: str) -> Admitted | None:
        """Whom a session's cookie lets in; None as for tokens."""
        digest = people.digest(session)
        admitted = await self._admitted("admitted_by_session", digest, ActorKind.PERSON)
        if admitted is None:
            return None
        return replace(admitted, actor=replace(admitted.actor, session=digest[: people.SESSION_ID]))

    def forget(self, secret: str) -> None:
        """Look this token or session up anew the next time."""
        self._known.pop(people.digest(secret), None)

    async def _admitted(self, statement: str, digest: str, kind: ActorKind) -> Admitted | None:
        now = datetime.now(UTC)
        known = self._known.get(digest)
        if known is not None and time.monotonic() - known[0] < KEEP_S:
            return known[1] if now < known[1].until else None
        asked = time.monotonic()
        row = await self._database.read(weave.fixed(statement, SYSTEM), {"digest": digest, "now": now})
        if not row:
            self._known.pop(digest, None)
            return None
        admitted = admitted_of(row, kind)
        self._remember(digest, asked, admitted)
        return admitted

    def _remember(self, digest: str, asked: float, admitted: Admitted) -> None:
        self._known[digest] = (asked, admitted)
        self._known.move_to_end(digest)
        if len(self._known) > MOST:
            self._known.popitem(last=False)


def admitted_of(row: Row, kind: ActorKind) -> Admitted:
    """Whom a row of the statements `admitted_…` lets in, and what they may spend."""
    id, name, administrator, until, operation, minute, token, token_operation, token_minute = row
    bearer = None if token is None else Bearer(token, Allowance(token_operation, token_minute))
    actor = Actor(id, name, kind, administrator, allowance=Allowance(operation, minute), token=bearer)
    return Admitted(actor, until.to_native())
