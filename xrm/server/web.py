"""The web application as it was built: packed files as they lie, hashed assets for ever, and its page for every address of it."""

from __future__ import annotations

import mimetypes
import os
from collections.abc import MutableMapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles

PAGE = "index.html"
ASSETS = "assets/"
# what pages of other origins put in: its one module keeps its name, what that brings has names for ever
ELEMENTS = "embed/"
LASTING = (ASSETS, ELEMENTS + ASSETS)
PACKED = (("br", ".br"), ("gzip", ".gz"))
# `style-src`: components set sizes and colours on elements; scripts come from files of ours alone
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; frame-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
FOR_EVER, ASK_AGAIN = "public, max-age=31536000, immutable", "no-cache"
Scope = MutableMapping[str, Any]


def built() -> Path | None:
    """The folder of the built application: in the installed package, else in the checkout; None where it was not built."""
    room = Path(str(files("xrm")))
    places = (room / "web", room.parent / "web" / "dist")
    return next((place for place in places if (place / PAGE).is_file()), None)


class Web(StaticFiles):
    """Answers for everything that no route of the server takes."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, packed as the browser takes it; its page for addresses of the application; 404 for files there are not."""
        if path == ".":
            path = PAGE
        if path.startswith(".") or "/." in path:
            raise HTTPException(404)
        response = self._packed(path, scope)
        if response is None:
            try:
                response = await super().get_response(path, scope)
            except HTTPException as error:
                if error.status_code != 404 or _names_a_file(path):
                    raise
                return await self.get_response(PAGE, scope)
        response.headers["cache-control"] = FOR_EVER if path.startswith(LASTING) else ASK_AGAIN
        response.headers["content-security-policy"] = POLICY
        if path.startswith(ELEMENTS):
            response.headers["cross-origin-resource-policy"] = "cross-origin"
        return response

    def _packed(self, path: str, scope: Scope) -> Response | None:
        """The file as it was packed when it was built, unless the browser has that one already."""
        taken = {each.partition(";")[0].strip() for each in Headers(scope=scope).get("accept-encoding", "").split(",")}
        if scope["method"] not in {"GET", "HEAD"}:
            return None
        for name, ending in PACKED:
            full, stat = self.lookup_path(path + ending) if name in taken else ("", None)
            if stat is None:
                continue
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            response = self._unless_known(full, stat, kind, scope)
            response.headers["content-encoding"] = name
            response.headers["vary"] = "accept-encoding"
            return response
        return None

    def _unless_known(self, full: str, stat: os.stat_result, kind: str, scope: Scope) -> Response:
        response = FileResponse(full, media_type=kind, stat_result=stat)
        known = Headers(scope=scope).get("if-none-match", "")
        if response.headers["etag"] in {each.strip().removeprefix("W/") for each in known.split(",")}:
            return Response(status_code=304, headers={"etag": response.headers["etag"]})
        return response


def _names_a_file(path: str) -> bool:
    """Whether a missing thing is a file: the application's own addresses have no ending."""
    return path.startswith((ASSETS, ELEMENTS)) or "." in path.rpartition("/")[2]
