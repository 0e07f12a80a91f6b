"""Facts of reasons as they stand in a sentence: numbers, shares and days in the reader's language, fields by their labels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from babel.dates import format_date

from models.calendars import Calendar
from models.calendars import label as in_calendar
from models.fields.choice import label as choice_label
from models.fields.writing import localized
from models.labels import label
from models.metamodel import EntityType, Field
from models.periods import TimeUnit

_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")
_EPOCH = date(1970, 1, 1)
_FEWEST_YEAR, _LAST_YEAR = 1000, 9999
_YES_NO = {"en": ("no", "yes"), "ru": ("нет", "да"), "fa": ("خیر", "بله")}
_MARKS = {"ru": str.maketrans(",.", "\xa0,"), "fa": str.maketrans(",.", "٬٫")}  # of groups, of fractions
_PERCENT = {"ru": "\xa0%", "fa": "٪"}
_SAID_OF_FIELD = ("value", "typical", "choice")
_NUMBERS_OF_FIELD = ("inside", "everyone")  # shares in the sentences about a choice


def shown(value: Any, language: str) -> str:
    """A fact as it stands in a sentence: numbers short, lists by commas."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return _YES_NO.get(_spoken(language), _YES_NO["en"])[value]
    if isinstance(value, float):
        return _number(f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.3g}", language)
    if isinstance(value, int):
        return _number(str(value), language)
    if isinstance(value, list | tuple):
        return ("، " if _spoken(language) == "fa" else ", ").join(shown(each, language) for each in value)
    return day(date.fromisoformat(value), language) if _DAY.match(str(value)) else str(value)


def share(value: float, language: str) -> str:
    """A part of one in percent."""
    return _number(f"{value * 100:.0f}", language) + _PERCENT.get(_spoken(language), "%")


def day(of: date, language: str) -> str:
    """A day in the calendar that the language is written with."""
    if _spoken(language) == "fa":
        return localized(in_calendar(Calendar.PERSIAN, TimeUnit.DAY, of).replace("-", "/"), "fa")
    return str(format_date(of, "d MMM y", locale="ru" if _spoken(language) == "ru" else "en"))


def of_field(code: str, facts: Mapping[str, Any], language: str, kind: EntityType) -> dict[str, Any]:
    """Those facts that speak of a field of a type, as its label and what its values mean; {} where none does."""
    where = "name" if code == "field" else "field"
    field = kind.fields.get(str(facts.get(where)))
    if field is None:
        return {}
    told = _SAID_OF_FIELD if facts.get("choice") is not None else (*_SAID_OF_FIELD, *_NUMBERS_OF_FIELD)
    name = label(field.labels, language) or field.name
    values = {key: _meant(field, facts[key], language) for key in told if facts.get(key) is not None}
    return {where: name[:1].upper() + name[1:], **values}


def _meant(field: Field, value: Any, language: str) -> Any:
    """What a value that a score was learned from means in the field: days since 1970 a day, 1 yes, a choice its label."""
    match field.kind:
        case "choice":
            return choice_label(field, str(value), _spoken(language))
        case "boolean":
            return bool(value)
        case "date" | "dateTime":
            return day(_EPOCH + timedelta(days=float(value)), language)
        case "percent":
            return share(float(value) / 100, language)
        case "integer" if _is_year(field):
            return _number(f"{float(value):.0f}", language)
    return value


def _is_year(field: Field) -> bool:
    """Whether a whole number can only be a year, which is never grouped."""
    least, most = field.options.get("min"), field.options.get("max")
    return least is not None and most is not None and least >= _FEWEST_YEAR and most <= _LAST_YEAR


def _number(text: str, language: str) -> str:
    spoken = _spoken(language)
    return localized(text.translate(_MARKS.get(spoken, {})), spoken)


def _spoken(language: str) -> str:
    return language.partition("-")[0]
