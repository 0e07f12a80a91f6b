"""The schema under graphql-eslint: Relay's rules and the hygiene of a schema, over a model with every kind of field."""

from __future__ import annotations

import pytest
from graphql import print_schema
from node_tools import ran
from small_worlds import MODEL

from gql.fixed.schema import fixed_schema
from gql.schema import build_schema, complete

pytestmark = pytest.mark.anyio
UNSOUND = """
type Query { pets: PetConnection old: Int @deprecated }
type PetConnection { count: Int }
"""


async def test_the_linter_finds_nothing_in_the_whole_schema() -> None:
    sdl = print_schema(complete(build_schema(MODEL, fixed_schema())))

    assert await ran("lint.mjs", given=sdl) == []


async def test_the_linter_finds_what_is_unsound() -> None:
    found = {fault["rule"].removeprefix("@graphql-eslint/") for fault in await ran("lint.mjs", given=UNSOUND)}

    assert {"relay-arguments", "relay-connection-types", "relay-page-info", "require-deprecation-reason"} <= found
