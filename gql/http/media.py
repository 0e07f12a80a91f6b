"""Which media type an answer has, and what that means for its status code (GraphQL over HTTP, September 2026)."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

PARTIAL_SUCCESS = 294
PARTS = "multipart/mixed"
SPEC = "incrementalspec=v0.2"


class MediaType(StrEnum):
    """The forms an answer can have."""

    GRAPHQL = "application/graphql-response+json"
    JSON = "application/json"
    HTML = "text/html"
    EVENTS = "text/event-stream"


# where a client likes two equally, the earlier one; what takes anything is served plain JSON, as the audits ask
_RANGES = {
    "application/graphql-response+json": MediaType.GRAPHQL,
    "application/json": MediaType.JSON,
    "application/*": MediaType.JSON,
    "*/*": MediaType.JSON,
}


@lru_cache(256)
def negotiated(accept: str | None) -> MediaType | None:
    """The form for an Accept header; None when we have none of those it names."""
    if accept is None or not accept.strip():
        return MediaType.JSON
    best: tuple[float, int] = (0.0, 0)
    chosen: MediaType | None = None
    for name, quality in ranges(accept):
        if name not in _RANGES or not quality:
            continue
        rank = (quality, -list(_RANGES).index(name))
        if chosen is None or rank > best:
            best, chosen = rank, _RANGES[name]
    return chosen


@lru_cache(256)
def wants_page(accept: str | None) -> bool:
    """Whether a browser asks for something to look at."""
    return any(name == MediaType.HTML and quality for name, quality in ranges(accept or ""))


@lru_cache(256)
def wants_events(accept: str | None) -> bool:
    """Whether a client takes answers as a stream of events."""
    return any(name == MediaType.EVENTS and quality for name, quality in ranges(accept or ""))


@lru_cache(256)
def wants_parts(accept: str | None) -> bool:
    """Whether a client takes an answer in parts, in the form that is spoken here; older forms are told by other parameters."""
    for text in (accept or "").split(","):
        name, *parameters = (part.strip().lower().replace(" ", "") for part in text.split(";"))
        if name == PARTS and all(each == SPEC or each.startswith("q=") for each in parameters):
            return any(found == PARTS and quality for found, quality in ranges(text))
    return False


@lru_cache(64)
def is_json(content_type: str | None) -> bool:
    """Whether a body claims to be JSON in UTF-8."""
    kind, *parameters = (part.strip().lower() for part in (content_type or "").split(";"))
    charsets = [text.partition("=")[2].strip('" ') for text in parameters if text.startswith("charset")]
    return kind == MediaType.JSON and all(charset in {"utf-8", "utf8"} for charset in charsets)


def status(media: MediaType, *, errors: int, refused: bool) -> int:
    """The status of an answer to a well-formed request."""
    if media is not MediaType.GRAPHQL:
        return 200
    if refused:
        return 400
    return PARTIAL_SUCCESS if errors else 200


def ranges(accept: str) -> list[tuple[str, float]]:
    """The media ranges of an Accept header, each with its quality."""
    return [_range(part) for part in accept.split(",")]


def _range(text: str) -> tuple[str, float]:
    name, *parameters = (part.strip().lower() for part in text.split(";"))
    quality = 1.0
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key == "q":
            try:
                quality = float(value)
            except ValueError:
                quality = 0.0
        elif key == "charset" and value.strip('"') not in {"utf-8", "utf8"}:
            quality = 0.0
    return name, quality
