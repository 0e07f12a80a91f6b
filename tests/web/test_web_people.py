"""Who may sign in, in a real browser: let in with what is wrong beside the fields, and shut out again."""

from __future__ import annotations

import re

import pytest
from browsers import World, looks_well, opened

pytestmark = pytest.mark.anyio


async def test_somebody_is_let_in_signs_in_and_is_shut_out(world: World) -> None:
    page = await opened(world, "/admin")
    await page.get_by_role("button", name="Add somebody").click()
    name, password = page.get_by_label("Name to sign in with"), page.get_by_label("Password", exact=True)

    await name.fill("no such/name")
    await password.fill("short")
    await page.get_by_role("button", name="Let in").click()
    await page.locator("[aria-invalid=true]").nth(1).wait_for()
    assert await page.locator(".fault").count() == 0

    await name.fill("rowan")
    await password.fill("correct horse battery")
    await page.get_by_role("button", name="Let in").click()
    await page.get_by_role("button", name="What can be done: rowan").wait_for()
    other = await opened(world, "/settings", inside=False)
    await other.get_by_label("Name", exact=True).fill("rowan")
    await other.get_by_label("Password", exact=True).fill("correct horse battery")
    await other.get_by_role("button", name="Sign in").click()
    await other.get_by_text("Account rowan").wait_for()

    await page.get_by_role("button", name="What can be done: rowan").click()
    await page.get_by_role("menuitem", name="Shut out").click()
    await page.get_by_role("button", name="Undo").wait_for()
    await other.reload()

    await other.get_by_role("button", name="Sign in").wait_for()


async def test_tokens_are_known_by_their_names_and_browsers_by_what_they_are(world: World) -> None:
    page = await opened(world, "/settings")
    make = page.get_by_role("button", name="Make a token")
    await make.click()
    name = page.get_by_role("textbox", name="What it is for")
    await page.locator("[aria-invalid=true]").wait_for()
    assert await page.get_by_text("Copy it now").count() == 0

    await name.fill("برون‌بری شبانه")
    await name.press("Enter")
    await page.get_by_text("Copy it now").wait_for()
    made = page.locator(".credentials-list li", has_text="برون‌بری شبانه")
    await made.get_by_role("button", name="Withdraw").wait_for()
    here = page.locator(".credentials-list li", has=page.get_by_text("This one"))
    await here.get_by_text(re.compile("Chrome.? on .?Linux")).wait_for()
    await looks_well(page, "tokens and sessions")

    await page.goto(f"{world.address}/admin?part=access")
    await made.wait_for()
    assert "ann" in await made.inner_text()
    await here.get_by_text(re.compile("Chrome.? on .?Linux")).wait_for()
