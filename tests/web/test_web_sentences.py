"""What the server says in English has words in every other language of the web application, read from the sources of both."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from graphql import BreakingChangeType

from models.expressions.refusals import EXPECTED
from models.expressions.tokens import THE_END
from models.notices import CHOSEN, KINDS
from models.scores import ENGINES
from models.yaml_reasons import REASONS
from xrm import settings

HERE = Path(__file__).parents[2]
ALL_SAID = {"fields", "expressions"}  # rooms whose sentences have words even where they come without facts
ROOMS = ("models", "graph", "exchange", "packs", "gql", "analytics")
LANGUAGES = ("ru", "fa")
# the functions that make sentences of facts, and which of their arguments is the code; the sentence is the next one
MAKERS = dict.fromkeys(("told", "refuse", "InvalidValue", "fault", "_note", "model_change"), 0) | dict.fromkeys(
    ("because", "_refused", "_problem"), 1
)
# those of one code, which are told the case of it
CASES = {"BadPattern": "bad_pattern"}
# where refusals come from that reach a person in a page, and what makes problems there
REACHING = (
    *("gql/fixed", "gql/mutations", "gql/execute", "gql/plan", "gql/live", "graph", "models/drafts"),
    *("analytics", "packs", "exchange", "models/expressions"),
)
PROBLEMS = {"Problem", "Fault", "problem", "refuse", "told", "_refuse", "_stop"}
# codes that `errors.json` has words for, and those that only programs can bring about
OTHERWISE = {
    *("internal", "version_conflict", "bad_bookmark", "bad_document_id", "missing", "not_used", "syntax_error"),
    *("bad_history", "bad_shape", "bad_weight"),  # of callers of the engines in Python
    *("folder_in_use", "unusable_folder"),  # of the command line
    "xrm",  # the version of the code that two runs are told apart by
}
PLURAL = re.compile(r"_(zero|one|two|few|many|other)\Z")
PLACE = re.compile(r"\{\{(\w+)\}\}")
MADE_OF_MORE = {"because", "mend", "reason"}


@dataclass(frozen=True)
class Sentence:
    """A sentence as a source has it: its key in the catalogues, and the names of its facts where all of them are seen."""

    maker: str
    key: str
    facts: frozenset[str] | None
    where: str


@cache
def sentences() -> tuple[Sentence, ...]:
    """Every sentence that comes with facts, or that says something of a value."""
    return tuple(_sentences())


def _sentences() -> Iterator[Sentence]:
    for room in ROOMS:
        for path in sorted((HERE / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and (found := _sentence(node)) is not None:
                    maker, key, facts = found
                    if facts is None or facts or ALL_SAID.intersection(path.parts):
                        yield Sentence(maker, key, facts, f"{path.relative_to(HERE)}:{node.lineno}")


def _sentence(call: ast.Call) -> tuple[str, str, frozenset[str] | None] | None:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    at = 0 if name in CASES else MAKERS.get(name)
    code = call.args[at] if at is not None and at < len(call.args) else None
    if not isinstance(code, ast.Constant) or not isinstance(code.value, str):
        return None
    given = {each.arg: each.value for each in call.keywords}
    case = given.pop("case", None)
    if case is not None and not isinstance(case, ast.Constant):
        return None  # which of its sentences it is shows when it runs
    if name in CASES:
        return name, f"problem.{CASES[name]}-{code.value}", frozenset(map(str, given))
    space = "change" if name == "model_change" else "problem"
    key = f"{space}.{code.value}" + (f"-{case.value}" if isinstance(case, ast.Constant) else "")
    names = frozenset(str(each) for each in given if each not in ("cure", "obstacle"))
    return (name, key, None) if None in given else (name, key, names)


def words(language: str, space: str = "server") -> dict[str, str]:
    """The words of what the server says, by key, plural forms under the key they are of."""
    text = (HERE / "web" / "src" / "i18n" / language / f"{space}.json").read_text(encoding="utf-8")
    return dict(_flat(json.loads(text), ""))


def _flat(tree: Mapping[str, Any], before: str) -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, str):
            yield before + PLURAL.sub("", key), value
        else:
            yield from _flat(value, f"{before}{key}.")


def test_every_function_that_makes_sentences_is_still_called_so() -> None:
    assert {each.maker for each in sentences()} == {*MAKERS, *CASES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_that_comes_with_facts_has_words(language: str) -> None:
    known = words(language)

    assert [f"{each.where}: {each.key}" for each in sentences() if each.key not in known] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_the_parser_of_conditions_expects_and_finds_has_words(language: str) -> None:
    known = {key for key in words(language) if key.startswith(("expected.", "token."))}

    assert known == {*(f"expected.{each}" for each in EXPECTED), f"token.{THE_END.key}"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_why_a_text_is_no_yaml_has_words_with_its_facts(language: str) -> None:
    spoken = {
        key.removeprefix("problem.yaml-"): set(PLACE.findall(said))
        for key, said in words(language).items()
        if key.startswith("problem.yaml-")
    }

    assert spoken == dict(REASONS)


def test_no_sentence_of_conditions_hides_its_code_its_case_or_its_facts() -> None:
    calls = [
        (path, node)
        for path in (HERE / "models" / "expressions").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"told", "InvalidValue", "Problem", "Fault"}
    ]
    seen = [each for each in sentences() if each.where.startswith("models/expressions/") and each.facts is not None]

    assert len(seen) == len(calls) - 1 > 40  # but for the one place where a Fault is made of a problem


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_speak_of_no_fact_that_a_sentence_does_not_come_with(language: str) -> None:
    known = words(language)
    spoken = [(each, set(PLACE.findall(known.get(each.key, "")))) for each in sentences() if each.facts is not None]

    assert [
        (each.where, more) for each, found in spoken if (more := found - (each.facts or set()) - MADE_OF_MORE)
    ] == []
    assert len(spoken) > 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_that_an_answer_of_the_api_is_refused_with_has_words(language: str) -> None:
    known = words(language)
    codes = {code: where for room in REACHING for code, where in _codes_in(HERE / room)}

    assert [f"{where}: {code}" for code, where in sorted(codes.items()) if not _is_told(code, known)] == []
    assert len(codes) > 40


def _is_told(code: str, known: Mapping[str, str]) -> bool:
    return code in OTHERWISE or any(key.split("-")[0] == f"problem.{code}" for key in known)


def _codes_in(folder: Path) -> Iterator[tuple[str, str]]:
    """Codes of problems, and of extensions of errors, each with where it stands."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for code in _codes_of(node):
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    yield code.value, f"{path.relative_to(HERE)}:{code.lineno}"


