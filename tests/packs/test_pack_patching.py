"""Packs as one patch: checked together, compared with the model, exported and read back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from models.definitions import patch_from_plain, patched
from models.errors import NotFound, Rejected
from models.metamodel import EMPTY, EntityType, Field, Labels, Metamodel, RelationType, When
from packs.conflict import Conflict
from packs.conflicts import conflicts, without
from packs.exporting import export, export_all
from packs.patching import check, patch_of
from packs.reading import Pack
from packs.requirements import gather

PLURAL_FORMS = {"en": {"one", "other"}, "ru": {"one", "few", "many", "other"}, "fa": {"one", "other"}}


def packs_of(*names: str | Path) -> tuple[Pack, ...]:
    packs, problems = gather(names)
    assert problems == []
    return packs


def model_of(*names: str | Path) -> Metamodel:
    model, problems = patched(EMPTY, patch_of(packs_of(*names), EMPTY))
    assert problems == []
    return model


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return folder


BUNDLED = model_of("core", "crm", "trade")
FIELDS = [
    pytest.param(field, id=f"{owner.name}.{field.name}")
    for owner in (*BUNDLED.types.values(), *BUNDLED.relations.values())
    for field in owner.fields.values()
]


@pytest.mark.parametrize("name", ["core", "crm", "trade"])
def test_each_pack_is_sound_with_what_it_requires(name: str) -> None:
    assert check(packs_of(name)) == []


def test_crm_brings_what_it_promises() -> None:
    kinds = {name for name, kind in model_of("crm").types.items() if kind.pack in {"core", "crm"}}

    assert {"Company", "Person", "Lead", "Deal", "Product", "Order", "Activity", "Task", "Case", "Campaign"} <= kinds


def test_trade_brings_what_it_promises() -> None:
    kinds = set(model_of("trade").types)

    assert {"Customer", "Order", "Product", "Category", "Supplier", "Employee", "Shipper", "Territory"} <= kinds
    assert "REPORTS_TO" in model_of("trade").relations


def test_all_packs_go_together_and_again() -> None:
    again, problems = patched(BUNDLED, patch_of(packs_of("core", "crm", "trade"), BUNDLED))

    assert problems == []
    assert again.types == BUNDLED.types
    assert again.relations == BUNDLED.relations


def test_an_extension_stays_part_of_the_type_it_extends() -> None:
    order = BUNDLED.types["Order"]

    assert order.pack == "core"
    assert {"channel", "freight", "total"} <= set(order.fields)


@pytest.mark.parametrize("kind", BUNDLED.types.values(), ids=lambda kind: kind.name)
def test_every_type_is_named_in_three_languages_with_their_plurals(kind: EntityType) -> None:
    assert {language: set(forms) for language, forms in kind.labels.items()} == PLURAL_FORMS
    assert set(kind.description) == set(PLURAL_FORMS)


@pytest.mark.parametrize("relation", BUNDLED.relations.values(), ids=lambda relation: relation.name)
def test_every_relation_is_named_in_three_languages_from_both_sides(relation: RelationType) -> None:
    assert set(relation.labels) == set(PLURAL_FORMS)
    assert set(relation.description) == set(PLURAL_FORMS)
    for end in (relation.source, relation.target):
        assert set(end.labels) == set(PLURAL_FORMS)
        if end.most != 1:
            assert {language: set(forms) for language, forms in end.labels.items()} == PLURAL_FORMS


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_and_choice_is_named_in_three_languages(field: Field) -> None:
    assert set(field.labels) == set(PLURAL_FORMS)
    assert set(field.help) in (set(), set(PLURAL_FORMS))
    for choice in field.options.get("choices", ()):
        assert set(choice["labels"]) == set(PLURAL_FORMS), choice["value"]


@pytest.mark.parametrize("field", FIELDS)
def test_each_text_is_written_in_the_script_of_its_language(field: Field) -> None:
    def written(labels: Labels, language: str) -> str:
        return "".join(labels[language].values()) if language in labels else ""

    assert all("а" <= letter.lower() <= "ё" or not letter.isalpha() for letter in written(field.labels, "ru"))
    assert not any("a" <= letter.lower() <= "z" for letter in written(field.labels, "fa"))
    assert written(field.labels, "en").isascii()


def test_problems_of_definitions_have_their_file_and_line(tmp_path: Path) -> None:
    zoo = write(
        tmp_path / "zoo",
        {
            "pack.yaml": "name: zoo\nversion: 1.0.0\n",
            "types/animal.yaml": (
                "name: Animal\nplural: Animals\nnatural_keys: [[tag]]\nfields:\n  - name: name\n    kind: text\n"
                "    options: {scale: 2}\n"
            ),
            "relations/eats.yaml": (
                "name: EATS\nsource: {types: [Animal], field: prey}\ntarget:\n  types: [Animol]\n  field: hunters\n"
            ),
        },
    )

    found = [problem.message.split(": ")[0] for problem in check(packs_of(zoo))]

    assert found == ["zoo/types/animal.yaml:7"]

    animal = zoo / "types" / "animal.yaml"
    animal.write_text(animal.read_text().replace("    options: {scale: 2}\n", ""))
    later = sorted(problem.message.split(": ")[0] for problem in check(packs_of(zoo)))

    assert later == ["zoo/relations/eats.yaml:4", "zoo/types/animal.yaml:3"]


def test_a_pack_may_not_define_what_is_another_ones(tmp_path: Path) -> None:
    thief = write(
        tmp_path / "thief",
        {
            "pack.yaml": "name: thief\nversion: 1.0.0\nrequires: [core]\n",
            "types/order.yaml": "name: Order\nplural: Orders\nfields: [{name: x, kind: text}]\n",
        },
    )

    problems = check(packs_of(thief))

    assert [problem.message for problem in problems] == [
        "thief/types/order.yaml:1: Order is the pack core's own; write `extends: Order` to add to it, or take another name."
    ]


def test_what_the_user_changed_is_a_conflict_and_can_be_kept_or_overwritten() -> None:
    company = BUNDLED.types["Company"]
    renamed = replace(company.fields["name"], labels={"en": MappingProxyType({"other": "firm"})})
    own = replace(company, icon="castle", fields={**company.fields, "name": renamed, "extra": Field("extra", "text")})
    model = Metamodel(9, {**BUNDLED.types, "Company": own}, BUNDLED.relations)
    patch = patch_of(packs_of("crm"), model)

    found = conflicts(model, patch)

    assert [conflict.path for conflict in found] == [
        ("types", "Company", "icon"),
        ("types", "Company", "fields", "name", "labels"),
    ]
    assert found[0].sentence == "Company.icon is castle here, building-2 in the pack"
    kept, _ = patched(model, without(patch, found))
    taken, _ = patched(model, patch)
    assert (kept.types, kept.relations) == (model.types, model.relations)
    assert taken.types["Company"].icon == "building-2"
    assert "extra" in taken.types["Company"].fields


def test_an_exported_model_installs_to_the_same_model(tmp_path: Path) -> None:
    document = {
        "types": [
            {
                "name": "Ship",
                "plural": "Ships",
                "fields": [{"name": "tons", "kind": "integer", "options": {"max": 2**62}}],
            },
            {
                "extends": "Company",
                "fields": [{"name": "code", "kind": "text", "default": "yes", "options": {"pattern": "[a-z]+"}}],
            },
        ],
        "relations": [
            {
                "name": "SAILS_FOR",
                "source": {"types": ["Ship"], "field": "owners"},
                "target": {"types": ["Company", "Customer"], "field": "ships"},
            },
            {"extends": "CONTAINS", "target": {"types": ["Product", "Ship"]}},
        ],
    }
    patch, faults = patch_from_plain(document)
    model, problems = patched(BUNDLED, patch)
    assert faults == problems == []

    for name, files in export_all(model).items():
        write(tmp_path / name, dict(files))
    back = model_of(*(tmp_path / name for name in export_all(model)))

    assert sorted(export_all(model)) == ["core", "crm", "own", "trade"]
    assert back.types == model.types
    assert back.relations == model.relations


def test_one_pack_is_exported_by_its_name() -> None:
    files = export(BUNDLED, "core")

    assert sorted(files) == ["pack.yaml", "relations/contains.yaml", "types/order.yaml", "types/product.yaml"]
    assert files["pack.yaml"].startswith("name: core\nversion: 1.0.0\n")
    with pytest.raises(NotFound, match="Did you mean 'trade'"):
        export(BUNDLED, "trde")


def test_a_rejected_document_rejects_the_whole(tmp_path: Path) -> None:
    bad = write(
        tmp_path / "bad",
        {
            "pack.yaml": "name: bad\nversion: 1.0.0\n",
            "types/a.yaml": "name: String\nplural: Strings\nfields: []\n",
            "types/b.yaml": "name: B\nplural: Bs\nfields: [{name: id, kind: text}]\n",
        },
    )

    with pytest.raises(Rejected) as rejected:
        patch_of(packs_of(bad), EMPTY)

    assert [problem.message.split(": ")[0] for problem in rejected.value.problems] == [
        "bad/types/a.yaml:1",
        "bad/types/b.yaml:3",
    ]


def test_a_condition_of_a_field_that_differs_is_told_as_a_file_would_say_it() -> None:
    conflict = Conflict(("types", "Deal", "fields", "lostReason", "when"), None, When("stage", ("lost",), True))

    assert conflict.sentence == (
        "Deal.lostReason.when is None here, {'field': 'stage', 'values': ['lost'], 'required': True} in the pack"
    )
