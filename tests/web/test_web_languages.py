"""What the server says, in the language of whoever reads it: problems at fields, plans of the model, imports, settings."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from browsers import SOON_MS, World, opened

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


async def test_what_is_wrong_with_a_filter_in_words_is_told_in_persian_with_its_place_and_cure(world: World) -> None:
    page = await opened(world, "/t/Company", language="fa")
    words = page.get_by_label("فیلتر نوشتاری")
    await words.fill("headcoun > 5")
    await words.press("Enter")

    told = page.get_by_role("alert").get_by_text(re.compile("فیلتر نوشتاری، سطر ۱، نویسهٔ ۱:"))
    await told.wait_for()
    assert (
        "نوع «\u2068شرکت\u2069» فیلد \u2068headcoun\u2069 ندارد. شاید \u2068headcount\u2069؟" in await told.inner_text()
    )

    await words.fill("headcount >")
    await words.press("Enter")
    await page.get_by_text(re.compile("نویسهٔ ۱۲: .*ولی پایان متن آمده است\\.")).wait_for()


async def test_why_a_file_of_a_pack_is_no_yaml_is_told_in_russian_with_its_line(world: World) -> None:
    files = {
        "pack.yaml": "name: things\nversion: '1'\n",
        "types/thing.yaml": "name: Thing\nlabels: [a, b\nfields: {}\n",
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    page = await opened(world, "/packs", language="ru")
    pack = {"name": "things.zip", "mimeType": "application/zip", "buffer": packed.getvalue()}
    await page.locator("input[type=file]").set_input_files(pack)

    told = page.get_by_role("dialog").get_by_text(re.compile("это не YAML: скобка, открытая в строке 2, не закрыта"))
    assert "types/thing.yaml:3" in await told.inner_text()


async def test_the_settings_of_the_server_are_explained_in_persian(world: World) -> None:
    page = await opened(world, "/admin?part=server", language="fa")

    await page.get_by_text("درگاهی که کارساز بر آن گوش می‌دهد").wait_for()
    assert "Port the server listens on" not in await page.locator("main").inner_text()


async def test_a_session_that_ends_by_itself_leads_to_the_door_which_says_so(world: World) -> None:
    page = await opened(world, "/t/Company", language="ru")
    await page.get_by_role("heading", level=1, name="Компании").wait_for()
    await page.get_by_role("button", name="Ещё типы").click()
    place = await page.get_by_role("link", name="Сделки").first.bounding_box()
    await page.context.clear_cookies()

    # what is under the mouse is asked for before it is pressed: a link may be gone by then
    await page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)

    await page.get_by_text("Сеанс завершился.").wait_for()
    assert page.url.startswith(f"{world.address}/t/")


LIGHTHOUSES = """mutation { applyModel(input: {
  types: [{name: "Lighthouse", plural: "Lighthouses", display: "{name}", fields: [{name: "name", kind: "text"}]}]
  relations: [
    {name: "KEPT_BY", source: {types: ["Lighthouse"], field: "keepings"}, target: {types: ["Task"], field: "lighthouse"}}
  ]
  profiles: [{type: "Lighthouse", signals: [{name: "keepings", path: ["keepings"], role: CONTACT}]}]
}) { errors { message } } }"""


async def test_a_type_to_which_nothing_has_happened_has_no_segments_and_says_why_in_persian(world: World) -> None:
    page = await opened(world, "/", language="fa")
    asked = await page.request.post(f"{world.address}/graphql", data={"query": LIGHTHOUSES}, timeout=SOON_MS)
    assert (await asked.json())["data"] == {"applyModel": {"errors": []}}

    await page.goto(f"{world.address}/segments?type=Lighthouse")

    await page.get_by_text("هنوز گروهی جدا نمی‌شود").wait_for()
    assert await page.get_by_role("alert").count() == 0


async def test_who_made_a_record_stands_on_its_time_line(world: World) -> None:
    made = 'mutation { createCompany(input: {data: {name: "Made by ann"}}) { company { id } } }'
    page = await opened(world, "/", language="ru")
    told = await (await page.request.post(f"{world.address}/graphql", data={"query": made})).json()
    await page.goto(f"{world.address}/r/{told['data']['createCompany']['company']['id']}")

    await page.locator(".happening-sign + div").filter(has_text="ann").first.wait_for()
