"""Who acts: every statement is woven for an actor, and every change names one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models.allowances import NONE_SET, Allowance, Bearer


class ActorKind(StrEnum):
    """How the actor came in."""

    PERSON = "person"
    TOKEN = "token"  # noqa: S105 - a word, no secret
    SYSTEM = "system"
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody signed in, the system itself, or a stranger, who may do nothing."""

    id: str
    name: str
    kind: ActorKind
    administrator: bool = False
    time_zone: str = "UTC"  # of the IANA data base; whose calendar "today" and "this quarter" are taken from
    allowance: Allowance = NONE_SET
    token: Bearer | None = None  # which they came with, if any
    session: str = ""  # the id of the one they came with, if any


STRANGER = Actor("", "", ActorKind.STRANGER)
SYSTEM = Actor("system", "XRM", ActorKind.SYSTEM, administrator=True)
