"""Why a text is no YAML: the same reason from the parser in C and from the one in Python, with what a sentence needs."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from models.yaml_reasons import REASONS, reason

LOADERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [])]
BROKEN: list[tuple[str, str, dict[str, Any]]] = [
    ("a:\n\tb: 1\n", "tab", {}),
    ("a: 1\n\tb: 2\n", "tab", {}),
    ("a: @x\n", "sign", {"sign": "@"}),
    ("a: b: c\n", "colon", {}),
    ("a: 1\n  b: 2\n", "colon", {}),
    ("a: 1\nb\nc: 2\n", "no_colon", {"begun": 2}),
    ("a: 1\nb: 'x\nc: 1\n", "quote", {"begun": 2}),
    ("a: [1, 2\nb: 3\n", "bracket", {"begun": 1, "sign": "]"}),
    ("a: 1\nb: {x: 1", "bracket", {"begun": 2, "sign": "}"}),
    ("a: [1,,2]\n", "no_value", {}),
    ("a: - b\n", "dash", {}),
    ("a: *nope\n", "alias", {}),
    ('a: "\\q"\n', "escape", {}),
    ("a: \x07\n", "control", {"sign": "#x0007"}),
    ("a:\n    b: 1\n  c: 2\n", "indent", {"begun": 1}),
    ("- a\nb: 1\n", "indent", {"begun": 1}),
]


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(("text", "case", "facts"), BROKEN)
def test_what_a_parser_says_is_one_of_a_few_reasons(loader: Any, text: str, case: str, facts: dict[str, Any]) -> None:
    with pytest.raises(yaml.YAMLError) as caught:
        yaml.compose(text, loader)

    assert reason(caught.value, text) == {"case": "because", "because": {"code": "yaml", "case": case, **facts}}


def test_every_reason_is_met() -> None:
    assert {case for _, case, _ in BROKEN} == REASONS.keys()
    assert all(REASONS[case] == facts.keys() for _, case, facts in BROKEN)


@pytest.mark.parametrize("text", ["a: & x\n", "%YAML 3.0\n---\na: 1\n"])
def test_what_is_rare_is_left_to_the_parser(text: str) -> None:
    with pytest.raises(yaml.YAMLError) as caught:
        yaml.compose(text, yaml.SafeLoader)

    assert reason(caught.value, text) == {}
