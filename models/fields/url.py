"""Web addresses."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from models.fields.kind import InvalidValue
from models.fields.text import Text, clean
from models.metamodel import Field


class Url(Text):
    """An address with a host, by one of the field's `schemes` (http and https)."""

    name = "url"
    options = frozenset({"schemes"})
    indexed = False

    def coerce(self, field: Field, given: Any) -> str:
        text = clean(given, longest=2048)
        schemes = tuple(field.options.get("schemes") or ("http", "https"))
        try:
            parts = urlsplit(text)
            sound = parts.scheme in schemes and bool(parts.hostname) and " " not in text
            _ = parts.port
        except ValueError:
            sound = False
        if not sound:
            raise InvalidValue(
                "bad_url", f"{text[:80]!r} is no web address; write it like {schemes[-1]}://example.org."
            )
        return text
