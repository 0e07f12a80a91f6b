"""Packs through the API: what they bring, a plan before anything is done, conflicts, and the model out again."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.anyio

LIST = """{ packs { name version installed bundled requires label(language: "ru") description
  types { name label(language: "fa") icon color extends } relations { name } profiles { name } } }"""
INSTALL = """mutation ($input: InstallPackInput!) { installPack(input: $input) {
  packs plan { effect changes { code } } conflicts { sentence present wanted } version errors { code message } } }"""
EXPORT = "query ($name: String!) { exportedPack(name: $name) { name files { path text } archive } }"
APPLY = "mutation ($input: ApplyModelInput!) { applyModel(input: $input) { errors { code } } }"


async def data(api: Any, query: str, *, token: str | None = None, **variables: object) -> Any:
    answer = (await api.ask(query, token=token, **variables)).json()
    assert "errors" not in answer, answer
    return answer["data"]


async def installed(api: Any, **given: object) -> Any:
    return (await data(api, INSTALL, input=given))["installPack"]


async def test_a_pack_is_planned_installed_changed_and_taken_out(api: Any) -> None:
    listed = {pack["name"]: pack for pack in (await data(api, LIST))["packs"]}
    plan = await installed(api, names=["crm"], dryRun=True)
    assert (plan["packs"], plan["version"], plan["errors"]) == (["core", "crm"], 0, [])
    assert plan["plan"]["effect"] == "SAFE"
    assert len(plan["plan"]["changes"]) > 20
    crm = listed["crm"]
    assert (crm["installed"], crm["bundled"], crm["requires"], crm["label"]) == (
        False,
        True,
        ["core"],
        "работа с клиентами",
    )
    company = next(each for each in crm["types"] if each["name"] == "Company")
    assert (company["label"], company["icon"]) == ("شرکت‌ها", "building-2")

    done = await installed(api, names=["crm"])
    again = await installed(api, names=["crm"])
    assert (done["version"], done["errors"], again["plan"], again["version"]) == (1, [], None, 1)
    assert {pack["name"] for pack in (await data(api, LIST))["packs"] if pack["installed"]} == {"core", "crm"}

    own = {"name": "Visit", "plural": "Visits", "fields": [{"name": "on", "kind": "date"}]}
    await data(api, APPLY, input={"types": [{"extends": "Company", "icon": "store"}, own]})
    refused = await installed(api, names=["crm"])
    asked = await installed(api, names=["crm"], dryRun=True)
    kept = await installed(api, names=["crm"], onConflict="KEEP")
    assert [error["code"] for error in refused["errors"]] == ["changed_here"]
    assert asked["conflicts"] == [
        {"sentence": "Company.icon is store here, building-2 in the pack", "present": "store", "wanted": "building-2"}
    ]
    assert (asked["plan"], asked["errors"], kept["plan"], kept["version"]) == (None, [], None, 2)

    exported = (await data(api, EXPORT, name="own"))["exportedPack"]
    assert [file["path"] for file in exported["files"]] == ["pack.yaml", "types/visit.yaml"]
    back = await installed(api, archive=exported["archive"], dryRun=True)
    assert (back["packs"], back["plan"], back["errors"]) == (["own"], None, [])


async def test_what_cannot_be_installed_says_why_and_only_administrators_may(api: Any) -> None:
    unknown = await installed(api, names=["../crm", "cmr"])
    both = await installed(api, names=["crm"], archive="")
    broken = await installed(api, archive="bm8gemlw")
    forbidden = (await data(api, INSTALL, token=api.person, input={"names": ["crm"]}))["installPack"]
    unseen = (await api.ask(LIST, token=api.person)).json()

    assert [error["code"] for error in unknown["errors"]] == ["unknown_pack", "unknown_pack"]
    assert [error["code"] for error in both["errors"]] == ["one_of"]
    assert [error["code"] for error in broken["errors"]] == ["no_pack"]
    assert [error["code"] for error in forbidden["errors"]] == ["forbidden"]
    assert "Only administrators" in unseen["errors"][0]["message"]
    assert (await data(api, EXPORT, name="crm"))["exportedPack"] is None
