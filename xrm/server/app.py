"""The application of one server process: the API, and the pages around it."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

from gql.http.callers import credential
from gql.service import Service
from xrm.server import health
from xrm.server.metrics import MEDIA_TYPE, Metrics
from xrm.server.outermost import Outermost
from xrm.server.pages import Start
from xrm.server.sign_in import First, SignIn, SignOut
from xrm.server.web import Web


def application(service: Service, web: Path | None = None, *, allowed: Collection[str] = ()) -> ASGIApp:
    """Everything that a server process answers, with the built web application in `web`, or a plain page in its place.

    Pages of the `allowed` origins may ask the API too, with a token.
    """
    metrics = Metrics()
    routes: list[Route | Mount] = [
        Route("/health/live", health.live),
        Route("/health/ready", health.Ready(service).__call__),
        Route("/metrics", Counted(service, metrics).__call__),
        Route("/auth/login", SignIn(service).__call__, methods=["POST"]),
        Route("/auth/logout", SignOut(service).__call__, methods=["POST"]),
        Route("/auth/first", First(service).__call__),
        Below("/api", service.rest),
        Below("/imports", service.uploads),
    ]
    start: BaseRoute = Route("/", Start(service).__call__) if web is None else Mount("/", Web(web))
    pages = Starlette(routes=[*routes, start])
    known = frozenset({"/graphql", "/", "/embed", *(route.path for route in routes)})
    return Outermost(service.graphql, pages, metrics, known, allowed=allowed)


class Below(Mount):
    """Everything below an address, lines that end in the middle of a path included, which a `Mount` does not take for one."""

    def __init__(self, path: str, app: ASGIApp) -> None:
        super().__init__(path, app)
        self.path_regex = re.compile(self.path_regex.pattern, re.DOTALL)


class Counted:
    """`/metrics`, for whoever has a token or a session."""

    def __init__(self, service: Service, metrics: Metrics) -> None:
        self._service, self._metrics = service, metrics

    async def __call__(self, request: Request) -> Response:
        """The counters of the process that answers."""
        shown = credential(request.headers)
        if shown is None or await shown.admitted(self._service.admission) is None:
            told = {"error": {"code": "not_signed_in", "message": "Send a token: Authorization: Bearer <token>."}}
            return JSONResponse(told, status_code=401, headers={"www-authenticate": 'Bearer realm="xrm"'})
        return PlainTextResponse(
            self._metrics.text(deprecated=self._service.executor.deprecated.counts), media_type=MEDIA_TYPE
        )
