"""Documents into models and back: everything wrong comes back at once, each at its place in the document."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.definitions import check, patch_from_plain, patched, to_plain
from models.errors import Problem
from models.fields import KINDS
from models.metamodel import EMPTY, Metamodel, OnDelete, Validity

ROOT = Path(__file__).parents[2]
COMPANY = {"name": "Company", "plural": "Companies", "fields": [{"name": "name", "kind": "text"}]}
PERSON = {"name": "Person", "plural": "Persons", "fields": [{"name": "name", "kind": "text"}]}
WORKS_AT = {
    "name": "WORKS_AT",
    "source": {"types": ["Person"], "field": "employers"},
    "target": {"types": ["Company"], "field": "employees"},
}


def made(document: Mapping[str, Any], on: Metamodel = EMPTY, *, pack: str = "") -> Metamodel:
    """The model a sound document makes."""
    patch, problems = patch_from_plain(document, pack=pack)
    assert problems == []
    model, problems = patched(on, patch)
    assert problems == []
    return model


def wrong(document: Any, on: Metamodel = EMPTY) -> dict[tuple[str | int, ...], str]:
    """The code of every problem of a document, by its path."""
    patch, problems = patch_from_plain(document)
    found: list[Problem] = problems or patched(on, patch)[1]
    return {problem.path: problem.code for problem in found}


# reading


def test_keys_may_be_written_in_camel_case_and_in_snake_case() -> None:
    camel = {**COMPANY, "naturalKeys": [["name"]]}
    snake = {**COMPANY, "natural_keys": [["name"]]}

    assert made({"types": [camel]}) == made({"types": [snake]})
    assert made({"types": [snake]}).types["Company"].natural_keys == (("name",),)


def test_everything_a_type_says_is_kept() -> None:
    model = made(
        {
            "types": [
                {
                    "name": "Company",
                    "plural": "Companies",
                    "labels": {"en": {"one": "company", "other": "companies"}, "fa": "شرکت"},
                    "icon": "building-2",
                    "color": "#2f6feb",
                    "display": "{name} ({{{city}}})",
                    "order": [{"field": "name", "direction": "desc"}],
                    "fields": [
                        {"name": "name", "kind": "text", "required": True, "options": {"maxLength": 200}},
                        {"name": "city", "kind": "text", "read_only": True, "default": "Bonn"},
                    ],
                }
            ]
        },
        pack="crm",
    )

    kind = model.types["Company"]
    assert model.version == 1
    assert kind.labels == {"en": {"one": "company", "other": "companies"}, "fa": {"other": "شرکت"}}
    assert (kind.icon, kind.color, kind.pack, kind.order) == ("building-2", "#2f6feb", "crm", (("name", "desc"),))
    assert kind.fields["name"].required
    assert kind.fields["name"].options == {"maxLength": 200}
    assert kind.fields["city"].read_only
    assert kind.fields["city"].default == "Bonn"


def test_everything_a_relation_says_is_kept() -> None:
    relation = {
        **WORKS_AT,
        "source": {**WORKS_AT["source"], "most": 3, "on_delete": "cascade"},  # type: ignore[dict-item]
        "fields": [{"name": "role", "kind": "text"}],
        "validity": "exclusive",
        "repeatable": True,
    }

    kept = made({"types": [COMPANY, PERSON], "relations": [relation]}).relations["WORKS_AT"]

    assert (kept.source.most, kept.source.on_delete) == (3, OnDelete.CASCADE)
    assert (kept.target.most, kept.target.on_delete) == (None, OnDelete.UNLINK)
    assert (kept.validity, kept.repeatable, kept.symmetric) == (Validity.EXCLUSIVE, True, False)
    assert list(kept.fields) == ["role"]


def test_a_symmetric_relation_needs_one_end_only() -> None:
    knows = {"name": "KNOWS", "symmetric": True, "source": {"types": ["Person"], "field": "friends"}}

    relation = made({"types": [PERSON], "relations": [knows]}).relations["KNOWS"]

    assert relation.source == relation.target


def test_all_problems_come_at_once_each_at_its_path() -> None:
    document = {
        "types": [
            {"name": "company", "plural": "Companies", "colour": "#fff"},
            {
                "name": "Person",
                "plural": 7,
                "labels": {"english": "person", "en": {"one": "person"}},
                "icon": "no icon!",
                "fields": [
                    {"name": "born", "kind": "day"},
                    {"name": "id", "kind": "text"},
                    {"name": "shoe", "kind": "integer", "options": {"min": 9, "max": 1}},
                    {"name": "hat", "kind": "choice", "options": {"choices": []}},
                    {"name": "mail", "kind": "email", "required": "yes"},
                    {"name": "nick", "kind": "text", "default": 5},
                ],
            },
        ],
        "relations": [{"name": "WORKS_AT", "source": {"types": "Person", "most": 0}, "validity": "sometimes"}],
        "drop": {"fields": ["Company"]},
        "extra": 1,
    }

    assert wrong(document) == {
        (): "unknown_key",
        ("types", 0): "unknown_key",
        ("types", 0, "name"): "bad_name",
        ("types", 1, "plural"): "bad_name",
        ("types", 1, "labels"): "bad_language",
        ("types", 1, "labels", "en"): "no_plural",
        ("types", 1, "icon"): "bad_form",
        ("types", 1, "fields", 0, "kind"): "unknown_kind",
        ("types", 1, "fields", 1, "name"): "reserved_name",
        ("types", 1, "fields", 2, "options", "min"): "bad_option",
        ("types", 1, "fields", 3, "options", "choices"): "no_choices",
        ("types", 1, "fields", 4, "required"): "wrong_type",
        ("types", 1, "fields", 5, "default"): "bad_default",
        ("relations", 0, "source", "types"): "wrong_type",
        ("relations", 0, "source", "most"): "bad_limit",
        ("relations", 0, "validity"): "bad_word",
        ("drop", "fields", 0): "bad_form",
    }


def test_an_unknown_key_is_answered_with_what_was_probably_meant() -> None:
    _, (problem,) = patch_from_plain({"types": [{**COMPANY, "lables": {}}]})

    assert problem.message == "There is no 'lables' here. Did you mean labels?"


@pytest.mark.parametrize("value", [None, 1, "x", [], [[]], True, [None], [1], ["x"], {"x": 1}, [{}], 1e308])
@pytest.mark.parametrize(
    "place", ["document", "types", "relations", "drop", "fields", "labels", "options", "end", "name"]
)
def test_the_wrong_sort_of_json_is_a_problem_never_an_error(value: Any, place: str) -> None:
    documents = {
        "document": value,
        "types": {"types": value},
        "relations": {"relations": value},
        "drop": {"drop": value},
        "fields": {"types": [{**COMPANY, "fields": value}]},
        "labels": {"types": [{**COMPANY, "labels": value}]},
        "options": {"types": [{**COMPANY, "fields": [{"name": "a", "kind": "money", "options": value}]}]},
        "end": {"relations": [{**WORKS_AT, "source": value}]},
        "name": {"types": [{**COMPANY, "name": value}]},
    }

    patch, problems = patch_from_plain(documents[place])

    assert all(len(problem.message) <= 600 for problem in problems)
    patched(EMPTY, patch)


def test_a_bomb_of_nested_lists_is_refused_in_one_sentence() -> None:
    bomb: Any = "x"
    for _ in range(100_000):
        bomb = [bomb]

    document = {"types": [{**COMPANY, "fields": [{"name": "a", "kind": "text", "options": {"pattern": bomb}}]}]}

    assert wrong(document) == {("types", 0, "fields", 0, "options"): "too_deep"}


def test_ten_thousand_fields_are_refused_in_one_sentence() -> None:
    fields = [{"name": f"f{number}", "kind": "text"} for number in range(10_000)]

    assert wrong({"types": [{**COMPANY, "fields": fields}]}) == {("types", 0, "fields"): "too_many"}


def test_ten_thousand_problems_are_a_hundred_and_a_word_that_there_are_more() -> None:
    _, problems = patch_from_plain({"types": [{"name": f"bad name {number}"} for number in range(5_000)]})

    assert len(problems) == 101
    assert problems[-1].code == "too_many_problems"


def test_what_is_described_twice_is_refused() -> None:
    twice = {**COMPANY, "fields": [{"name": "a", "kind": "text"}, {"name": "a", "kind": "date"}]}

    assert wrong({"types": [COMPANY, COMPANY]}) == {("types", 1, "name"): "twice"}
    assert wrong({"types": [twice]}) == {("types", 0, "fields", 1, "name"): "twice"}


# on a model


def test_what_a_patch_does_not_mention_stays() -> None:
    model = made({"types": [{**COMPANY, "icon": "building"}, PERSON], "relations": [WORKS_AT]}, pack="crm")

    changed = made({"types": [{"extends": "Company", "fields": [{"name": "city", "kind": "text"}]}]}, model, pack="me")

    assert changed.version == 2
    assert list(changed.types["Company"].fields) == ["name", "city"]
    assert (changed.types["Company"].icon, changed.types["Company"].pack) == ("building", "crm")
    assert changed.types["Person"] is model.types["Person"]
    assert changed.relations["WORKS_AT"] is model.relations["WORKS_AT"]


def test_what_says_the_same_again_is_the_very_same_object() -> None:
    model = made({"types": [COMPANY]})

    assert made({"types": [COMPANY]}, model).types["Company"] is model.types["Company"]


def test_a_dropped_type_leaves_the_ends_of_relations_that_have_others() -> None:
    about = {
        "name": "ABOUT",
        "source": {"types": ["Person"], "field": "subjects"},
        "target": {"types": ["Person", "Company"], "field": "matters"},
    }
    model = made({"types": [COMPANY, PERSON], "relations": [about]})

    changed = made({"drop": {"types": ["Company"]}}, model)

    assert changed.relations["ABOUT"].target.types == ("Person",)


def test_a_dropped_type_that_a_relation_cannot_do_without_is_refused() -> None:
    model = made({"types": [COMPANY, PERSON], "relations": [WORKS_AT]})

    assert wrong({"drop": {"types": ["Company"]}}, model) == {("relations", "WORKS_AT", "target", "types"): "no_types"}
    assert list(made({"drop": {"types": ["Company"], "relations": ["WORKS_AT"]}}, model).types) == ["Person"]


@pytest.mark.parametrize(
    ("document", "path", "code"),
    [
        ({"drop": {"types": ["Compani"]}}, ("drop", "types", 0), "unknown"),
        ({"drop": {"fields": ["Company.nam"]}}, ("drop", "fields", 0), "unknown"),
        ({"drop": {"types": ["Company"]}, "types": [COMPANY]}, ("drop", "types", 0), "dropped_and_changed"),
        ({"drop": {"fields": ["Company.name"]}, "types": [COMPANY]}, ("drop", "fields", 0), "dropped_and_changed"),
        ({"types": [{"extends": "Deal"}]}, ("types", 0, "extends"), "unknown"),
        ({"types": [{"name": "Deal"}]}, ("types", 0, "plural"), "no_plural"),
        ({"types": [{"name": "Deal", "plural": "Deal"}]}, ("types", 0, "plural"), "name_clash"),
        ({"types": [{"name": "Firm", "plural": "Company"}]}, ("types", 0, "plural"), "name_clash"),
        ({"types": [{"name": "COMPANY", "plural": "Firms"}]}, ("types", 0, "name"), "name_clash"),
        ({"types": [{"name": "CompanyOrder", "plural": "CompanyOrders"}]}, ("types", 0, "name"), "name_clash"),
        ({"types": [{**COMPANY, "display": "{nam}"}]}, ("types", 0, "display"), "unknown_field"),
        ({"types": [{**COMPANY, "display": "{name"}]}, ("types", 0, "display"), "bad_display"),
        ({"types": [{**COMPANY, "order": [{"field": "nam"}]}]}, ("types", 0, "order", 0, "field"), "unknown_field"),
        ({"types": [{**COMPANY, "naturalKeys": [["nam"]]}]}, ("types", 0, "naturalKeys", 0), "unknown_field"),
        ({"relations": [{**WORKS_AT, "source": None}]}, ("relations", 0, "source", "field"), "incomplete_end"),
        (
            {"relations": [{**WORKS_AT, "target": {"types": ["Deal"], "field": "x"}}]},
            ("relations", 0, "target", "types", 0),
            "unknown_type",
        ),
        (
            {"relations": [{**WORKS_AT, "target": {"types": ["Company"], "field": "name"}}]},
            ("relations", 0, "target", "field"),
            "name_clash",
        ),
        ({"relations": [{**WORKS_AT, "symmetric": True}]}, ("relations", 0, "symmetric"), "not_symmetric"),
    ],
)
def test_what_does_not_fit_the_model_is_refused(document: dict[str, Any], path: tuple[Any, ...], code: str) -> None:
    model = made({"types": [COMPANY, PERSON]})

    assert wrong(document, model)[path] == code


def test_two_relations_of_one_type_have_different_names_there() -> None:
    owns = {**WORKS_AT, "name": "OWNS", "source": {"types": ["Person"], "field": "holdings"}}

    found = wrong({"types": [COMPANY, PERSON], "relations": [WORKS_AT, owns]})

    assert found == {("relations", 1, "target", "field"): "name_clash"}


def test_a_one_way_relation_of_a_type_with_itself_needs_two_names() -> None:
    reports = {"types": ["Person"], "field": "reports"}

    found = wrong({"types": [PERSON], "relations": [{"name": "REPORTS_TO", "source": reports, "target": reports}]})

    assert found == {("relations", 0, "target", "field"): "name_clash"}


def test_keys_and_orders_ask_for_fields_that_sort_and_hold_one_value() -> None:
    fields = [
        {"name": "notes", "kind": "longText"},
        {"name": "tags", "kind": "multiChoice", "options": {"choices": [{"value": "a"}]}},
    ]
    kind = {**COMPANY, "fields": fields, "naturalKeys": [["tags"]], "order": [{"field": "notes"}]}

    assert wrong({"types": [kind]}) == {
        ("types", 0, "naturalKeys", 0): "bad_key",
        ("types", 0, "order", 0, "field"): "not_sortable",
    }


@pytest.mark.parametrize("kind", ["longText", "boolean", "multiChoice"])
def test_not_every_kind_can_be_unique(kind: str) -> None:
    options = {"choices": [{"value": "a"}]} if kind == "multiChoice" else {}
    field = {"name": "a", "kind": kind, "unique": True, "options": options}

    assert wrong({"types": [{**COMPANY, "fields": [field]}]}) == {("types", 0, "fields", 0, "unique"): "never_unique"}


def test_a_field_keeps_where_it_is_stored() -> None:
    model = made({"types": [{**COMPANY, "fields": [{"name": "turnover", "kind": "text", "storedAs": "revenue"}]}]})
    elsewhere = {"types": [{**COMPANY, "fields": [{"name": "turnover", "kind": "text", "storedAs": "other"}]}]}
    twice = {"types": [{**COMPANY, "fields": [{"name": "revenue", "kind": "text"}]}]}

    again = made({"types": [{**COMPANY, "fields": [{"name": "turnover", "kind": "email"}]}]}, model)

    assert again.types["Company"].fields["turnover"].key == "revenue"
    assert wrong(elsewhere, model) == {("types", 0, "fields", 0): "stored_elsewhere"}
    assert wrong(twice, model) == {("types", 0, "fields", 0, "storedAs"): "stored_twice"}


# the packs, and any model


def pack_model() -> Metamodel:
    model = EMPTY
    for pack in ("core", "crm", "trade"):
        folder = ROOT / "packs" / pack
        read = {
            part: [yaml.safe_load(file.read_text("utf-8")) for file in sorted((folder / part).glob("*.yaml"))]
            for part in ("types", "relations")
        }
        model = made(read, model, pack=pack)
    return model


def test_the_packs_are_sound_and_round_trip() -> None:
    model = pack_model()

    again = made(to_plain(model))

    assert check(model) == []
    assert (again.types, again.relations) == (model.types, model.relations)


words = st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=12)
labels = st.dictionaries(
    st.sampled_from(["en", "ru", "fa", "pt-BR", "zh-Hant"]),
    words | st.fixed_dictionaries({"other": words}, optional={"one": words, "few": words, "many": words}),
    max_size=3,
)
OPTIONS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "text": st.fixed_dictionaries({}, optional={"maxLength": st.integers(1, 900)}),
    "decimal": st.fixed_dictionaries({}, optional={"scale": st.integers(0, 9), "min": st.just("0")}),
    "money": st.fixed_dictionaries({}, optional={"currency": st.sampled_from(["EUR", "USD"]), "max": st.just("9")}),
    "choice": st.fixed_dictionaries(
        {"choices": st.lists(st.fixed_dictionaries({"value": st.sampled_from("abcdef")}, optional={"labels": labels}),
                             min_size=1, max_size=3, unique_by=lambda choice: choice["value"])}
    ),
}  # fmt: skip
OPTIONS["multiChoice"] = OPTIONS["choice"]


@st.composite
def plain_fields(draw: st.DrawFn, *, of_link: bool) -> list[dict[str, Any]]:
    names = draw(st.lists(st.from_regex(r"f[a-zA-Z0-9]{0,8}", fullmatch=True), max_size=4, unique=True))
    fields = []
    for name in names:
        kind = draw(st.sampled_from(sorted(KINDS)))
        flags = draw(st.fixed_dictionaries({}, optional={flag: st.booleans() for flag in
                                                        ("required", "searchable", "personal", "sensitive")}))  # fmt: skip
        options = draw(OPTIONS.get(kind, st.just({})))
        fields.append({"name": name, "kind": kind, "labels": draw(labels), "options": options, **flags})
    return fields


@st.composite
def plain_models(draw: st.DrawFn) -> dict[str, Any]:
    count = draw(st.integers(1, 4))
    types = [
        {
            "name": f"Kind{number}",
            "plural": f"Kinds{number}",
            "labels": draw(labels),
            "description": draw(labels),
            "pack": draw(st.sampled_from(["", "crm"])),
            "fields": draw(plain_fields(of_link=False)),
        }
        for number in range(count)
    ]
    ends = st.lists(st.sampled_from([kind["name"] for kind in types]), min_size=1, unique=True)
    relations = [
        {
            "name": f"REL_{number}",
            "source": {"types": draw(ends), "field": f"out{number}", "most": draw(st.none() | st.integers(1, 9))},
            "target": {"types": draw(ends), "field": f"in{number}", "onDelete": draw(st.sampled_from(list(OnDelete)))},
            "fields": draw(plain_fields(of_link=True)),
            "validity": draw(st.sampled_from(list(Validity))),
            "repeatable": draw(st.booleans()),
        }
        for number in range(draw(st.integers(0, 3)))
    ]
    return {"types": types, "relations": relations}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plain_models())
def test_writing_a_model_out_and_reading_it_on_an_empty_one_is_identity(document: dict[str, Any]) -> None:
    model = made(document)

    again = made(to_plain(model))

    assert (again.types, again.relations) == (model.types, model.relations)
    assert to_plain(again) == to_plain(model)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8) | st.integers(), inner, max_size=3),
    max_leaves=8,
)
OPTION_NAMES = sorted({option for kind in KINDS.values() for option in kind.options})


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(KINDS)), st.dictionaries(st.sampled_from(OPTION_NAMES), anything, max_size=3), anything)
def test_whatever_is_given_as_options_and_default_is_judged_without_an_error(
    kind: str, options: dict[str, Any], default: Any
) -> None:
    field = {"name": "a", "kind": kind, "options": options, "default": default}

    patch, problems = patch_from_plain({"types": [{**COMPANY, "fields": [field]}]})

    assert problems or patched(EMPTY, patch)[1] == []
