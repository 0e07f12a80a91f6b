"""A record's name for people, from its type's template."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from models.display import check_template, display_name, display_of, display_template
from models.fields.money import Money
from models.metamodel import EntityType, Field

FIELDS = {
    field.name: field
    for field in (
        Field("name", "text"),
        Field("price", "money", options={"scale": 2}),
        Field("on", "date"),
        Field("tags", "multiChoice", options={"choices": ({"value": "a"}, {"value": "b"})}),
        Field("weight", "decimal", options={"scale": 3}),
    )
}


def kind(template: str) -> EntityType:
    return EntityType("Thing", "Things", FIELDS, display=template)


@pytest.mark.parametrize(
    ("template", "values", "shown"),
    [
        ("{name}", {"name": "Ann"}, "Ann"),
        ("{name} ({weight})", {"name": "Ann", "weight": Decimal("1.500")}, "Ann (1.500)"),
        ("{price}", {"price": Money(Decimal("12.50"), "EUR")}, "12.50 EUR"),
        ("{name} {price}", {"name": "Ann", "price": Money(Decimal("0.05"), "USD")}, "Ann 0.05 USD"),
        ("{tags}", {"tags": ("a", "b")}, "a, b"),
        ("{on}", {"on": dt.date(2026, 11, 24)}, "2026-11-24"),
        ("{{{name}}}", {"name": "Ann"}, "{Ann}"),
        ("{name} · {name}", {"name": "Ann"}, "Ann · Ann"),
        ("{name}", {}, "Thing"),
        ("{name} – {on}", {"name": "Ann"}, "Ann –"),
        ("fixed", {}, "Thing"),
        ("", {"name": "Ann"}, "Thing"),
    ],
)
def test_a_template_makes_the_name(template: str, values: dict[str, object], shown: str) -> None:
    assert display_name(kind(template), values) == shown


def test_a_template_reads_only_the_columns_it_needs() -> None:
    fields, finish = display_of(kind("{name}: {price}"))

    assert [field.name for field in fields] == ["name", "price"]
    assert finish("Ann", 1250, "EUR") == "Ann: 12.50 EUR"
    assert finish(None, 1250, "EUR") == ": 12.50 EUR"
    assert finish(None, None, None) == "Thing"


def test_parts_are_texts_and_fields() -> None:
    assert display_template("{name} {{x}} {on}") == (("name",), " ", "{", "x", "}", " ", ("on",))


@pytest.mark.parametrize("template", ["{", "}", "{name", "name}", "{na me}", "{}", "{1}", "a{b", "{name}}"])
def test_a_lone_brace_is_refused_with_the_cure(template: str) -> None:
    (problem,) = check_template(kind(template))

    assert (problem.code, problem.path) == ("bad_display", ("display",))
    assert "write braces twice" in problem.message


def test_a_field_that_is_not_there_is_named() -> None:
    (problem,) = check_template(kind("{nmae}"))

    assert problem.message == "The display names 'nmae', which is no field of Thing."


def test_a_template_of_ten_thousand_characters_is_read_in_one_go() -> None:
    assert len(display_template("{name}" * 10_000)) == 10_000
    assert check_template(kind("{" * 10_001))[0].code == "bad_display"
