"""One of several values that the field lists."""

from __future__ import annotations

import difflib
from typing import Any

from models.errors import Problem
from models.fields.kind import COUNTED, EQUALITY, Column, InvalidValue, Kind, Storage
from models.fields.text import clean
from models.metamodel import Field


def choices(field: Field) -> dict[str, Any]:
    """Value → its definition, in the field's order."""
    return {choice["value"]: choice for choice in field.options.get("choices", ())}


def check_choices(field: Field) -> list[Problem]:
    """Problems of the list of choices."""
    listed = field.options.get("choices")
    if not isinstance(listed, (list, tuple)) or not 1 <= len(listed) <= 1_000:
        return [Problem("no_choices", "List between 1 and 1,000 choices.", ("options", "choices"))]
    problems, seen = [], set()
    for place, choice in enumerate(listed):
        value = choice.get("value") if hasattr(choice, "get") else None
        try:
            text = clean(value, longest=100)
        except InvalidValue as error:
            problems.append(Problem("bad_choice", error.message, ("options", "choices", place, "value")))
            continue
        if text in seen or text != value:
            problems.append(
                Problem(
                    "bad_choice",
                    f"{text!r} is listed twice or has blanks around it.",
                    ("options", "choices", place),
                )
            )
        seen.add(text)
    return problems


def chosen(field: Field, given: Any) -> str:
    """The value when it is one of the choices. Raises InvalidValue naming those that are near."""
    known = choices(field)
    if isinstance(given, str) and given in known:
        return given
    near = difflib.get_close_matches(str(given)[:100], list(known), n=3, cutoff=0.5) or list(known)[:5]
    raise InvalidValue("no_choice", f"{str(given)[:60]!r} is not one of the choices. Near: {', '.join(near)}.")


def label(field: Field, value: str, language: str) -> str:
    """A choice's label in a language, else in English, else the value."""
    labels = choices(field).get(value, {}).get("labels") or {}
    forms = labels.get(language) or labels.get("en") or {}
    text = forms.get("other") or forms.get("one") if hasattr(forms, "get") else forms
    return str(text or value)


class Choice(Kind):
    """One of the field's `choices`."""

    name = "choice"
    scalar = "String"
    operators = EQUALITY
    aggregates = COUNTED
    options = frozenset({"choices"})

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column(field.key, Storage.STRING),)

    def check_definition(self, field: Field) -> list[Problem]:
        return check_choices(field) or super().check_definition(field)

    def coerce(self, field: Field, given: Any) -> str:
        return chosen(field, given)

    def to_compare(self, field: Field, given: Any) -> str:
        if not isinstance(given, str):
            raise InvalidValue("wrong_type", f"Compare with text, not {type(given).__name__}.")
        return given

    def show(self, field: Field, value: Any, language: str) -> str:
        return label(field, value, language)

    def export(self, field: Field, value: Any) -> str:
        return str(value)
