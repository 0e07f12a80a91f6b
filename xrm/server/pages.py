"""The plain pages of the server: signing in, and where to go from there."""

from __future__ import annotations

import base64
import hashlib
import html
import math
from collections.abc import Mapping
from importlib.resources import files
from string import Template

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from gql.http.callers import credential
from gql.service import Service
from graph.sign_in import SignInRefused, TooManyAttempts
from xrm.server.words import WORDS, language

Refusal = SignInRefused | TooManyAttempts
STATUS: Mapping[type[Refusal], int] = {SignInRefused: 401, TooManyAttempts: 429}

_FOLDER = files("xrm.server").joinpath("page")
_STYLE = _FOLDER.joinpath("start.css").read_text(encoding="utf-8")
_SIGN_IN = Template(_FOLDER.joinpath("sign_in.html").read_text(encoding="utf-8"))
_START = Template(_FOLDER.joinpath("start.html").read_text(encoding="utf-8"))
_DIGEST = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_HEADERS = {
    "content-security-policy": (
        f"default-src 'none'; style-src 'sha256-{_DIGEST}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "cache-control": "no-store",
}


class Start:
    """`/` where no web application is served: the form to sign in, or for those who are in, the addresses of the server."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def __call__(self, request: Request) -> Response:
        """The page for whoever asks, in a language of theirs."""
        shown = credential(request.headers)
        admitted = await shown.admitted(self._service.admission) if shown else None
        if admitted is None:
            return sign_in_page(request, next=local(request.query_params.get("next", "/")))
        words = _words(request)
        page = _START.substitute(
            words, style=_STYLE, signed_in=html.escape(words["signed_in"].format(name=admitted.actor.name))
        )
        return HTMLResponse(page, headers=_headers(words))


def sign_in_page(request: Request, *, next: str = "/", name: str = "", refusal: Refusal | None = None) -> HTMLResponse:
    """The form to sign in, with what was wrong the last time."""
    words = _words(request)
    alert = f'<p role="alert">{html.escape(_told(refusal, words))}</p>' if refusal else ""
    page = _SIGN_IN.substitute(words, style=_STYLE, next=html.escape(next), name=html.escape(name), alert=alert)
    return HTMLResponse(page, status_code=STATUS[type(refusal)] if refusal else 200, headers=_headers(words))


def _told(refusal: Refusal, words: Mapping[str, str]) -> str:
    text = words[refusal.code]
    return text.format(minutes=math.ceil(refusal.wait_s / 60)) if isinstance(refusal, TooManyAttempts) else text


def _words(request: Request) -> Mapping[str, str]:
    return WORDS[language(request.headers.get("accept-language", ""))]


def _headers(words: Mapping[str, str]) -> dict[str, str]:
    return {**_HEADERS, "content-language": words["lang"], "vary": "accept-language, cookie"}


def local(address: str) -> str:
    """An address of this server to go on to; anything that could lead away becomes the start page."""
    plain = address.isascii() and address.isprintable() and "\\" not in address
    return address if plain and address.startswith("/") and not address.startswith("//") else "/"
