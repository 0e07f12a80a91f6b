"""Texts of the model in the language that a reader asks for."""

from __future__ import annotations

import re

from models.metamodel import Labels

_LARGE = re.compile(r"(?<=[a-z0-9])([A-Z])(?![A-Z])")
_CAPITALS = re.compile(r"[A-Z0-9]+(_[A-Z0-9]+)+")


def label(labels: Labels, language: str, form: str = "other") -> str | None:
    """The text in a language: as asked, without its region, in English, or in any; None where there is none."""
    for wanted in (language, language.partition("-")[0], "en", *labels):
        forms = labels.get(wanted)
        if forms:
            return forms.get(form) or forms.get("other") or next(iter(forms.values()))
    return None


def english(labels: Labels, form: str = "other") -> str | None:
    """The English text, for sentences in English; None where there is none, whatever there is in other languages."""
    return label({"en": labels.get("en", {})}, "en", form)


def heading(name: str, labels: Labels) -> str:
    """How people read a part of the model in English, as a heading: its English label, or its name in words."""
    text = english(labels) or in_words(name)
    return text[:1].upper() + text[1:]


def in_words(name: str) -> str:
    """A name for programs as people write it: `endDate` is `end date`, `WORKS_AT` is `works at`."""
    if _CAPITALS.fullmatch(name):
        return name.replace("_", " ").lower()
    return _LARGE.sub(lambda found: f" {found[1].lower()}", name)
