"""What pages of other origins may do: ask with a token, and load the elements that are put into them (CORS).

Cookies are never taken from them: `Access-Control-Allow-Credentials` is not sent, and the API refuses a browser's session
that another origin shows. There is no wildcard: an origin is allowed by its whole name or not at all.
"""

from __future__ import annotations

from collections.abc import Collection

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp

API = "/graphql"
ELEMENTS = "/embed/"
METHODS = ("GET", "HEAD", "POST")
ASKED_WITH = ("Authorization", "Last-Event-ID", "Time-Zone", "X-Request-Id", "XRM-Bookmark")
TOLD = ("Retry-After", "X-Request-Id", "XRM-Bookmark")
REMEMBERED_S = 600


def is_shared(path: str) -> bool:
    """Whether an address is one that other origins may ask at all."""
    return path == API or path.startswith(ELEMENTS)


def opened_to(allowed: Collection[str], app: ASGIApp) -> ASGIApp:
    """The application for the pages of these origins too; without any it stays as it is."""
    if not allowed:
        return app
    return CORSMiddleware(
        app,
        allow_origins=tuple(allowed),
        allow_methods=METHODS,
        allow_headers=ASKED_WITH,
        expose_headers=TOLD,
        max_age=REMEMBERED_S,
    )
