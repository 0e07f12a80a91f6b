"""The plain pages of the server: signing in, and where to go from there."""

from __future__ import annotations

import base64
import hashlib
import html
from importlib.resources import files
from string import Template

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from gql.http.callers import credential
from gql.service import Service

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
    """`/`: the form to sign in, or for those who are in, the addresses of the server."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def __call__(self, request: Request) -> Response:
        """The page for whoever asks."""
        shown = credential(request.headers)
        admitted = await shown.admitted(self._service.admission) if shown else None
        if admitted is None:
            return sign_in_page(next=local(request.query_params.get("next", "/")))
        page = _START.substitute(style=_STYLE, name=html.escape(admitted.actor.name))
        return HTMLResponse(page, headers=_HEADERS)


def sign_in_page(*, next: str = "/", name: str = "", alert: str = "", status: int = 200) -> HTMLResponse:
    """The form to sign in, with what was wrong the last time."""
    told = f'<p role="alert">{html.escape(alert)}</p>' if alert else ""
    page = _SIGN_IN.substitute(style=_STYLE, next=html.escape(next), name=html.escape(name), alert=told)
    return HTMLResponse(page, status_code=status, headers=_HEADERS)


def local(address: str) -> str:
    """An address of this server to go on to; anything that could lead away becomes the start page."""
    plain = address.isascii() and address.isprintable() and "\\" not in address
    return address if plain and address.startswith("/") and not address.startswith("//") else "/"
