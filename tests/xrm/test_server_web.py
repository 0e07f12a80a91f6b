"""The built web application as browsers get it: packed, kept for ever where the name says so, one page for its addresses."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from xrm.server.web import Web

pytestmark = pytest.mark.anyio

PAGE = "<!doctype html><title>XRM</title>"
SCRIPT = "console.log(1)\n" * 50


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    (tmp_path / "assets").mkdir()
    (tmp_path / ".vite").mkdir()
    (tmp_path / ".vite" / "manifest.json").write_text("{}")
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "assets" / "index-1a2b.js").write_text(SCRIPT)
    (tmp_path / "assets" / "index-1a2b.js.gz").write_bytes(gzip.compress(SCRIPT.encode()))
    (tmp_path / "embed" / "assets").mkdir(parents=True)
    (tmp_path / "embed" / "xrm.js").write_text(SCRIPT)
    (tmp_path / "embed" / "assets" / "graph-1a2b.js").write_text(SCRIPT)
    app = Starlette(routes=[Mount("/", Web(tmp_path))])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://xrm") as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/t/Company", "/r/0190f1c2", "/settings"])
async def test_every_address_of_the_application_gives_its_page_which_is_asked_for_again(
    browser: httpx.AsyncClient, path: str
) -> None:
    response = await browser.get(path)

    assert (response.status_code, response.text) == (200, PAGE)
    assert response.headers["cache-control"] == "no-cache"
    policy = response.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "frame-src 'self';" in policy


async def test_an_asset_is_sent_as_it_was_packed_and_kept_for_ever(browser: httpx.AsyncClient) -> None:
    response = await browser.get("/assets/index-1a2b.js", headers={"accept-encoding": "gzip, br"})

    assert response.text == SCRIPT
    assert response.headers["content-encoding"] == "gzip"
    assert response.headers["vary"] == "accept-encoding"
    assert response.headers["content-type"].startswith("text/javascript")
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"


async def test_a_browser_that_takes_nothing_packed_gets_it_plain(browser: httpx.AsyncClient) -> None:
    response = await browser.get("/assets/index-1a2b.js", headers={"accept-encoding": "identity"})

    assert response.text == SCRIPT
    assert "content-encoding" not in response.headers


async def test_what_a_browser_has_already_is_not_sent_again(browser: httpx.AsyncClient) -> None:
    packed = {"accept-encoding": "gzip"}
    tag = (await browser.get("/assets/index-1a2b.js", headers=packed)).headers["etag"]

    again = await browser.get("/assets/index-1a2b.js", headers={**packed, "if-none-match": tag})

    assert (again.status_code, again.content) == (304, b"")


async def test_the_elements_may_be_put_into_pages_of_others_and_are_asked_for_under_one_name(
    browser: httpx.AsyncClient,
) -> None:
    module = await browser.get("/embed/xrm.js")
    brought = await browser.get("/embed/assets/graph-1a2b.js")

    assert (module.text, module.headers["cache-control"]) == (SCRIPT, "no-cache")
    assert brought.headers["cache-control"] == "public, max-age=31536000, immutable"
    shared = "cross-origin-resource-policy"
    assert (module.headers[shared], brought.headers[shared]) == ("cross-origin", "cross-origin")
    assert shared not in (await browser.get("/assets/index-1a2b.js")).headers


@pytest.mark.parametrize(
    "path",
    ["/assets/index-0000.js", "/embed/other", "/robots.txt", "/.vite/manifest.json", "/assets/../.vite/manifest.json"],
)
async def test_a_file_that_there_is_not_is_missing_and_no_page(browser: httpx.AsyncClient, path: str) -> None:
    response = await browser.get(path)

    assert response.status_code == 404
