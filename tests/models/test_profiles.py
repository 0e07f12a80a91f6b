"""Profiles in the model's documents: what is wrong is said where it is, the rest reads back as it was written."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from models.definitions import check, patch_from_plain, patched, to_plain
from models.difference import Effect, difference
from models.errors import Problem
from models.metamodel import EMPTY, Metamodel
from models.profiles import Better, Measure, Profile, Role

DONORS = {
    "types": [
        {
            "name": "Donor",
            "plural": "Donors",
            "fields": [
                {"name": "name", "kind": "text"},
                {"name": "since", "kind": "date"},
                {"name": "endedOn", "kind": "date"},
                {"name": "state", "kind": "choice", "options": {"choices": [{"value": "active"}, {"value": "ended"}]}},
            ],
        },
        {
            "name": "Gift",
            "plural": "Gifts",
            "fields": [
                {"name": "givenOn", "kind": "date", "required": True},
                {"name": "sum", "kind": "money"},
                {"name": "cleared", "kind": "boolean"},
            ],
        },
        {
            "name": "Visit",
            "plural": "Visits",
            "fields": [
                {"name": "at", "kind": "dateTime"},
                {"name": "way", "kind": "choice", "options": {"choices": [{"value": "in"}, {"value": "out"}]}},
                {"name": "note", "kind": "text"},
            ],
        },
        {"name": "Cause", "plural": "Causes", "fields": [{"name": "name", "kind": "text"}]},
    ],
    "relations": [
        {
            "name": "GAVE",
            "source": {"types": ["Donor"], "field": "gifts"},
            "target": {"types": ["Gift"], "field": "donor", "most": 1},
        },
        {
            "name": "MET",
            "source": {"types": ["Donor"], "field": "meetings"},
            "target": {"types": ["Visit", "Gift"], "field": "met"},
        },
        {
            "name": "FOR",
            "source": {"types": ["Gift"], "field": "causes"},
            "target": {"types": ["Cause"], "field": "gifts"},
        },
        {
            "name": "BROUGHT",
            "source": {"types": ["Donor"], "field": "friends"},
            "target": {"types": ["Donor"], "field": "broughtBy"},
        },
    ],
}
PROFILE: dict[str, Any] = {
    "type": "Donor",
    "since": "since",
    "leaving": {"field": "state", "values": ["ended"]},
    "signals": [
        {
            "name": "gifts",
            "labels": {"en": {"one": "gift", "other": "gifts"}},
            "path": ["gifts"],
            "role": "business",
            "time": "givenOn",
            "value": "sum",
            "weight": 2,
            "halfLifeDays": 180,
            "where": [{"field": "cleared", "values": [True]}],
        },
        {
            "name": "visits",
            "path": ["meetings"],
            "type": "Visit",
            "role": "contact",
            "time": "at",
            "weighBy": {"field": "way", "weights": [{"value": "in", "weight": 0.5}]},
            "inbound": {"field": "way", "values": ["in"]},
            "outbound": {"field": "way", "values": ["out"]},
        },
    ],
    "spreads": [{"path": ["broughtBy"], "factor": 0.5}],
    "kpis": [{"name": "given", "signal": "gifts", "measure": "sum", "days": 730, "better": "more"}],
    "offers": {"path": ["gifts", "causes"]},
    "view": {"headline": ["since"], "unfinished": [{"path": ["broughtBy"], "field": "state", "values": ["active"]}]},
}


def donors(*profiles: dict[str, Any]) -> tuple[Metamodel, list[Problem]]:
    patch, problems = patch_from_plain({**DONORS, "profiles": list(profiles)})
    model, more = patched(EMPTY, patch)
    return model, [*problems, *more]


def told(*profiles: dict[str, Any]) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(problem.code, problem.path) for problem in donors(*profiles)[1]]


def changed(**parts: Any) -> dict[str, Any]:
    return {**deepcopy(PROFILE), **parts}


def signal(**parts: Any) -> dict[str, Any]:
    return changed(signals=[{**deepcopy(PROFILE["signals"][0]), **parts}])


def test_a_profile_says_what_counts_and_the_model_says_the_rest() -> None:
    model, problems = donors(PROFILE)

    profile = model.profiles["Donor"]
    gifts, visits = profile.signals
    assert problems == []
    assert (gifts.type, gifts.role, gifts.weight, gifts.half_life_days) == ("Gift", Role.BUSINESS, 2.0, 180.0)
    assert (gifts.value, gifts.sign, dict(gifts.where)) == ("sum", 1, {"cleared": (True,)})
    assert visits.weigh_by is not None
    assert (visits.weigh_by[0], dict(visits.weigh_by[1])) == ("way", {"in": 0.5})
    assert (visits.inbound, visits.outbound) == (("way", ("in",)), ("way", ("out",)))
    assert profile.kpis[0].measure is Measure.SUM
    assert profile.view.unfinished[0].type == "Donor"


def test_a_profile_reads_back_as_it_was_written() -> None:
    model, _ = donors(PROFILE)

    patch, problems = patch_from_plain(to_plain(model))
    again, more = patched(EMPTY, patch)

    assert [*problems, *more] == []
    assert again.profiles == model.profiles


def test_a_model_without_profiles_is_written_as_before() -> None:
    assert set(to_plain(donors()[0])) == {"types", "relations"}


@pytest.mark.parametrize(
    ("profile", "code", "path"),
    [
        (changed(type="Doner"), "unknown_type", ("profiles", 0, "type")),
        (changed(since="name"), "wrong_kind", ("profiles", 0, "since")),
        (
            changed(leaving={"field": "state", "values": ["gone"]}),
            "unknown_choice",
            ("profiles", 0, "leaving", "values", 0),
        ),
        (changed(leaving={"field": "state"}), "wrong_kind", ("profiles", 0, "leaving", "field")),
        (changed(offers={"path": ["gifts", "reasons"]}), "unknown_relation", ("profiles", 0, "offers", "path", 1)),
        (changed(spreads=[{"path": ["gifts"], "factor": 0.5}]), "no_risk_there", ("profiles", 0, "spreads", 0, "path")),
        (
            changed(spreads=[{"path": ["friends"], "factor": 1.5}]),
            "bad_number",
            ("profiles", 0, "spreads", 0, "factor"),
        ),
        (changed(view={"headline": ["size"]}), "unknown_field", ("profiles", 0, "view", "headline", 0)),
        (changed(view={"sections": ["size"]}), "unknown_relation", ("profiles", 0, "view", "sections", 0)),
        (
            changed(kpis=[{"name": "a", "signal": "gift", "measure": "sum"}]),
            "unknown_signal",
            ("profiles", 0, "kpis", 0, "signal"),
        ),
        (
            changed(kpis=[{"name": "a", "signal": "visits", "measure": "sum"}]),
            "no_value",
            ("profiles", 0, "kpis", 0, "measure"),
        ),
        (
            changed(kpis=[{"name": "a", "signal": "gifts", "measure": "sum", "days": 0}]),
            "bad_days",
            ("profiles", 0, "kpis", 0, "days"),
        ),
        (changed(signals=[PROFILE["signals"][0]] * 2), "twice", ("profiles", 0, "signals", 1, "name")),
        (changed(color="red"), "unknown_key", ("profiles", 0)),
        (signal(path=["gift"]), "unknown_relation", ("profiles", 0, "signals", 0, "path", 0)),
        (signal(path=[]), "no_path", ("profiles", 0, "signals", 0, "path")),
        (signal(type="Visit"), "not_there", ("profiles", 0, "signals", 0, "type")),
        (signal(path=["meetings"]), "no_type", ("profiles", 0, "signals", 0, "type")),
        (signal(role="love"), "bad_word", ("profiles", 0, "signals", 0, "role")),
        (signal(time="given"), "unknown_field", ("profiles", 0, "signals", 0, "time")),
        (signal(time="cleared"), "wrong_kind", ("profiles", 0, "signals", 0, "time")),
        (signal(value="cleared"), "wrong_kind", ("profiles", 0, "signals", 0, "value")),
        (signal(sign=0), "bad_sign", ("profiles", 0, "signals", 0, "sign")),
        (signal(weight=-1), "bad_number", ("profiles", 0, "signals", 0, "weight")),
        (signal(weight=float("nan")), "bad_number", ("profiles", 0, "signals", 0, "weight")),
        (signal(weight=10**400), "bad_number", ("profiles", 0, "signals", 0, "weight")),
        (signal(halfLifeDays=0), "bad_number", ("profiles", 0, "signals", 0, "halfLifeDays")),
        (
            signal(where=[{"field": "cleared", "values": ["yes"]}]),
            "unknown_choice",
            ("profiles", 0, "signals", 0, "where", 0, "values", 0),
        ),
        (
            signal(where=[{"field": "sum", "values": ["1"]}]),
            "wrong_kind",
            ("profiles", 0, "signals", 0, "where", 0, "field"),
        ),
        (
            signal(inbound={"field": "way", "values": ["in"]}),
            "unknown_field",
            ("profiles", 0, "signals", 0, "inbound", "field"),
        ),
        (
            signal(weighBy={"field": "cleared", "weights": [{"value": "a", "weight": 1}]}),
            "wrong_kind",
            ("profiles", 0, "signals", 0, "weighBy", "field"),
        ),
        (
            signal(weighBy={"field": "way", "weights": []}),
            "nothing_weighed",
            ("profiles", 0, "signals", 0, "weighBy", "weights"),
        ),
    ],
)
def test_what_is_wrong_is_said_where_it_is(profile: dict[str, Any], code: str, path: tuple[str | int, ...]) -> None:
    assert (code, path) in told(profile)


def test_a_step_that_is_none_names_those_there_are() -> None:
    (problem,) = donors(signal(path=["meetings", "causess"], type="Cause"))[1][:1]

    assert problem.message == "Visit or Gift has no relation called 'causess'. Did you mean causes?"


def test_every_problem_of_a_profile_comes_at_once() -> None:
    found = told(signal(time="given", value="cleared", inbound={"field": "way", "values": ["in"]}))

    assert [code for code, _ in found if code != "unknown_signal"] == ["unknown_field", "wrong_kind", "unknown_field"]


@pytest.mark.parametrize(
    "drop",
    [{"fields": ["Gift.sum"]}, {"relations": ["MET"]}, {"types": ["Visit"]}, {"fields": ["Donor.state"]}],
)
def test_what_a_profile_needs_is_not_taken_from_under_it(drop: dict[str, Any]) -> None:
    model, _ = donors(PROFILE)

    refused = patched(model, patch_from_plain({"drop": drop})[0])[1]
    mended = patched(model, patch_from_plain({"drop": {**drop, "profiles": ["Donor"]}})[0])[1]

    assert refused[0].message.endswith("Change or drop the profile of Donor in the same change.")
    assert refused[0].path[:2] == ("profiles", "Donor")
    assert mended == []


def test_a_types_profile_goes_with_the_type() -> None:
    model, _ = donors(PROFILE)

    patch, _ = patch_from_plain({"drop": {"types": ["Donor"], "relations": ["GAVE", "MET", "BROUGHT"]}})
    after, problems = patched(model, patch)

    assert (problems, dict(after.profiles)) == ([], {})


def test_a_profile_given_takes_the_old_ones_place_and_one_that_extends_adds_to_it() -> None:
    model, _ = donors(changed(pack="charity"))
    visits = {**PROFILE["signals"][1], "weight": 3}
    meetings = {"name": "handovers", "path": ["meetings"], "type": "Gift", "role": "contact", "time": "givenOn"}

    added, problems = patched(
        model, patch_from_plain({"profiles": [{"extends": "Donor", "signals": [visits, meetings]}]})[0]
    )
    replaced, more = patched(model, patch_from_plain({"profiles": [{"type": "Donor", "signals": [visits]}]})[0])

    assert [*problems, *more] == []
    assert [(one.name, one.weight) for one in added.profiles["Donor"].signals] == [
        ("gifts", 2.0),
        ("visits", 3.0),
        ("handovers", 1.0),
    ]
    assert (added.profiles["Donor"].kpis, added.profiles["Donor"].pack) == (model.profiles["Donor"].kpis, "charity")
    assert [one.name for one in replaced.profiles["Donor"].signals] == ["visits"]
    assert (replaced.profiles["Donor"].kpis, replaced.profiles["Donor"].pack) == ((), "charity")


@pytest.mark.parametrize(
    ("document", "code", "path"),
    [
        ({"profiles": [{"extends": "Gift"}]}, "unknown", ("profiles", 0, "extends")),
        ({"drop": {"profiles": ["Gift"]}}, "unknown", ("drop", "profiles", 0)),
        (
            {"profiles": [{"type": "Donor"}], "drop": {"profiles": ["Donor"]}},
            "dropped_and_changed",
            ("drop", "profiles", 0),
        ),
        ({"profiles": [{"type": "Donor"}, {"type": "Donor"}]}, "twice", ("profiles", 1, "type")),
        ({"profiles": [{"type": "Donor", "extends": "Donor"}]}, "twice", ("profiles", 0, "type")),
    ],
)
def test_documents_that_cannot_be_meant_are_refused(
    document: dict[str, Any], code: str, path: tuple[str | int, ...]
) -> None:
    model, _ = donors(PROFILE)

    patch, problems = patch_from_plain(document)

    assert (code, path) in [(one.code, one.path) for one in (*problems, *patched(model, patch)[1])]


def test_changes_of_profiles_are_told_apart_and_touch_no_data() -> None:
    bare, _ = donors()
    model, _ = donors(PROFILE)
    other, _ = donors(changed(since=None, signals=[{**PROFILE["signals"][0], "weight": 5}], kpis=[]))

    assert [one.sentence for one in difference(bare, model)] == ["Donor has a profile; its signals: gifts, visits."]
    assert [one.sentence for one in difference(model, other)] == [
        "The profile of Donor: another signal gifts.",
        "The profile of Donor: no longer the signal visits.",
        "The profile of Donor: no longer the figure given.",
        "The profile of Donor: another since.",
    ]
    assert [one.sentence for one in difference(other, bare)] == ["The profile of Donor goes."]
    assert {one.effect for one in (*difference(bare, model), *difference(model, other))} == {Effect.SAFE}
    assert difference(model, model) == ()


def test_profiles_made_in_a_program_are_checked_too() -> None:
    model, _ = donors(PROFILE)
    gifts = model.profiles["Donor"].signals[0]
    broken = Profile("Donor", (replace(gifts, weight=float("nan"), half_life_days=-1.0, sign=3),))

    problems = check(Metamodel(9, model.types, model.relations, {"Donor": broken}))

    assert [problem.path[-1] for problem in problems] == ["weight", "halfLifeDays", "sign"]


def test_better_is_more_unless_said() -> None:
    assert donors(PROFILE)[0].profiles["Donor"].kpis[0].better is Better.MORE
