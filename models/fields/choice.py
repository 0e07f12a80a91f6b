"""One of several values that the field lists."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from models.errors import Problem, told
from models.fields.kind import COUNTED, EQUALITY, Column, InvalidValue, Kind, Operator, Storage
from models.fields.text import clean
from models.fields.writing import called
from models.metamodel import Field

MOST_COMPARED = 100  # choices looked at for near ones, so that a file of wrong values stays cheap


def choices(field: Field) -> dict[str, Any]:
    """Value → its definition, in the field's order."""
    return {choice["value"]: choice for choice in field.options.get("choices", ())}


def check_choices(field: Field) -> list[Problem]:
    """Problems of the list of choices."""
    listed = field.options.get("choices")
    if not isinstance(listed, (list, tuple)) or not 1 <= len(listed) <= 1_000:
        return [told("no_choices", "List between 1 and 1,000 choices.", ("options", "choices"))]
    problems, seen = [], set()
    for place, choice in enumerate(listed):
        value = choice.get("value") if hasattr(choice, "get") else None
        try:
            text = clean(value, longest=100)
        except InvalidValue as error:
            problems.append(error.because("bad_choice", ("options", "choices", place, "value")))
            continue
        if text in seen or text != value:
            problems.append(
                told(
                    "bad_choice",
                    "{choice} is listed twice or has blanks around it; list each once, without them.",
                    ("options", "choices", place),
                    case="twice",
                    choice=repr(text),
                )
            )
        seen.add(text)
    return problems


def chosen(field: Field, given: Any) -> str:
    """The value when it is one of the choices. Raises InvalidValue naming those that are near."""
    known = choices(field)
    if isinstance(given, str) and given in known:
        return given
    near = _near(given, known) if isinstance(given, str) else []
    if near:
        raise InvalidValue(
            "no_choice", "{given} is not one of the choices. Near: {near}.", case="near", given=called(given), near=near
        )
    listed = _listed(known)
    raise InvalidValue(
        "no_choice", "{given} is not one of the choices. Give one of {known}.", given=called(given), known=listed
    )


def _near(given: str, known: Mapping[str, Any]) -> list[str]:
    """Choices that the text may have meant, by value or by label, whatever the case."""
    names: dict[str, str] = {}
    for value in list(known)[:MOST_COMPARED]:
        for name in (value, *_texts(known[value].get("labels"))):
            names.setdefault(name.casefold(), value)
    found = difflib.get_close_matches(given[:60].casefold(), list(names), n=3, cutoff=0.6)
    return list(dict.fromkeys(names[name] for name in found))


def _texts(labels: Any) -> list[str]:
    forms = labels.values() if isinstance(labels, Mapping) else ()
    texts = [text for form in forms for text in (form.values() if isinstance(form, Mapping) else (form,))]
    return [text for text in texts if isinstance(text, str)]


def _listed(known: Mapping[str, Any]) -> str:
    return ", ".join(list(known)[:8]) + (", …" if len(known) > 8 else "")


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

    def check_options(self, field: Field) -> list[Problem]:
        return check_choices(field)

    def coerce(self, field: Field, given: Any) -> str:
        return chosen(field, given)

    def to_compare(self, field: Field, given: Any, operator: Operator = Operator.EQ) -> str:
        if not isinstance(given, str):
            raise InvalidValue("wrong_type", "Compare with text, not {given}.", case="compare", given=called(given))
        return chosen(field, given)

    def show(self, field: Field, value: Any, language: str) -> str:
        return label(field, value, language)

    def export(self, field: Field, value: Any) -> str:
        return str(value)
