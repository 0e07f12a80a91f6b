"""The examples that the workbench offers: each is on the page, and each is answered whatever the model is."""

from __future__ import annotations

import html
from typing import Any

import pytest

from gql.http.graphiql import PAGE, POLICY, examples

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("title", sorted(examples()))
async def test_an_example_is_on_the_page_and_is_answered(standing_api: Any, title: str) -> None:
    text = examples()[title]

    answer = (await standing_api.ask(text)).json()

    assert html.escape(text) in PAGE.decode()
    assert "errors" not in answer
    assert all(value not in (None, {}) for value in answer["data"].values())


async def test_each_example_has_one_operation_with_a_name(standing_api: Any) -> None:
    names = [text.split()[1] for text in examples().values()]

    assert len(set(names)) == len(names) == 7
    assert all(text.startswith(("query ", "mutation ", "subscription ")) for text in examples().values())


def test_the_page_may_be_framed_by_pages_of_this_server_alone() -> None:
    assert POLICY.endswith("frame-ancestors 'self'")
