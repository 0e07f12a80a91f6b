"""Answers packed for the way to whoever takes gzip: a model is a fifth of itself, which counts on a bad line."""

from __future__ import annotations

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp

# what fits into one packet of a network is there no sooner when it is smaller
LEAST_BYTES = 1_400
# zlib's second level: a quarter more bytes than its last one, in a ninth of the time (86 KB of JSON)
LEVEL = 2


def packed(app: ASGIApp) -> ASGIApp:
    """The application with its larger answers packed, those of streams piece by piece; events of a server go as they are.

    What is packed holds no secret beside words of somebody else, whose sizes would tell it (BREACH): a request by a browser's
    session from another site is refused before it is answered, and a token is shown once.
    """
    return GZipMiddleware(app, LEAST_BYTES, LEVEL)
