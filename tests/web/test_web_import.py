"""The import of files in a real browser: a file is dropped, its errors are seen and mended, it is imported and taken back."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from browsers import World, opened, reads_well

from graph.address import Address
from xrm.imports.watching import keep_importing

pytestmark = pytest.mark.anyio

FILE = b"externalId,Name,Employees,Customer since\nimp-1,Amber Imports,12,2024-03-01\nimp-2,Birch Imports,many,2025-01-31\n"


@pytest.fixture(scope="module")
async def worker(world: World, neo4j_address: Address) -> AsyncIterator[None]:
    """What carries imports out, as a server that works in the background has it."""
    working = asyncio.create_task(keep_importing(neo4j_address, world.home))
    yield
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)


async def names(world: World, page: Any) -> list[str]:
    query = '{ companies(where: {name: {endsWith: "Imports"}}, orderBy: [{name: ASC}]) { nodes { name headcount } } }'
    told = await (await page.request.post(f"{world.address}/graphql", data={"query": query})).json()
    return [f"{each['name']} {each['headcount']}" for each in told["data"]["companies"]["nodes"]]


async def test_import_see_errors_mend_and_undo(world: World, worker: None, soak: bool, tmp_path: Path) -> None:
    page = await opened(world, "/import")
    files = [
        {"name": "companies.csv", "mimeType": "text/csv", "buffer": FILE},
        {"name": "logo.csv", "mimeType": "text/csv", "buffer": b"\x89PNG\r\n\x1a\n"},
    ]

    await page.locator("input[type=file]").set_input_files(files)
    await page.get_by_text("2 rows").wait_for()
    await page.get_by_text("a PNG picture, not a table").wait_for()
    await page.get_by_role("button", name="Columns").click()
    await page.get_by_role("cell", name="new").first.wait_for()
    mapping = f"/import?{page.url.partition('?')[2]}"
    await page.get_by_role("button", name="Links").click()
    await page.get_by_role("button", name="Check").click()
    await page.get_by_role("heading", name="1 row of 2 would be rejected").wait_for()
    assert await names(world, page) == []
    await page.get_by_role("gridcell", name="many").first.dblclick()
    await page.keyboard.press("Control+A")
    await page.keyboard.type("30")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Put 1 value right and try again").click()
    await page.get_by_text("Every row goes in").wait_for()
    await page.locator(".import-foot").get_by_role("button", name="Import").click()
    await page.get_by_role("button", name="Import now").click()
    await page.get_by_role("heading", name="The import is done").wait_for()
    assert await names(world, page) == ["Amber Imports 12", "Birch Imports 30"]
    await page.get_by_role("button", name="Undo the import").click()
    await page.get_by_role("heading", name="The import was taken back").wait_for()

    assert await names(world, page) == []
    await page.goto(f"{world.address}/import")
    history = page.locator(".import-history").get_by_role("listitem").first
    await history.get_by_text("ann", exact=True).wait_for()
    await history.get_by_text("Taken back").wait_for()
    await reads_well(world, {"import": "/import", "import-columns": mapping}, soak=soak)


async def test_days_by_example_what_was_guessed_and_what_will_be_rejected_are_told_truly(
    world: World, worker: None
) -> None:
    page = await opened(world, "/import")
    rows = b"externalId,Name,Employees,Customer since\nimp-8,Ash Ltd,12,31.12.2024\nimp-9,Elm Ltd,many,30.11.2024\n"
    file = {"name": "days.csv", "mimeType": "text/csv", "buffer": rows}

    await page.locator("input[type=file]").set_input_files([file])
    await page.get_by_text("2 rows").wait_for()
    await page.get_by_role("button", name="Columns").click()
    days = page.get_by_role("combobox", name="How Customer since writes days")
    await days.wait_for()
    assert "31.12.2026" in await days.locator("option:checked").inner_text()
    assert "%" not in "".join(await days.locator("option").all_inner_texts())
    row = page.get_by_role("row", name=re.compile("^Name"))
    await row.get_by_text("%").wait_for()
    await page.get_by_role("combobox", name="Each row is").select_option("Person")
    await row.get_by_text("%").wait_for()
    await row.get_by_role("combobox").select_option("familyName")
    await row.get_by_text("your choice").wait_for()
    await page.get_by_role("combobox", name="Each row is").select_option("Company")
    await days.wait_for()
    await page.get_by_role("button", name="Links").click()
    await page.get_by_role("button", name="Check").click()
    await page.get_by_role("heading", name="1 row of 2 would be rejected").wait_for()
    await page.locator(".import-foot").get_by_role("button", name="Import").click()
    await page.get_by_role("heading", name="1 row is ready").wait_for()
    await page.get_by_text("1 row will be rejected").wait_for()

    assert page.complaints == []


async def test_why_rows_are_refused_is_told_in_russian(world: World, worker: None) -> None:
    page = await opened(world, "/import", language="ru")
    files = [
        {"name": "companies.csv", "mimeType": "text/csv", "buffer": FILE},
        {"name": "book.xlsx", "mimeType": "application/octet-stream", "buffer": b"PK"},
    ]

    await page.locator("input[type=file]").set_input_files(files)
    await page.get_by_text("Сохраните каждый лист как CSV").wait_for()
    await page.get_by_role("button", name="Столбцы").click()
    await page.get_by_text("Нужно целое число, например 1200").wait_for()
    await page.get_by_role("button", name="Связи").click()
    await page.get_by_role("button", name="Проверка").click()
    await page.get_by_role("heading", name="Будет отклонена 1 строка из 2").wait_for()

    why = page.get_by_role("gridcell", name="Нужно целое число, например 1200")
    assert (await why.first.inner_text()).replace("\u2068", "").replace("\u2069", "").replace("\u200e", "") == (
        "Число сотрудников: нужно целое число, например 1200; 'many' не годится."
    )
