"""What the server says, in the language of whoever reads it: problems at fields, plans of the model, imports, settings."""

from __future__ import annotations

import re

import pytest
from browsers import World, opened

pytestmark = pytest.mark.anyio


async def test_problems_of_a_form_are_told_in_russian_at_their_fields(world: World) -> None:
    page = await opened(world, "/t/Company/new", language="ru")

    await page.get_by_label("Эл. почта").fill("nobody")
    await page.get_by_role("button", name="Сохранить").click()

    await page.get_by_text(re.compile("nobody.* — не адрес электронной почты\\.")).wait_for()
    await page.get_by_text("Укажите значение: без него запись не сохранить.").first.wait_for()


async def test_what_a_change_of_the_model_does_and_breaks_is_told_in_russian(world: World) -> None:
    page = await opened(world, "/model?type=Company&field=website", language="ru")
    await page.get_by_role("button", name="Удалить поле").click()
    await page.get_by_role("button", name="Проверить и применить").click()

    dialog = page.get_by_role("dialog")
    await dialog.get_by_text(re.compile("^Поле .*Company\\.website.* удаляется вместе со значениями\\.")).wait_for()
    await dialog.get_by_text(re.compile("^Поля .*Company\\.website.* больше нет\\.$")).wait_for()
    assert "was removed" not in await dialog.inner_text()


async def test_what_a_profile_needs_is_told_in_russian_when_it_would_go(world: World) -> None:
    page = await opened(world, "/model?type=Company&field=headcount", language="ru")
    await page.get_by_role("button", name="Удалить поле").click()
    await page.get_by_role("button", name="Проверить и применить").click()

    told = page.get_by_role("dialog").get_by_text(re.compile("^У .*Company.* нет поля .*headcount"))
    await told.wait_for()
    assert "Измените или удалите профиль \u2068Company\u2069 этим же изменением." in await told.inner_text()


async def test_what_stands_in_the_way_of_a_model_is_told_in_persian_with_its_cure(world: World) -> None:
    made = 'mutation { createCompany(input: {data: {name: "Without a city"}}) { errors { message } } }'
    page = await opened(world, "/model?type=Company&field=website", language="fa")
    await page.request.post(f"{world.address}/graphql", data={"query": made})
    await page.get_by_label("الزامی").check()
    await page.get_by_role("button", name="بازبینی و اعمال").click()

    told = page.get_by_role("dialog").get_by_text(re.compile("رکورد سر راه است\\."))
    await told.wait_for()
    assert "مقدار پیش‌فرض بدهید تا پر شود" in await told.inner_text()


async def test_the_settings_of_the_server_are_explained_in_persian(world: World) -> None:
    page = await opened(world, "/admin?part=server", language="fa")

    await page.get_by_text("درگاهی که کارساز بر آن گوش می‌دهد").wait_for()
    assert "Port the server listens on" not in await page.locator("main").inner_text()
