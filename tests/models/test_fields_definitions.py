"""Options and defaults of fields: each fault at its path, none of them a crash; patterns that cannot run away."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest

from models.fields import KINDS
from models.fields.pattern import MOST_STATES, BadPattern, pattern
from models.metamodel import Field

CHOICE = {"choices": ({"value": "a"},)}

NO_PATTERNS = (
    *(
        "(",
        ")",
        "a)",
        "[",
        "[]",
        "[z-a]",
        "[[a]",
        "[a--b]",
        "*",
        "a**",
        "a{3,1}",
        "a{1,9999}",
        "()*",
        "(?=a)",
        "(?P<n>a)",
    ),
    *(
        "\\1",
        "\\p{L}",
        "a^b",
        "a$b",
        "\\",
        "(" * 21 + "a" + ")" * 21,
        "(a{1,50}){1,50}",
        "((a{500}){500}){500}",
        "a" * 201,
    ),
)

BAD: list[tuple[str, dict[str, Any], Any, list[tuple[Any, ...]]]] = [
    ("text", {"maxLength": "5"}, "abc", [("options", "maxLength")]),
    ("text", {"maxLength": 0}, None, [("options", "maxLength")]),
    ("text", {"maxLength": 10**9}, None, [("options", "maxLength")]),
    ("text", {"minLength": 9, "maxLength": 3}, None, [("options", "minLength")]),
    ("text", {"minLength": True}, None, [("options", "minLength")]),
    ("text", {"pattern": "("}, None, [("options", "pattern")]),
    ("text", {"pattern": 5}, None, [("options", "pattern")]),
    ("text", {"colour": "red"}, None, [("options", "colour")]),
    ("text", {"maxLength": 2}, "abc", [("default",)]),
    ("longText", {"maxLength": 10**7}, None, [("options", "maxLength")]),
    ("integer", {"min": "1"}, 5, [("options", "min")]),
    ("integer", {"min": 5, "max": 3}, None, [("options", "min")]),
    ("integer", {"max": 2**63}, None, [("options",)]),
    ("integer", {"max": 10}, 11, [("default",)]),
    ("decimal", {"scale": 10}, None, [("options", "scale")]),
    ("decimal", {"scale": True}, "1", [("options", "scale")]),
    ("decimal", {"min": "1.005"}, None, [("options", "min")]),
    ("decimal", {"min": 5, "max": 3}, None, [("options", "min")]),
    ("percent", {"max": "NaN"}, None, [("options", "max")]),
    ("money", {"currency": ["USD"], "scale": -1}, None, [("options", "scale"), ("options", "currency")]),
    ("money", {"currency": "usd"}, "5", [("options", "currency")]),
    ("money", {}, "5", [("default",)]),
    ("boolean", {"min": 1}, None, [("options", "min")]),
    ("boolean", {}, "yes", [("default",)]),
    ("date", {"min": "soon"}, "2026-01-01", [("options", "min")]),
    ("date", {"min": "2027-01-01", "max": "2026-01-01"}, None, [("options", "min")]),
    ("dateTime", {"max": "2026-01-01"}, None, [("options", "max")]),
    ("choice", {}, None, [("options", "choices")]),
    ("choice", {"choices": "ab"}, None, [("options", "choices")]),
    ("choice", {"choices": ({"value": "a"}, {"value": "a"})}, None, [("options", "choices", 1)]),
    (
        "choice",
        {"choices": ({"value": ""}, "b")},
        None,
        [("options", "choices", 0, "value"), ("options", "choices", 1, "value")],
    ),
    ("choice", CHOICE, "b", [("default",)]),
    ("multiChoice", {"choices": ({"value": "a;b"},)}, None, [("options", "choices")]),
    ("multiChoice", CHOICE, "a", [("default",)]),
    ("email", {"maxLength": 5}, None, [("options", "maxLength")]),
    ("phone", {"region": ["DE"]}, None, [("options", "region")]),
    ("phone", {"region": "XX"}, None, [("options", "region")]),
    ("url", {"schemes": "https"}, None, [("options", "schemes")]),
    ("url", {"schemes": []}, None, [("options", "schemes")]),
    ("url", {"schemes": ["https", "javascript", 5]}, None, [("options", "schemes", 1), ("options", "schemes", 2)]),
]


@pytest.mark.parametrize(
    ("kind", "options", "default", "paths"), BAD, ids=[f"{row[0]}-{n}" for n, row in enumerate(BAD)]
)
def test_a_fault_in_a_definition_is_told_at_its_path(
    kind: str, options: dict[str, Any], default: Any, paths: list[tuple[Any, ...]]
) -> None:
    problems = KINDS[kind].check_definition(Field("f", kind, options=options, default=default))

    assert [problem.path for problem in problems] == paths
    assert all(problem.message.endswith(".") for problem in problems)


def test_every_kind_is_sound_without_more_than_it_needs() -> None:
    for name, kind in KINDS.items():
        assert kind.check_definition(Field("f", name, options=CHOICE if "hoice" in name else {})) == []


@pytest.mark.parametrize(
    "text",
    NO_PATTERNS,
)
def test_a_pattern_that_is_none_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(BadPattern, match=r"\.$"):
        pattern(text)


@pytest.mark.parametrize(
    "text",
    ["(a|aa)+b", "(a+)+b", "((a+)b?)*c", "(.*)(.*)(.*)(.*)(.*)x", "(a|a|a)*(a*)*b", "((a?){20}(a?){20}){4}b", "(a*)*b"],
)
def test_patterns_that_make_other_engines_run_away_are_followed_in_bounded_steps(text: str) -> None:
    ready = pattern(text)

    assert not ready.fits("a" * 1_000)
    assert len(ready.tests) <= MOST_STATES
    assert len(ready.steps) <= len(ready.tests) + 1  # one letter: at most one step out of each set of states met


def test_patterns_mean_what_regular_expressions_mean() -> None:
    chance = random.Random(7)

    def grown(depth: int = 0) -> str:
        draw = chance.random()
        if depth > 3 or draw < 0.4:
            return chance.choice(["a", "b", "[ab]", "[^a]", "\\w", ".", "\\."])
        if draw < 0.6:
            return grown(depth + 1) + grown(depth + 1)
        if draw < 0.8:
            return f"({grown(depth + 1)}|{grown(depth + 1)})"
        return f"({grown(depth + 1)}){chance.choice(['*', '+', '?', '{1,2}', '{2}', '{1,}', '*?'])}"

    for _ in range(500):
        text = grown()
        for _ in range(6):
            given = "".join(chance.choice("abc.") for _ in range(chance.randrange(7)))
            assert pattern(text).fits(given) == bool(re.fullmatch(text, given)), (text, given)


def test_anchors_around_a_pattern_say_what_holds_anyway() -> None:
    assert pattern("^[A-Z]+$").fits("AB")
    assert not pattern("^[A-Z]+$").fits("AB1")
    assert pattern("a\\$").fits("a$")
