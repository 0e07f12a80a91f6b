"""/auth/login and /auth/logout: a form for browsers, JSON for programs that keep a cookie; /auth/first before anybody can."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qsl

import orjson
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from gql.http.callers import COOKIE, is_foreign, session_cookie
from gql.service import Service
from graph import people, sign_in
from graph.sign_in import SESSION_LASTS, SignedIn, SignInRefused, TooManyAttempts
from models.browsers import browser_of
from models.errors import XrmError
from xrm.server.pages import STATUS, Refusal, local, sign_in_page

MAX_BODY_BYTES = 16 << 10
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


class BadSignIn(XrmError):
    """The request to sign in or out cannot be read, or comes from a page of another site."""

    code = "bad_sign_in"

    def __init__(self, status: int, message: str) -> None:
        self.status = status
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What somebody typed, and whether as a form."""

    name: str
    password: str
    next: str
    by_form: bool


class SignIn:
    """Opens a session for name and password and gives its secret to the browser as a cookie."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def __call__(self, request: Request) -> Response:
        """A redirect or JSON with the cookie, or why not."""
        try:
            attempt = await _attempt(request)
        except BadSignIn as error:
            return _failure(error, error.status)
        try:
            entered = await self._enter(request, attempt)
        except (SignInRefused, TooManyAttempts) as error:
            return _refusal(request, attempt, error)
        return _welcome(request, attempt, entered)

    async def _enter(self, request: Request, attempt: Attempt) -> SignedIn:
        previous = session_cookie(request.headers)
        address = request.client.host if request.client else ""
        entered = await sign_in.sign_in(
            self._service.database,
            attempt.name,
            attempt.password,
            address=address,
            now=datetime.now(UTC),
            previous=previous,
            browser=browser_of(request.headers.get("user-agent", "")),
        )
        self._service.admission.forget(previous)
        return entered


class SignOut:
    """Ends the session of the browser that asks."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def __call__(self, request: Request) -> Response:
        """A redirect to the start page, or 204 for JSON."""
        if is_foreign(request.headers):
            return _failure(_foreign(), 403)
        session = session_cookie(request.headers)
        if session:
            await sign_in.sign_out(self._service.database, session)
            self._service.admission.forget(session)
        by_form = _media(request) != JSON
        response: Response = RedirectResponse("/", status_code=303) if by_form else Response(status_code=204)
        response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax", secure=_is_https(request))
        return response


class First:
    """Tells a door at which nobody can enter yet what it stands before; asks the database only until somebody is there."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._somebody = False

    async def __call__(self, request: Request) -> Response:
        """Whether there is no account yet."""
        self._somebody = self._somebody or await people.has_anybody(self._service.database)
        return JSONResponse({"nobody": not self._somebody}, headers={"cache-control": "no-store"})


async def _attempt(request: Request) -> Attempt:
    if is_foreign(request.headers):
        raise _foreign()
    media = _media(request)
    if media not in {FORM, JSON}:
        raise BadSignIn(415, f"Send name and password as {FORM} or {JSON}.")
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MAX_BODY_BYTES:
            raise BadSignIn(413, f"The body is larger than {MAX_BODY_BYTES} bytes.")
    given = _fields(body, media)
    name, password = given.get("username"), given.get("password")
    if not isinstance(name, str) or not isinstance(password, str):
        raise BadSignIn(400, "Give `username` and `password`.")
    return Attempt(name, password, local(str(given.get("next", "/"))), media == FORM)


def _fields(body: bytes, media: str) -> Mapping[str, object]:
    try:
        if media == FORM:
            return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=10, errors="strict"))
        given = orjson.loads(body)
    except ValueError:
        raise BadSignIn(400, "The body cannot be read.") from None
    if not isinstance(given, dict):
        raise BadSignIn(400, "The body must be an object.")
    return given


def _welcome(request: Request, attempt: Attempt, entered: SignedIn) -> Response:
    response: Response
    if attempt.by_form:
        response = RedirectResponse(attempt.next, status_code=303)
    else:
        response = JSONResponse({"name": entered.name, "expiresAt": entered.until.isoformat()})
    response.set_cookie(
        COOKIE,
        entered.session,
        max_age=int(SESSION_LASTS.total_seconds()),
        path="/",
        httponly=True,
        samesite="lax",
        secure=_is_https(request),
    )
    response.headers["cache-control"] = "no-store"
    return response


def _refusal(request: Request, attempt: Attempt, error: Refusal) -> Response:
    if attempt.by_form:
        response: Response = sign_in_page(request, next=attempt.next, name=attempt.name, refusal=error)
    else:
        response = _failure(error, STATUS[type(error)])
    if isinstance(error, TooManyAttempts):
        response.headers["retry-after"] = str(error.wait_s)
    return response


def _failure(error: XrmError, status: int) -> Response:
    return JSONResponse({"error": {"code": error.code, "message": error.message}}, status_code=status)


def _foreign() -> BadSignIn:
    return BadSignIn(403, "Pages of other sites cannot sign in or out here.")


def _media(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _is_https(request: Request) -> bool:
    return request.url.scheme == "https"
