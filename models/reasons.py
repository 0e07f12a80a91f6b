"""Reasons of scores in words: a sentence for each code, filled with the facts of the reason, in English, Russian and Persian."""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Formatter
from typing import Any

from models.reason_texts import TEXTS

DEFAULT = "en"
_WORDS = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")


def sentence(code: str, facts: Mapping[str, Any], language: str) -> str:
    """The sentence of a reason; what has none in the language is said in English, and an unknown code in its own words."""
    texts = TEXTS.get(code, {})
    template = texts.get(language) or texts.get(language.partition("-")[0]) or texts.get(DEFAULT)
    if template is None or any(name not in facts for name in _names(template)):
        return _plainly(code, facts)
    return template.format_map({name: _Fact(value) for name, value in facts.items()})


def shown(value: Any) -> str:
    """A fact as it stands in a sentence: numbers short, lists by commas."""
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: "–"}[value]
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.3g}"
    if isinstance(value, list | tuple):
        return ", ".join(map(shown, value))
    return str(value)


class _Fact:
    """A fact on its way into a sentence."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __format__(self, form: str) -> str:
        return f"{self.value:.0%}" if form == "%" and isinstance(self.value, int | float) else shown(self.value)


def _names(template: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(template) if name]


def _plainly(code: str, facts: Mapping[str, Any]) -> str:
    words = " ".join(_WORDS.findall(code)).lower().capitalize()
    told = "; ".join(f"{' '.join(_WORDS.findall(name)).lower()} {shown(value)}" for name, value in facts.items())
    return f"{words}: {told}." if told else f"{words}."
