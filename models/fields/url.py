"""Web addresses."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import SplitResult, urlsplit

from models.errors import Problem, told
from models.fields.kind import EQUALITY, InvalidValue, Operator
from models.fields.text import Text, clean
from models.fields.writing import called, unmarked
from models.metamodel import Field

LONGEST = 2048
ORDINARY = ("https", "http")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{0,30}\Z")
_HARMFUL = frozenset({"javascript", "vbscript", "data", "blob", "file", "about", "view-source"})
# what RFC 3986 has no place for; browsers read a backslash as a slash, so that it moves the host
_FOREIGN = re.compile(r"[\s<>\"{}|\\^`]")
_HOST = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63})*\.?\Z|[0-9a-f.]*:[0-9a-f:.]+\Z")


class Url(Text):
    """An address with a host, by one of the field's `schemes` (https and http); names and passwords are refused."""

    name = "url"
    options = frozenset({"schemes"})
    indexed = False

    def check_options(self, field: Field) -> list[Problem]:
        schemes = field.options.get("schemes")
        if schemes is None:
            return []
        if not isinstance(schemes, (list, tuple)) or not 1 <= len(schemes) <= 20:
            return [
                told(
                    "bad_option", "schemes must be a list such as [https, ftp].", ("options", "schemes"), case="schemes"
                )
            ]
        return [
            told(
                "bad_option",
                "{given} is no scheme that a link may have.",
                ("options", "schemes", place),
                case="scheme",
                given=called(scheme),
            )
            for place, scheme in enumerate(schemes)
            if not isinstance(scheme, str) or not _SCHEME.match(scheme) or scheme in _HARMFUL
        ]

    def coerce(self, field: Field, given: Any) -> str:
        text = unmarked(clean(given, longest=LONGEST))
        schemes = tuple(field.options.get("schemes") or ORDINARY)
        parts = None if _FOREIGN.search(text) else _split(text)
        if parts is None or parts.scheme not in schemes or not _HOST.match(parts.hostname or ""):
            raise InvalidValue(
                "bad_url",
                "{given} is no web address; write it like {scheme}://example.org.",
                given=called(text),
                scheme=schemes[0],
            )
        if "@" in parts.netloc:
            raise InvalidValue("bad_url", "Leave out the user name and password in front of the host.", case="password")
        return parts._replace(netloc=parts.netloc.lower()).geturl()

    def to_compare(self, field: Field, given: Any, operator: Operator = Operator.EQ) -> str:
        text = super().to_compare(field, given, operator)
        if operator not in EQUALITY:
            return text
        try:
            return self.coerce(field, text)
        except InvalidValue:  # compared as it is written: no address that is kept is equal to it
            return text


def _split(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        _ = parts.port  # read for its check
    except ValueError:
        return None
    return parts
