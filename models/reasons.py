"""Reasons of scores in words: a sentence for each code, filled with the facts of the reason, in English, Russian and Persian."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from string import Formatter
from typing import Any

from models.labels import label
from models.metamodel import EntityType
from models.profiles import Signal
from models.reason_facts import of_field, share, shown
from models.reason_texts import ALIKE, FEATURES, TEXTS

DEFAULT = "en"
_OVER_DAYS = re.compile(r"(.+)_(\d+)\Z")
_WORDS = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")


def sentence(
    code: str,
    facts: Mapping[str, Any],
    language: str,
    kind: EntityType | None = None,
    signals: Sequence[Signal] = (),
) -> str:
    """The sentence of a reason; what has none in the language is said in English, and an unknown code in its own words.

    Fields of `kind`, the type of the record that the score is of, are called by their labels, and so are their choices
    and the signals of its profile.
    """
    template = _in_language(TEXTS.get(code, {}), language)
    if template is None or any(name not in facts for name in _names(template)):
        return _plainly(code, facts)
    if code == "behaviour":
        facts = {**facts, "name": feature(str(facts["name"]), language, signals)}
    elif kind is not None:
        facts = {**facts, **of_field(code, facts, language, kind)}
    return template.format_map({name: _Fact(value, language) for name, value in facts.items()})


def feature(name: str, language: str, signals: Sequence[Signal] = ()) -> str:
    """What risk is learned from, in words: `count_90` is "Events in 90 days". One without words keeps its name."""
    over = _OVER_DAYS.match(name)
    known = FEATURES.get(name)
    if known is None and over is not None:
        known = FEATURES.get(f"{over[1]}_#", FEATURES["signal_#"])
    template = _in_language(known or {}, language)
    if template is None:
        return name
    signal, days = (over[1], shown(int(over[2]), language)) if over is not None else ("", "")
    return template.format(signal=_called(signal, language, signals), days=days)


def _called(name: str, language: str, signals: Sequence[Signal]) -> str:
    labels = next((each.labels for each in signals if each.name == name), None)
    words = (label(labels, language) if labels else "") or ""
    return f"{words[:1].upper()}{words[1:]}" or " ".join(_WORDS.findall(name)).capitalize()


def alike(language: str) -> str:
    """What a segment is called that nothing sets apart; in English where the language has no words for it."""
    return _in_language(ALIKE, language) or ALIKE[DEFAULT]


def _in_language(texts: Mapping[str, str], language: str) -> str | None:
    return texts.get(language) or texts.get(language.partition("-")[0]) or texts.get(DEFAULT)


class _Fact:
    """A fact on its way into a sentence."""

    def __init__(self, value: Any, language: str) -> None:
        self.value, self.language = value, language

    def __format__(self, form: str) -> str:
        is_share = form == "%" and isinstance(self.value, int | float)
        return share(self.value, self.language) if is_share else shown(self.value, self.language)


def _names(template: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(template) if name]


def _plainly(code: str, facts: Mapping[str, Any]) -> str:
    words = " ".join(_WORDS.findall(code)).lower().capitalize()
    told = "; ".join(
        f"{' '.join(_WORDS.findall(name)).lower()} {shown(value, DEFAULT)}" for name, value in facts.items()
    )
    return f"{words}: {told}." if told else f"{words}."
