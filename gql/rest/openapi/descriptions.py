"""The whole document, made once for each edition, off the event loop."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Any

import orjson

from gql.editions import Edition
from gql.rest.addresses import PREFIX
from gql.rest.openapi.paths import paths_of
from gql.rest.openapi.schemas import Schemas
from gql.rest.problems import MEDIA_TYPE
from gql.typed.wording import text

VERSION = "3.1.1"
_ABOUT = (
    "Records of every type of this organisation's model, and the links between them. "
    "What can be read and changed, and what is refused and why, is the same as over GraphQL."
)
_PATH_STEPS = {"type": "array", "items": {"type": ["string", "integer"]}}
_SHARED: dict[str, Any] = {
    "Problem": {
        "description": "What went wrong (RFC 9457). The first error speaks for the whole.",
        "type": "object",
        "required": ["type", "title", "status", "detail", "code", "errors"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "code": {"type": "string", "description": "What is wrong, for programs; it stays the same."},
            "errors": {"type": "array", "minItems": 1, "items": {"$ref": "#/components/schemas/ProblemError"}},
        },
    },
    "ProblemError": {
        "description": "One thing that is wrong.",
        "type": "object",
        "required": ["code", "message", "path"],
        "properties": {
            "code": {"type": "string", "description": "What is wrong, for programs; it stays the same."},
            "message": {"type": "string", "description": "What is wrong and how to mend it."},
            "path": {**_PATH_STEPS, "description": "Where it is: from the body on, or the name of a parameter."},
            "details": {"description": "Facts for programs, such as both values of a conflict."},
        },
    },
}


def described(edition: Edition) -> dict[str, Any]:
    """The document of an edition."""
    schemas = Schemas(edition.model, edition.schema)
    kinds = edition.model.types.values()
    paths = {address: item for kind in kinds for address, item in paths_of(edition.model, kind, schemas)}
    problem = {
        "description": "A problem.",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    return {
        "openapi": VERSION,
        "info": {"title": "XRM", "version": str(edition.model.version), "description": _ABOUT},
        "servers": [{"url": PREFIX}],
        "security": [{"token": []}],
        "tags": [{"name": kind.many, "description": text(kind.labels) or kind.name} for kind in kinds],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "responses": {"Problem": problem},
            "schemas": {**_SHARED, **schemas.all()},
        },
    }


class Descriptions:
    """The document that is served, and its tag; that of the present edition alone is kept."""

    def __init__(self) -> None:
        self._making = asyncio.Lock()
        self._made: tuple[Edition, bytes, str] | None = None

    async def of(self, edition: Edition) -> tuple[bytes, str]:
        """The document of an edition and its tag."""
        async with self._making:
            if self._made is None or self._made[0] is not edition:
                document = await asyncio.to_thread(lambda: orjson.dumps(described(edition)))
                self._made = (edition, document, f'"{hashlib.sha256(document).hexdigest()[:32]}"')
            return self._made[1:]
