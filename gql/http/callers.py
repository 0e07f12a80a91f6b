"""Who sends a request: the bearer of a token, a browser with a session, or a stranger."""

from __future__ import annotations

from dataclasses import dataclass, replace
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from gql.http.refusals import bad_request
from graph.admission import Admission
from models.actor import Actor
from models.fields.kind import InvalidValue
from models.people import Admitted
from models.periods import zone

COOKIE = "xrm_session"
TIME_ZONE = "time-zone"


@dataclass(frozen=True, slots=True)
class Credential:
    """What a request shows of its sender: a token, or the session of a browser."""

    secret: str
    by_cookie: bool = False

    async def admitted(self, admission: Admission) -> Admitted | None:
        """Whom it lets in now."""
        if self.by_cookie:
            return await admission.by_session(self.secret)
        return await admission.by_token(self.secret)


def credential(headers: Headers) -> Credential | None:
    """The credential of a request; a token goes before a cookie."""
    authorization = headers.get("authorization")
    if authorization is not None:
        return bearer(authorization)
    session = session_cookie(headers)
    return Credential(session, by_cookie=True) if session else None


def bearer(authorization: str) -> Credential | None:
    """The token in the value of an Authorization header."""
    scheme, _, token = authorization.partition(" ")
    return Credential(token.strip()) if scheme.lower() == "bearer" and token else None


def session_cookie(headers: Headers) -> str:
    """The session in the browser's cookie, or the empty text."""
    text = headers.get("cookie")
    if not text or COOKIE not in text:
        return ""
    try:
        morsel = SimpleCookie(text).get(COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def in_own_zone(actor: Actor, headers: Headers) -> Actor:
    """The actor with the time zone that the header `Time-Zone` names. Raises Refused for one that there is not."""
    named = headers.get(TIME_ZONE)
    if named is None:
        return actor
    try:
        return replace(actor, time_zone=zone(named).key)
    except InvalidValue as error:
        raise bad_request(f"Time-Zone: {error.message}") from error


def is_foreign(headers: Headers) -> bool:
    """Whether a page of another origin sends the request; programs send no Origin."""
    if headers.get("sec-fetch-site") in {"cross-site", "same-site"}:
        return True
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower()
