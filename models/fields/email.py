"""E-mail addresses."""

from __future__ import annotations

from typing import Any

from email_validator import EmailNotValidError, validate_email

from models.fields.kind import InvalidValue
from models.fields.text import Text, clean
from models.fields.writing import called, unmarked
from models.metamodel import Field


class Email(Text):
    """An address that mail can be sent to, by its form alone; its domain is kept in lower case."""

    name = "email"
    options = frozenset()

    def coerce(self, field: Field, given: Any) -> str:
        text = unmarked(clean(given, longest=254))
        try:
            return str(validate_email(text, check_deliverability=False, test_environment=True).normalized)
        except EmailNotValidError as error:
            raise InvalidValue("bad_email", f"{called(text)} is not an e-mail address: {error}") from None

    def to_compare(self, field: Field, given: Any) -> str:
        local, at, domain = super().to_compare(field, given).rpartition("@")
        return f"{local}{at}{domain.lower() if at else domain}"
