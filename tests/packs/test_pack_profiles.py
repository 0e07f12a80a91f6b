"""Profiles in packs: one owner each, others add to it; conflicts with the model are told; out and in again is the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.definitions import patch_from_plain, patched
from models.errors import Rejected
from models.metamodel import EMPTY, Metamodel
from models.profiles import Profile, Role
from packs.conflicts import conflicts, without
from packs.exporting import export_all
from packs.installing import same
from packs.patching import check, patch_of
from packs.reading import Pack, read_pack
from packs.requirements import gather

ZOO = {
    "zoo/pack.yaml": "{name: zoo, version: 1.0.0}",
    "zoo/types/animal.yaml": "{name: Animal, plural: Animals, fields: [{name: name, kind: text}]}",
    "zoo/types/meal.yaml": "{name: Meal, plural: Meals, fields: [{name: on, kind: date}, {name: grams, kind: integer}]}",
    "zoo/relations/eats.yaml": "name: EATS\nsource: {types: [Animal], field: meals}\ntarget: {types: [Meal], field: eaters}\n",
    "zoo/profiles/animal.yaml": "type: Animal\nsignals:\n"
    "  - {name: meals, path: [meals], role: contact, time: on, value: grams}\n",
}
VETS = {
    "vets/pack.yaml": "{name: vets, version: 1.0.0, requires: [zoo]}",
    "vets/profiles/animal.yaml": "extends: Animal\nsignals:\n"
    "  - {name: feasts, path: [meals], role: business, time: on}\nkpis:\n  - {name: eaten, signal: meals, measure: sum}\n",
}


def write(folder: Path, *packs: dict[str, str]) -> list[Path]:
    for files in packs:
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(content, encoding="utf-8")
    return [folder / next(iter(files)).split("/")[0] for files in packs]


def gathered(*given: str | Path) -> tuple[Pack, ...]:
    packs, problems = gather(given)
    assert problems == []
    return packs


def model_of(packs: tuple[Pack, ...]) -> Metamodel:
    model, problems = patched(EMPTY, patch_of(packs, EMPTY))
    assert problems == []
    return model


def changed(model: Metamodel, *profiles: dict[str, object]) -> Metamodel:
    patch, problems = patch_from_plain({"profiles": list(profiles)})
    after, more = patched(model, patch)
    assert [*problems, *more] == []
    return after


@pytest.fixture(scope="module")
def bundled() -> Metamodel:
    return model_of(gathered("core", "crm", "trade"))


def test_crm_and_trade_say_what_counts_for_their_subjects(bundled: Metamodel) -> None:
    assert {name: profile.pack for name, profile in bundled.profiles.items()} == {
        "Company": "crm",
        "Person": "crm",
        "Customer": "trade",
        "Employee": "trade",
        "Supplier": "trade",
    }
    company = bundled.profiles["Company"]
    assert {signal.role for signal in company.signals} == set(Role)
    assert [(one.name, one.value) for one in company.signals if one.role is Role.BUSINESS] == [("orders", "total")]
    assert (company.leaving is not None and company.leaving.field, company.since) == ("leftOn", "customerSince")


@pytest.mark.parametrize("language", ["en", "ru", "fa"])
def test_signals_and_figures_are_named_in_every_language(bundled: Metamodel, language: str) -> None:
    named = [one for profile in bundled.profiles.values() for one in (*profile.signals, *profile.kpis)]

    assert [one.name for one in named if language not in one.labels] == []


def test_another_pack_adds_to_a_profile(tmp_path: Path) -> None:
    packs = gathered(*write(tmp_path, ZOO, VETS))

    profile = model_of(packs).profiles["Animal"]

    assert check(packs) == []
    assert [signal.name for signal in profile.signals] == ["meals", "feasts"]
    assert ([kpi.name for kpi in profile.kpis], profile.pack) == (["eaten"], "zoo")


def test_a_second_whole_profile_is_refused_at_its_line(tmp_path: Path) -> None:
    whole = {**VETS, "vets/profiles/animal.yaml": "# ours\ntype: Animal\n"}

    with pytest.raises(Rejected) as refused:
        patch_of(gathered(*write(tmp_path, ZOO, whole)), EMPTY)

    (problem,) = refused.value.problems
    assert problem.message == (
        "vets/profiles/animal.yaml:2: The profile of Animal is the pack zoo's own; write `extends: Animal` to add to it."
    )


def test_what_does_not_fit_the_schema_or_the_model_is_told_with_its_line(tmp_path: Path) -> None:
    bad = {
        **ZOO,
        "zoo/profiles/animal.yaml": "type: Animal\nsignals:\n  - name: meals\n    path: [meals]\n    role: love\n",
    }
    unfit = {
        **ZOO,
        "zoo/profiles/animal.yaml": "type: Animal\nsignals:\n  - name: meals\n    path: [meal]\n    role: contact\n",
    }

    pack, of_schema = read_pack(write(tmp_path / "a", bad)[0])
    of_model = check(gathered(*write(tmp_path / "b", unfit)))

    assert pack is None
    assert [problem.message for problem in of_schema] == [
        "zoo/profiles/animal.yaml:5: 'love' is none of contact, business, trouble."
    ]
    assert [problem.message for problem in of_model] == [
        "zoo/profiles/animal.yaml:4: Animal has no relation called 'meal'. Did you mean meals?"
    ]


def test_installing_again_leaves_what_others_added(tmp_path: Path) -> None:
    zoo, vets = write(tmp_path, ZOO, VETS)
    model = model_of(gathered(zoo, vets))

    patch = patch_of(gathered(zoo), model)
    after, problems = patched(model, patch)

    assert (conflicts(model, patch), problems, same(model, after)) == ((), [], True)


def test_what_the_organisation_changed_is_a_conflict_and_may_stay(tmp_path: Path) -> None:
    (zoo,) = write(tmp_path, ZOO)
    meals = {"name": "meals", "path": ["meals"], "role": "contact", "time": "on", "value": "grams", "weight": 3}
    model = changed(model_of(gathered(zoo)), {"extends": "Animal", "signals": [meals]})

    patch = patch_of(gathered(zoo), model)
    found = conflicts(model, patch)
    kept, _ = patched(model, without(patch, found))
    taken, _ = patched(model, patch)

    assert [conflict.sentence for conflict in found] == ["Animal.signals.meals.weight is 3.0 here, 1.0 in the pack"]
    assert same(kept, model)
    assert taken.profiles["Animal"].signals[0].weight == 1.0


def test_a_profile_the_organisation_made_first_is_met_by_a_pack_that_comes_later(tmp_path: Path) -> None:
    without_profile = {name: text for name, text in ZOO.items() if "profiles" not in name}
    own = {"name": "own", "path": ["meals"], "role": "trouble", "sign": -1}
    model = changed(model_of(gathered(*write(tmp_path / "a", without_profile))), {"type": "Animal", "signals": [own]})

    patch = patch_of(gathered(*write(tmp_path / "b", ZOO)), model)
    after, problems = patched(model, patch)

    assert (conflicts(model, patch), problems) == ((), [])
    assert [signal.name for signal in after.profiles["Animal"].signals] == ["own", "meals"]


def test_exported_profiles_install_to_the_same(tmp_path: Path, bundled: Metamodel) -> None:
    model = changed(bundled, {"type": "Deal", "leaving": {"field": "stage", "values": ["lost"]}})

    folders = []
    for name, files in export_all(model).items():
        folders += write(tmp_path, {f"{name}/{file}": content for file, content in files.items()})
    again = model_of(gathered(*folders))

    assert (tmp_path / "crm" / "profiles" / "company.yaml").is_file()
    assert again.profiles == model.profiles
    assert isinstance(again.profiles["Deal"], Profile)
    assert again.profiles["Deal"].pack == ""
