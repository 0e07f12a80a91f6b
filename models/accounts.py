"""What is kept of a change of an account: what was done, to whose, by whom, and what it was before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

Value = str | int | bool


class AccountChangeKind(StrEnum):
    """What was done."""

    ADDED = "added"
    PASSWORD = "password"  # noqa: S105 - a word, no secret
    ADMINISTRATOR = "administrator"
    DISABLED = "disabled"
    ENABLED = "enabled"
    ALLOWANCE = "allowance"
    PERSON = "person"
    TOKEN_ADDED = "token_added"  # noqa: S105 - a word, no secret
    TOKEN_ALLOWANCE = "token_allowance"  # noqa: S105 - a word, no secret
    TOKEN_WITHDRAWN = "token_withdrawn"  # noqa: S105 - a word, no secret
    SESSION_ENDED = "session_ended"


@dataclass(frozen=True, slots=True)
class AccountChange:
    """One change of an account, with the values that it changed; `name` and `by_name` as they were then."""

    id: str
    at: datetime
    kind: AccountChangeKind
    account: str
    name: str
    by: str
    by_name: str
    before: Mapping[str, Value]
    after: Mapping[str, Value]
