"""Requests that never become an operation: each has a status, a stable code and a sentence with the cure."""

from __future__ import annotations

from collections.abc import Sequence

import orjson


class Refused(Exception):
    """The request is answered with an error before anything of it is executed."""

    def __init__(self, status: int, code: str, message: str, *headers: tuple[str, str]) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message
        self.headers: Sequence[tuple[str, str]] = headers

    def body(self) -> bytes:
        """The error in the form of a GraphQL answer."""
        return errors_body(self.code, self.message)


def errors_body(code: str, message: str) -> bytes:
    """An answer that is one error."""
    return orjson.dumps({"errors": [{"message": message, "extensions": {"code": code}}]})


def stranger() -> Refused:
    """401: nobody is signed in."""
    message = "Sign in first, or send a token: Authorization: Bearer <token>. `xrm token create --user NAME` makes one."
    return Refused(401, "not_signed_in", message, ("www-authenticate", 'Bearer realm="xrm"'))


def page_for_strangers() -> Refused:
    """303: somebody's browser is led to where people sign in, and back from there."""
    return Refused(
        303, "not_signed_in", "Sign in first.", ("location", "/?next=/graphql"), ("cache-control", "no-store")
    )


def foreign_origin() -> Refused:
    """403: a page of another site asks with this browser's cookie."""
    message = "Pages of other sites may not use a browser's session here; send a token instead."
    return Refused(403, "foreign_origin", message)


def bad_request(message: str) -> Refused:
    """400: no well-formed GraphQL request."""
    return Refused(400, "bad_request", message)


def too_large(most: int) -> Refused:
    """413: the body is larger than the server takes."""
    message = f"The body is larger than {most} bytes. Send less at once, or set XRM_MAX_BODY_BYTES higher."
    return Refused(413, "body_too_large", message, ("connection", "close"))