def _codes_of(node: ast.AST) -> list[ast.expr | None]:
    if isinstance(node, ast.Dict):
        return [each for key, each in zip(node.keys, node.values, strict=True) if _says_code(key)]
    if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in PROBLEMS:
        return [*node.args[:1]]
    return []


def _says_code(key: ast.expr | None) -> bool:
    return isinstance(key, ast.Constant) and key.value == "code"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_are_left_of_a_code_that_is_gone(language: str) -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for room in ROOMS for path in (HERE / room).rglob("*.py"))
    codes = {key.split(".")[1].split("-")[0] for key in words(language) if key.startswith(("problem.", "change."))}

    assert sorted(code for code in codes if f'"{code}"' not in sources) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_and_every_break_of_the_api_is_told(language: str) -> None:
    known = words(language)

    assert {key.removeprefix("setting.") for key in known if key.startswith("setting.")} == {
        name for _, name, _ in settings.described()
    }
    assert {key.removeprefix("break.") for key in known if key.startswith("break.")} == {
        each.name for each in BreakingChangeType if "DIRECTIVE" not in each.name
    }


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_every_kind_of_notification_has_words_of_its_facts_alone(language: str) -> None:
    known = words(language, "bell")
    spoken = {
        key.removeprefix("told."): set(PLACE.findall(said)) for key, said in known.items() if key.startswith("told.")
    }
    strange = {
        name: more
        for name, kind in KINDS.items()
        if (more := spoken[name] - kind.facts.keys() - ({"what"} if "engine" in kind.facts else set()))
    }

    assert spoken.keys() == KINDS.keys()
    assert strange == {}  # but for what ran: its engine and its type in words


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_every_kind_that_can_be_left_out_is_called_something_in_the_settings(language: str) -> None:
    called = {
        key.removeprefix("notices.kind.") for key in words(language, "settings") if key.startswith("notices.kind.")
    }

    assert called == set(CHOSEN)


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_whatever_a_notification_counts_has_words(language: str) -> None:
    counted = {
        name for kind in KINDS.values() for name, type_ in kind.facts.items() if type_ is int and name != "number"
    }
    known = words(language, "bell")

    assert {key.removeprefix("count.") for key in known if key.startswith("count.")} == counted
    assert [key for key, said in known.items() if key.startswith("count.") and "{{count}}" not in said] == []


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_every_engine_has_words(language: str) -> None:
    known = words(language, "app")

    assert {key.removeprefix("engine.") for key in known if key.startswith("engine.")} == ENGINES.keys()
