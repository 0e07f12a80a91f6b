"""Whether the process lives, and whether it can serve: the database answers and a model is loaded."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from gql.service import Service
from models.errors import XrmError


def live(request: Request) -> Response:  # noqa: ARG001 - as every route
    """200 for as long as the process answers at all."""
    return JSONResponse({"status": "live"})


class Ready:
    """200 when requests can be served, else 503 with the reason."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def __call__(self, request: Request) -> Response:
        """The state of this moment."""
        try:
            version = await self._service.check()
        except XrmError as error:
            return JSONResponse({"status": "not ready", "reason": error.code}, status_code=503)
        return JSONResponse({"status": "ready", "modelVersion": version})
