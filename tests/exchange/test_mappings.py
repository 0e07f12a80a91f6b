"""Mappings read and checked: every problem with its file, line and cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from exchange.mapping import parse, read
from models.errors import Rejected

HERE = Path(__file__).parents[2] / "mappings"


@pytest.mark.parametrize("name", ["northwind", "crm-sales-opportunities"])
def test_the_mappings_of_the_project_fit_the_schema(name: str) -> None:
    assert read(HERE / f"{name}.yaml").name == name


SOUND = """
name: m
sources:
  s:
    file: s.csv
    records:
      r: {type: Company, key: [name], fields: {name: VALUE}}
"""


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("{column: a, value: b}", "exactly one"),
        ("{column: a, mapp: {x: y}}", "'mapp' is not known here. Near: map"),
        ("{compute: '1 +'}", "missing at the end"),
        ("{column: a, other: keep}", "there is none here"),
        ("{template: 'a{'}", "lone brace"),
        ("{column: a, extract: '('}", "no regular expression"),
        ("{sum: s}", "also says of and match"),
        ("{column: a, compute: b}", "exactly one"),
    ],
)
def test_a_problem_names_file_line_and_cure(value: str, told: str) -> None:
    with pytest.raises(Rejected) as refused:
        parse(SOUND.replace("VALUE", value), "m.yaml")

    assert any(
        problem.message.startswith("m.yaml:7:") and told in problem.message for problem in refused.value.problems
    )


@pytest.mark.parametrize(
    ("text", "code", "facts"),
    [
        ("a: 1\n  b: 2\n", "not_yaml", {"line": 2, "column": 4}),
        (
            "a: [1\nb: 2",
            "not_yaml",
            {"because": {"code": "yaml", "case": "bracket", "begun": 1, "sign": "]"}, "line": 2},
        ),
        ("a: 1\na: 2\n", "repeated_key", {"name": "'a'", "line": 2, "column": 1}),
        ("a: 1\n", "bad_mapping", {"case": "missing", "names": "name and sources", "line": 1, "column": 1}),
        (SOUND.replace("VALUE", "{column: a, value: b}"), "one_form", {"found": "column and value", "line": 7}),
        (SOUND.replace("VALUE", "{compute: '1 +'}"), "bad_expression", {"case": "mapping", "text": "1 +", "line": 7}),
        (SOUND.replace("key: [name]", "key: []"), "bad_mapping", {"case": "empty_key", "line": 7}),
        ("name: a\nsources: {}\n", "bad_mapping", {"case": "empty_sources", "line": 2}),
        (SOUND.replace("key: [name]", "key: [tax]").replace("VALUE", "a"), "key_without_value", {"name": "'tax'"}),
    ],
)
def test_a_problem_has_the_facts_of_its_sentence_with_line_and_column(
    text: str, code: str, facts: dict[str, object]
) -> None:
    with pytest.raises(Rejected) as refused:
        parse(text, "m.yaml")

    found = next(each for each in refused.value.problems if each.code == code)
    assert facts.items() <= found.details.items()
    assert {"line", "column"} <= found.details.keys()


def test_all_problems_come_at_once() -> None:
    with pytest.raises(Rejected) as refused:
        parse("name: X Y\nsources: {a: {}, b: {file: 1}}\nwhat: 1\n", "m.yaml")

    assert len(refused.value.problems) == 4


@pytest.mark.parametrize("text", ["", "a: [", "a: 1\na: 2\n", "- 1"])
def test_what_is_no_mapping_is_refused(text: str) -> None:
    with pytest.raises(Rejected):
        parse(text, "m.yaml")
