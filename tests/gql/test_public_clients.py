"""The clients that web applications are made with, as their makers publish them, on a real server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from node_tools import ran
from rest_worlds import Rest
from sockets import numbered

pytestmark = pytest.mark.anyio

SEEN = {
    "refused": [{"code": "empty", "path": ["data", "name"]}],
    # the second page joins the first; a mutation's answer renames the company in the list, which is not asked for again
    "shown": [["Acme", "Bolt"], ["Acme", "Bolt", "Corp"], ["Acme & Sons", "Bolt", "Corp"]],
    "askedAgain": 0,
    "heard": "CHANGED",
    "parts": [None, "Ann"],
}


@pytest.fixture
async def api(serve: Callable[..., Any]) -> AsyncIterator[Any]:
    """A server with companies that remembers texts by their ids and answers in parts; its changes are numbered."""
    async with serve(XRM_DOCUMENTS="automatic", XRM_INCREMENTAL="on") as served:
        await Rest.begun(served)
        async with numbered(served.database):
            yield served


@pytest.mark.parametrize(("client", "method"), [("apollo", "POST"), ("urql", "GET")])
async def test_a_client_changes_pages_follows_and_keeps_what_it_read(api: Any, client: str, method: str) -> None:
    saw = await ran(f"clients/{client}.mjs", f"{api.address}/graphql", api.admin)

    # the text goes with its digest once, after the digest alone was not known; the second page needs the digest alone
    paged = ["GET Page", f"{method} Page with its text", "GET Page"]
    assert saw == {**SEEN, "paged": paged}
