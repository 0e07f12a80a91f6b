"""Whether the values of a column could be those of a field, and what has to be done to them first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from exchange.persian import PERSIAN
from exchange.transforms import moment
from models.fields import kind_of
from models.fields.choice import choices
from models.fields.kind import InvalidValue
from models.metamodel import Field

DATES = ("%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%Y/%m/%d", "%Y.%m.%d", "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%y", "%m/%d/%y",
         "%Y%m%d", "%d %b %Y", "%d %B %Y", "%b %d, %Y")  # fmt: skip
# most of what is written of years between these is of the Persian calendar: 1921 to 2120
PERSIAN_YEARS = range(1300, 1500)
PERSIAN_DATES = tuple(PERSIAN + each for each in ("%Y/%m/%d", "%Y-%m-%d", "%Y.%m.%d", "%d/%m/%Y"))
PERSIAN_MOMENTS = tuple(f"{day} {hour}" for day in PERSIAN_DATES[:2] for hour in ("%H:%M:%S", "%H:%M"))
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
MOST = 20  # different values that are tried
MOMENTS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%m/%d/%Y %H:%M:%S",
           "%m/%d/%Y %H:%M", "%d/%m/%Y %H:%M")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fit:
    """The share of values that a field takes, from 0 to 1, with these steps of a mapping."""

    share: float
    steps: Mapping[str, Any] = field(default_factory=dict)


def fit(of: Field, values: Sequence[str]) -> Fit:
    """How a field takes the values of a column; no values fit anything, a little."""
    texts = list(dict.fromkeys(text for value in values if (text := value.strip())))[:MOST]
    if not texts:
        return Fit(0.5)
    if of.kind == "choice":
        return _chosen(of, texts)
    if of.kind in ("date", "dateTime") and _in_persian(texts):
        return max(_dated(of, texts, PERSIAN_MOMENTS, PERSIAN_DATES), key=lambda each: each.share)
    plain = Fit(_share(of, texts))
    if plain.share == 1.0:
        return plain
    if of.kind in ("date", "dateTime"):
        return max((plain, *_dated(of, texts, MOMENTS, DATES)), key=lambda each: each.share)
    return plain


def _share(of: Field, texts: Sequence[str]) -> float:
    return sum(_taken(of, text) for text in texts) / len(texts)


def _taken(of: Field, text: str) -> bool:
    try:
        kind_of(of).parse(of, text)
    except InvalidValue:
        return False
    return True


def _in_persian(texts: Sequence[str]) -> bool:
    years = [int(found.group()) for text in texts if (found := _YEAR.search(text))]
    return bool(years) and sum(year in PERSIAN_YEARS for year in years) > len(years) / 2


def _dated(of: Field, texts: Sequence[str], moments: Sequence[str], dates: Sequence[str]) -> list[Fit]:
    formats = (*moments, *dates) if of.kind == "dateTime" else dates
    return [Fit(sum(_reads(text, each) for text in texts) / len(texts), {"date": each}) for each in formats]


def _reads(text: str, format: str) -> bool:
    try:
        moment(text, format)
    except InvalidValue:
        return False
    return True


def _chosen(of: Field, texts: Sequence[str]) -> Fit:
    """The field's choices, also where they are written otherwise, or by their labels."""
    known: dict[str, str] = {}
    for value, choice in choices(of).items():
        for name in (value, *_labels(choice.get("labels"))):
            known.setdefault(name.casefold(), value)
    found = {text: known[text.casefold()] for text in dict.fromkeys(texts) if text.casefold() in known}
    for write in (str.capitalize, str.upper, str.title):
        if found and all(text == write(value) for text, value in found.items()):
            found = {write(value): value for value in choices(of)}  # what the first rows do not have is written alike
            break
    share = sum(text in found for text in texts) / len(texts)
    return (
        Fit(share)
        if all(text == value for text, value in found.items())
        else Fit(share, {"map": found, "other": "keep"})
    )


def _labels(labels: Any) -> list[str]:
    forms = labels.values() if isinstance(labels, Mapping) else ()
    return [text for each in forms for text in (each.values() if isinstance(each, Mapping) else (each,))]
