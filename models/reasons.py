"""Reasons of scores in words: a sentence for each code, filled with the facts of the reason, in English, Russian and Persian."""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Formatter
from typing import Any

from models.reason_texts import FEATURES, TEXTS

DEFAULT = "en"
_OVER_DAYS = re.compile(r"(.+)_(\d+)\Z")
_WORDS = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")


def sentence(code: str, facts: Mapping[str, Any], language: str) -> str:
    """The sentence of a reason; what has none in the language is said in English, and an unknown code in its own words."""
    template = _in_language(TEXTS.get(code, {}), language)
    if template is None or any(name not in facts for name in _names(template)):
        return _plainly(code, facts)
    if code == "behaviour":
        facts = {**facts, "name": feature(str(facts["name"]), language)}
    return template.format_map({name: _Fact(value) for name, value in facts.items()})


def feature(name: str, language: str) -> str:
    """What risk is learned from, in words: `count_90` is "Events in 90 days". One without words keeps its name."""
    over = _OVER_DAYS.match(name)
    known = FEATURES.get(name)
    if known is None and over is not None:
        known = FEATURES.get(f"{over[1]}_#", FEATURES["signal_#"])
    template = _in_language(known or {}, language)
    if template is None:
        return name
    signal, days = (over[1], over[2]) if over is not None else ("", "")
    return template.format(signal=" ".join(_WORDS.findall(signal)).capitalize(), days=days)


def _in_language(texts: Mapping[str, str], language: str) -> str | None:
    return texts.get(language) or texts.get(language.partition("-")[0]) or texts.get(DEFAULT)


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
