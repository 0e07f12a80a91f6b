"""Profiles through the API and in the database: declared, read back in any language, refused, dropped, kept over a restart."""

from __future__ import annotations

from typing import Any

import pytest

from graph import model_store
from graph.registry import Registry
from models.actor import SYSTEM
from models.definitions import patch_from_plain

pytestmark = pytest.mark.anyio

MODEL = {
    "types": [
        {
            "name": "Donor",
            "plural": "Donors",
            "fields": [
                {"name": "name", "kind": "text"},
                {"name": "state", "kind": "choice", "options": {"choices": [{"value": "active"}, {"value": "ended"}]}},
            ],
        },
        {
            "name": "Gift",
            "plural": "Gifts",
            "fields": [
                {"name": "givenOn", "kind": "date"},
                {"name": "sum", "kind": "money"},
                {"name": "way", "kind": "choice", "options": {"choices": [{"value": "post"}, {"value": "web"}]}},
                {"name": "cleared", "kind": "boolean"},
            ],
        },
    ],
    "relations": [
        {
            "name": "GAVE",
            "source": {"types": ["Donor"], "field": "gifts"},
            "target": {"types": ["Gift"], "field": "donor"},
        },
        {
            "name": "BROUGHT",
            "source": {"types": ["Donor"], "field": "friends"},
            "target": {"types": ["Donor"], "field": "by"},
        },
    ],
}
PROFILE = {
    "type": "Donor",
    "signals": [
        {
            "name": "gifts",
            "path": ["gifts"],
            "role": "BUSINESS",
            "labels": {"en": {"one": "gift", "other": "gifts"}, "ru": {"one": "дар", "other": "дары"}},
            "time": "givenOn",
            "value": "sum",
            "weight": 2.5,
            "halfLifeDays": 365,
            "weighBy": {"field": "way", "weights": [{"value": "web", "weight": 0.5}]},
            "inbound": {"field": "way", "values": ["post"]},
            "where": [{"field": "cleared", "values": [True]}],
        }
    ],
    "leaving": {"field": "state", "values": ["ended"]},
    "spreads": [{"path": ["by"], "factor": 0.5}],
    "kpis": [{"name": "given", "signal": "gifts", "measure": "SUM", "days": 730}],
    "offers": {"path": ["gifts"]},
    "view": {"headline": ["state"], "unfinished": [{"path": ["by"], "field": "state", "values": ["active"]}]},
}
APPLY = """
mutation ($input: ApplyModelInput!) {
  applyModel(input: $input) { model { version } plan { effect changes { code sentence path } } errors { code message path } }
}
"""
READ = """
query ($derived: Boolean!) { model { profiles(derived: $derived) {
  type declared since pack offers leaving { field values } spreads { path factor }
  signals { name path type role time value sign weight halfLifeDays label ru: label(language: "ru", form: "one")
    weighBy { field weights { value weight } } inbound { field values } outbound { field values } where { field values } }
  kpis { name signal measure days better label }
  view { headline sections timeline { path type time } unfinished { path type field values due } } } } }
"""


async def applied(api: Any, **given: Any) -> dict[str, Any]:
    body = (await api.ask(APPLY, input=given)).json()
    result: dict[str, Any] = body["data"]["applyModel"]
    return result


async def read(api: Any, *, derived: bool = False) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await api.ask(READ, derived=derived)).json()["data"]["model"]["profiles"]
    return found


async def test_a_profile_is_declared_and_read_back_in_any_language(api: Any) -> None:
    done = await applied(api, **MODEL, profiles=[PROFILE])
    (profile,) = await read(api)

    assert done["errors"] == []
    (signal,) = profile.pop("signals")
    assert signal == {
        "name": "gifts",
        "path": ["gifts"],
        "type": "Gift",
        "role": "BUSINESS",
        "time": "givenOn",
        "value": "sum",
        "sign": 1,
        "weight": 2.5,
        "halfLifeDays": 365.0,
        "label": "gifts",
        "ru": "дар",
        "weighBy": {"field": "way", "weights": [{"value": "web", "weight": 0.5}]},
        "inbound": {"field": "way", "values": ["post"]},
        "outbound": None,
        "where": [{"field": "cleared", "values": [True]}],
    }
    assert profile == {
        "type": "Donor",
        "declared": True,
        "since": None,
        "pack": "",
        "offers": ["gifts"],
        "leaving": {"field": "state", "values": ["ended"]},
        "spreads": [{"path": ["by"], "factor": 0.5}],
        "kpis": [
            {"name": "given", "signal": "gifts", "measure": "SUM", "days": 730, "better": "MORE", "label": "given"}
        ],
        "view": {
            "headline": ["state"],
            "sections": ["gifts", "friends", "by"],
            "timeline": [{"path": ["gifts"], "type": "Gift", "time": "givenOn"}],
            "unfinished": [{"path": ["by"], "type": "Donor", "field": "state", "values": ["active"], "due": None}],
        },
    }


async def test_a_type_without_a_profile_shows_the_one_made_for_it(api: Any) -> None:
    await applied(api, **MODEL)

    declared, derived = await read(api), await read(api, derived=True)

    assert declared == []
    assert [(one["type"], one["declared"]) for one in derived] == [("Donor", False), ("Gift", False)]
    assert [(one["name"], one["role"]) for one in derived[0]["signals"]] == [("gifts", "BUSINESS")]


async def test_a_broken_profile_is_refused_with_its_places_and_changes_nothing(api: Any) -> None:
    broken = {**PROFILE, "signals": [{"name": "gifts", "path": ["gift"], "role": "CONTACT"}], "kpis": []}

    refused = await applied(api, **MODEL, profiles=[broken])

    assert [(one["code"], one["path"]) for one in refused["errors"]] == [
        ("unknown_relation", ["profiles", 0, "signals", 0, "path", 0])
    ]
    assert refused["model"]["version"] == 0


async def test_a_field_in_use_stays_until_the_profile_lets_it_go(api: Any) -> None:
    await applied(api, **MODEL, profiles=[PROFILE])

    refused = await applied(api, drop={"fields": ["Gift.sum"]})
    less = {"extends": "Donor", "signals": [{"name": "gifts", "path": ["gifts"], "role": "CONTACT"}], "kpis": []}
    still = await applied(api, drop={"fields": ["Gift.sum"]}, profiles=[less])
    done = await applied(api, drop={"fields": ["Gift.sum"], "profiles": ["Donor"]})

    assert [one["code"] for one in refused["errors"]] == ["unknown_field"]
    assert refused["errors"][0]["message"].endswith("Change or drop the profile of Donor in the same change.")
    assert [one["code"] for one in still["errors"]] == ["no_value"]  # the figure still asks for a sum
    assert done["errors"] == []
    assert await read(api) == []


async def test_profiles_outlive_the_process_and_say_what_changed(api: Any) -> None:
    await applied(api, **MODEL, profiles=[PROFILE])
    changed = await applied(
        api, profiles=[{"extends": "Donor", "since": None, "kpis": [{**PROFILE["kpis"][0], "days": 30}]}]
    )  # type: ignore[dict-item]  # a list of maps

    loaded = await model_store.load(api.database)
    registry = await Registry.open(api.database)
    again = await registry.apply(SYSTEM, patch_from_plain({"profiles": [{"extends": "Donor"}]})[0])

    assert [one["sentence"] for one in changed["plan"]["changes"]] == ["The profile of Donor: another figure given."]
    assert changed["plan"]["effect"] == "SAFE"
    assert loaded.profiles["Donor"].kpis[0].days == 30
    assert registry.model.profiles == loaded.profiles
    assert again.changes == ()
