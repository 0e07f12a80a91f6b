"""The tutorial as its readers meet it: every operation on the page is sent, and every answer compared."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.address import Address

PAGE = Path(__file__).parents[2] / "docs" / "tutorial.md"
STEP = re.compile(
    r"```graphql\n(?P<operation>.*?)```\n```json\n(?P<answer>.*?)```\n(?P<kept>(?:<!-- keep .*? -->\n)*)", re.DOTALL
)
KEEP = re.compile(r"<!-- keep (\w+) = ([\w.]+) -->")
VARIABLE = re.compile(r"\$(\w+)")


@dataclass(frozen=True, slots=True)
class Step:
    """An operation, the answer the page shows, and what later operations need of it."""

    operation: str
    answer: Any
    kept: dict[str, str] = field(default_factory=dict)


def steps() -> Iterator[Step]:
    for found in STEP.finditer(PAGE.read_text(encoding="utf-8")):
        yield Step(found["operation"], json.loads(found["answer"]), dict(KEEP.findall(found["kept"])))


def fits(shown: Any, answered: Any) -> bool:
    """Whether an answer is what the page shows; `…` there stands for any text."""
    if shown == "…":
        return isinstance(answered, str)
    if isinstance(shown, dict):
        return list(shown) == list(answered) and all(fits(shown[key], answered[key]) for key in shown)
    if isinstance(shown, list):
        return len(shown) == len(answered) and all(map(fits, shown, answered))
    return bool(shown == answered)


def at(answer: Any, path: str) -> Any:
    for part in path.split("."):
        answer = answer[int(part) if part.isdigit() else part]
    return answer


def test_every_operation_of_the_tutorial_answers_as_the_page_says(
    serve: Callable[..., Any], model_neo4j: Address
) -> None:
    served = serve(
        NEO4J_URI=model_neo4j.uri,
        NEO4J_USERNAME=model_neo4j.username,
        NEO4J_PASSWORD=model_neo4j.password,
        NEO4J_DATABASE=model_neo4j.database,
    )
    known: dict[str, Any] = {}

    for step in steps():
        wanted = {name: known[name] for name in VARIABLE.findall(step.operation) if name in known}
        answer = served.ask(step.operation, **wanted)

        assert fits(step.answer, answer), f"{step.operation}\n{json.dumps(answer, ensure_ascii=False, indent=1)}"
        known |= {name: at(answer, path) for name, path in step.kept.items()}

    assert len(list(steps())) == len(re.findall("```graphql", PAGE.read_text(encoding="utf-8")))
