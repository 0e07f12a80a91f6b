"""Every code that engines, run kinds and views give has its sentence, and every placeholder a fact: read from their sources."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

import pytest

from models.reason_texts import TEXTS

ROOT = Path(__file__).parents[2] / "analytics"
FACTS = {"Reason": 2, "ReasonShown": 2, "ActionShown": 2, "Path": 5, "Counterfactual": 3}  # the place of the facts
PREFIX = {"ActionShown": "action."}
NOT_MADE_HERE = "…"  # among the keys: there are others, from elsewhere
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Given:
    """A code where it is given, with the names of its facts."""

    code: str
    facts: frozenset[str]
    where: str

    @property
    def placeholders(self) -> dict[str, set[str]]:
        texts: Mapping[str, str] = TEXTS.get(self.code, {})
        return {of: {name for _, name, _, _ in Formatter().parse(text) if name} for of, text in texts.items()}


class Module:
    """One source, with the functions and the constants of it."""

    def __init__(self, path: Path) -> None:
        self.path, self.tree = path, ast.parse(path.read_text(encoding="utf-8"))
        self.functions = [each for each in ast.walk(self.tree) if isinstance(each, Function)]

    def given(self) -> Iterator[Given]:
        for function in self.functions:
            if function.name == "code":  # a property: which sentence tells of a thing, whose own facts fill it
                where = str(self.path.relative_to(ROOT))
                yield from (Given(text, frozenset([NOT_MADE_HERE]), where) for text in self.returned(function))
            for call in ast.walk(function):
                if (
                    isinstance(call, ast.Call)
                    and isinstance(call.func, ast.Name)
                    and call.func.id in FACTS
                    and call.args
                ):
                    kind, where = call.func.id, f"{self.path.relative_to(ROOT)}:{call.lineno}"
                    for code in self.texts(call.args[0], function):
                        yield Given(PREFIX.get(kind, "") + code, frozenset(self.facts(call, kind, function)), where)

    def returned(self, function: Function) -> Iterator[str]:
        for inner in ast.walk(function):
            if isinstance(inner, ast.Return) and inner.value is not None:
                yield from self.texts(inner.value, function)

    def texts(self, node: ast.expr, function: Function) -> Iterator[str]:
        """The texts that an expression may be; none where it is somebody else's code handed on."""
        match node:
            case ast.Constant(value=str(text)):
                yield text
            case ast.IfExp():
                yield from self.texts(node.body, function)
                yield from self.texts(node.orelse, function)
            case ast.Name(id=name):
                for value in self.assigned(name, function):
                    yield from self.texts(value, function)

    def facts(self, call: ast.Call, kind: str, function: Function) -> Iterator[str]:
        named = [word.value for word in call.keywords if word.arg == "facts"]
        for node in named or call.args[FACTS[kind] : FACTS[kind] + 1]:
            yield from self.keys(node, function)

    def keys(self, node: ast.expr, function: Function) -> Iterator[str]:
        match node:
            case ast.Dict():
                for key, value in zip(node.keys, node.values, strict=True):
                    yield from self.keys(value, function) if key is None else self.texts(key, function)
            case ast.Name(id=name):
                for value in self.assigned(name, function):
                    yield from self.keys(value, function)
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
                made = [each for each in self.functions if each.name == name]
                for each in made:
                    for inner in ast.walk(each):
                        if isinstance(inner, ast.Return) and inner.value is not None:
                            yield from self.keys(inner.value, each)
                if not made:
                    yield NOT_MADE_HERE
            case _:
                yield NOT_MADE_HERE

    def assigned(self, name: str, function: Function) -> Iterator[ast.expr]:
        for inner in [*ast.walk(function), *self.tree.body]:
            match inner:
                case ast.Assign(targets=[ast.Name(id=found)], value=value) if found == name:
                    yield value
                case ast.AnnAssign(target=ast.Name(id=found), value=ast.expr() as value) if found == name:
                    yield value
                case ast.Assign(targets=[ast.Tuple(elts=elements)], value=ast.Tuple(elts=values)):
                    pairs = zip(elements, values, strict=True)
                    yield from (value for each, value in pairs if isinstance(each, ast.Name) and each.id == name)


GIVEN = sorted(
    {each for path in ROOT.rglob("*.py") for each in Module(path).given()}, key=lambda each: (each.where, each.code)
)


def test_codes_are_found_in_engines_kinds_and_views() -> None:
    found = {each.code for each in GIVEN}
    assert found >= {
        "silence",
        "behaviour",
        "field",
        "if_answers",
        "relationship",
        "health.late",
        "action.hold",
        "rest",
    }
    assert len(found) > 50


@pytest.mark.parametrize("given", GIVEN, ids=lambda given: f"{given.code} {given.where}")
def test_each_code_has_a_sentence_in_three_languages_that_its_facts_fill(given: Given) -> None:
    assert TEXTS.get(given.code, {}).keys() == {"en", "ru", "fa"}
    for language, names in given.placeholders.items():
        missing = names - given.facts
        assert not missing or NOT_MADE_HERE in given.facts, (language, missing)


def test_no_sentence_is_for_a_code_that_nobody_gives() -> None:
    assert TEXTS.keys() - {each.code for each in GIVEN} == set()


def test_the_workbench_has_a_name_for_each_code_that_compared_runs_move_by() -> None:
    names = json.loads((ROOT.parent / "web/src/i18n/en/workbench.json").read_text(encoding="utf-8"))["code"]
    engines = ("engines/churn/", "engines/influence.py", "reasons.py")
    told = {each.code for each in GIVEN if each.where.startswith(engines)} - {"risk_path"}  # a way, not a reason

    assert told >= {"behaviour", "from_link", "rest"}
    assert told - names.keys() == set()
