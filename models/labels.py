"""Texts of the model in the language that a reader asks for."""

from __future__ import annotations

from models.metamodel import Labels


def label(labels: Labels, language: str, form: str = "other") -> str | None:
    """The text in a language: as asked, without its region, in English, or in any; None where there is none."""
    for wanted in (language, language.partition("-")[0], "en", *labels):
        forms = labels.get(wanted)
        if forms:
            return forms.get(form) or forms.get("other") or next(iter(forms.values()))
    return None
