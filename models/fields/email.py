"""E-mail addresses."""

from __future__ import annotations

import re
from typing import Any

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email
from email_validator.rfc_constants import CASE_INSENSITIVE_MAILBOX_NAMES

from models.fields.kind import InvalidValue, Operator
from models.fields.text import Text, clean
from models.fields.writing import called, unmarked
from models.metamodel import Field

# most addresses are of this form, for which the library's verdict is known without asking it: letters of ASCII and few
# signs, no label with two hyphens; save for the names below, which it refuses or writes anew
_PLAIN = re.compile(
    r"([A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*)"
    r"@((?:[A-Za-z0-9](?:-?[A-Za-z0-9]){0,31}\.){1,8})([A-Za-z]{1,63})"
)
_TOP_LEVELS = frozenset(name.rpartition(".")[2] for name in SPECIAL_USE_DOMAIN_NAMES)
_MAILBOXES = frozenset(CASE_INSENSITIVE_MAILBOX_NAMES)


class Email(Text):
    """An address that mail can be sent to, by its form alone; its domain is kept in lower case."""

    name = "email"
    options = frozenset()

    def coerce(self, field: Field, given: Any) -> str:
        text = unmarked(clean(given, longest=254))
        plain = _plain(text)
        if plain is not None:
            return plain
        try:
            return str(validate_email(text, check_deliverability=False, test_environment=True).normalized)
        except EmailNotValidError as error:
            raise InvalidValue(
                "bad_email", "{given} is not an e-mail address: {why}", given=called(text), why=str(error)
            ) from None

    def to_compare(self, field: Field, given: Any, operator: Operator = Operator.EQ) -> str:
        local, at, domain = super().to_compare(field, given, operator).rpartition("@")
        return f"{local}{at}{domain.lower() if at else domain}"


def _plain(text: str) -> str | None:
    """The canonical address, if it is one of the common form; None tells nothing."""
    found = _PLAIN.fullmatch(text)
    if found is None:
        return None
    local, domain, top_level = found[1], found[2].lower(), found[3].lower()
    if top_level in _TOP_LEVELS or local.lower() in _MAILBOXES:
        return None
    return f"{local}@{domain}{top_level}"
